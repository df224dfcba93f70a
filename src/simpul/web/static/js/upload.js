// Sends a file as soon as it is chosen, in parts; goes on where it stopped, after a lost connection or a closed browser.
// The id of an upload is made from the file itself, so the same file chosen again finds what has arrived of it.
const PART = 512 * 1024, SAMPLE = 65536, WAITS = [1000, 2000, 5000, 10000, 30000];
const later = (ms) => new Promise((done) => { setTimeout(done, ms); window.addEventListener("online", done, { once: true }); });

// Four rounds of a 32-bit mix: enough to tell one's own files apart, and it needs no secure context.
const mixed = (bytes, seed) => {
  let h = seed;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x5bd1e995) ^ (h >>> 13);
  return (h >>> 0).toString(16).padStart(8, "0");
};
const identity = async (file) => {
  const head = new TextEncoder().encode([location.pathname, file.name, file.size, file.lastModified].join("\n"));
  const ends = [file.slice(0, SAMPLE), file.slice(-SAMPLE)].map(async (part) => new Uint8Array(await part.arrayBuffer()));
  const bytes = [head, ...(await Promise.all(ends))].flatMap((part) => [...part]);
  const hex = [1, 77, 991, 65537].map((seed) => mixed(bytes, seed)).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

class Refused extends Error {}

class Sender {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.input = root.querySelector("[type=file]");
    this.key = root.querySelector("[type=hidden]");
    this.bar = root.querySelector("progress");
    this.status = root.querySelector("[role=status]");
    this.form = this.input.form;
    this.input.addEventListener("change", () => this.chosen());
    this.form.addEventListener("submit", (event) => this.submitted(event));
  }

  say(text) { if (this.status.textContent !== text) this.status.textContent = text; }

  async chosen() {
    const file = this.input.files[0], mine = (this.running = {});
    this.key.value = "";
    this.busy = Boolean(file);
    if (!file) return;
    try {
      if (file.size > this.words.most * 1e6) throw new Refused(this.words.large);
      const id = await identity(file);
      await this.persist(file, this.words.address.replace(/[0-9a-f-]{36}/, id), mine);
      if (this.running !== mine) return;
      this.key.value = id;
      this.input.removeAttribute("name"); // it is there already: the form need not carry it again
      this.say(this.words.done);
      this.busy = false;
      if (this.pending) this.form.requestSubmit(this.button);
    } catch (error) {
      if (this.running !== mine) return;
      this.busy = this.pending = false;
      this.bar.hidden = true;
      this.input.value = "";
      this.say(error instanceof Refused ? error.message : String(error));
    }
  }

  // Tries again for as long as the page is open; what the server refuses is not tried again.
  async persist(file, address, mine) {
    for (let failed = 0; this.running === mine; failed++) {
      try {
        let at = await this.begin(file, address);
        while (at < file.size && this.running === mine) {
          this.show(at / file.size);
          at = await this.part(file, address, at);
          failed = 0;
        }
        this.show(1);
        return;
      } catch (error) {
        if (error instanceof Refused) throw error;
        this.say(this.words.again);
        await later(WAITS[Math.min(failed, WAITS.length - 1)]);
      }
    }
  }

  show(share) {
    this.bar.hidden = false;
    this.bar.value = share * 100;
    this.say(this.words.sending.replace("{share}", `${Math.floor(share * 100)} %`));
  }

  async begin(file, address) {
    return this.ask(address, { method: "PUT", headers: { "Upload-Length": file.size } });
  }

  async part(file, address, at) {
    const headers = { "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" };
    return this.ask(address, { method: "PATCH", headers, body: file.slice(at, at + PART) });
  }

  // How much has arrived, after the request or because of it: 409 says where to go on.
  async ask(address, options) {
    options.headers["X-CSRFToken"] = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(address, { ...options, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new Refused(this.words.out);
    const offset = answer.headers.get("Upload-Offset");
    if (offset !== null && (answer.ok || answer.status === 409)) return Number(offset);
    if (answer.status === 404 || answer.status === 409 || answer.status >= 500 && answer.status !== 507) throw new Error(answer.status);
    throw new Refused((await answer.json().catch(() => ({}))).message || this.words.again);
  }

  submitted(event) {
    if (!this.busy) return;
    event.preventDefault();
    this.pending = true;
    this.button = event.submitter;
    this.say(this.words.wait);
  }
}

for (const root of document.querySelectorAll(".upload")) new Sender(root);
