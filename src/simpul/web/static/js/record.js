// Record a voice into the form's own file field: it is sent with the form, and lies in no storage of the browser.
(() => {
  const box = document.querySelector("[data-recorder]");
  if (!box || !navigator.mediaDevices?.getUserMedia || !window.MediaRecorder || !window.DataTransfer) return;
  const field = box.querySelector("input[type=file]");
  const longest = 5 * 60 * 1000;
  const kinds = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
  const kind = kinds.find((one) => MediaRecorder.isTypeSupported(one));
  if (!kind) return;
  const make = (words, tone) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${tone}`;
    button.textContent = words;
    return button;
  };
  const start = make(box.dataset.start, "");
  const stop = make(box.dataset.stop, "danger");
  const drop = make(box.dataset.drop, "ghost");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  stop.hidden = drop.hidden = true;
  field.before(start, stop, drop, status);
  let recorder, ticking;
  const put = (file) => {
    const carried = new DataTransfer();
    if (file) carried.items.add(file);
    field.files = carried.files;
    drop.hidden = !file;
    status.textContent = file ? box.dataset.ready : "";
  };
  const ended = (stream, pieces) => {
    clearInterval(ticking);
    for (const track of stream.getTracks()) track.stop();
    start.hidden = false;
    stop.hidden = true;
    const type = kind.split(";")[0];
    put(new File(pieces, `suara.${type.split("/")[1]}`, { type }));
  };
  const count = (from) => {
    const seconds = Math.floor((Date.now() - from) / 1000);
    status.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
    if (Date.now() - from > longest) recorder.stop();
  };
  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      status.textContent = box.dataset.refused;
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 24000 });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => ended(stream, pieces));
    recorder.start(1000);
    start.hidden = drop.hidden = true;
    stop.hidden = false;
    const from = Date.now();
    count(from);
    ticking = setInterval(() => count(from), 500);
  });
  stop.addEventListener("click", () => recorder.stop());
  drop.addEventListener("click", () => put(null));
})();
