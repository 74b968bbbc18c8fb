// The speaker mode: one step at a time over the whole window, by keyboard or its buttons; nothing moves by itself.

const MOVES = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const ENDS = { Home: 0, End: Infinity };

class Speaker {
  constructor(home) {
    this.box = add(home, "div", "speaker");
    this.box.popover = "manual";
    this.box.tabIndex = -1;
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-label", "Speaker mode");
    this.build();
    this.press = this.press.bind(this);
    this.fit = this.fit.bind(this);
    // Full screen lies above all that was opened before it, so this is opened again.
    this.raise = () => { this.box.hidePopover(); this.box.showPopover(); this.box.focus(); this.fit(); };
    document.addEventListener("keydown", this.press, true);
    document.addEventListener("fullscreenchange", this.raise);
    window.addEventListener("resize", this.fit);
    this.box.showPopover();
    this.box.focus();
  }

  build() {
    const head = add(this.box, "header");
    this.name = add(head, "h1");
    this.asked = add(head, "p", "asked");
    this.asked.dir = "auto";
    this.far = add(head, "div", "far");
    this.far.setAttribute("aria-label", "So far");
    const main = add(this.box, "main");
    this.told = add(main, "section", "told");
    this.told.setAttribute("aria-live", "polite");
    const side = add(main, "section", "side");
    this.mapBox = add(side, "div", "map-box");
    this.map = new Ground(this.mapBox);
    this.off = add(this.mapBox, "p", "off");
    add(this.mapBox, "p", "border", "Boundaries are not authoritative.");
    this.stripBox = add(this.box, "div", "strip-box");
    this.strip = new Strip(this.stripBox);
    this.note = add(this.box, "textarea", "note");
    this.note.placeholder = "Notes for this step, kept in this browser only. Esc leaves them.";
    this.note.setAttribute("aria-label", "Notes for this step");
    this.note.hidden = true;
    this.note.addEventListener("input", () => this.keepNote());
    this.foot();
  }

  foot() {
    const foot = add(this.box, "footer");
    this.back = this.button(foot, "←", "Step back", () => this.go(this.at - 1));
    this.count = add(foot, "span", "count");
    this.next = this.button(foot, "→", "Next step", () => this.go(this.at + 1));
    this.says = add(foot, "span", "says");
    this.other = this.button(foot, "", "", () => this.send("other"), "W");
    this.noted = this.button(foot, "Notes", "Notes (N)", () => this.toggleNotes(), "N");
    this.button(foot, "Full screen", "Full screen (F)", () => this.toggleFull(), "F");
    this.button(foot, "End", "End (Esc)", () => this.end(), "Esc");
  }

  button(parent, words, label, act, key) {
    const node = addButton(parent, "", words, () => { act(); if (this.note.hidden) this.box.focus(); });
    if (label) node.setAttribute("aria-label", label);
    if (key) node.setAttribute("aria-keyshortcuts", key === "Esc" ? "Escape" : key);
    return node;
  }

  update(data, send) {
    this.send = (kind, incident) => send("act", { kind, incident: incident ?? "" });
    const again = this.data?.link === data.link && this.data?.unit === data.unit;
    this.data = data;
    this.box.classList.toggle("dark", data.dark);
    this.kept = readKept(data.link);
    this.name.textContent = data.title;
    this.asked.textContent = data.filters;
    this.says.textContent = data.says;
    this.other.textContent = data.unit === "weeks" ? "By incident" : "By week";
    this.other.setAttribute("aria-label", `${this.other.textContent} (W)`);
    if (!again) this.at = Number.isInteger(this.kept.at[data.unit]) ? this.kept.at[data.unit] : 0;
    this.fit();
  }

  // Lay out for the window as it is now.
  fit() {
    if (!this.data || !this.box.isConnected) return;
    const area = this.mapBox.getBoundingClientRect(), strip = this.stripBox.getBoundingClientRect();
    this.map.lay(this.data, area.width, area.height);
    this.strip.lay(this.data, strip.width, strip.height);
    this.go(this.at);
  }

  go(to) {
    const { steps, unit } = this.data;
    this.at = Math.max(0, Math.min(steps.length - 1, to));
    const step = steps[this.at];
    this.kept.at[unit] = this.at;
    keep(this.data.link, this.kept);
    this.count.textContent = steps.length ? `${this.at + 1} of ${steps.length.toLocaleString("en")}` : "nothing to step through";
    this.back.disabled = this.at <= 0;
    this.next.disabled = this.at >= steps.length - 1;
    this.tell(step);
    this.countFar(step?.far);
    const off = this.map.mark(steps, this.at);
    const nowhere = step && !step.marks.length;
    this.off.textContent = off ? (off === 1 && unit === "incidents" ? "It lies outside this map." : `${off} outside this map.`)
      : nowhere ? "No point is known." : "";
    this.strip.mark(step);
    this.note.value = step ? this.kept.notes[step.id] ?? "" : "";
    this.noted.classList.toggle("some", Boolean(this.note.value));
  }

  tell(step) {
    this.told.replaceChildren();
    this.told.scrollTop = 0;
    if (!step) {
      add(this.told, "h2", "", "No incident fits the filters.");
      add(this.told, "p", "", "End the speaker mode (Esc) and take off a filter.");
      return;
    }
    add(this.told, "p", "when", step.when);
    add(this.told, "h2", "", step.title).dir = "auto";
    if (step.place) add(this.told, "p", "place", step.place).dir = "auto";
    if (step.toll) add(this.told, "p", "toll", step.toll);
    if (step.sentence) this.quote(this.told, step);
    for (const one of step.told ?? []) this.brief(one);
    if (step.more) add(this.told, "p", "more", step.more);
  }

  quote(parent, one) {
    const quote = add(parent, "blockquote");
    add(quote, "p", "", one.sentence).dir = "auto";
    add(quote, "cite", "", one.source).dir = "auto";
  }

  brief(one) {
    const part = add(this.told, "article");
    add(part, "h3", "", one.title).dir = "auto";
    add(part, "p", "", `${one.when}: ${one.toll}`);
    if (one.sentence) this.quote(part, one);
  }

  countFar(far) {
    this.far.replaceChildren();
    const { n, killed, without } = far ?? { n: 0, killed: "–", without: 0 };
    for (const [label, value, hint] of [["incidents so far", n.toLocaleString("en"), ""],
      ["killed so far", killed, without ? `${without.toLocaleString("en")} without a figure` : ""]]) {
      const tile = add(this.far, "div");
      add(tile, "b", "", value);
      add(tile, "span", "", label);
      if (hint) add(tile, "small", "", hint);
    }
  }

  keepNote() {
    const step = this.data.steps[this.at];
    if (!step) return;
    if (this.note.value) this.kept.notes[step.id] = this.note.value;
    else delete this.kept.notes[step.id];
    this.noted.classList.toggle("some", Boolean(this.note.value));
    keep(this.data.link, this.kept);
  }

  toggleNotes() {
    this.note.hidden = !this.note.hidden;
    this.fit();
    if (this.note.hidden) this.box.focus();
    else this.note.focus();
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  end() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.send("end");
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inNote = event.composedPath()[0] === this.note, onButton = event.composedPath()[0]?.tagName === "BUTTON";
    const { key } = event;
    if (inNote && key !== "Escape") return void event.stopPropagation();
    if (inNote) this.box.focus();
    else if (key === "Escape") this.end();
    else if (key in MOVES) this.go(this.at + MOVES[key]);
    else if (key === " " && !onButton) this.go(this.at + (event.shiftKey ? -1 : 1));
    else if (key in ENDS) this.go(ENDS[key]);
    else if (key.toLowerCase() === "f") this.toggleFull();
    else if (key.toLowerCase() === "n") this.toggleNotes();
    else if (key.toLowerCase() === "w") this.send("other");
    else if (key === "Enter" && !onButton && this.data.unit === "incidents" && this.data.steps[this.at]) this.send("open", this.data.steps[this.at].id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  leave() {
    document.removeEventListener("keydown", this.press, true);
    document.removeEventListener("fullscreenchange", this.raise);
    window.removeEventListener("resize", this.fit);
    if (document.fullscreenElement) document.exitFullscreen();
    this.box.remove();
  }
}

export default mount(Speaker, "setTriggerValue");
