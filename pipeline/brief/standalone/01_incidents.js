// The incidents that this file bears, their words, and sums over some of them. Data are only ever shown as text.

const BOOK = JSON.parse(document.getElementById("book").textContent);
const NOT_STATED = "(not stated)";
const FAMILY = new Map(BOOK.families.map((family) => [family.key, family]));
const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
const sayCode = (code) => (code || "").replaceAll("_", " ");

// What a search looks through, as on the page.
const SEARCHED = [
  "title", "type", "city", "admin2", "admin1", "country", "place", "venue", "targetText", "by", "dateText",
  "sourceTitle", "outlet", "notes",
];
for (const [place, row] of BOOK.rows.entries()) {
  row.place_ = place;
  const sentence = row.told.length ? BOOK.notes[row.told[0] - 1].sentence : "";
  row.folded = fold([...SEARCHED.map((name) => row[name] || ""), sentence].join("\n"));
}
const ROW = new Map(BOOK.rows.map((row) => [row.id, row]));

// Say a number of people with its doubt; "" where none is stated, which is never zero.
function sayPeople(ends) {
  if (!ends) return "";
  const [low, best, high] = ends;
  const least = low ?? best;
  if (least === null) return high === null ? "" : `up to ${sayNumber(high)}`;
  if (high === null) return `at least ${sayNumber(least)}`;
  return least === high ? sayNumber(least) : `${sayNumber(least)} to ${sayNumber(high)}`;
}

function sayToll(row) {
  const [killed, injured, both] = [row.killed, row.injured, row.casualties].map(sayPeople);
  if (both && !killed && !injured) return `${both} killed or injured`;
  const part = (number, measure) => (number ? `${number === "0" ? "no one" : number} ${measure}` : `${measure} not stated`);
  return killed || injured ? `${part(killed, "killed")}, ${part(injured, "injured")}` : "killed and injured not stated";
}

// Give the one number that a mark is sized by and a list is sorted by: best, else low, else high; null for none.
const bestOf = (ends) => (ends ? ends[1] ?? ends[0] ?? ends[2] : null);

// Add up lows, bests and highs apart. A part of a wave that is itself among the rows is left out: the wave's own toll
// holds it. A figure that only the perpetrator gives is left out where the file's view says so.
function addUp(rows, measure) {
  const shown = new Set(rows.map((row) => row.id));
  const sum = { low: 0, best: 0, high: 0, stated: 0, without: 0, open: 0 };
  for (const row of rows) {
    if (row.parts?.some((whole) => shown.has(whole))) continue;
    const hidden = !BOOK.claims && row.claims?.includes(measure);
    const ends = hidden ? null : row[measure];
    if (!ends) {
      sum.without += 1;
      continue;
    }
    sum.stated += 1;
    if (ends[2] === null) sum.open += 1;
    ["low", "best", "high"].forEach((end, i) => (sum[end] += ends[i] ?? 0));
  }
  return sum;
}

function sayTotal(sum) {
  if (!sum.stated) return "not stated";
  const numbers = [sayNumber(sum.low), sayNumber(sum.best), sum.open ? "open" : sayNumber(sum.high)];
  return numbers.join(" – ");
}

const sayWithout = (sum) => (sum.without ? `${sayNumber(sum.without)} without a figure` : "");

// Count how many rows have each value, the commonest first.
function countValues(rows, read) {
  const counts = new Map();
  for (const row of rows) counts.set(read(row), (counts.get(read(row)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
