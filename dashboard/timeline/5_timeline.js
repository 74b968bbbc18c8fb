// One timeline on the page: it draws what Python has worked out, and tells Python what the reader picks.

const STRIP = 40;
const UNIT_WORDS = { day: "day", week: "week", month: "month", quarter: "quarter", year: "year" };

function createTimeline(parent) {
  const root = addHtml(parent, "div", "timeline");
  root.setAttribute("role", "group");
  const parts = {
    legend: addHtml(root, "div", "legend"),
    strip: add(root, "svg", { class: "strip", tabindex: 0, role: "slider" }),
    lanes: addHtml(root, "div", "lanes"),
    axis: add(root, "svg", { class: "axis", "aria-hidden": "true" }),
    foot: addHtml(root, "div", "foot"),
    tip: addHtml(root, "div", "tip"),
  };
  const state = { data: null, send: () => {}, view: null, chosen: null, nodes: [], at: null, width: 0 };

  function pick(change) {
    const range = state.chosen && state.chosen.map(isoOf);
    state.send("pick", { incident: state.data.selected, range, nonce: Date.now(), ...change });
  }

  function choose(days, done) {
    state.chosen = days;
    state.view = days || state.data.extent;
    draw();
    if (done) {
      hideTip();
      pick({});
    } else {
      const x = [days[0], days[1] + 1].map(state.all.x);
      showTip([sayDays(...days)], boxOnStrip(...x));
    }
  }

  function pointAt(day) {
    const { unit, edges, sure, may } = state.data.counts;
    const bin = day === null ? -1 : edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    if (bin < 0 || !(sure[bin] || may[bin])) return hideTip();
    const says = [sayCounts(sure[bin], may[bin]), sayBin(unit, edges[bin], edges[bin + 1] - 1)];
    return showTip(says, boxOnStrip(state.all.x(edges[bin]), state.all.x(edges[bin + 1])));
  }

  function boxOnStrip(left, right) {
    const box = parts.strip.getBoundingClientRect();
    return { left: box.left + left, right: box.left + right, top: box.top - 4, bottom: box.top + STRIP };
  }

  function draw() {
    const { data } = state;
    const width = Math.floor(root.clientWidth);
    if (!data || width < 50) return;
    const style = getComputedStyle(root);
    const fonts = { label: `500 13px ${style.fontFamily}`, small: `12px ${style.fontFamily}` };
    const gutter = Math.round(Math.min(Math.max(width * 0.17, 96), 190));
    const all = makeScale(data.extent[0], data.extent[1], gutter, width - 8);
    const scale = makeScale(state.view[0], state.view[1], gutter, width - 8);
    Object.assign(state, { all, scale, width });
    drawStripPart(gutter, width, fonts);
    drawLanesPart(gutter, width, fonts);
    drawFoot();
  }

  function drawStripPart(gutter, width, fonts) {
    const { data, all, chosen } = state;
    const svg = parts.strip;
    svg.replaceChildren();
    svg.classList.toggle("empty", !data.dated);
    if (!data.dated) return;
    add(svg, "text", { x: 0, y: STRIP / 2, class: "lane rest" }, "All days");
    add(svg, "text", { x: gutter - 14, y: STRIP / 2, class: "count" }, sayNumber(data.dated));
    drawStrip(svg, data, all, STRIP, chosen);
    const axis = drawAxis(svg, all, STRIP, fonts.small);
    size(svg, width, STRIP + axis + 6);
    const words = sayDays(...(chosen || data.extent));
    const keys = "Arrow keys move them, with Shift they end later or earlier, Escape shows all";
    svg.setAttribute("aria-label", `Days shown. ${keys}`);
    svg.setAttribute("aria-valuetext", words);
    svg.setAttribute("aria-valuemin", data.extent[0]);
    svg.setAttribute("aria-valuemax", data.extent[1]);
    svg.setAttribute("aria-valuenow", (chosen || data.extent)[0]);
  }

  function drawLanesPart(gutter, width, fonts) {
    const { data, scale } = state;
    const laid = layOut(data, scale);
    const height = laid.length ? laid[laid.length - 1].top + laid[laid.length - 1].height : 0;
    const svg = document.createElementNS(SVG, "svg");
    size(svg, width, height);
    svg.setAttribute("class", "marks");
    drawGrid(svg, scale, 0, height);
    drawLaneLabels(svg, laid, data, gutter, width, fonts);
    const clip = add(add(svg, "defs"), "clipPath", { id: "plot" });
    add(clip, "rect", { x: gutter - 3, y: 0, width: width - gutter + 3, height });
    const plot = add(svg, "g", { "clip-path": "url(#plot)" });
    const cells = data.heat ? drawHeat(plot, laid, data, scale) : [];
    const marks = drawMarks(plot, add(svg, "g"), laid, data.selected);
    state.nodes = data.heat ? cells : marks;
    const focused = parts.lanes.contains(root.getRootNode().activeElement);
    parts.lanes.replaceChildren(svg);
    parts.lanes.classList.toggle("unfolded", data.unfolded);
    parts.axis.replaceChildren();
    size(parts.axis, width, state.chosen ? drawAxis(parts.axis, scale, 0, fonts.small) + 2 : 0);
    const start = state.nodes.findIndex((node) => keyOf(node) === (state.at ?? data.selected));
    rove(Math.max(0, start), focused);
    listenToNodes([...cells, ...marks]);
    const selected = marks.find((node) => node.mark.id === data.selected);
    if (selected && data.unfolded && !focused) reveal(selected);
  }

  const keyOf = (node) => (node.mark ? node.mark.id : node.cell.says.join());

  // Only one mark is in the Tab order at a time; arrow keys move from there.
  function rove(index, focus) {
    state.nodes.forEach((node, i) => node.setAttribute("tabindex", i === index ? 0 : -1));
    const node = state.nodes[index];
    if (node && focus) node.focus({ preventScroll: false });
  }

  function listenToNodes(nodes) {
    for (const node of nodes) {
      const act = () => (node.mark ? select(node.mark) : choose(node.cell.days, true));
      node.addEventListener("click", act);
      node.addEventListener("pointerenter", () => tellOf(node));
      node.addEventListener("pointerleave", hideTip);
      node.addEventListener("focus", () => {
        state.at = keyOf(node);
        if (node.matches(":focus-visible")) tellOf(node);
      });
      node.addEventListener("blur", hideTip);
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") act();
        else if (!step(node, event.key)) return;
        event.preventDefault();
      });
    }
  }

  function step(node, key) {
    const last = state.nodes.length - 1;
    const index = state.nodes.indexOf(node);
    const laneOf = (one) => (one.mark || one.cell).lane;
    const middle = (one) => (one.mark || one.cell).days.reduce((a, b) => a + b) / 2;
    const inLane = (way) => {
      const lanes = state.nodes.map(laneOf).filter((lane) => (lane - laneOf(node)) * way > 0);
      const lane = way > 0 ? Math.min(...lanes) : Math.max(...lanes);
      const near = state.nodes.filter((one) => laneOf(one) === lane);
      near.sort((a, b) => Math.abs(middle(a) - middle(node)) - Math.abs(middle(b) - middle(node)));
      return near.length ? state.nodes.indexOf(near[0]) : index;
    };
    const to = {
      ArrowRight: () => Math.min(index + 1, last),
      ArrowLeft: () => Math.max(index - 1, 0),
      ArrowDown: () => inLane(1),
      ArrowUp: () => inLane(-1),
      Home: () => 0,
      End: () => last,
    }[key];
    if (to) rove(to(), true);
    return Boolean(to);
  }

  // The ring moves at once; Python's answer redraws what depends on it.
  function select(mark) {
    hideTip();
    const incident = mark.id === state.data.selected ? null : mark.id;
    state.data = { ...state.data, selected: incident };
    pick({ incident });
    draw();
  }

  function tellOf(node) {
    const says = node.mark ? node.mark.says : [node.cell.says[2], node.cell.says[1], "", node.cell.says[0]];
    showTip(says, node.querySelector(".shape").getBoundingClientRect());
  }

  function showTip(says, box) {
    const { tip } = parts;
    tip.replaceChildren();
    says.forEach((line, i) => line && addHtml(tip, "div", ["title", "", "", "where"][i], line));
    tip.classList.add("shown");
    const home = root.getBoundingClientRect();
    const middle = (Math.max(box.left, home.left) + Math.min(box.right, home.right)) / 2;
    const left = Math.min(Math.max(middle - home.left - tip.offsetWidth / 2, 0), home.width - tip.offsetWidth);
    const above = box.top - home.top - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < -60 ? box.bottom - home.top + 8 : above}px`;
  }

  function hideTip() {
    parts.tip.classList.remove("shown");
  }

  // Scroll within the lanes only: the page itself stays where the reader has it.
  function reveal(node) {
    const box = node.getBoundingClientRect();
    const home = parts.lanes.getBoundingClientRect();
    if (box.top < home.top) parts.lanes.scrollTop += box.top - home.top - 20;
    if (box.bottom > home.bottom) parts.lanes.scrollTop += box.bottom - home.bottom + 20;
  }

  function drawLegend() {
    parts.legend.replaceChildren();
    if (state.data.heat) drawShades(state.data);
    else drawFamilies(state.data);
  }

  function drawFamilies(data) {
    const families = addHtml(parts.legend, "span", "keys");
    for (const family of data.families) addKey(families, family.label, 11, { kind: `of-${family.key}` });
    const marks = addHtml(parts.legend, "span", "keys quiet");
    if (data.marks.some((mark) => !mark.killed)) addKey(marks, "none killed, or not stated", 10, { kind: "hollow" });
    const most = Math.max(0, ...data.marks.map((mark) => mark.killed || 0));
    const sizes = [10, 50, 100].filter((killed) => killed <= most);
    for (const killed of sizes) addKey(marks, `${killed} killed`, 2 * radiusOf(killed));
    const doubtful = data.marks.some((mark) => mark.days[0] < mark.days[1]);
    if (doubtful) addKey(marks, "day in doubt", 26, { height: 9, kind: "doubt" });
  }

  function drawShades(data) {
    const unit = UNIT_WORDS[data.heat.unit] || data.heat.unit;
    const most = findMost(data);
    const keys = addHtml(parts.legend, "span", "keys quiet");
    addHtml(keys, "span", "", `Incidents a ${unit}`);
    for (const count of new Set([1, most / 4, most / 2, most].map(Math.round).filter((n) => n >= 1))) {
      const shape = addKey(keys, String(count), 14, { height: 12, kind: "cell", round: 2 });
      shape.style.setProperty("--heat", shadeOf(count, most));
    }
    if (data.heat.cells.some(([, , sure, , share]) => !sure && share < 0.5)) {
      addKey(keys, "day in doubt", 14, { height: THIN, kind: "cell thin", round: 1 });
    }
    addHtml(keys, "span", "", "Choose fewer days to see each incident");
  }

  function addKey(home, text, width, { height = width, kind = "", round = height / 2 } = {}) {
    const key = addHtml(home, "span", `key ${kind}`);
    const svg = add(key, "svg", { width: width + 2, height: height + 2, "aria-hidden": "true" });
    const shape = add(svg, "rect", { x: 1, y: 1, width, height, rx: round, class: "shape" });
    addHtml(key, "span", "", text);
    return shape;
  }

  function drawFoot() {
    const { data, chosen } = state;
    parts.foot.replaceChildren();
    const says = chosen
      ? [`${sayNumber(data.shown)} of ${sayIncidents(data.dated)}`, sayDays(...chosen)]
      : [sayIncidents(data.dated), "drag over the strip to choose days"];
    if (data.undated) says.push(`${sayNumber(data.undated)} without a date not drawn`);
    addHtml(parts.foot, "span", "", data.dated ? says.join(" · ") : `${sayIncidents(data.undated)}, none with a date`);
    if (chosen) addButton("Show all days (Esc)", () => choose(null, true));
    const rest = data.lanes.find((lane) => lane.holds > 1);
    if (rest || data.unfolded) {
      addButton(data.unfolded ? "Fewer lanes" : "More lanes", () => state.send("unfolded", !data.unfolded));
    }
  }

  function addButton(text, act) {
    const button = addHtml(parts.foot, "button", "", text);
    button.type = "button";
    button.addEventListener("click", act);
  }

  function size(svg, width, height) {
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  function isDark() {
    const [r, g, b] = (getComputedStyle(root).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideTip();
    if (state.chosen) choose(null, true);
  });
  listenToStrip(
    parts.strip,
    () => ({ scale: state.all, chosen: state.chosen, extent: state.data.extent }),
    choose,
    pointAt,
  );
  const watcher = new ResizeObserver(() => Math.floor(root.clientWidth) !== state.width && draw());
  watcher.observe(root);

  return {
    update(data, send) {
      Object.assign(state, { data, send, view: data.view, chosen: data.window });
      root.classList.toggle("dark", isDark());
      const keys = "Arrow keys go from one to the next, Enter selects";
      root.setAttribute("aria-label", `Timeline of ${sayIncidents(data.dated)}. ${keys}`);
      drawLegend();
      draw();
    },
    remove() {
      watcher.disconnect();
      root.remove();
    },
  };
}

const timelines = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  if (!timelines.has(parentElement)) timelines.set(parentElement, createTimeline(parentElement));
  timelines.get(parentElement).update(data, setStateValue);
  return () => {
    timelines.get(parentElement)?.remove();
    timelines.delete(parentElement);
  };
}
