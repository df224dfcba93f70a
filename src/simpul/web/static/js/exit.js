// Leave quickly: replaces this page, so that "back" does not return to it. Pressing Esc three times does the same.
// With `data-forget` the server forgets at the same moment what was being written.
(() => {
  const exit = document.querySelector("[data-exit]");
  if (!exit) return;
  let presses = 0;
  const leave = (event) => {
    if (event) event.preventDefault();
    document.body.hidden = true;
    if (exit.dataset.forget) navigator.sendBeacon(exit.dataset.forget);
    location.replace(exit.dataset.exit || exit.href);
  };
  exit.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) leave();
  });
  // A page that the browser kept whole is asked for anew: what was written may be forgotten by now.
  addEventListener("pageshow", (event) => {
    if (event.persisted && exit.dataset.forget) location.reload();
  });
})();
