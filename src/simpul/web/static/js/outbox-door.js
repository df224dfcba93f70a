// The door where there may be no signal: scan, look up, write down, all into the outbox. `outbox.js` keeps it.
(() => {
  const root = document.querySelector("[data-outbox]"), outbox = globalThis.simpulOutbox;
  if (!root || !window.crypto?.subtle || !window.indexedDB || !("serviceWorker" in navigator)) return;
  const words = root.dataset, session = location.pathname.split("/")[3];
  const part = (name, within = document) => within.querySelector(`[data-${name}]`);
  const AGAIN = 30000, IDLE = 10 * 60000, SHOWN = 20;
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  let list = null, people = new Map(), busy = false, edited = null;
  const came = new Set(); // participants, or codes that are not on the list, noted by this phone

  const say = (text, tone = "ok") => {
    const box = part("said");
    box.className = `notice ${tone}`;
    box.firstElementChild.textContent = text;
    box.hidden = !text;
  };
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value;

  // --- the key ---
  const fetched = async () => {
    const body = JSON.stringify({ others: await outbox.others() });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    const answer = await fetch(words.kit, { method: "POST", headers, body, cache: "no-store", redirect: "error" });
    if (!/json/.test(answer.headers.get("Content-Type") || "")) throw new Error("signed out");
    const kit = await answer.json();
    if (kit.code) return kit;
    if (!answer.ok) throw new Error(String(answer.status));
    await outbox.taken(session, kit, true);
    part("words").textContent = kit.words;
    part("words-box").hidden = false;
    return null;
  };
  const show = async () => {
    list = await outbox.listed(session);
    part("locked").hidden = Boolean(list) || !(await outbox.all("wraps")).length;
    part("open").hidden = !list;
    if (!list) return say((await outbox.all("kits")).some((one) => one.session === session) ? "" : words.unready, "warn");
    people = new Map(list.people.map(([id, name, digest, here]) => [id, { id, name, digest, here, folded: fold(name) }]));
    part("title").textContent = list.title;
    part("when").textContent = list.when;
    for (const field of document.querySelectorAll("[data-asks]"))
      field.hidden = field.dataset.asks !== "" && !list.asks.includes(field.dataset.asks);
    for (const row of await outbox.rows()) {
      const { told } = await outbox.read(row);
      if (told && told.session === session) came.add(told.content.participant || told.content.code);
    }
    await globalThis.simpulOutboxList.show();
  };
  part("unlock").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = event.target.elements.words, error = part("words-error");
    error.textContent = "";
    const found = await outbox.unlocked(field.value);
    field.setAttribute("aria-invalid", String(!found));
    if (!found) {
      error.textContent = words.wrong;
      return field.focus();
    }
    field.value = "";
    say("");
    await show();
    document.querySelector("h1").focus();
  });

  // --- delivering ---
  const round = async (pressed = false, again = false) => {
    if (busy) return;
    busy = true;
    try {
      const sent = await outbox.deliver(words.deliver, again);
      if (sent && pressed) say(words.delivered);
    } catch {
      if (pressed) say(words.lost, "warn");
    } finally {
      busy = false;
      await globalThis.simpulOutboxList.show();
    }
  };
  globalThis.simpulOutboxRound = round;

  // --- writing ---
  const write = async (kind, content, text, before) => {
    try {
      await outbox.write(list, session, kind, content, before);
    } catch (failed) {
      say(failed.name === "QuotaExceededError" ? words.full : words.broken, "bad");
      return false;
    }
    say(text);
    await globalThis.simpulOutboxList.show();
    round();
    return true;
  };
  const arrived = async (person, content) => {
    const key = person ? person.id : content.code, name = person ? person.name : content.code;
    if ((person && person.here) || came.has(key)) return say(words.already.replace("{name}", () => name), "warn");
    const named = person ? { name: person.name } : {};
    const text = person ? words.came.replace("{name}", () => person.name) : words.unknown;
    if (await write("arrival", { ...content, ...named }, text)) came.add(key);
  };
  const shown = async (typed) => {
    const code = typed.replace(/[\s\-.]/g, "").toUpperCase();
    if (!/^[2-9A-HJKMNP-TV-Z]{10}$/.test(code)) return say(words.shape, "bad");
    const mine = await outbox.digests(list.keys, code);
    const person = [...people.values()].find((one) => one.digest && mine.includes(one.digest));
    await arrived(person, person ? { code, participant: person.id } : { code });
  };
  const code = part("code");
  code.addEventListener("submit", async (event) => {
    event.preventDefault();
    await shown(code.elements.code.value);
    code.reset();
  });
  globalThis.simpulCamera(part("scanner"), (text) => list && shown(text.slice(0, 40)));

  const search = part("search"), results = part("results");
  const found = () => {
    const asked = fold(search.elements.text.value).split(" ").filter(Boolean);
    const rows = asked.length ? [...people.values()].filter((one) => asked.every((word) => one.folded.includes(word))) : [];
    results.replaceChildren(...rows.slice(0, SHOWN).map((one) => {
      const node = part("person").content.cloneNode(true), button = node.querySelector("button");
      part("name", node).textContent = one.name;
      part("name-too", node).textContent = one.name;
      const here = one.here || came.has(one.id);
      button.hidden = here;
      part("here", node).hidden = !here;
      button.addEventListener("click", async () => {
        await arrived(one, { participant: one.id });
        found();
      });
      return node;
    }));
    part("nobody").hidden = !asked.length || rows.length > 0;
  };
  search.addEventListener("input", found);
  search.addEventListener("submit", (event) => event.preventDefault());

  const stranger = part("stranger");
  stranger.addEventListener("submit", async (event) => {
    event.preventDefault();
    const content = {};
    for (const [name, value] of new FormData(stranger)) if (String(value).trim()) content[name] = String(value).trim();
    const field = stranger.elements.name;
    field.setAttribute("aria-invalid", String(!content.name));
    if (!content.name) {
      say(words.nameless, "bad");
      return field.focus();
    }
    if (await write("stranger", content, words.came.replace("{name}", () => content.name))) stranger.reset();
  });

  const note = part("note");
  note.addEventListener("submit", async (event) => {
    event.preventDefault();
    const kind = note.elements.kind.value, text = note.elements.text.value.trim();
    if (!text) {
      say(words.empty, "bad");
      return note.elements.text.focus();
    }
    const known = edited ? edited.told.content : {}, delivered = edited && outbox.isDelivered(edited);
    const content = { ...known, kind, text, ...(delivered ? { note: known.note || edited.id, seen: edited.answer.seen } : {}) };
    if (!(await write("note", content, words.noted, delivered ? null : edited))) return;
    edited = null;
    note.elements.text.value = "";
  });
  globalThis.simpulOutboxEdit = (row) => {
    edited = row;
    note.closest("details").open = true;
    note.elements.kind.value = row.told.content.kind;
    note.elements.text.value = row.told.content.text;
    note.elements.text.focus();
  };

  // --- making ready, and closing by itself ---
  const prepare = async () => {
    if (words.kit) {
      const refused = await fetched().catch(() => null);
      if (refused) return refused.said;
      const worker = await navigator.serviceWorker.register(words.worker).catch(() => null);
      if (!worker) return "";
      (worker.active || worker.waiting || worker.installing)?.postMessage("refresh");
      navigator.storage?.persist?.();
      const scope = new URL(worker.scope).pathname;
      navigator.serviceWorker.ready.then((ready) => { part("ready").hidden = new URL(ready.scope).pathname !== scope; });
    }
    return "";
  };
  let touched = Date.now();
  for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, () => { touched = Date.now(); }, true);
  const begin = async () => {
    await outbox.tidy();
    const refused = await prepare();
    await show();
    if (refused) say(refused, "warn");
    await round();
    addEventListener("online", () => round());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
    setInterval(async () => {
      if (Date.now() - touched > IDLE && list) return location.reload();
      if ((await outbox.unsent()).length) round();
    }, AGAIN);
  };
  begin().catch(() => say(words.broken, "bad"));
})();
