// The outbox of this phone: records under the key of one sign-in, kept in IndexedDB, delivered once, each with its
// proof. The key is in the memory of this page alone; on the phone it lies wrapped under four words.
// `accounts/outboxes.py` is the other half.
globalThis.simpulOutbox = (() => {
  const NAME = "simpul-antrean", MOST = 1000, BATCH = 50, ROUNDS = 600000, ROOM = 256, DELIVERED = 200;
  const utf8 = new TextEncoder(), text = new TextDecoder();
  const keys = new Map(); // sign-in -> CryptoKey

  // --- what the phone keeps: kits (the list of an event), wraps (keys under words), rows (records) ---
  let opened;
  const database = () => (opened = opened || new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kits", { keyPath: "session" });
      asked.result.createObjectStore("wraps", { keyPath: "sign_in" });
      asked.result.createObjectStore("rows", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  }));
  const within = async (name, mode, act) => {
    const store = (await database()).transaction(name, mode).objectStore(name);
    const asked = act(store);
    return new Promise((done, fail) => {
      store.transaction.oncomplete = () => done(asked && asked.result);
      store.transaction.onabort = store.transaction.onerror = () => fail(store.transaction.error || asked.error);
    });
  };
  const all = (name) => within(name, "readonly", (s) => s.getAll());
  const put = (name, row) => within(name, "readwrite", (s) => s.put(row));
  const drop = (name, key) => within(name, "readwrite", (s) => s.delete(key));

  // --- sealing ---
  const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const written = (raw) => {
    let out = "";
    for (const byte of raw) out += String.fromCharCode(byte);
    return btoa(out).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const hex = (words) => Uint8Array.from(words.match(/../g), (pair) => parseInt(pair, 16));
  const bound = (purpose, row, about) =>
    utf8.encode(`simpul.outbox.1 ${purpose} ${row.device} ${row.sign_in} ${about}`);
  const aes = (nonce, additionalData) => ({ name: "AES-GCM", iv: nonce, additionalData });
  const boxed = async (key, label, content) => {
    const said = utf8.encode(JSON.stringify(content));
    const whole = new Uint8Array(Math.ceil((said.length + 4) / ROOM) * ROOM);
    new DataView(whole.buffer).setUint32(0, said.length);
    whole.set(said, 4);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const hidden = new Uint8Array(await crypto.subtle.encrypt(aes(nonce, label), key, whole));
    const box = new Uint8Array(12 + hidden.length);
    box.set(nonce);
    box.set(hidden, 12);
    return written(box);
  };
  const unboxed = async (key, label, box) => {
    const raw = bytes(box);
    const whole = await crypto.subtle.decrypt(aes(raw.slice(0, 12), label), key, raw.slice(12));
    const length = new DataView(whole).getUint32(0);
    return JSON.parse(text.decode(new Uint8Array(whole, 4, length)));
  };
  const usable = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const wrapper = async (words, salt) => {
    const plain = utf8.encode(words.trim().toLowerCase().split(/\s+/).join(" "));
    const base = await crypto.subtle.importKey("raw", plain, "PBKDF2", false, ["deriveKey"]);
    const recipe = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
    return crypto.subtle.deriveKey(recipe, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };
  const uuid = () => {
    const raw = crypto.getRandomValues(new Uint8Array(16)), now = Date.now();
    for (let place = 0; place < 6; place++) raw[place] = Math.floor(now / 2 ** (8 * (5 - place))) % 256;
    raw[6] = (raw[6] & 15) | 112; // version 7: in the order of time
    raw[8] = (raw[8] & 63) | 128;
    return [...raw].map((b) => b.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // --- opening: with a signal by the server, without one by the four words ---
  const taken = async (session, kit, keep) => {
    keys.set(kit.sign_in, await usable(hex(kit.key)));
    for (const [sign_in, key] of Object.entries(kit.others)) keys.set(sign_in, await usable(hex(key)));
    if (!keep) return;
    const { device, sign_in } = kit;
    if (!(await all("wraps")).some((one) => one.sign_in === sign_in)) {
      const salt = crypto.getRandomValues(new Uint8Array(16));
      const wrapped = await boxed(await wrapper(kit.words, salt), bound("wrap", kit, device), kit.key);
      await put("wraps", { sign_in, device, salt: written(salt), wrapped });
    }
    const box = kit.list, until = Date.now() + kit.until * 1000;
    await put("kits", { session, device, sign_in, until, box });
  };
  const unlocked = async (words) => {
    for (const one of await all("wraps")) {
      try {
        const key = await unboxed(await wrapper(words, bytes(one.salt)), bound("wrap", one, one.device), one.wrapped);
        keys.set(one.sign_in, await usable(hex(key)));
        return one;
      } catch {
        // Not the words of this sign-in.
      }
    }
    return null;
  };
  const listed = async (session) => {
    const kit = (await all("kits")).find((one) => one.session === session);
    if (!kit || !keys.has(kit.sign_in)) return null;
    return { ...(await unboxed(keys.get(kit.sign_in), bound("list", kit, session), kit.box)), device: kit.device, sign_in: kit.sign_in };
  };

  // --- records ---
  const WAITING = ["waiting", "waits"];
  const rows = async () => (await all("rows")).sort((a, b) => a.kept - b.kept || (a.id < b.id ? -1 : 1));
  const isDelivered = (row) => row.state === "accepted" || row.state === "there";
  const unsent = async () => (await all("rows")).filter((row) => !isDelivered(row));
  const read = async (row) => {
    const key = keys.get(row.sign_in);
    if (!key) return { ...row, told: null, answer: null };
    try {
      const told = await unboxed(key, bound("record", row, row.id), row.box);
      return { ...row, told, answer: row.back ? await unboxed(key, bound("answer", row, row.id), row.back) : null };
    } catch {
      return { ...row, told: null, answer: null };
    }
  };
  const full = () => Object.assign(new Error("full"), { name: "QuotaExceededError" });
  const write = async (kit, session, kind, content, before) => {
    if (!before && (await unsent()).length >= MOST) throw full();
    const row = { id: before ? before.id : uuid(), session, device: kit.device, sign_in: kit.sign_in };
    const label = bound("record", row, row.id), told = { kind, session, content };
    const box = await boxed(keys.get(kit.sign_in), label, told);
    const kept = before ? before.kept : Date.now();
    await put("rows", { ...row, kept, state: "waiting", box, back: "" });
    return row.id;
  };
  // Proofs of what was delivered long ago make room.
  const tidy = async () => {
    const now = Date.now();
    for (const kit of await all("kits")) if (kit.until <= now) await drop("kits", kit.session);
    const delivered = (await rows()).filter(isDelivered);
    for (const row of delivered.slice(0, Math.max(0, delivered.length - DELIVERED))) await drop("rows", row.id);
    const used = new Set([...(await all("kits")), ...(await all("rows"))].map((one) => one.sign_in));
    for (const one of await all("wraps")) if (!used.has(one.sign_in)) await drop("wraps", one.sign_in);
  };

  // --- delivering ---
  const waited = (row) => Math.round((Date.now() - row.kept) / 1000); // by one clock: it may be wrong, not unsteady
  const sent = async (address, batch) => {
    const { device, sign_in } = batch[0];
    const records = batch.map((row) => ({ id: row.id, box: row.box, waited: waited(row) }));
    const answer = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, cache: "no-store",
      body: JSON.stringify({ device, sign_in, records }),
    });
    if (!answer.ok && answer.status !== 400) throw new Error(String(answer.status));
    const { answers } = await answer.json();
    // Refused as a whole: something in it is no record of ours.
    const told = new Map((answers.length ? answers : batch.map((row) => ({ id: row.id, state: "damaged" }))).map((one) => [one.id, one]));
    for (const row of batch) {
      const one = told.get(row.id), now = (await all("rows")).find((other) => other.id === row.id);
      if (!one || !now || now.box !== row.box) continue; // written anew meanwhile
      await put("rows", { ...now, state: one.state, back: one.back || "" });
    }
  };
  const deliver = async (address, again) => {
    const states = again ? [...WAITING, "refused"] : WAITING;
    const waiting = (await rows()).filter((row) => states.includes(row.state));
    const groups = new Map();
    for (const row of waiting) groups.set(row.sign_in, [...(groups.get(row.sign_in) || []), row]);
    for (const group of groups.values())
      for (let at = 0; at < group.length; at += BATCH) await sent(address, group.slice(at, at + BATCH));
    return waiting.length;
  };

  // --- the queue as a file: every record in it stays sealed ---
  const FORMAT = "simpul-antrean-1";
  const saved = async () => JSON.stringify({ format: FORMAT, saved: Date.now(), rows: await unsent() });
  const loaded = async (content) => {
    const file = JSON.parse(content);
    if (file.format !== FORMAT || !Array.isArray(file.rows)) throw new Error("format");
    const there = new Set((await all("rows")).map((row) => row.id)), ID = /^[0-9a-f-]{36}$/;
    const since = Math.max(0, Date.now() - Number(file.saved)) || 0;
    const fine = file.rows.filter((row) =>
      ID.test(row.id) && ID.test(row.session) && ID.test(row.device) && ID.test(row.sign_in)
      && /^[\w-]+$/.test(row.box) && /^[\w-]*$/.test(row.back) && Number.isFinite(row.kept));
    const fresh = fine.filter((row) => !there.has(row.id)).slice(0, MOST - (await unsent()).length);
    for (const { id, session, device, sign_in, kept, box, back, state } of fresh) {
      const before = Math.max(0, Number(file.saved) - kept) || 0;
      const known = ["clash", "refused", "damaged"].includes(state) ? state : "waiting";
      await put("rows", { id, session, device, sign_in, kept: Date.now() - since - before, box, back, state: known });
    }
    return { read: fresh.length, left: file.rows.length - fresh.length };
  };

  // --- whose code is shown: digests under the keys of the event's door ---
  const digests = async (doors, code) => {
    const found = [];
    for (const door of doors) {
      const key = await crypto.subtle.importKey("raw", utf8.encode(door), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
      const raw = new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(code)));
      found.push([...raw].map((b) => b.toString(16).padStart(2, "0")).join(""));
    }
    return found;
  };
  const others = async () => {
    const pairs = new Map((await all("rows")).map((row) => [row.sign_in, { device: row.device, sign_in: row.sign_in }]));
    return [...pairs.values()].slice(0, 20);
  };
  const hasKey = (sign_in) => keys.has(sign_in);
  return { all, rows, read, write, drop, put, unsent, isDelivered, taken, unlocked, listed, tidy, deliver, saved, loaded, digests, others, hasKey };
})();
