// Incidents as rows of a table: a click or Enter opens one, a click on a head sorts. Words reach the page as text only.

const FEW = 10; // rows that Page Up and Page Down go

const say = (number) => number.toLocaleString("en");

class Rows {
  constructor(parent) {
    this.root = add(parent, "div", "rows");
    this.box = add(this.root, "div", "box");
    this.foot = add(this.root, "div", "foot");
    this.box.addEventListener("keydown", (event) => this.step(event));
    this.box.addEventListener("click", (event) => this.click(event));
    this.drawn = "";
  }

  update(data, send) {
    this.send = send;
    this.data = data;
    const said = JSON.stringify([data.columns, data.rows, data.first, data.of]);
    if (said !== this.drawn) {
      const held = this.box.contains(this.box.getRootNode().activeElement);
      this.draw();
      this.drawn = said;
      this.marked = undefined;
      if (held) this.focus(this.findRow(data.open) || this.lines[0]);
    }
    this.box.style.maxHeight = `${data.height}px`;
    this.mark(data.open);
  }

  // Tell Python what was done; a number that grows tells two equal ones apart.
  act(kind, value) {
    this.send("act", { kind, value, nonce: Date.now() });
  }

  draw() {
    const { columns, rows, label, of, first } = this.data;
    this.box.textContent = "";
    this.box.scrollTop = 0;
    const table = add(this.box, "table");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", label);
    table.setAttribute("aria-rowcount", of + 1);
    const head = add(add(table, "thead"), "tr");
    head.setAttribute("aria-rowindex", 1);
    columns.forEach((column) => this.drawHead(head, column));
    const body = add(table, "tbody");
    this.lines = rows.map(([id, ...cells], place) => {
      const line = add(body, "tr");
      line.dataset.id = id;
      line.tabIndex = -1;
      line.setAttribute("aria-rowindex", first + place + 2);
      cells.forEach((words, at) => this.drawCell(line, columns[at], words));
      return line;
    });
    this.drawFoot();
  }

  drawHead(head, column) {
    const cell = add(head, "th", column.kind);
    cell.scope = "col";
    cell.title = column.about;
    if (!column.next) return void add(cell, "span", "", column.label);
    const button = addButton(cell, "", column.label, () => this.act("order", column.next));
    add(button, "i", "", { ascending: "↑", descending: "↓" }[column.sorted] || "").ariaHidden = "true";
    cell.setAttribute("aria-sort", column.sorted);
  }

  drawCell(line, column, words) {
    const cell = add(line, "td", column.kind);
    const text = addWords(cell, "div", "", words);
    if (column.kind === "long" && words.length > 40) text.title = words;
  }

  drawFoot() {
    const { first, rows, of, page, pages, note } = this.data;
    this.foot.textContent = "";
    this.foot.hidden = !note && pages < 2;
    const words = `Rows ${say(first + 1)}–${say(first + rows.length)} of ${say(of)}. ${note}`;
    add(this.foot, "span", "", pages > 1 ? words : note);
    if (pages < 2) return;
    const turns = [["First", "«", 1], ["Previous", "‹", page - 1], ["Next", "›", page + 1], ["Last", "»", pages]];
    for (const [name, sign, to] of turns) {
      const button = addButton(this.foot, "turn", sign, () => this.act("page", to));
      button.title = `${name} rows`;
      button.setAttribute("aria-label", `${name} rows`);
      button.disabled = to < 1 || to > pages || to === page;
    }
  }

  findRow(id) {
    return this.lines.find((line) => line.dataset.id === id);
  }

  // Mark the row that is open, and bring it into sight if it is another than before.
  mark(id) {
    const open = id ? this.findRow(id) : undefined;
    const moved = id !== this.marked;
    this.marked = id;
    for (const line of this.lines) {
      line.setAttribute("aria-selected", String(line === open));
      line.tabIndex = -1;
    }
    const stop = open || this.lines[0];
    if (stop) stop.tabIndex = 0;
    if (open && moved) this.show(open);
  }

  // Scroll the box and never the page.
  show(line) {
    const top = line.offsetTop - this.box.querySelector("thead").offsetHeight;
    const bottom = line.offsetTop + line.offsetHeight - this.box.clientHeight;
    if (this.box.scrollTop > top) this.box.scrollTop = top;
    else if (this.box.scrollTop < bottom) this.box.scrollTop = bottom;
  }

  focus(line) {
    if (!line) return;
    for (const other of this.lines) other.tabIndex = other === line ? 0 : -1;
    line.focus({ preventScroll: true });
    this.show(line);
  }

  open(line) {
    this.focus(line);
    this.mark(line.dataset.id); // at once; Python says the same when it has answered
    this.act("open", line.dataset.id);
  }

  click(event) {
    const line = event.target.closest("tbody tr");
    const chosen = document.getSelection();
    if (line && !(chosen && !chosen.isCollapsed && line.contains(chosen.anchorNode))) this.open(line);
  }

  step(event) {
    const line = event.target.closest("tbody tr");
    if (!line || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.lines.indexOf(line);
    const last = this.lines.length - 1;
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + FEW, PageUp: at - FEW, Home: 0, End: last,
    }[event.key];
    if (to !== undefined) this.focus(this.lines[Math.max(0, Math.min(last, to))]);
    else if (event.key === "Enter" || event.key === " ") this.open(line);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  leave() {
    this.root.remove();
  }
}

export default mount(Rows, "setStateValue");
