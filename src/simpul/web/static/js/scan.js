// The door: the phone's own camera reads QR codes, where the browser can. What it reads goes into the field and is sent
// as if it had been typed; nothing of the picture leaves the phone or is kept.
(() => {
  const box = document.querySelector("[data-scanner]");
  const form = document.querySelector("[data-code]");
  if (!box || !form || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const field = form.querySelector("input[name=code]");
  const PAUSE = 250, SAME = 4000; // milliseconds: between two looks; before the same code counts as shown again
  const make = (name, words) => {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    return made;
  };
  const button = make("button", box.dataset.start), status = make("p"), frame = make("div"), video = make("video");
  button.type = "button";
  button.className = "btn wide";
  status.setAttribute("role", "status");
  frame.className = "camera";
  frame.hidden = true;
  video.muted = video.playsInline = true;
  frame.append(video);
  box.append(button, status, frame);
  let stream, detector, last = "", seen = 0;
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    frame.hidden = true;
    button.textContent = box.dataset.start;
    status.textContent = "";
  };
  const send = (code) => {
    const now = Date.now();
    if (code === last && now - seen < SAME) return;
    last = code;
    seen = now;
    field.value = code.slice(0, 40);
    navigator.vibrate?.(60);
    form.requestSubmit();
  };
  const look = async () => {
    if (!stream) return;
    try {
      const [found] = await detector.detect(video);
      if (found) send(found.rawValue);
    } catch {
      // A frame that is not there yet: the next one is.
    }
    setTimeout(look, PAUSE);
  };
  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      status.textContent = box.dataset.refused;
      return;
    }
    video.srcObject = stream;
    await video.play();
    frame.hidden = false;
    button.textContent = box.dataset.stop;
    status.textContent = box.dataset.point;
    look();
  };
  button.addEventListener("click", () => (stream ? stop() : start()));
  document.addEventListener("visibilitychange", () => document.hidden && stream && stop());
  // After an answer the field is ready for the next one.
  document.body.addEventListener("htmx:afterSwap", () => {
    field.value = "";
  });
  window.BarcodeDetector.getSupportedFormats().then((formats) => {
    if (!formats.includes("qr_code")) return box.remove();
    detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  });
})();
