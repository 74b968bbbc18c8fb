// The map as SVG: what is drawn where a browser has no WebGL, and what is printed.

class FlatMap {
  constructor(home) {
    this.svg = add(home, "svg", { class: "flat", "aria-hidden": "true" });
    this.ground = add(this.svg, "g");
    const path = (rings) => rings.map((ring) => `M${ring.map((at) => project(at).map((n) => n.toFixed(3)).join()).join("L")}Z`).join("");
    this.land = add(this.ground, "path", { d: path(GROUND.land.flat()), class: "land", "vector-effect": "non-scaling-stroke" });
    this.provinces = add(this.ground, "path", { d: path(GROUND.provinces), class: "province", "vector-effect": "non-scaling-stroke" });
    this.borders = add(this.ground, "path", { d: path(GROUND.land.flat()), class: "border", "vector-effect": "non-scaling-stroke" });
    this.marks = add(this.svg, "g");
  }

  draw(scene, view, size) {
    this.size = size;
    this.view = view;
    this.svg.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
    this.svg.setAttribute("width", size[0]);
    this.svg.setAttribute("height", size[1]);
    const scale = 2 ** view.zoom;
    const [x, y] = project([view.longitude, view.latitude]);
    this.ground.setAttribute("transform", `translate(${size[0] / 2} ${size[1] / 2}) scale(${scale}) translate(${-x} ${-y})`);
    this.provinces.style.display = view.zoom > 3.8 ? "" : "none";
    this.marks.replaceChildren();
    this.drawRings(scene);
    this.drawNames(scene);
    for (const one of scene.bubbles) this.drawBubble(one, scene);
    for (const one of scene.sites) this.drawSite(one, scene);
  }

  toScreen(at) {
    return toScreen(at, this.view, this.size);
  }

  drawRings(scene) {
    for (const one of scene.bubbles.filter((bubble) => bubble.hollow && bubble.radius)) {
      const [cx, cy] = this.toScreen(one.at);
      const kind = one.key === scene.marked ? "chosen" : "";
      add(this.marks, "circle", { cx, cy, r: pixelsOf(one.radius, one.at[1], this.view.zoom), class: `ring of-${one.family} ${kind}` });
    }
  }

  drawNames(scene) {
    drawNames(this.marks, placeNames(this.view, this.size, scene.bubbles), this.view, this.size);
  }

  drawBubble(one, scene) {
    const [cx, cy] = this.toScreen(one.at);
    const group = add(this.marks, "g", { class: `bubble of-${one.family} ${one.hollow ? "hollow" : ""}` });
    add(group, "circle", { cx, cy, r: one.r });
    if (one.n) add(group, "text", { x: cx, y: cy, "font-size": Math.min(14, 8 + one.r / 4) }, one.n);
    if (one.key === scene.marked) add(group, "circle", { cx, cy, r: one.r + 4, class: "halo" });
  }

  drawSite(one, scene) {
    const r = Math.min(9, pixelsOf(0.3, one.at[1], this.view.zoom));
    if (r < 1.2) return;
    const [cx, cy] = this.toScreen(one.at);
    const group = add(this.marks, "g", { class: `bubble of-${one.family}` });
    add(group, "circle", { cx, cy, r });
    if (one.rows.some((row) => row.id === scene.incident)) add(group, "circle", { cx, cy, r: r + 3, class: "halo" });
  }
}

// How many pixels some kilometres are at a latitude.
const pixelsOf = (km, latitude, zoom) => (km / (40075 * Math.cos(latitude * TO_RADIANS))) * WORLD * 2 ** zoom;

function toScreen(at, view, size) {
  const scale = 2 ** view.zoom;
  const [[x, y], [cx, cy]] = [project(at), project([view.longitude, view.latitude])];
  return [(x - cx) * scale + size[0] / 2, (y - cy) * scale + size[1] / 2];
}

// Draw names where they were placed, as the map lies now.
function drawNames(parent, names, view, size) {
  for (const name of names) {
    const [x, y] = toScreen(name.at, view, size);
    if (name.isPoint) add(parent, "circle", { cx: x, cy: y, r: name.kind === "capital" ? 2.4 : 1.7, class: "town" });
    const how = { x: x + name.dx, y: y + name.dy, "font-size": name.size, "font-weight": name.weight, "text-anchor": name.anchor };
    add(parent, "text", { ...how, class: `name ${name.colour}` }, name.text);
  }
}

// Draw the counts of bubbles; that of a bubble whose middle another covers is left out.
function drawCounts(parent, scene, view, size) {
  const drawn = pile(scene.bubbles).flat().map((one) => ({ one, at: toScreen(one.at, view, size) }));
  drawn.forEach(({ one, at: [x, y] }, i) => {
    if (!one.n || x < -30 || y < -30 || x > size[0] + 30 || y > size[1] + 30) return;
    const covers = ({ one: other, at }) => Math.hypot(at[0] - x, at[1] - y) < other.r + 3;
    if (drawn.slice(i + 1).some(covers)) return;
    const group = add(parent, "g", { class: `bubble of-${one.family} ${one.hollow ? "hollow" : ""}` });
    add(group, "text", { x, y, "font-size": Math.min(14, 8 + one.r / 4) }, one.n);
  });
}

// The names and counts over deck.gl's drawing. Names are placed anew once the map rests; while it moves they go with it.
class Names {
  constructor(home) {
    this.svg = add(home, "svg", { class: "flat names", "aria-hidden": "true" });
  }

  draw(scene, view, size) {
    const at = [view.zoom.toFixed(3), view.longitude.toFixed(4), view.latitude.toFixed(4), size, scene.number].join();
    if (at !== this.at && !scene.moving) {
      this.at = at;
      this.names = placeNames(view, size, scene.bubbles);
    }
    for (const [key, value] of Object.entries({ width: size[0], height: size[1] })) this.svg.setAttribute(key, value);
    this.svg.replaceChildren();
    drawNames(this.svg, this.names || [], view, size);
    drawCounts(this.svg, scene, view, size);
  }
}

// Give what is drawn topmost within reach of a point of the screen, or null.
function findPlace(scene, view, size, [x, y]) {
  const reach = (r) => Math.max(r, 6) + 3;
  const isHit = (one, r) => {
    const at = toScreen(one.at, view, size);
    return Math.hypot(at[0] - x, at[1] - y) <= reach(r);
  };
  const site = scene.sites.find((one) => {
    const r = Math.min(9, pixelsOf(0.3, one.at[1], view.zoom));
    return r >= 1.2 && isHit(one, r);
  });
  return site || pile(scene.bubbles).flat().findLast((one) => isHit(one, one.r)) || null;
}
