// The phone's own camera reads QR codes: by the browser where it can, else by a decoder that is fetched when the camera
// is first started. Nothing of the picture leaves the phone or is kept. `found(text)` is told what was read.
globalThis.simpulCamera = (box, found) => {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const PAUSE = 200, SAME = 4000; // milliseconds: between two looks; before the same code counts as shown again
  const WIDTH = 640; // a code that fills a third of the picture is read from this; larger is slower on a cheap phone
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
  let stream, reader, last = "", seen = 0;

  const native = async () => {
    if (!("BarcodeDetector" in globalThis)) return null;
    const formats = await globalThis.BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return null;
    const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue;
  };
  const fetched = async () => {
    const { decodeQR } = await import(new URL(box.dataset.decoder, location.href));
    const canvas = make("canvas"), context = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const part = Math.min(1, WIDTH / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * part);
      canvas.height = Math.round(video.videoHeight * part);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
    };
  };
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    frame.hidden = true;
    button.textContent = box.dataset.start;
    status.textContent = "";
  };
  const tell = (code) => {
    const now = Date.now();
    const again = code === last && now - seen < SAME;
    last = code;
    seen = now;
    if (again) return;
    navigator.vibrate?.(60);
    found(code);
  };
  const look = async () => {
    if (!stream) return;
    try {
      const code = video.readyState >= 2 && video.videoWidth ? await reader() : "";
      if (code && stream) tell(code);
    } catch {
      // No code in this picture, or no picture yet: the next one is looked at.
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
    try {
      reader = reader || (await native()) || (await fetched());
    } catch {
      stop();
      status.textContent = box.dataset.unable;
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
};
