// The timeline of the speaker mode: all steps as faint bars, this one strong and as long as the doubt about its days.

const DAY = 86400000;
const yearOf = (day) => new Date(day * DAY).getUTCFullYear();

class Strip {
  constructor(home) {
    this.svg = addDrawing(home, "svg", { class: "strip", role: "img" });
  }

  lay(data, width, height) {
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${Math.max(width, 1)} ${height}`);
    this.height = height;
    this.now = null;
    if (!data.extent) return;
    const [first, last] = data.extent, pad = 12;
    const perDay = (width - 2 * pad) / Math.max(last + 1 - first, 1);
    this.x = (day) => pad + (day - first) * perDay;
    this.perDay = perDay;
    const base = height - 26;
    addDrawing(this.svg, "line", { class: "axis", x1: pad, x2: width - pad, y1: base, y2: base });
    const every = Math.max(1, Math.ceil((yearOf(last) - yearOf(first) + 1) / Math.max(1, Math.floor(width / 90))));
    for (let year = yearOf(first); year <= yearOf(last) + 1; year += every) {
      const day = Date.UTC(year, 0) / DAY;
      if (day < first || day > last) continue;
      addDrawing(this.svg, "line", { class: "axis", x1: this.x(day), x2: this.x(day), y1: base, y2: base + 6 });
      if (this.x(day) < width - 50) addDrawing(this.svg, "text", { class: "year", x: this.x(day) + 3, y: base + 20 }).textContent = String(year);
    }
    if (yearOf(first) === yearOf(last)) addDrawing(this.svg, "text", { class: "year", x: pad, y: base + 20 }).textContent = String(yearOf(first));
    for (const step of data.steps) if (step.days) this.bar(step.days, "bar", base - 10, 8);
  }

  bar([first, last], cls, top, tall) {
    const wide = Math.max(3, (last + 1 - first) * this.perDay);
    return addDrawing(this.svg, "rect", { class: cls, x: this.x(first), y: top, width: wide, height: tall, rx: 2 });
  }

  mark(step) {
    this.now?.remove();
    this.now = step?.days && this.x ? this.bar(step.days, "here", 6, this.height - 34) : null;
  }
}
