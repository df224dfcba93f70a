// What waits in the outbox, what became of it, and the proof beside each record. A clash stays until a person has chosen.
globalThis.simpulOutboxList = (() => {
  const root = document.querySelector("[data-outbox]"), outbox = globalThis.simpulOutbox;
  if (!root) return { show: async () => {} };
  const words = root.dataset, part = (name, within = document) => within.querySelector(`[data-${name}]`);
  const MOST = 60;
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const TONES = { accepted: "ok", there: "ok", clash: "warn", refused: "bad", damaged: "bad", gone: "bad" };
  const label = (name) => words[`field${name.replace(/(^|_)(.)/g, (_, __, letter) => letter.toUpperCase())}`];
  const said = (name, value) => {
    if (name === "at") return moment.format(new Date(value));
    const option = document.querySelector(`[data-stranger] [name="${name}"][value="${CSS.escape(value)}"], [data-stranger] [name="${name}"] option[value="${CSS.escape(value)}"], [data-note] [name="${name}"][value="${CSS.escape(value)}"]`);
    return option ? (option.tagName === "OPTION" ? option.textContent : option.closest("label").textContent.trim()) : value;
  };
  const FIELDS = ["name", "text", "kind", "organisation", "organisation_name", "sex", "age_band", "area", "reason", "at"];
  const lines = (content) => FIELDS.filter((name) => content[name] && label(name)).flatMap((name) => {
    const term = document.createElement("dt"), value = document.createElement("dd");
    term.textContent = label(name);
    value.textContent = said(name, content[name]);
    return [term, value];
  });
  const title = (told) => told.content.name || (told.kind === "note" ? told.content.text : told.content.code) || "";

  const again = async (row, content, fresh) => {
    const kit = { device: row.device, sign_in: row.sign_in };
    await outbox.write(kit, row.told.session, row.told.kind, content, fresh ? null : row);
    if (fresh) await outbox.drop("rows", row.id);
    await globalThis.simpulOutboxRound(true);
  };
  const mine = (row) => {
    const { content } = row.told;
    if (row.answer.code === "other_words") return again(row, content, true);
    if (row.told.kind === "note") return again(row, { ...content, note: content.note || row.id, seen: row.answer.seen });
    return again(row, { ...content, insists: true });
  };
  const theirs = (row) => {
    if (row.answer.code === "alike") return again(row, { ...row.told.content, same: row.answer.same });
    return outbox.drop("rows", row.id).then(show);
  };
  const remove = async (row) => {
    if (!confirm(words.drop)) return;
    await outbox.drop("rows", row.id);
    show();
  };
  const clash = (row, node) => {
    part("clash", node).hidden = false;
    part("why", node).textContent = row.answer.said;
    part("mine", node).replaceChildren(...lines({ ...row.told.content, at: row.kept }));
    part("theirs", node).replaceChildren(...lines(row.answer.theirs));
    const alike = row.answer.code === "alike";
    const keep = part("keep-mine", node), take = part("keep-theirs", node);
    keep.textContent = alike ? words.other : words.keepMine;
    take.textContent = alike ? words.same : words.keepTheirs;
    keep.addEventListener("click", () => mine(row));
    take.addEventListener("click", () => theirs(row));
  };
  const line = (row) => {
    const node = part("record").content.cloneNode(true), state = part("state", node);
    part("what", node).textContent = row.told ? title(row.told) : words.sealed;
    part("kept", node).textContent = moment.format(row.kept);
    state.textContent = words[row.state] || words.waiting;
    state.parentElement.className = `pill ${TONES[row.state] || "info"}`;
    const { answer } = row;
    if (answer && answer.receipt) {
      part("proof", node).hidden = false;
      part("receipt", node).textContent = answer.receipt;
      part("received", node).textContent = moment.format(new Date(answer.received_at));
    }
    if (answer && answer.name && row.told && !row.told.content.name) part("what", node).textContent = answer.name;
    const said = answer && row.state !== "clash" ? answer.said : "";
    part("reason", node).hidden = !said;
    part("reason", node).textContent = said;
    if (row.state === "clash" && answer && row.told) clash(row, node);
    const editable = row.told && row.told.kind === "note" && (row.state === "waiting" || (outbox.isDelivered(row) && answer));
    part("edit", node).hidden = !editable;
    part("edit", node).addEventListener("click", () => globalThis.simpulOutboxEdit(row));
    const removable = ["refused", "damaged", "gone"].includes(row.state);
    part("retry", node).hidden = row.state !== "refused";
    part("retry", node).addEventListener("click", () => globalThis.simpulOutboxRound(true, true));
    part("remove", node).hidden = !removable;
    part("remove", node).addEventListener("click", () => remove(row));
    return node;
  };
  const show = async () => {
    const rows = (await outbox.rows()).reverse();
    const waiting = rows.filter((row) => !outbox.isDelivered(row)), shown = [...waiting, ...rows.filter(outbox.isDelivered)].slice(0, MOST);
    const nodes = (await Promise.all(shown.map(outbox.read))).map(line);
    part("records").replaceChildren(...nodes);
    part("queue").hidden = rows.length === 0;
    part("count").textContent = waiting.length ? words.unsent.replace("{n}", waiting.length) : words.nothing;
    part("send").hidden = part("save").hidden = waiting.length === 0;
  };

  part("send").addEventListener("click", () => globalThis.simpulOutboxRound(true, true));
  part("save").addEventListener("click", async () => {
    const link = document.createElement("a"), file = new Blob([await outbox.saved()], { type: "application/json" });
    link.href = URL.createObjectURL(file);
    link.download = `antrean-simpul-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
  part("load").addEventListener("change", async (event) => {
    const [file] = event.target.files, status = part("load-status");
    try {
      const { read, left } = await outbox.loaded(await file.text());
      status.textContent = words.loaded.replace("{n}", read).replace("{left}", left);
    } catch {
      status.textContent = words.unreadable;
    }
    event.target.value = "";
    await globalThis.simpulOutboxRound();
  });
  return { show };
})();
