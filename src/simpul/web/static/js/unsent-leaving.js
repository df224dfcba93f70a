// Signing out: warns of what was kept without a signal and never sent, then deletes it. Others' on the same phone stays.
(async () => {
  const warned = document.querySelector("[data-leaving]"), left = document.querySelector("[data-left]");
  const device = warned?.dataset.leaving || left?.dataset.left;
  const scope = "/kasus/baru/";
  const there = await indexedDB.databases?.();
  if (!device || (there && !there.some((one) => one.name === "simpul-unsent"))) return;

  const database = await new Promise((done) => {
    const asked = indexedDB.open("simpul-unsent", 1);
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was ever kept here
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  });
  if (!database) return;
  const result = (asked) => new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const stores = database.transaction(["kits", "drafts"], "readwrite");
  const kits = stores.objectStore("kits"), drafts = stores.objectStore("drafts");
  const mine = (await result(drafts.getAll())).filter((row) => row.device === device);
  if (warned) {
    warned.hidden = mine.length === 0;
    return;
  }
  for (const row of mine) drafts.delete(row.id);
  kits.delete(device);
  if (await result(kits.count())) return;
  database.close();
  indexedDB.deleteDatabase("simpul-unsent");
  await caches.delete("simpul-tanpa-sinyal");
  const worker = await navigator.serviceWorker.getRegistration(scope);
  if (worker && new URL(worker.scope).pathname === scope) await worker.unregister();
})();
