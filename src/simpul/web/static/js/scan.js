// The door: what the camera reads goes into the field and is sent as if it had been typed.
(() => {
  const box = document.querySelector("[data-scanner]");
  const form = document.querySelector("[data-code]");
  if (!box || !form) return;
  const field = form.querySelector("input[name=code]"), lost = document.querySelector("[data-lost]");
  globalThis.simpulCamera(box, (code) => {
    field.value = code.slice(0, 40);
    form.requestSubmit();
  });
  // After an answer the field is ready for the next one.
  document.body.addEventListener("htmx:afterSwap", () => {
    field.value = "";
    if (lost) lost.hidden = true;
  });
  document.body.addEventListener("htmx:sendError", () => {
    if (lost) lost.hidden = false;
  });
})();
