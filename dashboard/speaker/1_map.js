// The map of the speaker mode: it stays where it is from step to step. Marks of earlier steps are faint, those of this
// one strong; what is known to the district or province only is hollow, in a ring as wide as the doubt.

const TILE = 512;
const EARTH = 40075; // km around the equator

// Rings are whole hundredths of a degree, each corner as its step from the one before.
function pathOf(ring, at) {
  let x = 0, y = 0, path = "";
  for (let i = 0; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    const [left, top] = at(x / 100, y / 100);
    path += `${i ? "L" : "M"}${left.toFixed(1)} ${top.toFixed(1)}`;
  }
  return `${path}Z`;
}

const heightOf = (latitude) => Math.asinh(Math.tan((Math.max(-84, Math.min(84, latitude)) * Math.PI) / 180)) / (2 * Math.PI);

class Ground {
  constructor(home) {
    this.svg = addDrawing(home, "svg", { class: "map", role: "img", preserveAspectRatio: "xMidYMid meet" });
    this.ground = addDrawing(this.svg, "g", {});
    this.past = addDrawing(this.svg, "g", { class: "past" });
    this.now = addDrawing(this.svg, "g", { class: "now" });
  }

  // Lay the ground out for a window of so many pixels.
  lay(data, width, height) {
    const wide = Math.max(width, 1), tall = Math.max(height, 1);
    this.svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    const { longitude, latitude, zoom } = data.look;
    const scale = TILE * 2 ** zoom * Math.min(tall / 480, wide / 648);
    const middle = heightOf(latitude);
    this.perDegree = scale / 360;
    this.size = [wide, tall];
    this.scale = scale;
    this.at = (x, y) => [wide / 2 + ((x - longitude) / 360) * scale, tall / 2 - (heightOf(y) - middle) * scale];
    this.ground.replaceChildren();
    for (const polygon of data.ground.land) {
      addDrawing(this.ground, "path", { class: "land", "fill-rule": "evenodd", d: polygon.map((ring) => pathOf(ring, this.at)).join("") });
    }
    addDrawing(this.ground, "path", { class: "province", d: data.ground.provinces.map((ring) => pathOf(ring, this.at)).join("") });
    this.name(data.ground.names, Math.log2(scale / TILE));
  }

  // Put the names that have room, countries and large towns first.
  name(names, zoom) {
    const taken = [];
    const order = { country: 0, province: 2 };
    const sorted = names.filter(([, , , kind, first]) => kind !== "province" && first <= zoom + 1)
      .sort((a, b) => (order[a[3]] ?? 1) - (order[b[3]] ?? 1) || a[4] - b[4]);
    for (const [x, y, name, kind] of sorted) {
      const [left, top] = this.at(x, y);
      const half = name.length * 5.5, box = [left - half, top - 50, left + half, top + 12];
      if (box[0] < 4 || box[2] > this.size[0] - 4 || box[1] < 4 || box[3] > this.size[1] - 4) continue;
      if (taken.some((one) => box[0] < one[2] && box[2] > one[0] && box[1] < one[3] && box[3] > one[1])) continue;
      taken.push(box);
      const isTown = kind !== "country"; // the name of a town stands above its mark
      addDrawing(this.ground, "text", { class: isTown ? "town" : "country", x: left, y: isTown ? top - 34 : top + 5 }).textContent = name;
      if (isTown) addDrawing(this.ground, "circle", { class: "dot", cx: left, cy: top, r: 2.5 });
      if (taken.length > 40) break;
    }
  }

  isSeen([x, y]) {
    const [left, top] = this.at(x, y);
    return left > 0 && top > 0 && left < this.size[0] && top < this.size[1];
  }

  mark(steps, at) {
    this.past.replaceChildren();
    this.now.replaceChildren();
    const seen = new Set();
    for (const step of steps.slice(0, at)) {
      for (const mark of step.marks) {
        const key = `${mark[0]},${mark[1]}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const [left, top] = this.at(mark[0], mark[1]);
        addDrawing(this.past, "circle", { cx: left, cy: top, r: 5, class: `of-${mark[2]}${mark[3] ? "" : " hollow"}` });
      }
    }
    for (const mark of steps[at]?.marks ?? []) this.strong(mark);
    return (steps[at]?.marks ?? []).filter((mark) => !this.isSeen(mark)).length;
  }

  strong([x, y, family, exact, radius]) {
    const [left, top] = this.at(x, y);
    const perKm = this.scale / EARTH / Math.cos((y * Math.PI) / 180);
    if (!exact && radius * perKm > 14) addDrawing(this.now, "circle", { cx: left, cy: top, r: radius * perKm, class: `ring of-${family}` });
    addDrawing(this.now, "circle", { cx: left, cy: top, r: 26, class: "halo" });
    addDrawing(this.now, "circle", { cx: left, cy: top, r: 13, class: `of-${family}${exact ? "" : " hollow"}` });
  }
}
