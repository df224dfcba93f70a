// Signing out: warns of what was written without a signal at a door and not delivered, then deletes it with the lists.
// What other accounts wrote on the same phone stays.
(async () => {
  const warned = document.querySelector("[data-outbox-leaving]"), left = document.querySelector("[data-left]");
  const device = warned?.dataset.outboxLeaving || left?.dataset.left;
  const NAME = "simpul-antrean", SCOPE = "/hadir/";
  const there = await indexedDB.databases?.();
  if (!device || (there && !there.some((one) => one.name === NAME))) return;

  const database = await new Promise((done) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was ever kept here
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  });
  if (!database) return;
  const result = (asked) => new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const NAMES = { kits: "session", wraps: "sign_in", rows: "id" };
  const stores = database.transaction(Object.keys(NAMES), "readwrite");
  const rows = async (name) => (await result(stores.objectStore(name).getAll())).filter((one) => one.device === device);
  if (warned) {
    const unsent = (await rows("rows")).filter((one) => one.state !== "accepted" && one.state !== "there");
    warned.hidden = unsent.length === 0;
    const [last] = unsent.slice(-1);
    if (last) warned.querySelector("a").href = `/hadir/sesi/${last.session}/tanpa-sinyal/`;
    return database.close();
  }
  let others = 0;
  for (const [name, key] of Object.entries(NAMES)) {
    for (const one of await rows(name)) stores.objectStore(name).delete(one[key]);
    others += await result(stores.objectStore(name).count());
  }
  database.close();
  if (others) return;
  indexedDB.deleteDatabase(NAME);
  await caches.delete("simpul-pintu");
  const worker = await navigator.serviceWorker.getRegistration(SCOPE);
  if (worker && new URL(worker.scope).pathname === SCOPE) await worker.unregister();
})();
