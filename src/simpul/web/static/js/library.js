// The library on this phone. A page that anybody may read is kept when it is opened, as it looks to nobody in
// particular: it is asked for a second time without cookies, so no name and nothing that is for some alone gets in.
// Recordings are kept only where somebody presses for it, since they cost. `workers/library.js` gives out what is kept.
(() => {
  const root = document.querySelector("[data-library]");
  if (!root || !("serviceWorker" in navigator) || !window.caches) return;
  const words = root.dataset, tongue = document.documentElement.lang, MOST = 80, OLD = 90, DAY = 86400000;
  const part = (name, within = root) => within.querySelector(`[data-${name}]`);
  const EDITION = /^\/pustaka\/[0-9a-f-]{36}\/[a-z]{2,3}\/$/;
  const NAME = "simpul-pustaka";
  const store = () => caches.open(NAME);
  const found = (where, options) => caches.match(where, { cacheName: NAME, ...options }); // looking makes no cache
  const asked = (path) => fetch(path, { credentials: "omit", redirect: "error", cache: "no-store", headers: { "Simpul-Language": tongue } });
  const say = (text) => { part("said").textContent = text; };
  const parsed = async (kept) => new DOMParser().parseFromString(await kept.text(), "text/html");
  const since = (kept) => new Date(kept.headers.get("Simpul-Kept"));
  const size = (bytes) => {
    const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
    const shown = bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) : bytes / 1e6;
    return new Intl.NumberFormat(tongue, { style: "unit", unit, maximumFractionDigits: 1 }).format(shown);
  };
  const sounds = (page) => [...page.querySelectorAll("[data-sound]")].map((one) => one.dataset.sound);
  const works = async () => {
    await navigator.serviceWorker.register(words.worker);
    return navigator.serviceWorker.ready;
  };

  const put = async (path, answer, body) => {
    const headers = new Headers(answer.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    headers.set("Simpul-Kept", new Date().toISOString());
    await (await store()).put(path, new Response(body, { headers }));
  };
  const drop = async (path) => {
    const kept = await found(path);
    if (!kept) return;
    const cache = await store();
    for (const sound of sounds(await parsed(kept))) await cache.delete(sound, { ignoreSearch: true });
    await cache.delete(path);
  };
  // Whether it is kept now. What is off the shelf, or for some alone from now on, goes from the phone too.
  const keep = async (path) => {
    const answer = await asked(path);
    if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
    const text = await answer.text();
    const may = answer.ok && new DOMParser().parseFromString(text, "text/html").querySelector("[data-library][data-may-keep]");
    await (may ? put(path, answer, text) : drop(path));
    return Boolean(may);
  };
  const pages = async () => {
    const kept = (await caches.has(NAME)) ? await (await store()).keys() : [];
    return kept.map((one) => new URL(one.url).pathname).filter((path) => EDITION.test(path));
  };
  // The list has to be there without a signal too; the first kept goes when there are too many.
  const tidy = async () => {
    const list = await found(words.list), all = await pages();
    for (const path of all.slice(0, Math.max(0, all.length - MOST))) await drop(path);
    if (list && Date.now() - since(list) < DAY && list.headers.get("Content-Language") === tongue) return;
    const answer = await asked(words.list);
    if (answer.ok) await put(words.list, answer, await answer.text());
  };
  const failed = (wrong) => say(wrong.name === "QuotaExceededError" ? words.full : words.lost);

  // --- a page of the library ---
  const path = location.pathname;
  const showPage = async () => {
    const kept = await found(path), is = Boolean(kept), may = "mayKeep" in words;
    part("is-kept").hidden = part("drop").hidden = part("to-list").hidden = !is;
    part("keep").hidden = is || !may;
    const not = part("not-kept");
    if (not) not.hidden = is;
    if (is) part("since").textContent = new Intl.DateTimeFormat(tongue === "en" ? "en-GB" : tongue, { dateStyle: "long", timeStyle: "short" }).format(since(kept));
    part("no-signal").hidden = !is || navigator.onLine;
    for (const one of document.querySelectorAll("[data-sound]")) await showSound(one, may);
  };
  const showSound = async (one, may) => {
    const exact = await found(one.dataset.sound), any = exact || (await found(one.dataset.sound, { ignoreSearch: true }));
    part("sound-kept", one).hidden = part("drop-sound", one).hidden = !any;
    part("keep-sound", one).hidden = Boolean(exact) || !may || !navigator.onLine;
    part("sound-costs", one).hidden = Boolean(exact) || !navigator.onLine;
    part("sound-missing", one).hidden = Boolean(any) || navigator.onLine;
    one.querySelector("audio").hidden = !any && !navigator.onLine;
  };
  const fetched = async (answer, bar) => {
    const whole = Number(answer.headers.get("Content-Length")), pieces = [];
    let come = 0;
    const reader = answer.body.getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      pieces.push(value);
      come += value.length;
      bar.value = whole ? come / whole : 0;
    }
    if (whole && come !== whole) throw new Error("cut short");
    return new Blob(pieces, { type: answer.headers.get("Content-Type") });
  };
  const keepSound = async (one) => {
    const href = one.dataset.sound, bar = part("sound-progress", one), button = part("keep-sound", one);
    bar.hidden = false;
    button.disabled = true;
    say("");
    try {
      await works();
      if (await keep(path)) await tidy();
      const answer = await asked(href);
      if (!answer.ok) throw new Error(String(answer.status));
      const whole = await fetched(answer, bar);
      await (await store()).delete(href, { ignoreSearch: true }); // an earlier recording
      await put(href, answer, whole);
      navigator.storage?.persist?.();
    } catch (wrong) {
      failed(wrong);
    }
    bar.hidden = true;
    button.disabled = false;
    await showPage();
  };
  const onPage = async () => {
    const keepPage = async () => {
      say("");
      try {
        await works();
        if (await keep(path)) await tidy();
      } catch (wrong) {
        if (navigator.onLine) failed(wrong);
      }
      await showPage();
    };
    part("keep").addEventListener("click", keepPage);
    part("drop").addEventListener("click", async () => {
      await drop(path);
      await showPage();
      say(words.gone);
    });
    for (const one of document.querySelectorAll("[data-sound]")) {
      part("keep-sound", one).addEventListener("click", () => keepSound(one));
      part("drop-sound", one).addEventListener("click", async () => {
        await (await store()).delete(one.dataset.sound, { ignoreSearch: true });
        await showPage();
      });
    }
    for (const name of ["online", "offline"]) addEventListener(name, showPage);
    const isKept = Boolean(await found(path));
    // What is kept already is brought up to date, also where it is not kept unasked.
    if (navigator.onLine && "mayKeep" in words && ("byItself" in words || isKept)) await keepPage();
    else await showPage();
  };

  // --- the list of what is kept ---
  const line = async (where) => {
    const kept = await found(where), node = part("row").content.cloneNode(true), page = await parsed(kept.clone());
    const told = page.querySelector("[data-library]").dataset, days = Math.floor((Date.now() - since(kept)) / DAY);
    let bytes = (await kept.blob()).size, heard = 0;
    const named = sounds(page);
    for (const one of named) {
      const sound = await found(one, { ignoreSearch: true });
      if (sound) heard += (await sound.blob()).size;
    }
    bytes += heard;
    const link = part("title", node);
    link.textContent = part("name", node).textContent = told.title;
    link.href = where;
    part("about", node).textContent = told.about;
    const when = words.since.replace("{when}", new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(-days, "day"));
    const sound = named.length ? (heard ? words.withSound : words.withoutSound) : "";
    part("age", node).textContent = [when, sound, size(bytes)].filter(Boolean).join(" · ");
    part("old", node).hidden = days < OLD;
    part("remove", node).addEventListener("click", async () => {
      await drop(where);
      await showList();
      say(words.gone);
    });
    return { node, bytes };
  };
  const showList = async () => {
    const lines = [];
    for (const where of (await pages()).reverse()) lines.push(await line(where));
    part("rows").replaceChildren(...lines.map((one) => one.node));
    const sum = lines.reduce((all, one) => all + one.bytes, 0);
    part("total").textContent = words.sum.replace("{n}", lines.length).replace("{size}", size(sum));
    part("some").hidden = lines.length === 0;
    part("none").hidden = lines.length > 0;
  };
  const onList = async () => {
    part("elsewhere").hidden = path === words.list;
    part("drop-all").addEventListener("click", async () => {
      if (!confirm(words.sure)) return;
      await globalThis.simpulForgetLibrary();
      await showList();
      say(words.gone);
    });
    part("refresh").addEventListener("click", async () => {
      let fewer = 0;
      try {
        for (const where of await pages()) if (!(await keep(where))) fewer += 1;
        await tidy();
        say(fewer ? words.fewer.replace("{n}", fewer) : words.current);
      } catch {
        say(words.lost);
      }
      await showList();
    });
    await showList();
  };
  ("keptList" in words ? onList() : onPage()).catch(() => {});
})();
