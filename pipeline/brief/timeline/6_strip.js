// The strip of counts over all days, and the brush on it that chooses some of them.

const GRIP = 7;

const MAY = 5; // pixels of the band beneath the bars that says what may have happened then

function drawStrip(svg, data, scale, height, chosen) {
  const { edges, sure, may } = data.counts;
  const most = Math.max(1, ...sure);
  const mostMay = Math.max(1, ...may);
  const floor = height - MAY - 2;
  add(svg, "rect", { x: scale.left, y: 0, width: scale.right - scale.left, height, class: "ground" });
  sure.forEach((n, bin) => {
    const x0 = Math.max(scale.left, scale.x(edges[bin]));
    const x1 = Math.min(scale.right, scale.x(edges[bin + 1]));
    const width = Math.max(1, x1 - x0 - (x1 - x0 > 4 ? 1 : 0)).toFixed(1);
    const tall = Math.max(2, (n / most) * (floor - 3));
    if (n) add(svg, "rect", { x: x0.toFixed(1), y: floor - tall, width, height: tall, class: "sure" });
    if (may[bin]) {
      const band = add(svg, "rect", { x: x0.toFixed(1), y: height - MAY, width, height: MAY - 1, class: "may" });
      band.style.setProperty("--heat", shadeOf(may[bin], mostMay));
    }
  });
  if (data.chosen) drawChosen(svg, scale, data.chosen);
  const brush = add(svg, "g", { class: "brush" });
  drawBrush(brush, scale, height, chosen);
  return brush;
}

// Point at the days of the open incident, which may lie outside the days shown.
function drawChosen(svg, scale, [first, last]) {
  const x0 = scale.x(first);
  const x1 = Math.max(scale.x(last + 1), x0 + 1);
  const middle = (x0 + x1) / 2;
  add(svg, "path", { d: `M${middle - 5},-7h10l-5,7z`, class: "chosen" });
  if (x1 - x0 > 10) add(svg, "rect", { x: x0, y: -3, width: x1 - x0, height: 2, class: "chosen" });
}

function drawBrush(group, scale, height, chosen) {
  group.replaceChildren();
  if (!chosen) return;
  const room = (x) => Math.min(Math.max(x, scale.left), scale.right);
  const [x0, x1] = [room(scale.x(chosen[0])), room(scale.x(chosen[1] + 1))];
  add(group, "rect", { x: scale.left, y: 0, width: Math.max(0, x0 - scale.left), height, class: "veil" });
  add(group, "rect", { x: x1, y: 0, width: Math.max(0, scale.right - x1), height, class: "veil" });
  add(group, "rect", { x: x0, y: 0.75, width: Math.max(2, x1 - x0), height: height - 1.5, rx: 2, class: "frame" });
  const grip = { y: height / 2 - 8, width: 5, height: 16, rx: 2.5, class: "grip" };
  const apart = x1 - x0 < 12 ? 4 : 0; // the grips of a narrow window stand beside it
  for (const x of [x0 - apart, x1 + apart]) add(group, "rect", { x: x - 2.5, ...grip });
}

// Find what a press at x takes hold of: an end, the whole, or nothing yet chosen.
function findHold(scale, chosen, x) {
  if (!chosen) return "new";
  const [x0, x1] = [scale.x(chosen[0]), scale.x(chosen[1] + 1)];
  const within = Math.min(GRIP, (x1 - x0) / 4); // a narrow window can still be taken hold of
  if (x >= x0 - GRIP && x <= x0 + within) return "first";
  if (x <= x1 + GRIP && x >= x1 - within) return "last";
  return x > x0 && x < x1 ? "whole" : "new";
}

function dragged(hold, chosen, from, to, [least, most]) {
  if (hold === "new") return [Math.min(from, to), Math.max(from, to)];
  if (hold === "first") return [Math.min(to, chosen[1]), Math.max(to, chosen[1])];
  if (hold === "last") return [Math.min(chosen[0], to), Math.max(chosen[0], to)];
  const by = Math.min(Math.max(to - from, least - chosen[0]), most - chosen[1]);
  return [chosen[0] + by, chosen[1] + by];
}

// Let a reader choose days by pointer and keys. `tell(days, done)` hears of each change, null meaning all days;
// `point(day)` hears where the pointer rests, null meaning nowhere.
function listenToStrip(svg, current, tell, point) {
  let drag = null;
  const xOf = (event) => event.clientX - svg.getBoundingClientRect().left;
  svg.addEventListener("pointerdown", (event) => {
    const { scale, chosen } = current();
    if (event.button !== 0 || xOf(event) < scale.left) return;
    svg.setPointerCapture(event.pointerId);
    drag = { hold: findHold(scale, chosen, xOf(event)), chosen, x: xOf(event), moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    const { scale, chosen, extent } = current();
    const x = xOf(event);
    if (!drag) {
      const hold = x < scale.left ? "" : findHold(scale, chosen, x);
      svg.style.cursor = { first: "ew-resize", last: "ew-resize", whole: "grab", new: "crosshair" }[hold] || "default";
      point(hold ? scale.day(x) : null);
      return;
    }
    drag.moved ||= Math.abs(x - drag.x) > 3;
    if (drag.moved) {
      drag.days = dragged(drag.hold, drag.chosen, scale.day(drag.x), scale.day(x), extent);
      tell(drag.days, false);
    }
  });
  const finish = (done) => {
    const last = drag;
    drag = null;
    if (last?.days) tell(done ? last.days : last.chosen, true);
  };
  svg.addEventListener("pointerleave", () => point(null));
  svg.addEventListener("pointerup", () => finish(true));
  svg.addEventListener("pointercancel", () => finish(false));
  svg.addEventListener("dblclick", () => tell(null, true));
  svg.addEventListener("keydown", (event) => {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!side) return;
    event.preventDefault();
    const { chosen, extent } = current();
    const days = chosen || extent;
    const step = Math.max(1, Math.round((days[1] - days[0]) / 10)) * side;
    const next = event.shiftKey ? [days[0], Math.max(days[0], days[1] + step)] : [days[0] + step, days[1] + step];
    const room = (day) => Math.min(Math.max(day, extent[0]), extent[1]);
    tell(next.map(room), true);
  });
}
