// The print button of a page: shown only where it can do something.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// Who came by "Skip to the content" and sent a form: a browser that is led to a part of the page by its address puts the
// cursor nowhere else, not on what has to be mended either.
if (location.hash) addEventListener("load", () => document.querySelector("[autofocus]")?.focus());
