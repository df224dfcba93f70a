// The worker of the door: shows its page where there is no signal. It keeps that page, the files that draw it, and
// nothing else: what may be kept is a list, TOLD, which is put before this text. It never looks at an answer to see
// whether to keep it, so no list, no name and no case can get into it, whatever address is asked for.
const CACHE = "simpul-pintu";
const PATIENCE = 6000;
const DOOR = /^\/hadir\/sesi\/[0-9a-f-]{36}\/(tanpa-sinyal\/)?$/;

async function keep() {
  const cache = await caches.open(CACHE);
  // A page that leads elsewhere is somebody's sign-in page: then the old one stays.
  const shell = await fetch(TOLD.shell, { redirect: "error", cache: "no-store" });
  if (!shell.ok) throw new Error(String(shell.status));
  await cache.addAll(TOLD.files);
  await cache.put(TOLD.shell, shell);
  const meant = [TOLD.shell, ...TOLD.files].map((one) => new URL(one, self.location.origin).href);
  for (const kept of await cache.keys()) if (!meant.includes(kept.url)) await cache.delete(kept);
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
  if (request.mode === "navigate" && DOOR.test(pathname)) event.respondWith(page(request));
  else if (TOLD.files.some((one) => new URL(one, origin).pathname === pathname)) event.respondWith(file(request));
});
