// Strips of counts where there are too many marks: a block for what is sure to lie in a bin, and beneath it, thin,
// what only may.

const HEAT = 28;

// The fullest cell sets the shades; lanes of all others and of what is not stated would outshine the rest, so they
// have their own.
const isRest = (lane) => !lane.key;

function findMost(data, column, rest = false) {
  const cells = data.heat.cells.filter(([number]) => isRest(data.lanes[number]) === rest);
  return Math.max(1, ...cells.map((cell) => cell[column]));
}

function drawHeat(parent, laid, data, scale) {
  const { edges, cells } = data.heat;
  const most = [false, true].map((rest) => [2, 3].map((column) => findMost(data, column, rest)));
  // Numbers stand in all cells or in none: where the widest has no room, shades alone tell.
  const widest = sayNumber(Math.max(0, ...cells.map(([, , sure]) => sure))).length;
  const narrowest = Math.min(...edges.slice(1).map((edge, bin) => (edge - edges[bin]) * scale.perDay));
  const printed = narrowest > 8 + 7 * widest;
  return cells
    .filter(([, bin]) => edges[bin + 1] > scale.first && edges[bin] <= scale.last)
    .map((cell) => {
      const lane = laid[cell[0]];
      return drawCell(parent, lane, cell, { data, scale, printed, most: most[Number(isRest(lane.lane))] });
    })
    .sort((a, b) => a.cell.days[0] - b.cell.days[0] || a.cell.lane - b.cell.lane);
}

function drawCell(parent, { lane, top, height }, [number, bin, sure, may], { data, scale, printed, most }) {
  const { unit, edges } = data.heat;
  const [mostSure, mostMay] = most;
  const days = [Math.max(edges[bin], scale.first), Math.min(edges[bin + 1] - 1, scale.last)];
  const x0 = Math.max(scale.x(edges[bin]), scale.left);
  const x1 = Math.min(scale.x(edges[bin + 1]), scale.right);
  const says = [lane.name, sayBin(unit, edges[bin], edges[bin + 1] - 1), sayCounts(sure, may)];
  const box = { x: (x0 + 0.5).toFixed(1), width: Math.max(1.5, x1 - x0 - 1).toFixed(1) };
  const group = add(parent, "g", {
    class: isRest(lane) ? "cell of-rest" : "cell",
    role: "button",
    tabindex: -1,
    "aria-label": `${says.join(", ")}. Enter shows these days only`,
  });
  add(group, "rect", { ...box, y: top + 2, height: height - 4, class: "hit" });
  if (sure) addBlock(group, { ...box, y: top + 3, height: height - 12, rx: 2, class: "shape" }, sure, mostSure);
  if (may) addBlock(group, { ...box, y: top + height - 7, height: THIN, rx: 1, class: "shape may" }, may, mostMay);
  if (sure && printed) {
    const isStrong = shadeOf(sure, mostSure) > (data.dark ? 0.55 : 0.75); // where dark and light text read equally well
    const place = { x: (x0 + x1) / 2, y: top + 3 + (height - 12) / 2 };
    add(group, "text", { ...place, class: isStrong ? "number light" : "number" }, sayNumber(sure));
  }
  group.cell = { days, says, lane: number };
  return group;
}

function addBlock(group, attributes, count, most) {
  add(group, "rect", attributes).style.setProperty("--heat", shadeOf(count, most));
}

const shadeOf = (count, most) => (0.14 + 0.86 * Math.sqrt(Math.min(1, count / most))).toFixed(3);
