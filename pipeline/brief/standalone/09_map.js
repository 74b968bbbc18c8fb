// The map and what stands around it: buttons, keys, the tooltip, the legend. It moves only when the reader moves it.

const FURTHEST = [0.3, 14];
const hasWebGL = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

class MapPane {
  // `tell({ place })` hears which place was picked, null for none.
  constructor(home, tell) {
    Object.assign(this, { home, tell, number: 0, view: null, moving: false });
    this.stage = addHtml(home, "div", "stage");
    this.ground = addHtml(this.stage, "div", "drawing");
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.tip = addHtml(this.stage, "div", "tip");
    this.drawButtons();
    this.says = addHtml(home, "p", "note");
    this.legend = addHtml(home, "div", "legend");
    this.flat = new FlatMap(this.ground);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.stage);
  }

  drawButtons() {
    const buttons = addHtml(this.stage, "div", "zoom");
    const make = (text, label, act) => {
      const button = addButton(buttons, text, act);
      button.setAttribute("aria-label", label);
      button.title = label;
    };
    make("+", "Closer", () => this.zoom(1));
    make("−", "Further away", () => this.zoom(-1));
    make("⤢", "Show all places", () => this.fit());
  }

  // Take deck.gl, where there is a graphics card or what stands for one; else the drawing stays as it is.
  takeDeck() {
    if (typeof deck === "undefined" || !hasWebGL()) return this.stayFlat("This browser has no WebGL: the map is drawn plainly, and pans and zooms by its buttons, arrow keys and dragging.");
    try {
      const home = addHtml(this.stage, "div", "deck");
      this.stage.insertBefore(home, this.ground);
      const over = addHtml(this.stage, "div", "over");
      this.stage.insertBefore(over, this.ground);
      this.names = new Names(over);
      this.deck = new DeckMap(home, { moved: (view) => this.move(view), failed: () => this.dropDeck(), ready: () => this.ground.classList.add("print-only") });
      this.draw();
    } catch {
      this.dropDeck();
    }
  }

  dropDeck() {
    if (!this.deck) return;
    this.deck.home.remove();
    this.names.svg.remove();
    this.deck = null;
    this.stayFlat("The graphics card gave up: the map is drawn plainly.");
    this.draw();
  }

  stayFlat(words) {
    this.ground.classList.remove("print-only");
    this.flatWords = words;
    this.says.textContent = words;
  }

  update(rows, choice) {
    const places = gatherPlaces(rows);
    const chosen = ROW.get(choice.incident);
    this.places = places;
    this.scene = {
      bubbles: drawBubbles(places), sites: gatherSites(rows, places), incident: choice.incident,
      marked: (chosen && spotOf(chosen)) || choice.place || "", number: ++this.number,
    };
    const without = rows.length - places.reduce((sum, place) => sum + place.count, 0);
    const label = `Map of ${sayIncidents(rows.length - without)} in ${sayNumber(places.length)} places`;
    this.stage.setAttribute("aria-label", `${label}. Arrow keys move it, plus and minus zoom, 0 shows all; the list holds the same incidents`);
    this.drawLegend(without);
    if (!this.view) this.view = fitView(places, this.size());
    this.draw();
  }

  size() {
    return [Math.max(50, this.stage.clientWidth), Math.max(50, this.stage.clientHeight)];
  }

  draw() {
    if (!this.scene || this.printing) return;
    const scene = this.seen(isDark() ? "dark" : "light");
    if (this.deck) {
      this.deck.draw(scene, this.view, this.size());
      this.names.draw(scene, this.view, this.size());
    } else this.flat.draw(scene, this.view, this.size());
  }

  // Give the scene in the colours of a theme.
  seen(theme) {
    const { ink, paper } = BOOK.symbols;
    return { ...this.scene, theme, ink: ink[theme], paper: paper[theme], moving: this.moving };
  }

  move(view) {
    this.hideTip();
    const zoom = Math.min(Math.max(view.zoom, FURTHEST[0]), FURTHEST[1]);
    const longitude = ((((view.longitude + 180) % 360) + 360) % 360) - 180;
    this.view = { longitude, latitude: Math.min(Math.max(view.latitude, -80), 80), zoom };
    this.moving = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.moving = false;
      this.draw();
    }, 120);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  zoom(by) {
    this.move({ ...this.view, zoom: this.view.zoom + by });
  }

  pan(dx, dy) {
    const [x, y] = project([this.view.longitude, this.view.latitude]);
    const scale = 2 ** this.view.zoom;
    const [longitude, latitude] = unproject([x + dx / scale, y + dy / scale]);
    this.move({ ...this.view, longitude, latitude });
  }

  fit() {
    this.move(fitView(this.places, this.size()));
  }

  // Bring a place into sight, if it is not.
  reveal(at) {
    const [[x, y], [cx, cy]] = [project(at), project([this.view.longitude, this.view.latitude])];
    const scale = 2 ** this.view.zoom;
    const [width, height] = this.size();
    const isIn = Math.abs(x - cx) * scale < width / 2 - 20 && Math.abs(y - cy) * scale < height / 2 - 20;
    if (!isIn) this.move({ ...this.view, longitude: at[0], latitude: at[1] });
  }

  listen() {
    const { stage } = this;
    let start = null;
    const isMap = (event) => !event.target.closest(".zoom");
    stage.addEventListener("pointerdown", (event) => {
      if (!isMap(event) || event.button !== 0) return;
      start = { x: event.clientX, y: event.clientY, moved: false, last: [event.clientX, event.clientY] };
      if (!this.deck) stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => {
      if (start) {
        start.moved ||= Math.hypot(event.clientX - start.x, event.clientY - start.y) > 4;
        if (start.moved && !this.deck) this.pan(start.last[0] - event.clientX, start.last[1] - event.clientY);
        start.last = [event.clientX, event.clientY];
      } else if (event.pointerType === "mouse") this.point(event);
    });
    stage.addEventListener("pointerup", (event) => {
      const isClick = start && !start.moved;
      start = null;
      if (isClick) this.take(event);
    });
    stage.addEventListener("pointercancel", () => (start = null));
    stage.addEventListener("pointerleave", () => this.hideTip());
    stage.addEventListener("keydown", (event) => this.press(event));
  }

  // Give the place under the pointer, or null.
  pick(event) {
    if (event.target.closest?.(".zoom")) return null;
    const box = this.stage.getBoundingClientRect();
    return findPlace(this.scene, this.view, this.size(), [event.clientX - box.left - 1, event.clientY - box.top - 1]);
  }

  take(event) {
    const place = this.pick(event);
    if (place) this.tell({ place: place.key, incident: place.count === 1 ? place.rows[0].id : null });
  }

  point(event) {
    const place = this.pick(event);
    this.stage.classList.toggle("on-place", Boolean(place));
    if (!place) return this.hideTip();
    this.tip.replaceChildren(...place.says.map((line, i) => {
      const node = document.createElement("div");
      node.textContent = line;
      if (!i) node.className = "title";
      return node;
    }));
    const home = this.stage.getBoundingClientRect();
    const [x, y] = [event.clientX - home.left, event.clientY - home.top];
    this.tip.classList.add("shown");
    this.tip.style.left = `${Math.min(Math.max(x - this.tip.offsetWidth / 2, 4), home.width - this.tip.offsetWidth - 4)}px`;
    const above = y - this.tip.offsetHeight - 14;
    this.tip.style.top = `${above < 4 ? y + 18 : above}px`;
  }

  hideTip() {
    this.tip.classList.remove("shown");
  }

  press(event) {
    if (event.target !== this.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
    const acts = { "+": () => this.zoom(1), "=": () => this.zoom(1), "-": () => this.zoom(-1), 0: () => this.fit() };
    if (steps[event.key]) this.pan(...steps[event.key]);
    else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  }

  drawLegend(without) {
    const { legend } = this;
    legend.replaceChildren();
    const keys = addHtml(legend, "span", "keys");
    const present = new Set(this.scene.bubbles.map((one) => one.family));
    for (const family of BOOK.families.filter((one) => present.has(one.key))) {
      addKey(keys, family.label, 11, { kind: `of-${family.key}` });
    }
    const marks = addHtml(legend, "span", "keys quiet");
    if (present.size) addKey(marks, "larger: more incidents; colour: the most frequent type", 13);
    if (this.scene.bubbles.some((one) => one.hollow)) {
      addKey(marks, "only the district or province is known: anywhere in the ring", 11, { kind: "hollow" });
    }
    if (this.scene.sites.length) addKey(marks, "zoom in for single sites", 7);
    const missing = without ? `${sayIncidents(without)} without a point ${without === 1 ? "is" : "are"} in the list only.` : "";
    this.says.textContent = [this.flatWords, missing].filter(Boolean).join(" ");
  }
}
