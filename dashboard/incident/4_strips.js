// Who says how many: a row and a mark for each claimant, over one scale; the row says in words what the mark shows.

const ROWS = 8; // claims shown before the others are folded away

function drawMark(plot, mark) {
  const svg = addDrawing(plot, "svg", { class: `mark of-${mark.kind}${mark.party ? " party" : ""}`, width: "100%", height: 20, "aria-hidden": "true" });
  const { low, dot, high } = mark;
  const from = low ?? dot;
  if (from !== null && high !== null && high > from)
    addDrawing(svg, "line", { class: "span", x1: `${from}%`, x2: `${high}%`, y1: 10, y2: 10 });
  const arrow = (at, path) => addDrawing(addDrawing(svg, "svg", { x: `${at}%`, overflow: "visible" }), "path", { class: "arrow", d: path });
  if (from !== null && high === null) arrow(dot ?? from, "M1 10 H24 M19 5.5 L24 10 L19 14.5");
  if (from === null && high !== null) arrow(high, "M0 4 V16 M0 10 H-22 M-17 5.5 L-22 10 L-17 14.5");
  if (dot === null && from !== null) addDrawing(addDrawing(svg, "svg", { x: `${from}%`, overflow: "visible" }), "path", { class: "arrow", d: "M0 4 V16" });
  if (dot !== null) addDrawing(svg, "circle", { class: "dot", cx: `${dot}%`, cy: 10, r: 5 });
}

function addGrid(plot, strip) {
  strip.ticks.forEach((tick) => (add(plot, "i", "tick").style.left = `${tick.at}%`));
  if (strip.band) Object.assign(add(plot, "i", "band").style, { left: `${strip.band[0]}%`, width: `${strip.band[1] - strip.band[0]}%` });
  if (strip.best) add(plot, "i", `best${strip.best.sure ? "" : " loose"}`).style.left = `${strip.best.at}%`;
}

function addClaim(list, strip, mark, lights) {
  const row = add(list, "li", "claim");
  const label = add(row, "div", "label");
  const bound = lights.has(mark.ids);
  const who = bound ? addButton(label, "fact", "", () => {}) : add(label, "span", "value");
  add(who, "b", "", mark.number);
  who.append(" ");
  addWords(who, "bdi", "", mark.who);
  if (bound) lights.bind(who, mark.ids);
  addPieces(add(label, "span", "note"), mark.notes);
  if (!strip) return;
  const plot = add(row, "div", "plot");
  addGrid(plot, strip);
  drawMark(plot, mark);
}

function addStrip(root, strip, lights) {
  const part = add(root, "section", "strip");
  const head = add(part, "div", "claim axis");
  const label = add(head, "div", "label");
  add(label, "h4", "", strip.name);
  add(label, "span", "total", strip.number || "not stated");
  const plot = add(head, "div", "plot");
  plot.setAttribute("aria-hidden", "true");
  strip.ticks.forEach((tick) => (add(plot, "span", "number", tick.words).style.left = `${tick.at}%`));
  const list = add(part, "ul", "claims");
  list.setAttribute("aria-label", `Who says how many were ${strip.name.toLowerCase()}`);
  strip.marks.slice(0, ROWS).forEach((mark) => addClaim(list, strip, mark, lights));
  if (strip.marks.length > ROWS) {
    const more = addFold(part, "aside wide", "More figures", strip.marks.length - ROWS);
    const rows = add(more, "ul", "claims");
    strip.marks.slice(ROWS).forEach((mark) => addClaim(rows, strip, mark, lights));
  }
  if (!strip.marks.length && strip.best) {
    const row = add(list, "li", "claim");
    add(add(row, "div", "label"), "span", "note", "No figure of an article is weighed.");
    addGrid(add(row, "div", "plot"), strip);
  }
  if (strip.cut) add(part, "p", "note", `${say(strip.cut, "figure")} more ${strip.cut === 1 ? "is" : "are"} not listed.`);
  if (!strip.aside.length) return;
  const fold = addFold(part, "aside", "Not weighed", strip.aside.length);
  const rest = add(fold, "ul", "claims");
  strip.aside.forEach((mark) => addClaim(rest, null, mark, lights));
}

function addStrips(root, told, lights) {
  const part = add(root, "div", "strips");
  told.strips.forEach((strip) => addStrip(part, strip, lights));
  const marks = told.strips.flatMap((strip) => strip.marks);
  if (marks.length) {
    const keys = ["the line is the figure that holds best"];
    if (told.strips.some((strip) => strip.band)) keys.push("the band is lowest to highest");
    if (marks.some((mark) => mark.high === null)) keys.push("→ or more");
    if (marks.some((mark) => mark.party)) keys.push("○ a party's own figure");
    add(part, "p", "note key", `${keys.join(" · ")}.`.replace(/^t/, "T"));
  }
  if (!told.others.length) return;
  const fold = addFold(part, "aside", "Other people counted", told.others.length);
  const list = add(fold, "ul", "claims");
  told.others.forEach((one) => {
    const mark = { ids: [one.id], number: `${one.number} ${one.measure}`, who: one.who, notes: [`“${one.words}”`] };
    addClaim(list, null, mark, lights);
  });
}
