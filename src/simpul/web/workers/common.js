// What all workers do: keep the files that pages draw themselves with, and give them out where there is no signal.
const PATIENCE = 6000;
const HERE = self.location.origin;
const pathOf = (address) => new URL(address, HERE).pathname;
// A page that was kept before an update asks for its files by the names they had then.
const stem = (path) => path.replace(/\.[0-9a-f]{12}(\.\w+)$/, "$1");
const FILES = new Map(TOLD.files.map((one) => [stem(pathOf(one)), pathOf(one)]));

async function keepFiles(isMine) {
  const cache = await caches.open(TOLD.cache);
  await cache.addAll(TOLD.files);
  const meant = new Set(FILES.values());
  for (const kept of await cache.keys()) if (!meant.has(pathOf(kept.url)) && !isMine(pathOf(kept.url))) await cache.delete(kept);
  return cache;
}

function soon(request) {
  const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  return Promise.race([fetch(request), late]);
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (lost) {
    const kept = await caches.match(FILES.get(stem(pathOf(request.url))));
    if (!kept) throw lost;
    return kept;
  }
}

// `answer(request, path)` is a promise of an answer, or nothing where the request goes its own way.
function works(keep, answer) {
  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(keep());
  });
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("message", (event) => event.waitUntil(keep().catch(() => {})));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== HERE) return;
    const path = pathOf(request.url);
    const given = FILES.has(stem(path)) ? file(request) : answer(request, path);
    if (given) event.respondWith(given);
  });
}
