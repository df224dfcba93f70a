// The first screen where there is no signal: sealed for the server under this phone's public key, kept, and sent once.
// The phone can't read it again, so nothing here is worth trying PINs on; `accounts/envelopes.py` is the other half.
(() => {
  const root = document.querySelector("[data-unsent]");
  const form = document.querySelector("[data-first-screen]");
  if (!root || !form || !window.crypto?.subtle || !window.indexedDB || !("serviceWorker" in navigator)) return;
  const words = root.dataset;
  const part = (name, within = root) => within.querySelector(`[data-${name}]`);
  const status = part("status"), list = part("list"), box = part("pin-box", form);
  const pin = box.querySelector("#pin-kept"), who = box.querySelector("#pin-who");
  const ROOM = 1024, PROBE = 5000, AGAIN = 30000;
  let sure = false, kits = [], busy = false;
  const here = new Set(); // what was kept while this page was open

  // --- what the phone keeps: kits (public keys) and drafts (envelopes) ---
  const database = new Promise((done, fail) => {
    const asked = indexedDB.open("simpul-unsent", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kits", { keyPath: "device" });
      asked.result.createObjectStore("drafts", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const within = async (name, mode, act) => {
    const store = (await database).transaction(name, mode).objectStore(name);
    const asked = act(store);
    return new Promise((done, fail) => {
      store.transaction.oncomplete = () => done(asked.result);
      store.transaction.onabort = store.transaction.onerror = () => fail(store.transaction.error || asked.error);
    });
  };
  // Another account of this phone neither sees nor sends it: with a signal by who is signed in, without one, where
  // several use the phone, by who has the page open.
  const isTheirs = (row) => words.online !== undefined ? row.device === words.device : kits.length < 2 || here.has(row.id);
  const drafts = async () => {
    const rows = await within("drafts", "readonly", (s) => s.getAll());
    return rows.filter(isTheirs).sort((a, b) => a.kept - b.kept);
  };
  const put = (row) => within("drafts", "readwrite", (s) => s.put(row));
  const drop = (row) => within("drafts", "readwrite", (s) => s.delete(row.id));

  // --- sealing ---
  const utf8 = new TextEncoder();
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const written = (raw) => {
    let text = "";
    for (const byte of raw) text += String.fromCharCode(byte);
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const padded = (content) => {
    const text = utf8.encode(JSON.stringify(content));
    const whole = new Uint8Array(Math.ceil((text.length + 4) / ROOM) * ROOM);
    new DataView(whole.buffer).setUint32(0, text.length);
    whole.set(text, 4);
    return whole;
  };
  const seal = async (kit, content) => {
    const curve = { name: "ECDH", namedCurve: "P-256" }, subtle = crypto.subtle;
    const mine = await subtle.generateKey(curve, false, ["deriveBits"]);
    const theirs = await subtle.importKey("raw", bytes(kit.key), curve, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
    const point = new Uint8Array(await subtle.exportKey("raw", mine.publicKey));
    const label = utf8.encode(`simpul.envelope.1 ${kit.device}`);
    const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const recipe = { name: "HKDF", hash: "SHA-256", salt: point, info: label };
    const key = await subtle.deriveKey(recipe, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const hidden = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: label }, key, padded(content));
    return written([1, ...point, ...nonce, ...new Uint8Array(hidden)]);
  };

  // --- the list of what waits ---
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const say = (text) => { status.textContent = text; };
  const line = (row) => {
    const node = part("row").content.cloneNode(true);
    const open = part("open", node), send = part("send", node);
    part("when", node).textContent = moment.format(row.kept);
    part("state", node).textContent = words[row.state] || words.waiting;
    send.hidden = row.state !== "waiting";
    open.hidden = !["pin", "incomplete"].includes(row.state);
    send.addEventListener("click", () => round(true));
    if (words.online !== undefined) open.addEventListener("click", () => resume(row));
    part("delete", node).addEventListener("click", async () => {
      if (!confirm(words.drop)) return;
      await drop(row);
      show();
    });
    return node;
  };
  const show = async () => {
    const rows = await drafts();
    list.replaceChildren(...rows.map(line));
    part("list-box").hidden = rows.length === 0;
    return rows;
  };

  // --- sending ---
  const waited = (row) => Math.round((Date.now() - row.kept) / 1000); // by one clock: it may be wrong, not unsteady
  const sendOne = async (row) => {
    const told = { device: row.device, envelope: row.envelope, waited: waited(row), ask: row.state !== "waiting" };
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(words.deliver, { method: "POST", headers, body: JSON.stringify(told), cache: "no-store" });
    const { state } = await answer.json();
    if (state === "sent" || state === "gone") await drop(row);
    else if (state in words && state !== row.state) await put({ ...row, state });
    return state;
  };
  const round = async (pressed = false) => {
    if (busy) return;
    busy = true;
    try {
      const states = [];
      for (const row of await drafts()) states.push(await sendOne(row));
      for (const state of ["sent", "gone"]) if (states.includes(state)) say(words[state]);
    } catch {
      if (pressed) say(words.lost);
    } finally {
      busy = false;
      await show();
    }
  };
  const resume = (row) => {
    const sent = document.querySelector("[data-resume]");
    sent.elements.device.value = row.device;
    sent.elements.envelope.value = row.envelope;
    sent.elements.waited.value = waited(row);
    sent.submit();
  };

  // --- keeping ---
  const complain = (text) => {
    part("pin-error", form).textContent = text;
    pin.setAttribute("aria-invalid", String(Boolean(text)));
  };
  const ask = () => {
    if (!kits.length) return say(words.unready);
    box.hidden = false;
    complain("");
    box.scrollIntoView({ block: "center" });
    pin.focus();
  };
  const emptied = () => {
    const writer = who.value;
    // A form that came back from the server, or out of an envelope, would be reset to what was told in it.
    for (const field of form.elements) {
      if (field.name === "csrfmiddlewaretoken" || field.name === "group") continue;
      if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = false;
      else if (field.type === "hidden") field.value = "";
      else if (field.options) for (const option of field.options) option.defaultSelected = false;
      else if ("defaultValue" in field) field.defaultValue = "";
    }
    form.reset();
    who.value = writer;
    for (const field of form.querySelectorAll("[data-area-picker] input")) {
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.elements.key.value = crypto.randomUUID();
    pin.value = "";
    box.hidden = true;
  };
  const keep = async () => {
    if (!/^\d{6}$/.test(pin.value)) return complain(words.shape);
    const kit = kits.find((one) => one.device === who.value) || kits[0];
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const envelope = await seal(kit, { pin: pin.value, fields });
    here.add(form.elements.key.value);
    try {
      await put({ id: form.elements.key.value, device: kit.device, kept: Date.now(), state: "waiting", envelope });
    } catch {
      return complain(words.full);
    }
    emptied();
    await show();
    say(words.online === undefined && kits.length > 1 ? words.keptShared : words.kept);
    root.scrollIntoView({ block: "start" });
    round();
  };
  const reached = async () => {
    if (!navigator.onLine) return false;
    try {
      return (await fetch(words.worker, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE) })).ok;
    } catch {
      return false;
    }
  };
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    if (words.online === undefined || !(await reached())) return ask();
    sure = true;
    form.submit();
  });
  part("keep", form).addEventListener("click", keep);
  pin.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    keep();
  });

  // --- making ready ---
  const choose = (kit) => {
    const groups = form.elements.group;
    if (words.online !== undefined || groups.tagName !== "SELECT") return;
    groups.replaceChildren(...kit.groups.map(([key, name]) => new Option(name, key)));
    groups.closest(".field").hidden = kit.groups.length < 2;
  };
  const prepare = async () => {
    if (words.online !== undefined) {
      const kit = { device: words.device, key: words.key, label: words.label, groups: JSON.parse(words.groups) };
      await within("kits", "readwrite", (s) => s.put(kit));
      const worker = await navigator.serviceWorker.register(words.worker);
      (worker.active || worker.waiting || worker.installing)?.postMessage("refresh");
      navigator.storage?.persist?.();
      kits = [kit];
      const scope = new URL(worker.scope).pathname;
      navigator.serviceWorker.ready.then((ready) => { part("ready").hidden = new URL(ready.scope).pathname !== scope; });
      return;
    }
    kits = await within("kits", "readonly", (s) => s.getAll());
    who.replaceChildren(...kits.map((kit) => new Option(kit.label, kit.device)));
    part("who", form).hidden = kits.length < 2;
    who.addEventListener("change", () => choose(kits.find((kit) => kit.device === who.value)));
    if (kits.length) choose(kits[0]);
    else say(words.unready);
    form.elements.key.value = crypto.randomUUID();
  };
  const begin = async () => {
    await prepare();
    if ((await show()).length) round();
    addEventListener("online", () => round());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
    setInterval(async () => { if ((await drafts()).length) round(); }, AGAIN);
  };
  begin().catch(() => say(words.unready));
})();
