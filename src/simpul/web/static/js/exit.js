// Leave quickly: replaces this page, so that "back" does not return to it. Pressing Esc three times does the same.
(() => {
  const exit = document.querySelector("[data-exit]");
  if (!exit) return;
  let presses = 0;
  const leave = (event) => {
    if (event) event.preventDefault();
    document.body.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) leave();
  });
})();
