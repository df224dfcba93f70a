// A page of the library says so once it is kept: from then on it opens without a signal too.
(async () => {
  if (!("serviceWorker" in navigator)) return;
  const said = document.querySelector("[data-kept]");
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "kept" && said) said.hidden = false;
  });
  await navigator.serviceWorker.register("/pustaka/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage("keep");
})().catch(() => {});
