// Sign with a finger into the form's own file field: it is sent with the form, and lies in no storage of the browser.
(() => {
  const box = document.querySelector("[data-signature]");
  if (!box || !window.PointerEvent || !window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) return;
  const field = box.querySelector("input[type=file]");
  const pad = document.createElement("canvas");
  pad.className = "pad";
  pad.setAttribute("role", "img");
  pad.setAttribute("aria-label", box.dataset.pad);
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "btn ghost";
  clear.textContent = box.dataset.clear;
  clear.hidden = true;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.textContent = box.dataset.pad;
  field.before(pad, status, clear);
  const fresh = () => {
    const { width, height } = pad.getBoundingClientRect();
    pad.width = Math.round(width * 2);
    pad.height = Math.round(height * 2);
    const pen = pad.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = "#111";
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";
    return pen;
  };
  let pen = fresh();
  let last = null;
  const at = (event) => {
    const { left, top, width } = pad.getBoundingClientRect();
    const scale = pad.width / width;
    return [(event.clientX - left) * scale, (event.clientY - top) * scale];
  };
  const put = (file) => {
    const carried = new DataTransfer();
    if (file) carried.items.add(file);
    field.files = carried.files;
    clear.hidden = !file;
    status.textContent = file ? box.dataset.ready : box.dataset.pad;
  };
  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    if (!pad.width) pen = fresh(); // it was hidden when the page came
    pad.setPointerCapture(event.pointerId);
    last = at(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = at(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...here);
    pen.stroke();
    last = here;
  });
  const lifted = () => {
    if (!last) return;
    last = null;
    pad.toBlob((drawn) => drawn && put(new File([drawn], "tanda.png", { type: "image/png" })), "image/png");
  };
  pad.addEventListener("pointerup", lifted);
  pad.addEventListener("pointercancel", lifted);
  clear.addEventListener("click", () => {
    pen = fresh();
    put(null);
  });
})();
