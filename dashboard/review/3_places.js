// A place by its name, or by a click on a small map that is drawn of what the page serves itself.

const FOUND = 8;
const BASE = "/app/static/basemap/";
const fetched = {};
const fetchLayer = (name) => (fetched[name] ||= fetch(`${BASE}${name}.geojson`).then((answer) => answer.json()).catch(() => ({ features: [] })));
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class Places {
  constructor(box, data, cells) {
    this.known = data.places;
    this.cells = cells;
    const row = add(box, "div", "find");
    this.input = add(row, "input");
    Object.assign(this.input, { type: "search", placeholder: "Find a town …", autocomplete: "off" });
    this.input.setAttribute("aria-label", "Find a town by its name");
    this.toggle = addButton(row, "plain", "Pick on the map", () => this.openMap());
    this.toggle.setAttribute("aria-expanded", "false");
    this.list = add(box, "ul", "found");
    this.box = add(box, "div", "chart");
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("keydown", (event) => {
      const first = this.list.querySelector("button");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) (event.preventDefault(), first.focus());
    });
  }

  async find() {
    const asked = plain(this.input.value.trim());
    const world = asked.length > 1 ? (await fetchLayer("places")).features : [];
    if (plain(this.input.value.trim()) !== asked) return;
    this.list.textContent = "";
    if (asked.length < 2) return;
    const ours = this.known.filter(([city]) => plain(city).includes(asked))
      .map(([city, admin1, country, code, latitude, longitude, id, radius]) => ({ city, admin1, country, country_code: code, latitude, longitude, geo_id: id, radius }));
    const others = world.filter(({ properties }) => properties.k !== "country" && plain(properties.n).startsWith(asked))
      .map(({ properties, geometry: { coordinates: [longitude, latitude] } }) => ({ city: properties.n, latitude, longitude }))
      .filter((one) => !ours.some((other) => Math.abs(other.latitude - one.latitude) + Math.abs(other.longitude - one.longitude) < 0.2));
    [...ours, ...others].slice(0, FOUND).forEach((place) => this.offer(place));
    if (!this.list.children.length) add(this.list, "li", "note", "No town of that name is known here: write it, and pick its point on the map.");
  }

  offer(place) {
    const where = [place.admin1, place.country].filter(Boolean).join(", ") || `${place.latitude}, ${place.longitude}`;
    const button = addButton(add(this.list, "li"), "offer", "", () => this.take(place));
    addWords(button, "b", "", place.city);
    addWords(button, "span", "note", ` ${where}`);
  }

  take(place) {
    const { cells } = this;
    const same = place.country === undefined; // the map knows towns by their point only
    if (!same) ["admin1", "country", "country_code"].forEach((column) => cells.set(column, place[column] || ""));
    cells.set("city", place.city);
    cells.set("geo_id", place.geo_id || "");
    this.put(place.latitude, place.longitude, "city", place.radius || 5);
    this.list.textContent = "";
    this.input.value = "";
    cells.fields.get("city").input.focus();
  }

  put(latitude, longitude, precision, radius) {
    const { cells } = this;
    cells.set("latitude", String(Number(latitude.toFixed(5))));
    cells.set("longitude", String(Number(longitude.toFixed(5))));
    if (precision) {
      cells.set("geo_precision", precision);
      cells.set("geo_radius_km", String(radius));
    }
    cells.mark();
    this.map?.center(latitude, longitude);
  }

  openMap() {
    const opens = !this.map;
    this.toggle.setAttribute("aria-expanded", String(opens));
    this.box.textContent = "";
    this.map = undefined;
    if (!opens) return;
    const at = ["latitude", "longitude"].map((column) => parseFloat(this.cells.get(column)));
    this.map = new Chart(this.box, at, this.cells.get("country"), (latitude, longitude) => {
      const loose = ["country", "unknown", ""].includes(this.cells.get("geo_precision"));
      this.put(latitude, longitude, loose ? "site" : "", 1);
    });
    this.map.canvas.focus();
  }
}

class Chart {
  constructor(box, [latitude, longitude], country, pick) {
    this.canvas = add(box, "canvas");
    Object.assign(this.canvas, { tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", "Map: click where it was; arrow keys move the point, plus and minus zoom");
    this.hint = add(box, "p", "note", "Click where it was. Drag or arrow keys move, + and − zoom.");
    this.pick = pick;
    this.point = Number.isFinite(latitude) && Number.isFinite(longitude) ? [longitude, latitude] : undefined;
    this.middle = this.point || [66, 33];
    this.scale = this.point ? 60 : 8; // pixels a degree
    this.layers = [];
    Promise.all(["admin0", "admin1", "places"].map(fetchLayer)).then((layers) => {
      this.layers = layers;
      const known = layers[2].features.find(({ properties }) => properties.k === "country" && properties.n === country);
      if (known && !this.point) [this.middle, this.scale] = [known.geometry.coordinates, 21];
      this.draw();
    });
    this.listen();
    this.draw();
  }

  listen() {
    let from;
    this.canvas.addEventListener("pointerdown", (event) => { from = [event.offsetX, event.offsetY, ...this.middle]; });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      this.middle = [from[2] - (event.offsetX - from[0]) / this.scale, from[3] + (event.offsetY - from[1]) / this.scale];
      this.draw();
    });
    this.canvas.addEventListener("pointerup", (event) => {
      const still = from && Math.hypot(event.offsetX - from[0], event.offsetY - from[1]) < 4;
      from = undefined;
      if (still) this.choose(this.unproject(event.offsetX, event.offsetY));
    });
    this.canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.25 : 0.8); }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (step) this.choose((this.point || this.middle).map((one, axis) => one + step[axis] * 4 / this.scale));
      else if (event.key === "+" || event.key === "=") this.zoom(1.5);
      else if (event.key === "-") this.zoom(1 / 1.5);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  choose([longitude, latitude]) {
    this.point = [((longitude + 540) % 360) - 180, Math.max(-89, Math.min(89, latitude))];
    this.pick(this.point[1], this.point[0]);
  }

  center(latitude, longitude) {
    this.point = [longitude, latitude];
    const [x, y] = this.project(this.point);
    if (x < 20 || y < 20 || x > this.canvas.clientWidth - 20 || y > this.canvas.clientHeight - 20) this.middle = this.point;
    this.draw();
  }

  zoom(by) {
    this.scale = Math.max(1, Math.min(2000, this.scale * by));
    this.draw();
  }

  project([longitude, latitude]) {
    return [(longitude - this.middle[0]) * this.scale + this.canvas.clientWidth / 2, (this.middle[1] - latitude) * this.scale + this.canvas.clientHeight / 2];
  }

  unproject(x, y) {
    return [this.middle[0] + (x - this.canvas.clientWidth / 2) / this.scale, this.middle[1] - (y - this.canvas.clientHeight / 2) / this.scale];
  }

  draw() {
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = window.devicePixelRatio || 1;
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(canvas);
    const [countries, provinces, towns] = this.layers;
    pen.lineJoin = "round";
    if (this.scale > 20) this.drawLines(pen, provinces, style.getPropertyValue("--line"), 0.8);
    this.drawLines(pen, countries, style.getPropertyValue("--quiet"), 1.2);
    pen.fillStyle = style.getPropertyValue("--quiet");
    pen.font = `12px ${style.fontFamily}`;
    const zoom = Math.log2(this.scale) + 0.5;
    for (const { geometry, properties } of towns?.features || []) {
      if (properties.k === "country" || properties.z > zoom) continue;
      const [x, y] = this.project(geometry.coordinates);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      pen.fillRect(x - 1.5, y - 1.5, 3, 3);
      pen.fillText(properties.n, x + 5, y + 4);
    }
    if (!this.point) return;
    const [x, y] = this.project(this.point);
    pen.beginPath();
    pen.arc(x, y, 7, 0, 7);
    pen.lineWidth = 2.5;
    pen.strokeStyle = style.getPropertyValue("--accent");
    pen.stroke();
    pen.fillStyle = pen.strokeStyle;
    pen.fillRect(x - 1.5, y - 1.5, 3, 3);
  }

  drawLines(pen, layer, colour, width) {
    const [west, south] = this.unproject(0, this.canvas.clientHeight);
    const [east, north] = this.unproject(this.canvas.clientWidth, 0);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    const rings = (geometry) => ({ Polygon: geometry.coordinates, MultiPolygon: geometry.coordinates.flat?.(1), LineString: [geometry.coordinates], MultiLineString: geometry.coordinates })[geometry.type] || [];
    for (const { geometry } of layer?.features || []) {
      for (const ring of geometry ? rings(geometry) : []) {
        if (!ring.some(([x, y]) => x > west - 5 && x < east + 5 && y > south - 5 && y < north + 5)) continue;
        ring.forEach((corner, place) => pen[place ? "lineTo" : "moveTo"](...this.project(corner)));
      }
    }
    pen.stroke();
  }
}
