// Everything that the library keeps on this phone goes: when somebody presses for it, and when they sign out.
globalThis.simpulForgetLibrary = async () => {
  const SCOPE = "/pustaka/";
  await globalThis.caches?.delete("simpul-pustaka");
  const worker = await navigator.serviceWorker?.getRegistration(SCOPE);
  if (worker && new URL(worker.scope).pathname === SCOPE) await worker.unregister();
};
if (document.querySelector("[data-forget-library]")) globalThis.simpulForgetLibrary().catch(() => {});
(async () => {
  const warned = document.querySelector("[data-library-leaving]");
  if (warned && (await globalThis.caches?.has("simpul-pustaka"))) warned.hidden = false;
})();
