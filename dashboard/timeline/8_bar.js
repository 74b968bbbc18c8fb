// The bar above the strip: days that one press chooses, and the playback. It is made once, so that the focus stays.

const ICONS = {
  back: "M4 3h2v10H4zM13 3v10L7 8z",
  play: "M4 2.5l9 5.5-9 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  on: "M10 3h2v10h-2zM3 3v10l6-5z",
};
const STEPS = { day: "by day", week: "by week", month: "by month" };
const WAYS = { window: "moving window", cumulative: "cumulative" };

class Bar {
  // `tell(changes)` hears of days that are chosen and settings, `player` has toggle() and step(by).
  constructor(root, tell, player) {
    this.root = addHtml(root, "div", "tools");
    this.tell = tell;
    this.presets = addHtml(this.root, "div", "group presets");
    this.group(this.presets, "Days shown");
    const home = addHtml(this.root, "div", "group player");
    this.group(home, "Playback");
    this.back = this.addIcon(home, "back", "One step back", () => player.step(-1));
    this.play = this.addIcon(home, "play", "Play", () => player.toggle());
    this.on = this.addIcon(home, "on", "One step on", () => player.step(1));
    this.step = this.addChoice(home, "Step of playback", STEPS, "step");
    this.way = this.addChoice(home, "Kind of playback", WAYS, "way");
  }

  group(node, label) {
    node.setAttribute("role", "group");
    node.setAttribute("aria-label", label);
  }

  addIcon(home, icon, label, act) {
    const button = addButton(home, "", act);
    button.className = `icon ${icon}`;
    add(add(button, "svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }), "path", { d: ICONS[icon] });
    button.setAttribute("aria-label", label);
    button.title = label;
    return button;
  }

  addChoice(home, label, options, name) {
    const select = addHtml(home, "select");
    select.setAttribute("aria-label", label);
    for (const [value, text] of Object.entries(options)) {
      const option = addHtml(select, "option", "", text);
      option.value = value;
    }
    select.addEventListener("change", () => this.tell({ settings: { [name]: select.value } }));
    return select;
  }

  update(data, chosen, playing) {
    const { presets, player } = data;
    const buttons = [...this.presets.children];
    presets.forEach(({ label, window }, i) => {
      const button = buttons[i] || addButton(this.presets, "", () => this.tell({ range: button.window }));
      button.textContent = label;
      button.window = window;
      button.title = window ? `${sayDays(...window)}, counted back from the last day of all data` : "";
      button.setAttribute("aria-pressed", String(chosen) === String(window));
    });
    buttons.slice(presets.length).forEach((button) => button.remove());
    const says = playing ? "Pause" : "Play";
    this.play.setAttribute("aria-label", says);
    this.play.title = says;
    this.play.classList.toggle("playing", playing);
    this.play.querySelector("path").setAttribute("d", ICONS[playing ? "pause" : "play"]);
    this.play.disabled = !data.dated;
    this.back.disabled = !data.dated || !player.back;
    this.on.disabled = !data.dated || !player.on;
    this.step.value = player.step;
    this.way.value = player.way;
  }
}

// Plays by asking for one step after another: the next one when the page has answered, and a moment has passed.
class Player {
  constructor(ask, changed) {
    this.ask = ask; // ask(by, anew) sends a step, from the beginning where anew, and gives its number
    this.changed = changed;
    this.playing = false;
    this.awaited = 0;
    this.timer = 0;
  }

  toggle() {
    if (this.playing) return this.stop();
    this.playing = true;
    this.changed();
    return this.step(1, true);
  }

  step(by, keep = false) {
    if (!keep) this.stop();
    clearTimeout(this.timer);
    this.sent = Date.now();
    this.awaited = this.ask(by);
  }

  stop() {
    clearTimeout(this.timer);
    if (!this.playing) return;
    this.playing = false;
    this.changed();
  }

  // Hear what Python has drawn.
  hear(answered, hasMore) {
    if (!this.playing || answered !== this.awaited) return;
    this.awaited = 0;
    if (!hasMore) return this.stop();
    this.timer = setTimeout(() => this.step(1, true), Math.max(250, BEAT - (Date.now() - this.sent)));
  }
}

const BEAT = 900; // milliseconds from step to step, at least
