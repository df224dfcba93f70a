// A button beside every question reads it aloud with the voice of the device; where there is none, it stays hidden.
(() => {
  if (!("speechSynthesis" in window)) return;
  const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  const voices = () => speechSynthesis.getVoices();
  const words = (part) =>
    [...part.querySelectorAll("legend, label, h1, h2, p, li")]
      .filter((one) => !one.closest("[data-listen]") && !one.querySelector("legend, label, p, li"))
      .map((one) => one.innerText.trim())
      .filter(Boolean)
      .join(". ");
  const show = () => {
    const speaks = voices().some((voice) => voice.lang.toLowerCase().startsWith(language.slice(0, 2)));
    for (const button of document.querySelectorAll("[data-listen]")) button.hidden = !speaks;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-listen]");
    if (!button) return;
    const talking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (talking && button.dataset.on) {
      delete button.dataset.on;
      return;
    }
    for (const other of document.querySelectorAll("[data-on]")) delete other.dataset.on;
    const said = new SpeechSynthesisUtterance(words(button.closest("[data-spoken]")));
    said.lang = language;
    said.rate = 0.95;
    said.onend = () => delete button.dataset.on;
    button.dataset.on = "1";
    speechSynthesis.speak(said);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
  speechSynthesis.addEventListener?.("voiceschanged", show);
  show();
})();
