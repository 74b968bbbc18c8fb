// Every decision as a row: who, when, what, why, what became of it, and Undo with a reason. Words are text only.

class Decided {
  constructor(parent) {
    this.root = add(parent, "div", "decided");
    this.live = add(this.root, "p", "answer");
    this.live.setAttribute("aria-live", "polite");
    this.box = add(this.root, "div", "box");
  }

  update(data, act) {
    this.data = data;
    this.act = act;
    const { answer } = data;
    if (answer && answer.nonce === this.nonce) {
      this.live.textContent = answer.words;
      this.live.classList.toggle("wrong", !answer.saved);
    }
    const said = JSON.stringify(data.rows) + data.can;
    if (said === this.drawn) return;
    this.drawn = said;
    this.draw();
  }

  draw() {
    const { rows, of } = this.data;
    this.box.textContent = "";
    const table = add(this.box, "table");
    const head = add(add(table, "thead"), "tr");
    ["When", "Who", "Incident", "What", "Why", "State", ""].forEach((name) => { add(head, "th", "", name).scope = "col"; });
    const body = add(table, "tbody");
    rows.forEach((row) => this.drawRow(body, row));
    if (rows.length < of) add(this.box, "p", "note", `The latest ${rows.length} of ${of}.`);
  }

  drawRow(body, row) {
    const line = add(body, "tr", row.undone ? "undone" : "");
    add(line, "td", "when", row.day);
    addWords(line, "td", "", row.by);
    const name = addWords(line, "td", "");
    if (row.there) Object.assign(addWords(name, "a", "", row.title), { href: `./review?incident=${encodeURIComponent(row.incident)}`, target: "_self" });
    else addWords(name, "span", "", row.title);
    const what = add(line, "td");
    add(what, "b", "", row.column);
    if (row.was || row.now) {
      what.append(" ");
      addWords(what, "s", "", row.was);
      what.append(row.now ? " → " : "");
      addWords(what, "bdi", "", row.now);
    }
    addWords(line, "td", "", row.reason);
    const state = add(line, "td");
    add(state, "span", `state ${row.state}`, row.state);
    addWords(state, "div", "note", row.machine ? `${row.why}: ${row.machine}` : row.why);
    const last = add(line, "td");
    if (!this.data.can || row.undone) return;
    const button = addButton(last, "undo", "Undo", () => this.ask(last, row, button));
    button.setAttribute("aria-label", `Undo ${row.column} of ${row.title}`);
  }

  ask(cell, row, button) {
    button.hidden = true;
    const form = add(cell, "form");
    const input = add(form, "input");
    Object.assign(input, { type: "text", placeholder: "Why", value: "decided by mistake", autocomplete: "off" });
    input.setAttribute("aria-label", "Why it is undone");
    Object.assign(add(form, "button", "save", "Undo"), { type: "submit" });
    const leave = () => (form.remove(), (button.hidden = false), button.focus());
    input.addEventListener("keydown", (event) => event.key === "Escape" && leave());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.nonce = Date.now();
      this.act("act", { kind: "undo", nonce: this.nonce, incident: row.incident, row: row.row, reason: input.value, seen: this.data.seen });
    });
    input.focus();
    input.select();
  }

  leave() {
    this.root.remove();
  }
}

export default mount(Decided, "setTriggerValue");
