// Shows one page where there is no signal, and keeps that page, the files that draw it, and nothing else: what may be
// kept is a list. It never looks at an answer to see whether to keep it, so no list, no name and no case can get into
// it, whatever address is asked for. TOLD says too which page that is, and in place of which ones it is shown.
const PAGES = new RegExp(TOLD.pages);

async function keepShell() {
  // A page that leads elsewhere is somebody's sign-in page: then the old one stays.
  const shell = await fetch(TOLD.shell, { redirect: "error", cache: "no-store" });
  if (!shell.ok) throw new Error(String(shell.status));
  const cache = await keepFiles((path) => path === TOLD.shell);
  await cache.put(TOLD.shell, shell);
}

async function page(request) {
  const shell = await caches.match(TOLD.shell);
  return shell ? soon(request).catch(() => shell) : fetch(request);
}

works(keepShell, (request, path) => request.mode === "navigate" && PAGES.test(path) ? page(request) : null);
