// The one map. Reads the table the server drew (data-code, data-shade), so the page works without any of this.
const LIMIT = 15000;

function script(src) {
  return new Promise((done, failed) => {
    const node = Object.assign(document.createElement("script"), { src, async: true, onload: done, onerror: failed });
    document.head.append(node);
  });
}
function sheet(href) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed }));
  });
}
const once = new Map();
const load = (src, how = script) => once.get(src) ?? once.set(src, how(src)).get(src);

async function shapes(source) {
  const answer = await fetch(source.url, { credentials: "omit", signal: AbortSignal.timeout(LIMIT) });
  if (!answer.ok) throw new Error(String(answer.status));
  const topology = await answer.json();
  return window.topojson.feature(topology, topology.objects[source.object]).features;
}

function rowsOf(figure) {
  const rows = new Map();
  for (const row of figure.querySelectorAll("tr[data-code]")) {
    const link = row.querySelector("a");
    const [name, value] = [row.cells[0].textContent.trim(), row.cells[1].textContent.trim()];
    rows.set(row.dataset.code, { row, name, value, shade: Number(row.dataset.shade), href: link?.getAttribute("href") ?? "" });
  }
  return rows;
}

// Hatching for "no data", so that it differs by more than colour.
function hatch(svg, id) {
  const ns = "http://www.w3.org/2000/svg";
  const pattern = document.createElementNS(ns, "pattern");
  for (const [key, value] of Object.entries({ id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }))
    pattern.setAttribute(key, value);
  const ground = document.createElementNS(ns, "rect");
  ground.setAttribute("width", 6); ground.setAttribute("height", 6); ground.setAttribute("class", "hatch-ground");
  const stripe = document.createElementNS(ns, "rect");
  stripe.setAttribute("width", 2); stripe.setAttribute("height", 6); stripe.setAttribute("class", "hatch-stripe");
  pattern.append(ground, stripe);
  const defs = document.createElementNS(ns, "defs");
  defs.append(pattern); svg.prepend(defs);
}

// The nearest area in the direction of the key: distance along it, with a penalty for straying to the side.
function neighbour(areas, from, key) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  let best = null, least = Infinity;
  for (const area of areas) {
    if (area === from) continue;
    const x = area.centre.lng - from.centre.lng, y = area.centre.lat - from.centre.lat;
    const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along > 1e-9 && along + 2 * aside < least) { least = along + 2 * aside; best = area; }
  }
  return best;
}

class AreaMap {
  constructor(figure, config) {
    Object.assign(this, { figure, config, frame: figure.querySelector("[data-frame]"), said: figure.querySelector("[data-said]"), rows: rowsOf(figure), areas: [] });
  }

  async draw() {
    const { sheet: style, leaflet, topojson } = this.figure.dataset;
    await Promise.all([load(style, sheet), load(leaflet), load(topojson)]);
    const parts = await Promise.all(this.config.sources.map(shapes));
    this.features = parts.flat().filter((f) => this.rows.has(f.properties.code));
    if (!this.features.length) throw new Error("no shapes");
    this.frame.querySelector("[data-loading]")?.remove();
    this.stage(); this.layer(); this.points(); this.keys();
    this.said.hidden = false;
    this.figure.querySelector("[data-table]").open = false;
    this.figure.dataset.drawn = "";
  }

  stage() {
    const L = window.L;
    // One finger scrolls the page on a phone; two fingers move the map.
    this.map = L.map(this.frame, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, keyboard: false, dragging: !L.Browser.mobile, zoomSnap: 0.25, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    L.control.zoom({ position: "bottomleft", zoomInTitle: this.frame.dataset.in, zoomOutTitle: this.frame.dataset.out }).addTo(this.map);
    this.frame.removeAttribute("tabindex");
    this.frame.setAttribute("role", "group");
    this.frame.setAttribute("aria-label", this.frame.dataset.label);
  }

  layer() {
    const L = window.L, id = `${this.figure.id}-hatch`;
    this.frame.classList.toggle("many", this.features.length > 120);
    this.group = L.geoJSON(this.features, {
      style: (f) => {
        const shade = this.rows.get(f.properties.code).shade;
        return { className: `map-area shade-${shade}`, fillOpacity: 1, weight: 1, ...(shade ? {} : { fillColor: `url(#${id})` }) };
      },
      onEachFeature: (f, layer) => this.areas.push({ layer, ...this.rows.get(f.properties.code), code: f.properties.code }),
    }).addTo(this.map);
    const whole = () => this.map.fitBounds(this.group.getBounds(), { padding: [8, 8], animate: false }).getZoom();
    let fitted = whole();
    // A phone that is turned shows the whole again, unless its holder had gone closer.
    this.map.on("resize", () => { if (this.map.getZoom() === fitted) fitted = whole(); });
    this.paper();
    hatch(this.frame.querySelector("svg"), id);
    for (const area of this.areas) this.area(area);
    this.areas.sort((a, b) => b.centre.lat - a.centre.lat);
    this.rove(this.areas[0]);
  }

  // A page of A4 is narrower than most screens: the whole is fitted to it before it is printed, and back afterwards.
  paper() {
    const fit = (width, height) => { Object.assign(this.frame.style, { width, height }); this.map.invalidateSize({ animate: false, pan: false }); };
    addEventListener("beforeprint", () => fit("630px", "330px"));
    addEventListener("afterprint", () => fit("", ""));
  }

  // A first touch reads the figure, a second one opens; a mouse has read it by hovering.
  area(area) {
    const path = area.layer.getElement();
    area.path = path; area.centre = area.layer.getBounds().getCenter();
    path.setAttribute("role", area.href ? "link" : "img");
    path.setAttribute("aria-label", `${area.name}: ${area.value}`);
    path.setAttribute("tabindex", "-1");
    path.addEventListener("focus", () => { this.rove(area); this.say(area); });
    path.addEventListener("mouseenter", () => this.say(area));
    path.addEventListener("pointerdown", (event) => { this.read = event.pointerType !== "touch" || this.current === area; });
    path.addEventListener("click", () => { this.say(area); if (this.read && area.href) location.assign(area.href); });
  }

  say(area) {
    if (this.current !== area) {
      this.current?.path.classList.remove("current");
      this.current = area;
      area.path.classList.add("current");
      // Moving the others behind keeps the focus where moving this one to the front would lose it.
      const parent = area.path.parentNode;
      while (area.path.nextSibling) parent.insertBefore(area.path.nextSibling, area.path);
    }
    this.said.replaceChildren(Object.assign(document.createElement("b"), { textContent: area.name }), ` ${area.value}`);
  }

  rove(area) {
    for (const other of this.areas) other.path?.setAttribute("tabindex", other === area ? "0" : "-1");
  }

  keys() {
    this.frame.addEventListener("keydown", (event) => {
      const from = this.areas.find((a) => a.path === event.target);
      if (!from) return;
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); if (from.href) location.assign(from.href); return; }
      const to = event.key === "Home" ? this.areas[0] : event.key === "End" ? this.areas.at(-1) : event.key.startsWith("Arrow") ? neighbour(this.areas, from, event.key) : null;
      if (!to) { if (event.key.startsWith("Arrow")) event.preventDefault(); return; }
      event.preventDefault();
      to.path.focus({ preventScroll: true });
      if (!this.map.getBounds().contains(to.centre)) this.map.panTo(to.centre);
    });
  }

  points() {
    const L = window.L;
    this.map.createPane("points").style.zIndex = 450; // above the areas, whichever of them is in front
    for (const point of this.config.points ?? []) {
      const dot = L.circleMarker(point.at, { radius: 7, className: "map-point", pane: "points" }).addTo(this.map);
      const path = dot.getElement();
      path.setAttribute("role", point.href ? "link" : "img");
      path.setAttribute("aria-label", point.label);
      path.setAttribute("tabindex", "0");
      const say = () => this.said.replaceChildren(point.label);
      path.addEventListener("focus", say); path.addEventListener("mouseenter", say);
      const open = () => { say(); if (point.href) location.assign(point.href); };
      path.addEventListener("click", open);
      path.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
    }
  }
}

async function begin(figure) {
  const frame = figure.querySelector("[data-frame]");
  const config = JSON.parse(document.getElementById(figure.dataset.areaMap).textContent);
  try {
    await new AreaMap(figure, config).draw();
  } catch {
    frame.textContent = frame.dataset.failed;
    frame.classList.add("failed");
    figure.querySelector("[data-table]").open = true;
  }
}

// Only when the reader comes near: a phone that never scrolls there pays nothing.
const near = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((e) => e.isIntersecting)) { near.unobserve(entry.target); begin(entry.target); }
}, { rootMargin: "300px" });
for (const figure of document.querySelectorAll("[data-area-map]")) {
  figure.querySelector("[data-frame]").hidden = false;
  near.observe(figure);
}
