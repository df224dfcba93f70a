// The area picker as a combobox (WAI-ARIA APG, list autocomplete with manual selection). Without it the form still works.
const WAIT = 220, SHORTEST = 2, SLOW = 500, LIMIT = 12000;
let number = 0;

const make = (tag, attributes = {}, ...inside) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
};
const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

class Picker {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.input = root.querySelector('input[type="text"]');
    this.status = root.querySelector("[data-status]");
    this.name = this.input.name.replace(/-teks$/, "");
    this.known = new Map();
    this.options = [];
    this.at = -1;
    this.dress();
    this.listen();
  }

  dress() {
    this.list = make("ul", { id: `area-list-${++number}`, role: "listbox", class: "area-list", "aria-label": this.input.labels?.[0]?.textContent.trim() ?? "" });
    this.list.hidden = true;
    this.input.after(this.list);
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      this.input.setAttribute(key, value);
  }

  listen() {
    this.input.addEventListener("input", () => { this.forget(); clearTimeout(this.timer); this.timer = setTimeout(() => this.search(), WAIT); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => { if (this.code()) this.input.select(); });
    this.input.addEventListener("blur", () => this.close());
    // The press keeps the focus in the field; the click chooses, so that a scrolling finger chooses nothing.
    this.list.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") event.preventDefault(); });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => { const node = event.target.closest("[role=option]"); if (node) this.choose(Number(node.dataset.at)); });
  }

  hidden(part) { return this.root.querySelector(`input[type="hidden"][name="${CSS.escape(this.name + part)}"]`); }
  code() { return this.hidden("")?.value; }

  // What was chosen no longer holds once the text changes; radio buttons of the last round go away.
  forget() {
    this.root.querySelector(".area-choices")?.remove();
    for (const part of ["", "-untuk"]) {
      const field = this.hidden(part) ?? this.root.appendChild(make("input", { type: "hidden", name: this.name + part }));
      field.value = "";
    }
    this.status.textContent = "";
  }

  address(text) {
    const query = new URLSearchParams({ q: text });
    if (this.words.kinds) query.set("jenis", this.words.kinds);
    if (this.words.within) query.set("dalam", this.words.within);
    return `${this.words.url}?${query}`;
  }

  async search() {
    const text = this.input.value.trim();
    this.running?.abort();
    if (folded(text).length < SHORTEST) return this.close();
    const mine = (this.running = new AbortController());
    const slow = setTimeout(() => { this.status.textContent = this.words.searching; }, SLOW);
    try {
      const found = await this.ask(text, mine);
      if (!mine.signal.aborted) this.show(found);
    } catch {
      if (this.running === mine) { this.close(); this.status.textContent = this.words.failed; }
    } finally { clearTimeout(slow); }
  }

  async ask(text, mine) {
    const key = folded(text) + (text.includes(",") ? text : "");
    if (this.known.has(key)) return this.known.get(key);
    const late = setTimeout(() => mine.abort(), LIMIT);
    try {
      const answer = await fetch(this.address(text), { signal: mine.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.known.set(key, found);
      return found;
    } finally { clearTimeout(late); }
  }

  show({ results, more }) {
    if (document.activeElement !== this.input) return;
    this.options = results;
    this.at = -1;
    this.list.replaceChildren(...results.map((area, n) => make("li", { role: "option", id: `${this.list.id}-${n}`, "data-at": n, "aria-selected": "false" }, make("b", {}, area.title), make("small", {}, area.path.slice(area.title.length).replace(/^, /, "")))));
    this.open(results.length > 0);
    this.input.removeAttribute("aria-activedescendant");
    const count = results.length;
    this.status.textContent = !count ? this.words.none : (more ? this.words.first : count === 1 ? this.words.one : this.words.many).replace("{n}", count);
  }

  open(yes) { this.list.hidden = !yes; this.input.setAttribute("aria-expanded", String(yes)); }
  close() { this.open(false); this.input.removeAttribute("aria-activedescendant"); this.at = -1; }

  move(to) {
    const nodes = [...this.list.children];
    nodes[this.at]?.setAttribute("aria-selected", "false");
    this.at = (to + nodes.length) % nodes.length;
    nodes[this.at].setAttribute("aria-selected", "true");
    nodes[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", nodes[this.at].id);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.options.length && !this.code() ? this.open(true) : this.search();
      this.move(event.key === "ArrowDown" ? this.at + 1 : this.at < 0 ? -1 : this.at - 1);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      this.choose(this.at < 0 && this.options.length === 1 ? 0 : this.at);
    } else if (event.key === "Escape") {
      if (open) { event.preventDefault(); this.close(); } else if (this.input.value) { event.preventDefault(); this.input.value = ""; this.forget(); }
    } else if (event.key === "Tab" && open && this.at >= 0) this.choose(this.at);
  }

  choose(n) {
    const area = this.options[n];
    if (!area) return;
    this.forget();
    this.input.value = area.path;
    this.hidden("").value = area.code;
    this.hidden("-untuk").value = area.path;
    this.close();
    this.status.textContent = this.words.chosen.replace("{name}", area.title);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const dress = (within) => { for (const root of within.querySelectorAll("[data-area-picker]:not([data-ready])")) { root.dataset.ready = ""; new Picker(root); } };
dress(document);
// Pieces of a page that arrive later.
document.addEventListener("htmx:load", (event) => dress(event.target.parentElement ?? document));
