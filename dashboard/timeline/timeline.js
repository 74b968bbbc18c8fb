// One timeline on the page: it draws what Python has worked out, and tells Python what the reader picks.

const STRIP = 44;
const keyOf = (node) => (node.mark ? node.mark.id : node.cell.says.join());

class Timeline {
  constructor(parent) {
    this.root = addHtml(parent, "div", "timeline");
    this.root.setAttribute("role", "group");
    this.player = new Player((by) => this.askStep(by), () => this.drawBar());
    this.bar = new Bar(this.root, (changes) => this.tell(changes), this.player);
    this.foot = addHtml(this.root, "div", "foot");
    this.says = addHtml(this.foot, "span", "says");
    this.says.setAttribute("role", "status");
    this.strip = add(this.root, "svg", { class: "strip", tabindex: 0, role: "slider" });
    this.lanes = addHtml(this.root, "div", "lanes");
    this.axis = add(this.root, "svg", { class: "axis", "aria-hidden": "true" });
    this.legend = addHtml(this.root, "div", "legend");
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
      this.player.stop();
      if (this.chosen) this.choose(null, true);
    });
    const current = () => ({ scale: this.all, chosen: this.chosen, extent: this.data.extent });
    listenToStrip(this.strip, current, (days, done) => this.brush(days, done), (day) => this.pointAt(day));
    this.listenToLanes();
    this.watcher = new ResizeObserver(() => Math.floor(this.root.clientWidth) !== this.width && this.draw());
    this.watcher.observe(this.root);
    this.onKey = (event) => this.stepFromPage(event);
    document.addEventListener("keydown", this.onKey);
  }

  // Take new data from Python, and the means to answer.
  update(data, send) {
    this.send = send;
    if (data.answered < this.sent) return; // drawn before our last pick was heard: the answer is on its way
    Object.assign(this, { data: { ...data }, view: data.view, chosen: data.window });
    this.data.dark = isDark(this.root);
    this.root.classList.toggle("dark", this.data.dark);
    const keys = "Arrow keys go from one to the next, Enter opens";
    this.root.setAttribute("aria-label", `Timeline of ${sayIncidents(data.dated)}. ${keys}`);
    drawLegend(this.legend, data);
    this.draw();
    this.player.hear(data.answered, data.player.on);
  }

  remove() {
    this.player.stop();
    this.watcher.disconnect();
    document.removeEventListener("keydown", this.onKey);
    this.root.remove();
  }

  // Tell Python what stands picked: always both, the incident and the days, and what else is asked.
  pick(asked = {}) {
    this.sent = Math.max(Date.now(), (this.sent || 0) + 1);
    const range = this.chosen && this.chosen.map(isoOf);
    this.send("pick", { incident: this.data.selected, range, nonce: this.sent, ...asked });
    return this.sent;
  }

  // Hear the bar: days that were chosen there, or a setting.
  tell({ range, settings }) {
    this.player.stop();
    if (settings) this.pick({ settings });
    else this.choose(range, true);
  }

  // Ask for a step of playback; from its beginning where there is nothing further on.
  askStep(by) {
    const isOver = this.player.playing && by > 0 && !this.data.player.on;
    return this.pick(isOver ? { move: by, range: null } : { move: by });
  }

  brush(days, done) {
    this.player.stop();
    this.choose(days, done);
  }

  // Show some days, or all; Python hears of it once the reader has done.
  choose(days, done) {
    this.chosen = days;
    this.view = days || this.data.extent;
    if (!done) {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.draw());
      return this.tip.show([sayDays(...days)], this.findBox(days[0], days[1] + 1));
    }
    this.draw();
    this.tip.hide();
    return this.pick();
  }

  // The ring moves at once; Python's answer redraws what depends on it.
  select(id) {
    this.tip.hide();
    this.player.stop();
    this.data = { ...this.data, selected: id };
    this.pick();
    this.draw();
  }

  // Open the incident after (1) or before (-1) the open one, in the order of time.
  go(way) {
    const index = this.data.heat ? -1 : this.nodes.findIndex((node) => node.mark.id === this.data.selected);
    if (index < 0) return this.pick({ go: way });
    const next = this.nodes[index + way];
    return next && this.select(next.mark.id);
  }

  // While nothing else has the focus, arrow keys step through the incidents from the open one.
  stepFromPage(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const isFree = document.activeElement === document.body || !document.activeElement;
    if (!way || !isFree || !this.data?.selected || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(way);
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
    this.drawBar();
    this.drawStrip();
    this.drawLanes();
    this.drawFoot();
  }

  drawBar() {
    if (this.data) this.bar.update(this.data, this.chosen, this.player.playing);
  }

  drawStrip() {
    const { data, all, strip, chosen } = this;
    strip.replaceChildren();
    strip.classList.toggle("empty", !data.dated);
    if (!data.dated) return;
    const { unit, sure } = data.counts;
    add(strip, "text", { x: 0, y: 13, class: "lane rest" }, "All days");
    add(strip, "text", { x: this.gutter - 14, y: 13, class: "count" }, sayNumber(data.dated));
    const most = `up to ${sayNumber(Math.max(...sure))} ${unit.includes(" ") ? "in" : "a"} ${unit}`;
    addLabel(strip, most, this.gutter - 16, this.fonts.small, { x: 0, y: 31, class: "tick" });
    drawStrip(strip, data, all, STRIP, chosen);
    size(strip, this.width, STRIP + drawAxis(strip, all, STRIP, this.fonts.small) + 6);
    const days = chosen || data.extent;
    const keys = "Arrow keys move them, with Shift they end later or earlier, Escape shows all";
    const says = { label: `Days shown. ${keys}`, valuetext: sayDays(...days), valuenow: days[0] };
    const ends = { valuemin: Math.min(days[0], data.extent[0]), valuemax: Math.max(days[0], data.extent[1]) };
    for (const [key, value] of Object.entries({ ...says, ...ends })) strip.setAttribute(`aria-${key}`, value);
  }

  drawLanes() {
    const { data, scale, gutter, width, lanes } = this;
    const laid = layOut(data, scale);
    const height = laid.reduce((sum, lane) => sum + lane.height, 0);
    const eras = layEras(data, scale, this.fonts);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "marks");
    size(svg, width, height + eras.height);
    drawEras(svg, eras, eras.height, height + eras.height, this.fonts);
    const body = add(svg, "g", { transform: `translate(0 ${eras.height})` });
    drawGrid(body, scale, 0, height);
    drawLaneLabels(body, laid, data, gutter, width, this.fonts);
    const clip = add(add(svg, "defs"), "clipPath", { id: "plot" });
    add(clip, "rect", { x: gutter - 3, y: -2, width: width - gutter + 3, height: height + 4 });
    const plot = add(body, "g", { "clip-path": "url(#plot)" });
    const cells = data.heat ? drawHeat(plot, laid, data, scale) : [];
    const marks = drawMarks(plot, add(body, "g"), laid, data.selected);
    const hadFocus = lanes.contains(this.root.getRootNode().activeElement);
    lanes.replaceChildren(svg);
    lanes.classList.toggle("unfolded", data.unfolded);
    this.axis.replaceChildren();
    const labels = this.chosen && data.dated ? drawAxis(this.axis, scale, 0, this.fonts.small) + 2 : 0;
    size(this.axis, width, labels);
    this.nodes = data.heat ? [...cells, ...marks] : marks;
    const index = this.nodes.findIndex((node) => keyOf(node) === (this.at ?? data.selected));
    this.rove(Math.max(0, index), hadFocus);
    const selected = marks.find((node) => node.mark.id === data.selected);
    if (selected && data.unfolded && !hadFocus) reveal(lanes, selected);
  }

  act(node) {
    this.player.stop();
    if (node.cell) this.choose(node.cell.days, true);
    else this.select(node.mark.id === this.data.selected ? null : node.mark.id);
  }

  // One listener for all marks and cells: there may be thousands.
  listenToLanes() {
    const find = (event) => event.target.closest?.(".mark, .cell");
    const listen = (name, hear) =>
      this.lanes.addEventListener(name, (event) => find(event) && hear(find(event), event));
    listen("click", (node) => this.act(node));
    listen("pointerover", (node) => this.tip.tellOf(node));
    listen("pointerout", () => this.tip.hide());
    listen("focusin", (node) => {
      this.at = keyOf(node);
      if (node.matches(":focus-visible")) this.tip.tellOf(node);
    });
    listen("focusout", () => this.tip.hide());
    listen("keydown", (node, event) => {
      if (this.press(node, event.key)) event.preventDefault();
    });
  }

  // Arrow keys go from one to the next; from the open incident they open it.
  press(node, key) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = findNext(this.nodes, this.nodes.indexOf(node), key);
    if (key === "Enter" || key === " ") this.act(node);
    else if (way && node.mark && node.mark.id === this.data.selected) this.follow(way);
    else if (next !== null) this.rove(next, true);
    else return false;
    return true;
  }

  follow(way) {
    const index = this.nodes.findIndex((node) => node.mark?.id === this.data.selected);
    if (!this.data.heat && this.nodes[index + way]) this.at = keyOf(this.nodes[index + way]);
    if (this.data.heat) this.at = null;
    this.go(way);
  }

  // Only one mark is in the Tab order at a time; arrow keys move from there.
  rove(index, focus) {
    this.nodes.forEach((node, i) => node.setAttribute("tabindex", i === index ? 0 : -1));
    if (focus) this.nodes[index]?.focus({ preventScroll: true });
  }

  drawFoot() {
    const { data, chosen, foot } = this;
    const isCounted = String(chosen) === String(data.window); // while a reader drags, Python has not counted yet
    const part = chosen && isCounted ? `${sayNumber(data.shown)} of ` : "";
    const says = [`${part}${sayIncidents(data.dated)}`];
    if (chosen && isCounted && data.sure < data.shown) says[0] += `, ${sayNumber(data.sure)} certainly inside`;
    says.push(chosen ? sayDays(...chosen) : "drag over the strip to choose days");
    const text = data.dated ? says.join(" · ") : `${sayIncidents(data.undated)}, none with a date`;
    if (this.says.textContent !== text) this.says.textContent = text;
    foot.querySelectorAll("button").forEach((button) => button.remove());
    if (data.hasEras) {
      const isOn = data.eras.length > 0;
      const button = addButton(foot, "Eras", () => this.tell({ settings: { eras: isOn ? "hidden" : "shown" } }));
      button.setAttribute("aria-pressed", isOn);
      button.title = "Stretches of time with a name, and milestones, behind the lanes";
    }
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
