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
  const most = Math.max(0, ...data.marks.map((mark) => mark.killed || 0));
  const sizes = [10, 50, 100].filter((killed) => killed <= most);
  for (const killed of sizes) addKey(marks, `${killed} killed`, 2 * radiusOf(killed));
  if (data.marks.some((mark) => mark.killed === 0)) addKey(marks, "none killed", 10, { kind: "hollow" });
  if (data.marks.some((mark) => mark.killed === null)) addKey(marks, "killed not stated", 10, { kind: "hollow unstated" });
  const doubtful = data.marks.some((mark) => mark.days[0] < mark.days[1]);
  if (doubtful) addKey(marks, "as long as the day is in doubt", 26, { height: 9, kind: "doubt" });
}

function drawShades(home, data) {
  const most = findMost(data, 2);
  const keys = addHtml(home, "span", "keys quiet");
  const { unit } = data.heat;
  addHtml(keys, "span", "", `Incidents ${unit.includes(" ") ? "in" : "a"} ${unit}`);
  for (const count of new Set([1, most / 4, most / 2, most].map(Math.round).filter((n) => n >= 1))) {
    const shape = addKey(keys, sayNumber(count), 14, { height: 12, kind: "cell", round: 2 });
    shape.style.setProperty("--heat", shadeOf(count, most));
  }
  const mays = data.heat.cells.filter(([, , , may]) => may);
  if (mays.length) {
    const mostMay = findMost(data, 3);
    const shape = addKey(keys, `may have happened then, up to ${sayNumber(mostMay)}`, 18, { height: THIN, kind: "cell", round: 1 });
    shape.classList.add("may");
    shape.style.setProperty("--heat", 0.8);
  }
  const isFew = data.window && data.sure <= 300; // then it is doubtful days that fill the lanes, and fewer days would not help
  addHtml(keys, "span", "", isFew ? "Most may lie elsewhere: filter by how well the day is known" : "Choose fewer days to see each incident");
}

function addKey(keys, text, width, { height = width, kind = "", round = height / 2 } = {}) {
  const key = addHtml(keys, "span", `key ${kind}`);
  const svg = add(key, "svg", { width: width + 2, height: height + 2, "aria-hidden": "true" });
  const shape = add(svg, "rect", { x: 1, y: 1, width, height, rx: round, class: "shape" });
  addHtml(key, "span", "", text);
  return shape;
}
