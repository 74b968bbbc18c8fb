// The timeline: it draws what `layTimeline` has worked out, and tells the page what the reader picks.

const STRIP = 44;

class Timeline {
  // `tell({ days })`, `tell({ incident })` and `tell({ lane })` hear of picks; days null means all days.
  constructor(home, tell) {
    this.root = home;
    this.tell = tell;
    this.root.classList.add("timeline");
    this.drawTools();
    this.strip = add(this.root, "svg", { class: "strip", tabindex: 0, role: "slider" });
    this.lanes = addHtml(this.root, "div", "lanes");
    this.axis = add(this.root, "svg", { class: "axis", "aria-hidden": "true" });
    this.legend = addHtml(this.root, "div", "legend");
    this.tip = new Tip(this.root);
    this.nodes = [];
    const current = () => ({ scale: this.all, chosen: this.window, extent: this.data.extent });
    listenToStrip(this.strip, current, (days, done) => this.brush(days, done), (day) => this.pointAt(day));
    this.listen();
    new ResizeObserver(() => Math.floor(this.root.clientWidth) !== this.width && this.draw()).observe(this.root);
  }

  drawTools() {
    const tools = addHtml(this.root, "div", "foot");
    this.says = addHtml(tools, "span", "says");
    this.says.setAttribute("role", "status");
    this.allDays = addButton(tools, "All days", () => this.tell({ days: null }));
    const label = addHtml(tools, "label", "quiet", "Lanes ");
    this.lane = addHtml(label, "select");
    for (const [key, name] of Object.entries(LANES)) addHtml(this.lane, "option", "", name).value = key;
    this.lane.addEventListener("change", () => this.tell({ lane: this.lane.value }));
  }

  update(data, lane) {
    Object.assign(this, { data, window: data.window, view: data.view });
    data.dark = isDark();
    this.root.classList.toggle("dark", data.dark);
    this.lane.value = lane;
    const keys = "Arrow keys go from one to the next, Enter opens";
    this.root.setAttribute("aria-label", `Timeline of ${sayIncidents(data.dated)}. ${keys}`);
    drawLegend(this.legend, data);
    this.legend.hidden = data.isEmpty;
    this.draw();
  }

  // While the reader drags, only the drawing follows; the page hears of the days once it is done.
  brush(days, done) {
    if (done) {
      this.tip.hide();
      this.tell({ days });
      return;
    }
    this.window = days;
    this.view = days || this.data.extent;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
    this.tip.show([sayDays(...days)], this.findBox(days[0], days[1] + 1));
  }

  pointAt(day) {
    const { unit, edges, sure, may } = this.data.counts;
    const bin = day === null ? -1 : edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    if (bin < 0 || !(sure[bin] || may[bin])) return this.tip.hide();
    const says = [sayCounts(sure[bin], may[bin]), sayBin(unit, edges[bin], edges[bin + 1] - 1)];
    return this.tip.show(says, this.findBox(edges[bin], edges[bin + 1]));
  }

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
    const { data, all, strip, window } = this;
    strip.replaceChildren();
    strip.classList.toggle("empty", data.isEmpty);
    if (data.isEmpty) return;
    const { unit, sure } = data.counts;
    add(strip, "text", { x: 0, y: 13, class: "lane rest" }, "All days");
    add(strip, "text", { x: this.gutter - 14, y: 13, class: "count" }, sayNumber(data.dated));
    const most = `up to ${sayNumber(Math.max(...sure))} ${unit.includes(" ") ? "in" : "a"} ${unit}`;
    addLabel(strip, most, this.gutter - 16, this.fonts.small, { x: 0, y: 31, class: "tick" });
    drawStrip(strip, data, all, STRIP, window);
    size(strip, this.width, STRIP + drawAxis(strip, all, STRIP, this.fonts.small) + 6);
    const days = window || data.extent;
    const keys = "Arrow keys move them, with Shift they end later or earlier, Escape shows all";
    const says = { label: `Days shown. ${keys}`, valuetext: sayDays(...days), valuenow: days[0] };
    const ends = { valuemin: Math.min(days[0], data.extent[0]), valuemax: Math.max(days[0], data.extent[1]) };
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
    add(clip, "rect", { x: gutter - 3, y: -2, width: width - gutter + 3, height: height + 4 });
    const plot = add(svg, "g", { "clip-path": "url(#plot)" });
    const cells = data.heat ? drawHeat(plot, laid, data, scale) : [];
    const marks = drawMarks(plot, add(svg, "g"), laid, data.selected);
    const hadFocus = lanes.contains(document.activeElement);
    lanes.replaceChildren(svg);
    this.axis.replaceChildren();
    size(this.axis, width, this.window && !data.isEmpty ? drawAxis(this.axis, scale, 0, this.fonts.small) + 2 : 0);
    this.nodes = data.heat ? [...cells, ...marks] : marks;
    const index = this.nodes.findIndex((node) => node.mark?.id === data.selected);
    this.rove(Math.max(0, index), hadFocus);
  }

  drawSays() {
    const { data } = this;
    const part = data.window ? `${sayNumber(data.shown)} of ` : "";
    const sure = data.window && data.sure < data.shown ? `, ${sayNumber(data.sure)} certainly inside` : "";
    const days = data.window ? sayDays(...data.window) : "drag over the strip to choose days";
    const undated = data.undated ? ` · ${sayNumber(data.undated)} without a day ${data.undated === 1 ? "is" : "are"} in the list only` : "";
    this.says.textContent = data.isEmpty
      ? data.undated ? `${sayIncidents(data.undated)}, none with a day` : "No incident to show on a timeline."
      : `${part}${sayIncidents(data.dated)}${sure} · ${days}${undated}`;
    this.allDays.hidden = !data.window;
  }

  act(node) {
    if (node.cell) this.tell({ days: node.cell.days });
    else this.tell({ incident: node.mark.id === this.data.selected ? null : node.mark.id });
  }

  listen() {
    const find = (event) => event.target.closest?.(".mark, .cell");
    const listen = (name, hear) => this.lanes.addEventListener(name, (event) => find(event) && hear(find(event), event));
    listen("click", (node) => this.act(node));
    listen("pointerover", (node) => this.tip.tellOf(node));
    listen("pointerout", () => this.tip.hide());
    listen("focusin", (node) => node.matches(":focus-visible") && this.tip.tellOf(node));
    listen("focusout", () => this.tip.hide());
    listen("keydown", (node, event) => {
      const next = findNext(this.nodes, this.nodes.indexOf(node), event.key);
      if (event.key === "Enter" || event.key === " ") this.act(node);
      else if (next === null) return;
      else this.rove(next, true);
      event.preventDefault();
    });
    this.strip.addEventListener("keydown", (event) => event.key === "Escape" && this.tell({ days: null }));
  }

  // Only one mark is in the Tab order at a time; arrow keys move from there.
  rove(index, focus) {
    this.nodes.forEach((node, i) => node.setAttribute("tabindex", i === index ? 0 : -1));
    if (focus) this.nodes[index]?.focus({ preventScroll: true });
  }
}
