// The timeline: it draws what `layTimeline` has worked out, and tells the page what the reader picks.

class Timeline extends Picture {
  // `tell({ days })`, `tell({ incident })` and `tell({ lane })` hear of picks; days null means all days.
  constructor(home, tell) {
    super(home);
    this.tell = tell;
    this.root.classList.add("timeline");
    this.drawTools();
    this.addParts();
    this.listen();
    this.strip.addEventListener("keydown", (event) => event.key === "Escape" && this.tell({ days: null }));
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
    Object.assign(this, { data, chosen: data.window, view: data.view });
    data.dark = isDark();
    this.lane.value = lane;
    this.describe();
    this.legend.hidden = data.isEmpty;
    this.draw();
  }

  // The page hears of the days once the reader has done.
  brush(days, done) {
    if (done) {
      this.tip.hide();
      this.tell({ days });
      return;
    }
    Object.assign(this, { chosen: days, view: days || this.data.extent });
    this.drag(days);
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
}
