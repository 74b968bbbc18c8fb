// One timeline on the page: it draws what Python has worked out, and tells Python what the reader picks.

const STRIP = 40;
const keyOf = (node) => (node.mark ? node.mark.id : node.cell.says.join());

class Timeline {
  constructor(parent) {
    this.root = addHtml(parent, "div", "timeline");
    this.root.setAttribute("role", "group");
    this.legend = addHtml(this.root, "div", "legend");
    this.strip = add(this.root, "svg", { class: "strip", tabindex: 0, role: "slider" });
    this.lanes = addHtml(this.root, "div", "lanes");
    this.axis = add(this.root, "svg", { class: "axis", "aria-hidden": "true" });
    this.foot = addHtml(this.root, "div", "foot");
    this.tip = new Tip(this.root);
    this.nodes = [];
    this.at = null; // the mark or cell that the reader's focus was on last
    this.width = 0;
    this.listen();
  }

  listen() {
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.tip.hide();
      if (this.chosen) this.choose(null, true);
    });
    const current = () => ({ scale: this.all, chosen: this.chosen, extent: this.data.extent });
    const tell = (days, done) => this.choose(days, done);
    listenToStrip(this.strip, current, tell, (day) => this.pointAt(day));
    this.watcher = new ResizeObserver(() => Math.floor(this.root.clientWidth) !== this.width && this.draw());
    this.watcher.observe(this.root);
  }

  // Take new data from Python, and the means to answer.
  update(data, send) {
    Object.assign(this, { data, send, view: data.view, chosen: data.window });
    this.root.classList.toggle("dark", isDark(this.root));
    const keys = "Arrow keys go from one to the next, Enter selects";
    this.root.setAttribute("aria-label", `Timeline of ${sayIncidents(data.dated)}. ${keys}`);
    drawLegend(this.legend, data);
    this.draw();
  }

  remove() {
    this.watcher.disconnect();
    this.root.remove();
  }

  // Tell Python what stands picked: always both, the incident and the days.
  pick() {
    const range = this.chosen && this.chosen.map(isoOf);
    this.send("pick", { incident: this.data.selected, range, nonce: Date.now() });
  }

  // Show some days, or all; Python hears of it once the reader has done.
  choose(days, done) {
    this.chosen = days;
    this.view = days || this.data.extent;
    this.draw();
    if (!done) return this.tip.show([sayDays(...days)], this.findBox(days[0], days[1] + 1));
    this.tip.hide();
    return this.pick();
  }

  // The ring moves at once; Python's answer redraws what depends on it.
  select(mark) {
    this.tip.hide();
    this.data = { ...this.data, selected: mark.id === this.data.selected ? null : mark.id };
    this.pick();
    this.draw();
  }

  // Tell the count of the strip under the pointer.
  pointAt(day) {
    const { unit, edges, sure, may } = this.data.counts;
    const bin = day === null ? -1 : edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    if (bin < 0 || !(sure[bin] || may[bin])) return this.tip.hide();
    const says = [sayCounts(sure[bin], may[bin]), sayBin(unit, edges[bin], edges[bin + 1] - 1)];
    return this.tip.show(says, this.findBox(edges[bin], edges[bin + 1]));
  }

  // Give the box of the screen that days take on the strip.
  findBox(first, after) {
    const box = this.strip.getBoundingClientRect();
    const [left, right] = [first, after].map((day) => box.left + this.all.x(day));
    return { left, right, top: box.top - 4, bottom: box.top + STRIP };
  }

  draw() {
    const { data, root, view } = this;
    const width = Math.floor(root.clientWidth);
    if (!data || width < 50) return;
    const { fontFamily } = getComputedStyle(root);
    this.fonts = { label: `500 13px ${fontFamily}`, small: `12px ${fontFamily}` };
    this.width = width;
    this.gutter = findGutter(data, width, this.fonts);
    this.all = makeScale(data.extent[0], data.extent[1], this.gutter, width - 8);
    this.scale = makeScale(view[0], view[1], this.gutter, width - 8);
    this.drawStrip();
    this.drawLanes();
    this.drawFoot();
  }

  drawStrip() {
    const { data, all, strip, chosen } = this;
    strip.replaceChildren();
    strip.classList.toggle("empty", !data.dated);
    if (!data.dated) return;
    add(strip, "text", { x: 0, y: STRIP / 2, class: "lane rest" }, "All days");
    add(strip, "text", { x: this.gutter - 14, y: STRIP / 2, class: "count" }, sayNumber(data.dated));
    drawStrip(strip, data, all, STRIP, chosen);
    size(strip, this.width, STRIP + drawAxis(strip, all, STRIP, this.fonts.small) + 6);
    const days = chosen || data.extent;
    const keys = "Arrow keys move them, with Shift they end later or earlier, Escape shows all";
    const says = { label: `Days shown. ${keys}`, valuetext: sayDays(...days), valuenow: days[0] };
    const ends = { valuemin: data.extent[0], valuemax: data.extent[1] };
    for (const [key, value] of Object.entries({ ...says, ...ends })) strip.setAttribute(`aria-${key}`, value);
  }

  drawLanes() {
    const { data, scale, gutter, width, lanes } = this;
    const laid = layOut(data, scale);
    const height = laid.reduce((sum, lane) => sum + lane.height, 0);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "marks");
    size(svg, width, height);
    drawGrid(svg, scale, 0, height);
    drawLaneLabels(svg, laid, data, gutter, width, this.fonts);
    const clip = add(add(svg, "defs"), "clipPath", { id: "plot" });
    add(clip, "rect", { x: gutter - 3, y: 0, width: width - gutter + 3, height });
    const plot = add(svg, "g", { "clip-path": "url(#plot)" });
    const cells = data.heat ? drawHeat(plot, laid, data, scale) : [];
    const marks = drawMarks(plot, add(svg, "g"), laid, data.selected);
    [...cells, ...marks].forEach((node) => this.listenTo(node));
    const hadFocus = lanes.contains(this.root.getRootNode().activeElement);
    lanes.replaceChildren(svg);
    lanes.classList.toggle("unfolded", data.unfolded);
    this.axis.replaceChildren();
    size(this.axis, width, this.chosen ? drawAxis(this.axis, scale, 0, this.fonts.small) + 2 : 0);
    this.nodes = data.heat ? cells : marks;
    const index = this.nodes.findIndex((node) => keyOf(node) === (this.at ?? data.selected));
    this.rove(Math.max(0, index), hadFocus);
    const selected = marks.find((node) => node.mark.id === data.selected);
    if (selected && data.unfolded && !hadFocus) reveal(lanes, selected);
  }

  listenTo(node) {
    const act = () => (node.mark ? this.select(node.mark) : this.choose(node.cell.days, true));
    node.addEventListener("click", act);
    node.addEventListener("pointerenter", () => this.tip.tellOf(node));
    node.addEventListener("pointerleave", () => this.tip.hide());
    node.addEventListener("focus", () => {
      this.at = keyOf(node);
      if (node.matches(":focus-visible")) this.tip.tellOf(node);
    });
    node.addEventListener("blur", () => this.tip.hide());
    node.addEventListener("keydown", (event) => {
      const next = findNext(this.nodes, this.nodes.indexOf(node), event.key);
      if (event.key === "Enter" || event.key === " ") act();
      else if (next !== null) this.rove(next, true);
      else return;
      event.preventDefault();
    });
  }

  // Only one mark is in the Tab order at a time; arrow keys move from there.
  rove(index, focus) {
    this.nodes.forEach((node, i) => node.setAttribute("tabindex", i === index ? 0 : -1));
    if (focus) this.nodes[index]?.focus();
  }

  drawFoot() {
    const { data, chosen, foot } = this;
    foot.replaceChildren();
    const isCounted = String(chosen) === String(data.window); // while a reader drags, Python has not counted yet
    const part = chosen && isCounted ? `${sayNumber(data.shown)} of ` : "";
    const says = [`${part}${sayIncidents(data.dated)}`];
    says.push(chosen ? sayDays(...chosen) : "drag over the strip to choose days");
    if (data.undated) says.push(`${sayNumber(data.undated)} without a date not drawn`);
    addHtml(foot, "span", "", data.dated ? says.join(" · ") : `${sayIncidents(data.undated)}, none with a date`);
    if (chosen) addButton(foot, "Show all days (Esc)", () => this.choose(null, true));
    if (data.unfolded || data.lanes.some((lane) => lane.holds > 1)) {
      addButton(foot, data.unfolded ? "Fewer lanes" : "More lanes", () => this.send("unfolded", !data.unfolded));
    }
  }
}

// Scroll within the lanes only: the page itself stays where the reader has it.
function reveal(lanes, node) {
  const box = node.getBoundingClientRect();
  const home = lanes.getBoundingClientRect();
  if (box.top < home.top) lanes.scrollTop += box.top - home.top - 20;
  if (box.bottom > home.bottom) lanes.scrollTop += box.bottom - home.bottom + 20;
}

function isDark(node) {
  const colour = getComputedStyle(node).backgroundColor.match(/[\d.]+/g) || [255, 255, 255];
  const [red, green, blue] = colour.map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

const timelines = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  if (!timelines.has(parentElement)) timelines.set(parentElement, new Timeline(parentElement));
  timelines.get(parentElement).update(data, setStateValue);
  return () => {
    timelines.get(parentElement)?.remove();
    timelines.delete(parentElement);
  };
}
