// The lanes of marks: each as long as the doubt about its day, as big as its toll.

// Filled where people were killed, hollow where no one was; dashed where nobody says.
const fillOf = ({ killed }) => (killed ? [] : killed === null ? ["hollow", "unstated"] : ["hollow"]);
const radiusOf = (killed) => (killed ? Math.min(15, Math.sqrt(30 + 1.1 * killed)) : 5);
const LONG = 31; // days; a longer bar is drawn thin and pale, beneath the others
const THIN = 4;
const MOST_ROWS = 5;
const MOST_THIN_ROWS = 6;

function shapeOf(mark, scale) {
  const [first, last] = mark.days;
  const r = radiusOf(mark.killed);
  const long = last - first + 1 > LONG;
  let x0 = scale.x(first);
  let x1 = scale.x(last + 1);
  const least = long ? 2 * THIN : 2 * r;
  if (first === last || x1 - x0 < least) {
    const middle = (x0 + x1) / 2;
    [x0, x1] = [middle - least / 2, middle + least / 2];
  }
  return { mark, x0, x1, long, height: long ? THIN : first === last ? 2 * r : Math.min(2 * r, 16) };
}

// Put shapes into rows so that none hides another, as far as the rows last.
function pack(shapes, most, gap) {
  const ends = [];
  for (const shape of shapes) {
    let row = ends.findIndex((end) => end + gap <= shape.x0);
    if (row < 0) row = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    ends[row] = Math.max(ends[row] ?? -Infinity, shape.x1);
    shape.row = row;
  }
  return ends.length;
}

// Give each lane its top and height, and each shape its middle line.
function layOut(data, scale) {
  let top = 0;
  return data.lanes.map((lane, number) => {
    const shapes = data.marks
      .filter((mark) => mark.lane === number && mark.days[1] >= scale.first && mark.days[0] <= scale.last)
      .map((mark) => shapeOf(mark, scale));
    const short = shapes.filter((shape) => !shape.long);
    const long = shapes.filter((shape) => shape.long);
    const rows = data.heat ? 0 : pack(short, MOST_ROWS, 1);
    const thinRows = data.heat ? 0 : pack(long, MOST_THIN_ROWS, 2);
    const heights = Array.from({ length: rows }, (_, row) =>
      Math.max(...short.filter((shape) => shape.row === row).map((shape) => shape.height)) + 2,
    );
    const needed = heights.reduce((sum, height) => sum + height, 0) + thinRows * (THIN + 3);
    const height = data.heat ? HEAT : Math.max(shapes.length ? 28 : 20, needed + 10);
    let y = top + (height - needed) / 2;
    const middles = heights.map((one) => (y += one) - one / 2);
    for (const shape of short) shape.y = data.heat ? top + height / 2 : middles[shape.row];
    for (const shape of long) shape.y = data.heat ? top + height / 2 : y + shape.row * (THIN + 3) + (THIN + 3) / 2;
    const laid = { lane, number, top, height, shapes: [...long, ...short] };
    top += height;
    return laid;
  });
}

// Give the room that names and counts need, up to a quarter of the drawing.
function findGutter(data, width, fonts) {
  const names = Math.max(0, ...data.lanes.map((lane) => measure(lane.name, fonts.label)));
  const widest = (lane) => `${sayNumber(lane.count)}/${sayNumber(lane.count)}`; // so that a window moves nothing
  const counts = Math.max(...data.lanes.map((lane) => measure(widest(lane), fonts.small)), 24);
  return Math.round(Math.min(Math.max(names + counts + 40, 96), Math.max(110, width * 0.25)));
}

function sayLaneCount(lane, data) {
  const isPart = data.window && lane.shown !== lane.count;
  return `${isPart ? `${sayNumber(lane.shown)}/` : ""}${sayNumber(lane.count)}`;
}

function drawLaneLabels(svg, laid, data, gutter, width, fonts) {
  laid.forEach(({ lane, top, height }, index) => {
    if (index) add(svg, "line", { x1: 0, x2: width, y1: top + 0.5, y2: top + 0.5, class: "rule" });
    const middle = top + height / 2;
    const count = sayLaneCount(lane, data);
    add(svg, "text", { x: gutter - 14, y: middle, class: "count" }, count);
    const kind = isRest(lane) || !lane.shown ? "lane rest" : "lane";
    const room = gutter - 14 - measure(count, fonts.small) - 10;
    addLabel(svg, lane.name, room, fonts.label, { x: 0, y: middle, class: kind });
  });
}

function drawMark(parent, shape, selected) {
  const { mark, x0, x1, y, height } = shape;
  const isDot = mark.days[0] === mark.days[1];
  const kinds = ["mark", `of-${mark.family}`, shape.long ? "long" : isDot ? "dot" : "bar", ...fillOf(mark)];
  if (selected) kinds.push("selected");
  const group = add(parent, "g", {
    class: kinds.join(" "),
    role: "button",
    tabindex: -1,
    "aria-pressed": selected,
    "aria-label": mark.says.filter(Boolean).join(". "),
  });
  const box = (grow) => ({
    x: x0 - grow,
    y: y - height / 2 - grow,
    width: x1 - x0 + 2 * grow,
    height: height + 2 * grow,
    rx: height / 2 + grow,
  });
  add(group, "rect", { ...box(Math.max(2, 6 - height / 2)), class: "hit" });
  add(group, "rect", { ...box(3.5), class: "ring" });
  const inset = mark.killed ? 0 : -0.75;
  add(group, "rect", { ...box(inset), class: "shape" });
  group.mark = mark;
  return group;
}

// Long bars lie beneath, then bars, cut off where the days shown end; then dots, small ones on top of big ones.
function drawMarks(bars, dots, laid, selected) {
  const shapes = laid.flatMap((lane) => lane.shapes);
  const isDot = (shape) => shape.mark.days[0] === shape.mark.days[1];
  const order = (shape) => (shape.mark.id === selected ? 1e6 : shape.long ? -1e6 + shape.x0 - shape.x1 : -shape.height);
  shapes.sort((a, b) => order(a) - order(b));
  return shapes
    .map((shape) => drawMark(isDot(shape) ? dots : bars, shape, shape.mark.id === selected))
    .sort((a, b) => a.mark.days[0] - b.mark.days[0] || a.mark.days[1] - b.mark.days[1]);
}
