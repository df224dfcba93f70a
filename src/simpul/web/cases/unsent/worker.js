// The worker of the first screen: shows its shell where there is no signal. It keeps the shell and what draws it, and
// nothing of any case. TOLD is put before this text: the page, its shell, and the files.
const CACHE = "simpul-tanpa-sinyal";
const PATIENCE = 6000;

async function keep() {
  const cache = await caches.open(CACHE);
  // A shell that leads elsewhere is somebody's sign-in page: then the old one stays.
  const shell = await fetch(TOLD.shell, { redirect: "error", cache: "no-store" });
  if (!shell.ok) throw new Error(String(shell.status));
  await cache.addAll(TOLD.files);
  await cache.put(TOLD.shell, shell);
}

async function page(request) {
  const shell = await caches.match(TOLD.shell);
  if (!shell) return fetch(request);
  const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  return Promise.race([fetch(request), late]).catch(() => shell);
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (lost) {
    const kept = await caches.match(request);
    if (!kept) throw lost;
    return kept;
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep().catch(() => {})));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === TOLD.page) event.respondWith(page(request));
  else if (TOLD.files.some((one) => new URL(one, origin).pathname === pathname)) event.respondWith(file(request));
});
