// The worker of the library: what was opened once is read again where there is no signal. It asks for each page a second
// time without saying who asks, and keeps that answer: what anybody may read, with nobody's name on it. What is for some
// alone is not there for it, and is not kept. TOLD, put before this text, names the files that pages draw themselves with.
const CACHE = "simpul-pustaka";
const MOST = 80;
const PATIENCE = 6000;
const PAGE = /^\/pustaka\/([0-9a-f-]{36}\/([a-z]{2,3}\/)?)?$/;

async function keep(url) {
  const open = await fetch(url, { credentials: "omit", redirect: "error", cache: "no-store" });
  if (!open.ok || !/html/.test(open.headers.get("Content-Type") || "")) return;
  const cache = await caches.open(CACHE);
  await cache.delete(url);
  await cache.put(url, open);
  const pages = (await cache.keys()).filter((one) => PAGE.test(new URL(one.url).pathname));
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST))) await cache.delete(old);
}

async function page(event) {
  const url = new URL(event.request.url);
  const plain = url.origin + url.pathname;
  const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  try {
    const answer = await Promise.race([fetch(event.request), late]);
    if (answer.ok) event.waitUntil(keep(plain).catch(() => {}));
    return answer;
  } catch {
    return (await caches.match(plain)) || Response.error();
  }
}

async function file(request) {
  return fetch(request).catch(async () => (await caches.match(request)) || Response.error());
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(TOLD.files)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { pathname, origin } = new URL(event.source.url);
  if (PAGE.test(pathname)) event.waitUntil(keep(origin + pathname).then(() => event.source.postMessage("kept")).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(event));
  else if (TOLD.files.some((one) => new URL(one, origin).pathname === pathname)) event.respondWith(file(request));
});
