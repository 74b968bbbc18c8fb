// The list of incidents: the same rows as map and timeline, and those that have no place or no day.

const COLUMNS = [
  { name: "When", order: ["newest", "oldest"] },
  { name: "What and where", order: ["given"] },
  { name: "Killed", order: ["deadliest"], number: "killed" },
  { name: "Injured", order: ["injured"], number: "injured" },
];

class List {
  // `tell({ incident })` and `tell({ order })` hear what is picked.
  constructor(home, tell) {
    this.home = home;
    this.tell = tell;
    const frame = addHtml(home, "div", "frame");
    this.table = addHtml(frame, "table");
    addHtml(this.table, "caption", "unseen", "Incidents; Enter or a click opens one");
    this.head = addHtml(addHtml(this.table, "thead"), "tr");
    this.body = addHtml(this.table, "tbody");
    this.none = addHtml(home, "p", "none");
    this.frame = frame;
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row) this.tell({ incident: row.incident });
    });
    this.body.addEventListener("keydown", (event) => this.press(event));
  }

  update(rows, choice, words) {
    this.drawHead(choice.order);
    this.body.replaceChildren(...rows.map((row) => this.drawRow(row)));
    this.frame.hidden = !rows.length;
    this.none.hidden = rows.length > 0;
    this.none.textContent = words;
    this.mark(choice.incident);
  }

  drawHead(order) {
    this.head.replaceChildren();
    for (const column of COLUMNS) {
      const cell = addHtml(this.head, "th", column.number ? "number" : "");
      cell.scope = "col";
      const at = column.order.indexOf(order);
      const next = column.order[at + 1] || (at < 0 ? column.order[0] : "given");
      const button = addButton(cell, column.name, () => this.tell({ order: next }));
      const arrow = { newest: " ↓", oldest: " ↑", deadliest: " ↓", injured: " ↓" }[order];
      if (at >= 0 && arrow) {
        button.append(arrow);
        cell.setAttribute("aria-sort", order === "oldest" ? "ascending" : "descending");
      }
    }
  }

  drawRow(row) {
    const line = document.createElement("tr");
    line.incident = row.id;
    line.tabIndex = -1;
    addHtml(line, "td", "when", row.days ? sayDays(...row.days) : "day not stated");
    const what = addHtml(line, "td", "what");
    const key = addHtml(what, "span", `dot of-${row.family}${isPrecise(row) && row.at ? "" : " hollow"}`);
    key.setAttribute("aria-hidden", "true");
    addText(what, "span", "title", row.title || row.type || "Incident");
    if (row.status !== "occurred" && row.status) addHtml(what, "span", "tag", row.status);
    const notes = addHtml(what, "sup", "foot-of", row.told[0] ? String(row.told[0]) : "");
    notes.title = "Footnote";
    addText(what, "div", "where quiet", row.where);
    for (const { number } of COLUMNS.filter((column) => column.number)) this.drawNumber(line, row, number);
    return line;
  }

  drawNumber(line, row, measure) {
    const both = !row.killed && !row.injured && row.casualties;
    const cell = addHtml(line, "td", "number", sayPeople(row[measure]));
    if (!row[measure]) {
      cell.classList.add("quiet");
      cell.textContent = both ? (measure === "killed" ? `${sayPeople(row.casualties)} killed or injured` : "") : "not stated";
    }
    if (row.claims?.includes(measure)) addHtml(cell, "div", "tag", "claim of a party");
    if (row.set?.some((column) => column.startsWith(measure))) addHtml(cell, "div", "tag", "set by a person");
  }

  // Mark the open incident; it alone, or else the first row, is in the Tab order.
  mark(id) {
    const lines = [...this.body.children];
    const open = lines.find((line) => line.incident === id) || lines[0];
    for (const line of lines) {
      line.classList.toggle("open", line.incident === id);
      line.tabIndex = line === open ? 0 : -1;
    }
  }

  press(event) {
    const line = event.target.closest("tr");
    const lines = [...this.body.children];
    const at = lines.indexOf(line);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.tell({ incident: line.incident });
    else if (to === undefined) return;
    else {
      const next = lines[Math.min(Math.max(to, 0), lines.length - 1)];
      for (const one of lines) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    }
    event.preventDefault();
  }

  focusOn(id) {
    [...this.body.children].find((line) => line.incident === id)?.focus();
  }
}

// Words of the data keep their direction to themselves.
function addText(parent, name, className, text) {
  const node = addHtml(parent, name, className);
  addHtml(node, "bdi", "", text);
  return node;
}
