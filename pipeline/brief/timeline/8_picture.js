// The picture of a timeline: strip, lanes and axis, and what pointer and keys do in them. Who extends it gives `data`,
// the days of `view` and those `chosen` (null for all); `brush` and `act` hear of picks, `drawSays` writes beside it.

const STRIP = 44;
const keyOf = (node) => (node.mark ? node.mark.id : node.cell.says.join());

class Picture {
  constructor(root) {
    this.root = root;
    this.nodes = [];
    this.at = null; // the mark or cell that the reader's focus was on last
    this.width = 0;
  }

  addParts() {
    this.strip = add(this.root, "svg", { class: "strip", tabindex: 0, role: "slider" });
    this.lanes = addHtml(this.root, "div", "lanes");
    this.axis = add(this.root, "svg", { class: "axis", "aria-hidden": "true" });
    this.legend = addHtml(this.root, "div", "legend");
    this.tip = new Tip(this.root);
  }

  listen() {
    const current = () => ({ scale: this.all, chosen: this.chosen, extent: this.data.extent });
    listenToStrip(this.strip, current, (days, done) => this.brush(days, done), (day) => this.pointAt(day));
    this.listenToLanes();
    this.watcher = new ResizeObserver(() => Math.floor(this.root.clientWidth) !== this.width && this.draw());
    this.watcher.observe(this.root);
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

  // Arrow keys go from one to the next, Enter picks it; say whether the key meant anything.
  press(node, key) {
    const next = findNext(this.nodes, this.nodes.indexOf(node), key);
    if (key === "Enter" || key === " ") this.act(node);
    else if (next !== null) this.rove(next, true);
    else return false;
    return true;
  }

  // Take new data, light or dark, and tell of it.
  describe() {
    const { data, root } = this;
    root.classList.toggle("dark", data.dark);
    const keys = "Arrow keys go from one to the next, Enter opens";
    root.setAttribute("aria-label", `Timeline of ${sayIncidents(data.dated)}. ${keys}`);
    drawLegend(this.legend, data);
  }

  // While the reader drags, only the drawing follows.
  drag(days) {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
    return this.tip.show([sayDays(...days)], this.findBox(days[0], days[1] + 1));
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
    this.drawSays();
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

  // Draw the lanes, and give their marks and whether one of them had the focus.
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
    this.axis.replaceChildren();
    size(this.axis, width, this.chosen && data.dated ? drawAxis(this.axis, scale, 0, this.fonts.small) + 2 : 0);
    this.nodes = data.heat ? [...cells, ...marks] : marks;
    this.rove(Math.max(0, this.nodes.findIndex((node) => this.isHere(node))), hadFocus);
    return { marks, hadFocus };
  }

  // Say whether the reader's way through the marks goes on from this one.
  isHere(node) {
    return node.mark?.id === this.data.selected;
  }

  // Only one mark is in the Tab order at a time; arrow keys move from there.
  rove(index, focus) {
    this.nodes.forEach((node, i) => node.setAttribute("tabindex", i === index ? 0 : -1));
    if (focus) this.nodes[index]?.focus({ preventScroll: true });
  }
}
