// The cells of the incident as a form: what is changed is marked, and beside it stands what the machine reads.

const STARTS = ["date_start", "city", "event_type", "perpetrator", "killed_best", "title"]; // where a group is entered

class Cells {
  constructor(root, data, changed) {
    this.fields = new Map(); // column -> { input, cell, was }
    this.changed = changed;
    data.groups.forEach((group) => this.addGroup(root, group, data));
    root.addEventListener("input", (event) => this.hear(event));
    root.addEventListener("change", (event) => this.hear(event));
    root.addEventListener("focusin", (event) => this.tell(event.target.closest("[data-column]")?.dataset.column));
  }

  addGroup(root, group, data) {
    const box = add(root, "fieldset", "group");
    const head = add(box, "legend", "", group.name);
    if (group.note) add(head, "span", "note", ` ${group.note}`);
    if (group.name === "Where") this.search = new Places(box, data, this);
    const tolls = group.cells.filter((cell) => cell.toll);
    if (tolls.length) this.addTolls(box, tolls);
    const grid = add(box, "div", "grid");
    group.cells.filter((cell) => !cell.toll && !cell.rare).forEach((cell) => this.addCell(grid, cell, data));
    const rare = group.cells.filter((cell) => cell.rare);
    if (!rare.length) return;
    const fold = add(box, "details", "rare");
    add(fold, "summary", "", "More");
    const more = add(fold, "div", "grid");
    rare.forEach((cell) => this.addCell(more, cell, data));
    fold.open = rare.some((cell) => cell.by);
  }

  addTolls(box, cells) {
    const table = add(box, "div", "tolls");
    ["", "low", "best", "high", "how firm"].forEach((name) => add(table, "span", "head", name).ariaHidden = "true");
    const names = [...new Set(cells.map((cell) => cell.toll))];
    names.forEach((toll) => {
      const ours = cells.filter((cell) => cell.toll === toll);
      add(table, "span", "name", ours[0].label);
      ours.forEach((cell) => this.addInput(table, cell, `${cell.label}, ${cell.column.split("_").pop()}`));
      const note = add(table, "div", "told wide");
      ours.forEach((cell) => { this.fields.get(cell.column).note = note; });
      const set = ours.find((cell) => cell.by);
      if (set) this.tell(set.column);
    });
  }

  addCell(grid, cell, data) {
    const box = add(grid, "div", cell.column === "notes" || cell.column === "title" ? "cell wide" : "cell");
    const label = add(box, "label", "", cell.label);
    label.title = cell.about;
    const input = this.addInput(box, cell, "");
    label.htmlFor = input.id = `cell-${cell.column}`;
    if (cell.column === "perpetrator") {
      const list = add(box, "datalist");
      list.id = "sides";
      data.sides.forEach((name) => { add(list, "option").value = name; });
      input.setAttribute("list", "sides");
    }
    this.fields.get(cell.column).note = add(box, "div", "told");
    if (cell.by) this.tell(cell.column);
  }

  addInput(parent, cell, label) {
    const free = [["", ""], ...(cell.options || [])];
    const input = cell.options ? addSelect(parent, cell.required ? cell.options : free, cell.value, label || cell.label)
      : add(parent, "input");
    if (!cell.options) {
      input.type = "text";
      input.value = cell.value;
      input.dir = cell.kind === "str" ? "auto" : "ltr";
      input.autocomplete = "off";
      if (cell.kind === "date") input.placeholder = "YYYY-MM-DD";
      if (cell.kind === "int") input.inputMode = "numeric";
    }
    if (label) input.setAttribute("aria-label", label);
    if (cell.kind === "int" || cell.kind === "float") input.classList.add("number");
    if (cell.by) input.classList.add("set");
    input.dataset.column = cell.column;
    this.fields.set(cell.column, { input, cell, was: cell.value });
    return input;
  }

  hear(event) {
    const column = event.target.dataset?.column;
    if (!column) return;
    this.follow(column);
    this.mark();
    this.tell(column);
  }

  // An exact number stays exact: low and high go with the best, until they are changed themselves.
  follow(column) {
    const [, toll] = column.match(/^(.*)_best$/) || [];
    if (!toll) return;
    const best = this.fields.get(column);
    for (const end of ["low", "high"]) {
      const field = this.fields.get(`${toll}_${end}`);
      if (!field.touched && field.was === best.was) field.input.value = best.input.value;
    }
  }

  set(column, value) {
    const field = this.fields.get(column);
    if (field) field.input.value = value ?? "";
  }

  get(column) {
    return this.fields.get(column)?.input.value ?? "";
  }

  mark() {
    for (const { input, was } of this.fields.values()) {
      input.classList.toggle("new", input.value.trim() !== was);
      input.removeAttribute("aria-invalid");
    }
    this.changed(this.edits());
  }

  edits() {
    const pairs = [...this.fields].filter(([, { input, was }]) => input.value.trim() !== was);
    return Object.fromEntries(pairs.map(([column, { input }]) => [column, input.value.trim()]));
  }

  // Says under a cell what the machine reads there, from which words, by which rule, and who set it otherwise.
  tell(column) {
    const field = this.fields.get(column);
    if (!field?.note) return;
    const { cell, note, was } = field;
    note.textContent = "";
    const machine = cell.by ? cell.machine ?? "" : was;
    add(note, "span", "", "machine: ");
    add(note, "bdi", "value", machine || "nothing");
    if (cell.words) addWords(add(note, "span", "", " "), "q", "", cell.words.split(" | ").join(" · "));
    if (cell.rule) add(note, "span", "", ` · ${cell.rule}`);
    if (cell.by) addWords(note, "div", "by", `set by ${cell.by}`);
  }

  refuse(column, words) {
    const field = this.fields.get(column);
    if (!field) return false;
    field.input.setAttribute("aria-invalid", "true");
    field.input.closest("details")?.setAttribute("open", "");
    if (field.note) {
      field.note.textContent = "";
      add(field.note, "span", "wrong", words).setAttribute("role", "alert");
    }
    field.input.focus();
    return true;
  }

  focusFirst(group) {
    const column = group === undefined ? this.start : STARTS[group];
    const first = this.fields.get(column).input;
    first.focus();
    first.select?.();
  }
}
