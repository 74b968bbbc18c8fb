// The ground of the map: Web Mercator in a world 512 wide at zoom 0, and the borders and names that the file bears.

const WORLD = 512;
const FLATTEST = 85.05;
const TO_RADIANS = Math.PI / 180;

function project([x, y]) {
  const sine = Math.sin(Math.min(Math.max(y, -FLATTEST), FLATTEST) * TO_RADIANS);
  return [(x / 360 + 0.5) * WORLD, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD];
}

function unproject([x, y]) {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) / TO_RADIANS;
  return [(x / WORLD - 0.5) * 360, lat];
}

// Undo how a ring is written: whole hundredths of a degree, each corner as its step from the one before.
function readRing(steps) {
  const ring = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    ring.push([x / 100, y / 100]);
  }
  return ring;
}

const GROUND = {
  land: BOOK.ground.land.map((polygon) => polygon.map(readRing)),
  provinces: BOOK.ground.provinces.map(readRing),
  names: BOOK.ground.names.map(([x, y, name, kind, zoom]) => ({ at: [x, y], name, kind, zoom })),
};

// Lines are cut into short pieces, each with its box, so that only those in sight are drawn: a computer without a
// graphics card would need seconds for all. From far away, corners that no eye can tell apart are left out.
const PIECE = 48; // corners
const FAR = 4; // zoom
const boxOf = (points) => [0, 1].flatMap((axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))]);

function cutPieces(rings, step) {
  return rings.flatMap((ring) => {
    const kept = step ? thinOut(ring, step) : ring;
    const pieces = [];
    for (let i = 0; i + 1 < kept.length; i += PIECE) pieces.push(kept.slice(i, i + PIECE + 1));
    return pieces.map((path) => ({ path, box: boxOf(path) }));
  });
}

function thinOut(ring, step) {
  const kept = [ring[0]];
  for (const point of ring) {
    const last = kept.at(-1);
    if (Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) >= step) kept.push(point);
  }
  return kept.length > 2 ? [...kept, ring[0]] : [];
}

// Give the parts of the ground that a view, and some room around it, shows; the same ones while it stays within them.
class Ground {
  constructor() {
    const outlines = GROUND.land.flat();
    this.all = {
      near: { borders: cutPieces(outlines, 0), provinces: cutPieces(GROUND.provinces, 0) },
      far: { borders: cutPieces(outlines, 0.25), provinces: [] },
      land: GROUND.land.map((rings) => ({ rings, box: boxOf(rings[0]) })),
    };
  }

  see(view, size) {
    const half = size.map((one) => one / 2 / 2 ** view.zoom);
    const [x, y] = project([view.longitude, view.latitude]);
    const level = view.zoom < FAR ? "far" : "near";
    const { level: last, at, reach } = this.seen || {};
    const isIn = last === level && half[0] > reach[0] / 4 && Math.abs(x - at[0]) + half[0] <= reach[0] && Math.abs(y - at[1]) + half[1] <= reach[1];
    if (isIn) return this.seen;
    const wide = half.map((one) => one * 1.7);
    const [west, north] = unproject([x - wide[0], y - wide[1]]);
    const [east, south] = unproject([x + wide[0], y + wide[1]]);
    const isSeen = ({ box }) => box[3] >= south && box[2] <= north && [0, 360, -360].some((by) => box[1] + by >= west && box[0] + by <= east);
    const { borders, provinces } = this.all[level];
    const cut = (pieces) => pieces.filter(isSeen).flatMap(({ path }) => path.slice(1).map((to, i) => [path[i], to]));
    const few = { borders: cut(borders), provinces: cut(provinces), land: this.all.land.filter(isSeen) };
    this.seen = { ...few, level, at: [x, y], reach: wide };
    return this.seen;
  }
}

// How names are written: from which zoom on, how large, and how the letters stand.
const NAMES = {
  country: { from: 0, to: 6.5, size: 11.5, weight: 500, upper: true, colour: "country-name" },
  province: { from: 5.5, to: 24, size: 10.5, weight: 400, upper: true, colour: "province-name" },
  city: { from: 3, to: 24, size: 12.5, weight: 400, colour: "city-name" },
  capital: { from: 3, to: 24, size: 13.5, weight: 600, colour: "city-name" },
};

// Give the names in sight that touch neither each other nor a bubble, the most important first.
function placeNames(view, size, bubbles) {
  const taken = bubbles.map((one) => {
    const [x, y] = toScreen(one.at, view, size);
    return [x - one.r, y - one.r, x + one.r, y + one.r];
  });
  const order = { country: 0, capital: 1, city: 2, province: 3 };
  const isIn = ({ kind, zoom }) => view.zoom >= Math.max(zoom, NAMES[kind].from) && view.zoom < NAMES[kind].to;
  const placed = [];
  for (const one of GROUND.names.filter(isIn).sort((a, b) => order[a.kind] - order[b.kind] || a.zoom - b.zoom)) {
    const [x, y] = toScreen(one.at, view, size);
    if (x < -40 || y < -20 || x > size[0] + 40 || y > size[1] + 20) continue;
    const label = fitName(one, x, y, taken);
    if (label) placed.push(label);
  }
  return placed;
}

// Try a name at its places around the point; null where none is free.
function fitName(one, x, y, taken) {
  const how = NAMES[one.kind];
  const text = how.upper ? one.name.toUpperCase() : one.name;
  const width = measure(text, `${how.weight} ${how.size}px 'Source Sans 3', sans-serif`) * (how.upper ? 1.1 : 1);
  const isPoint = one.kind === "city" || one.kind === "capital";
  const own = taken.find(([x0, y0, x1, y1]) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
  const gap = own ? (own[2] - own[0]) / 2 + 3 : 6;
  const sides = isPoint
    ? [[gap, 0, "start"], [-gap, 0, "end"], [0, -gap - 5, "middle"], [0, gap + 6, "middle"]]
    : [[0, 0, "middle"]];
  for (const [dx, dy, anchor] of sides) {
    const left = x + dx - { start: 0, end: width, middle: width / 2 }[anchor];
    const box = [left, y + dy - how.size / 2, left + width, y + dy + how.size / 2];
    if (taken.some((t) => t[0] < box[2] + 2 && t[2] > box[0] - 2 && t[1] < box[3] + 1 && t[3] > box[1] - 1)) continue;
    taken.push(box);
    return { ...one, text, size: how.size, weight: how.weight, colour: how.colour, dx, dy, anchor, isPoint };
  }
  return null;
}

// Give the view that shows some points; a few far from all others do not set it.
function fitView(places, size) {
  if (!places.length) return { longitude: 67, latitude: 33, zoom: Math.max(0.5, Math.log2(size[0] / WORLD)) - 0.2 };
  const core = findCore(places);
  const [whole, close] = [places, core].map((some) => fitBox(some.map((place) => project(place.at)), size));
  return close.zoom >= whole.zoom + 1 ? close : whole;
}

function fitBox(points, size) {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const ends = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = size.map((one) => Math.max(40, one - 90));
  const fit = Math.log2(Math.min(room[0] / Math.max(ends[1] - ends[0], 1e-9), room[1] / Math.max(ends[3] - ends[2], 1e-9)));
  const [longitude, latitude] = unproject([(ends[0] + ends[1]) / 2, (ends[2] + ends[3]) / 2]);
  return { longitude, latitude, zoom: Math.min(Math.max(fit, 0.5), points.length === 1 ? 6 : 8) };
}

// Give the places nearest to the middle that hold nearly all incidents.
function findCore(places) {
  const middle = [0, 1].map((axis) => {
    const sorted = places.flatMap((place) => place.rows.map(() => place.at[axis])).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  });
  const apart = (place) => Math.max(...[0, 1].map((axis) => Math.abs(place.at[axis] - middle[axis])));
  const total = places.reduce((sum, place) => sum + place.count, 0);
  const core = [];
  let held = 0;
  for (const place of [...places].sort((a, b) => apart(a) - apart(b))) {
    if (held >= 0.94 * total) break;
    core.push(place);
    held += place.count;
  }
  return core;
}
