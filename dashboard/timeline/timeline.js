// One timeline on the page: it draws what Python has worked out, and tells Python what the reader picks.

class Timeline extends Picture {
  constructor(parent) {
    super(addHtml(parent, "div", "timeline"));
    this.root.setAttribute("role", "group");
    this.player = new Player((by) => this.askStep(by), () => this.drawBar());
    this.bar = new Bar(this.root, (changes) => this.tell(changes), this.player);
    this.foot = addHtml(this.root, "div", "foot");
    this.says = addHtml(this.foot, "span", "says");
    this.says.setAttribute("role", "status");
    this.addParts();
    this.listen();
  }

  listen() {
    super.listen();
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.tip.hide();
      this.player.stop();
      if (this.chosen) this.choose(null, true);
    });
    this.onKey = (event) => this.stepFromPage(event);
    document.addEventListener("keydown", this.onKey);
  }

  // Take new data from Python, and the means to answer.
  update(data, send) {
    this.send = send;
    if (data.answered < this.sent) return; // drawn before our last pick was heard: the answer is on its way
    Object.assign(this, { data: { ...data }, view: data.view, chosen: data.window });
    this.data.dark = isDark(this.root);
    this.describe();
    this.draw();
    this.player.hear(data.answered, data.player.on);
  }

  leave() {
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
    if (!done) return this.drag(days);
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

  drawBar() {
    if (this.data) this.bar.update(this.data, this.chosen, this.player.playing);
  }

  drawLanes() {
    const { marks, hadFocus } = super.drawLanes();
    const { selected, unfolded } = this.data;
    this.lanes.classList.toggle("unfolded", unfolded);
    const open = marks.find((node) => node.mark.id === selected);
    if (open && unfolded && !hadFocus) reveal(this.lanes, open);
  }

  isHere(node) {
    return keyOf(node) === (this.at ?? this.data.selected);
  }

  drawSays() {
    this.drawBar();
    this.drawFoot();
  }

  act(node) {
    this.player.stop();
    if (node.cell) this.choose(node.cell.days, true);
    else this.select(node.mark.id === this.data.selected ? null : node.mark.id);
  }

  // From the open incident, arrow keys open the next.
  press(node, key) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!way || !node.mark || node.mark.id !== this.data.selected) return super.press(node, key);
    this.follow(way);
    return true;
  }

  follow(way) {
    const index = this.nodes.findIndex((node) => node.mark?.id === this.data.selected);
    if (!this.data.heat && this.nodes[index + way]) this.at = keyOf(this.nodes[index + way]);
    if (this.data.heat) this.at = null;
    this.go(way);
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

export default mount(Timeline, "setStateValue");
