// Cells that a file changes, incident by incident, each to be ticked. Words of files reach the page as text only.

const HEADS = ["", "Cell", "Before", "After", ""];
const CHIPS = { conflict: "conflict", older: "older value", refused: "refused" };

function addValue(row, words, cls) {
  const cell = add(row, "td", cls);
  addWords(cell, "div", words ? "said" : "said nothing", words || "not stated");
}

function addTick(parent, label, change) {
  const tick = add(parent, "input");
  tick.type = "checkbox";
  tick.setAttribute("aria-label", label);
  tick.addEventListener("change", () => change(tick.checked));
  return tick;
}

function addNote(row, one) {
  const cell = add(row, "td", "note");
  if (one.kind !== "change") add(cell, "b", `chip ${one.kind}`, CHIPS[one.kind]);
  if (one.note) addWords(cell, "span", "", one.note);
  if (one.allowed.length) {
    const list = add(cell, "div", "allowed", "Allowed: ");
    one.allowed.forEach((word) => add(list, "code", "", word));
  }
}

// One incident: a head with a tick for all of its cells, then the cells.
function addIncident(table, incident, ticked, tell) {
  const body = add(table, "tbody");
  const head = add(body, "tr", "incident");
  const place = add(head, "td", "tick");
  const name = add(head, "th");
  name.colSpan = 4;
  name.scope = "rowgroup";
  const link = add(name, "a", "", incident.title);
  Object.assign(link, { href: `./?incident=${encodeURIComponent(incident.id)}`, target: "_blank", rel: "noopener", dir: "auto" });
  add(name, "span", "id", incident.id);
  const ticks = new Map();
  const open = incident.cells.filter((one) => one.kind !== "refused");
  const all = open.length > 1 && addTick(place, `Take all cells of ${incident.title}`, (on) => {
    open.forEach((one) => (on ? ticked.add(one.no) : ticked.delete(one.no)));
    tell();
  });
  for (const one of incident.cells) {
    const row = add(body, "tr", one.kind);
    const cell = add(row, "td", "tick");
    if (one.kind !== "refused") {
      ticks.set(one.no, addTick(cell, `Take ${one.column} of ${incident.title}`, (on) => {
        if (on) ticked.add(one.no);
        else ticked.delete(one.no);
        tell();
      }));
    }
    add(row, "th", "column", one.column).scope = "row";
    addValue(row, one.before, "before");
    addValue(row, one.after, "after");
    addNote(row, one);
  }
  return () => {
    ticks.forEach((tick, no) => (tick.checked = ticked.has(no)));
    const many = open.filter((one) => ticked.has(one.no)).length;
    if (all) Object.assign(all, { checked: many === open.length, indeterminate: many > 0 && many < open.length });
  };
}

const drawn = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  if (drawn.get(parentElement) === data.mark) return; // what is ticked stays so
  drawn.set(parentElement, data.mark);
  parentElement.querySelector(".diff")?.remove();
  const ticked = new Set(data.ticked);
  const home = add(parentElement, "div", "diff");
  const bar = add(home, "div", "bar");
  const table = add(add(home, "div", "box"), "table");
  const head = add(add(table, "thead"), "tr");
  HEADS.forEach((words, at) => {
    const cell = add(head, at ? "th" : "td", at ? "" : "tick", words || undefined);
    if (at) cell.scope = "col";
    if (at && !words) cell.setAttribute("aria-label", "What is to be known");
  });
  const marks = [];
  const mark = () => marks.forEach((one) => one());
  const tell = () => {
    mark();
    setStateValue("ticked", [...ticked].sort((a, b) => a - b));
  };
  const cells = data.incidents.flatMap((one) => one.cells).filter((one) => one.kind !== "refused");
  const choices = [["All", () => true], ["Without conflicts", (one) => one.kind === "change"], ["None", () => false]];
  for (const [words, keeps] of cells.length > 1 ? choices : []) {
    addButton(bar, "", words, () => {
      ticked.clear();
      cells.filter(keeps).forEach((one) => ticked.add(one.no));
      tell();
    });
  }
  const count = add(bar, "span", "count");
  count.setAttribute("role", "status");
  marks.push(() => (count.textContent = cells.length ? `${ticked.size} of ${cells.length} cells ticked` : ""));
  data.incidents.forEach((one) => marks.push(addIncident(table, one, ticked, tell)));
  mark();
}
