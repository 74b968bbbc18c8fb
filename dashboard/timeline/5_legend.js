// The legend: only what occurs in the drawing.

function drawLegend(home, data) {
  home.replaceChildren();
  if (data.heat) drawShades(home, data);
  else drawFamilies(home, data);
}

function drawFamilies(home, data) {
  const families = addHtml(home, "span", "keys");
  for (const family of data.families) addKey(families, family.label, 11, { kind: `of-${family.key}` });
  const marks = addHtml(home, "span", "keys quiet");
  if (data.marks.some((mark) => !mark.killed)) addKey(marks, "none killed, or not stated", 10, { kind: "hollow" });
  const most = Math.max(0, ...data.marks.map((mark) => mark.killed || 0));
  const sizes = [10, 50, 100].filter((killed) => killed <= most);
  for (const killed of sizes) addKey(marks, `${killed} killed`, 2 * radiusOf(killed));
  const doubtful = data.marks.some((mark) => mark.days[0] < mark.days[1]);
  if (doubtful) addKey(marks, "day in doubt", 26, { height: 9, kind: "doubt" });
}

function drawShades(home, data) {
  const most = findMost(data);
  const keys = addHtml(home, "span", "keys quiet");
  const { unit } = data.heat;
  addHtml(keys, "span", "", `Incidents ${unit.includes(" ") ? "in" : "a"} ${unit}`);
  for (const count of new Set([1, most / 4, most / 2, most].map(Math.round).filter((n) => n >= 1))) {
    const shape = addKey(keys, String(count), 14, { height: 12, kind: "cell", round: 2 });
    shape.style.setProperty("--heat", shadeOf(count, most));
  }
  if (data.heat.cells.some(([, , sure, , share]) => !sure && share < 0.5)) {
    addKey(keys, "day in doubt", 14, { height: THIN, kind: "cell thin", round: 1 });
  }
  addHtml(keys, "span", "", "Choose fewer days to see each incident");
}

function addKey(keys, text, width, { height = width, kind = "", round = height / 2 } = {}) {
  const key = addHtml(keys, "span", `key ${kind}`);
  const svg = add(key, "svg", { width: width + 2, height: height + 2, "aria-hidden": "true" });
  const shape = add(svg, "rect", { x: 1, y: 1, width, height, rx: round, class: "shape" });
  addHtml(key, "span", "", text);
  return shape;
}
