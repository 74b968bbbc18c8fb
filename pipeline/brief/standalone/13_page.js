// The page: the reader's choice, and everything that is drawn anew when it changes.

const byId = (id) => document.getElementById(id);
const isDark = () => document.documentElement.dataset.theme === "dark";
const asked = matchMedia("(prefers-color-scheme: dark)");

class Page {
  constructor() {
    this.choice = readChoice();
    const choose = (changes) => this.choose(changes);
    this.map = new MapPane(byId("map"), (pick) => choose(pick.place === this.choice.place && !pick.incident ? { place: null } : pick));
    this.timeline = new Timeline(byId("timeline"), (pick) => choose("days" in pick ? writeDays(pick.days) : pick));
    this.list = new List(byId("list"), choose);
    this.incident = new Incident(byId("incident"), choose);
    this.filters = new Filters(byId("filters"), choose);
    document.addEventListener("keydown", (event) => this.press(event));
    addEventListener("hashchange", () => this.follow());
    byId("notes").addEventListener("toggle", () => this.drawNotes());
    byId("sources").addEventListener("toggle", () => this.drawSources());
    this.listenToPrint();
    this.draw();
  }

  follow() {
    this.choice = readChoice();
    this.draw();
  }

  choose(changes) {
    const last = this.choice.incident;
    this.choice = { ...this.choice, ...changes };
    writeChoice(this.choice);
    this.draw();
    if (!("incident" in changes) || this.choice.incident === last) return;
    if (this.choice.incident) byId("incident").querySelector("h2").focus({ preventScroll: innerWidth >= 1000 });
    else this.list.focusOn(last);
  }

  draw() {
    const { choice } = this;
    const [rows, anytime] = [keepRows(choice), keepRows(choice, "days")].map((some) => some.sort(ORDERS[choice.order]));
    this.rows = rows;
    const dated = anytime.filter((row) => row.days);
    const window = findWindow(choice, dated.length ? findExtent(dated) : [0, 0]);
    this.filters.update(choice, rows.length);
    this.drawTiles(rows);
    const open = ROW.get(choice.incident) || null;
    this.incident.update(open, rows);
    this.list.update(rows, choice, "No incident of this file fits these filters. Ask for less, or clear them.");
    byId("list").classList.toggle("behind", Boolean(open));
    this.timeline.update(layTimeline(anytime, choice, window), choice.lane);
    this.map.update(rows, choice);
    if (open?.at) this.map.reveal(open.at);
    for (const id of ["notes", "sources"]) byId(id).drawn = false;
    this.drawNotes();
    this.drawSources();
  }

  drawTiles(rows) {
    const home = byId("tiles");
    const tile = (name, value, note, id) => {
      const node = addHtml(home, "div", "tile");
      node.dataset.tile = id;
      addHtml(node, "span", "quiet", name);
      addHtml(node, "strong", "", value);
      addHtml(node, "span", "quiet", note);
    };
    home.replaceChildren();
    const all = rows.length === BOOK.rows.length;
    const held = BOOK.total > BOOK.rows.length ? `this file holds the first ${sayNumber(BOOK.rows.length)} of ${sayNumber(BOOK.total)}` : "";
    tile("Incidents", sayNumber(rows.length), [all ? "all in this file" : `of ${sayNumber(BOOK.rows.length)}`, held].filter(Boolean).join("; "), "incidents");
    for (const measure of ["killed", "injured"]) {
      const sum = addUp(rows, measure);
      const name = `${measure[0].toUpperCase()}${measure.slice(1)}: low – best – high`;
      tile(name, sayTotal(sum), sayWithout(sum) || "each incident has a figure", measure);
    }
    const single = rows.filter((row) => row.stories === 1).length;
    tile("Told by one story only", sayNumber(single), "independent stories; copies count once", "single");
  }

  // The footnotes of what is shown; drawn once they are looked at, or printed.
  drawNotes() {
    const home = byId("notes");
    if (home.drawn || !(home.open || this.printing)) return;
    home.drawn = true;
    const list = home.querySelector("ol");
    const rows = this.printing && this.choice.incident ? [ROW.get(this.choice.incident), ...this.rows] : this.rows;
    const numbers = [...new Set(rows.flatMap((row) => row.told))].sort((a, b) => a - b);
    list.replaceChildren();
    for (const number of numbers) drawNote(list, number).id = `note-${number}`;
  }

  drawSources() {
    const home = byId("sources");
    if (home.drawn || !(home.open || this.printing)) return;
    home.drawn = true;
    const list = home.querySelector("ul");
    list.replaceChildren();
    const told = new Map(this.rows.flatMap((row) => row.told).map((number) => BOOK.notes[number - 1]).map((note) => [note.article, note]));
    const sources = [...told.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
    for (const note of sources) addText(list, "li", "", [note.source, note.title].filter(Boolean).join(": "));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isTyping = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      byId("filters").querySelector("input[type=search]").focus();
    } else if (!this.choice.incident || isTyping) return;
    else if (event.key === "Escape") this.choose({ incident: null });
    else if (!event.target.closest?.(".stage, .timeline, table")) this.step(event);
  }

  // Arrow keys go from the open incident to the one before or after it in the list.
  step(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = way && this.rows[this.rows.findIndex((row) => row.id === this.choice.incident) + way];
    if (!next) return;
    event.preventDefault();
    this.choose({ incident: next.id });
  }

  // Paper is light, and has no room to scroll: the plain map and all footnotes stand on it.
  listenToPrint() {
    const turn = (isOn) => {
      if (isOn === Boolean(this.printing)) return;
      this.printing = isOn;
      for (const id of ["notes", "sources"]) {
        byId(id).drawn = false;
        if (isOn) this.opened = { ...this.opened, [id]: byId(id).open };
        byId(id).open = isOn || this.opened?.[id] || false;
      }
      setTheme(isOn ? "light" : findTheme());
      this.map.printing = isOn;
      this.draw();
      if (isOn) this.map.flat.draw(this.map.seen("light"), this.map.view, this.map.size());
    };
    matchMedia("print").addEventListener("change", (event) => turn(event.matches));
    addEventListener("beforeprint", () => turn(true));
    addEventListener("afterprint", () => turn(false));
  }
}

// Light and dark: the system's, until the reader presses the button.
let pressed = null;
const findTheme = () => pressed || (asked.matches ? "dark" : "light");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
}

// deck.gl tries WebAssembly for a format that nothing here is in; the content policy forbids it, and would report that.
delete globalThis.WebAssembly;

setTheme(findTheme());
let page = null;
if (BOOK.rows.length) page = new Page();
else {
  byId("main").hidden = true;
  byId("empty").hidden = false;
}
performance.mark("drawn"); // all but deck.gl's map, which takes the place of the plain one
const turnTheme = () => {
  setTheme(findTheme());
  page?.draw();
};
asked.addEventListener("change", turnTheme);
byId("theme").addEventListener("click", () => {
  pressed = isDark() ? "light" : "dark";
  turnTheme();
});
byId("print").addEventListener("click", () => print());
