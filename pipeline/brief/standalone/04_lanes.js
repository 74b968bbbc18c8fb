// What the timeline draws, worked out from the rows: lanes, marks or heat strips, and the strip of counts.

const MOST_MARKS = 300; // above this many, dots hide each other: lanes become heat strips
const MOST_LANES = 12;
const MOST_CELLS = 64;
const MOST_COUNTS = 140;
const UNITS = ["day", "week", "month", "quarter", "year", "5 years", "10 years", "25 years", "100 years"];

function startOf(unit, day) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const step = { month: 1, quarter: 3, year: 12 }[unit] || 12 * parseInt(unit, 10);
  const date = dateOf(day);
  const month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / step) * step;
  return dayOf(Math.floor(month / 12), month % 12);
}

function edgesOf(unit, first, last) {
  const step = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[unit] || 366 * parseInt(unit, 10);
  const edges = [startOf(unit, first)];
  while (edges.at(-1) <= last) edges.push(startOf(unit, edges.at(-1) + step));
  return edges;
}

// Give the finest bins of a calendar unit of which no more than `most` cover the days.
function makeBins([first, last], most) {
  const few = (unit) => {
    const days = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }[unit] || 365 * parseInt(unit, 10);
    return (last - first) / days < most + 2 && edgesOf(unit, first, last).length - 1 <= most;
  };
  const unit = UNITS.find(few) || UNITS.at(-1);
  return { unit, edges: edgesOf(unit, first, last) };
}

// Count what is sure to lie in each bin, and what may.
function countBins(rows, edges) {
  const [sure, may] = [0, 1].map(() => new Array(edges.length - 1).fill(0));
  for (const { days } of rows) {
    if (days[1] < edges[0] || days[0] >= edges.at(-1)) continue;
    const low = Math.max(0, edges.findIndex((edge, i) => edge <= days[0] && days[0] < edges[i + 1]));
    const end = edges.findIndex((edge, i) => edge <= days[1] && days[1] < edges[i + 1]);
    const high = end < 0 ? sure.length - 1 : end;
    const inside = low === high && days[0] >= edges[0] && end >= 0;
    if (inside) sure[low] += 1;
    else for (let bin = low; bin <= high; bin++) may[bin] += 1;
  }
  return { sure, may };
}

const findExtent = (rows) => [Math.min(...rows.map((row) => row.days[0])), Math.max(...rows.map((row) => row.days[1]))];

// Lay out the rows, kept whatever their days, as they are seen through a window of days.
function layTimeline(rows, choice, window) {
  const dated = rows.filter((row) => row.days);
  const extent = dated.length ? findExtent(dated) : [19358, 19358];
  const air = Math.max(3, Math.floor((extent[1] - extent[0]) / 60));
  const strip = [extent[0] - air, extent[1] + air];
  const view = window || strip;
  const seen = dated.filter((row) => row.days[0] <= view[1] && row.days[1] >= view[0]);
  const { lanes, laneOf } = layLanes(dated, seen, choice.lane);
  const isMarked = seen.length <= MOST_MARKS;
  const chosen = ROW.get(choice.incident);
  const marked = isMarked ? seen : seen.filter((row) => row === chosen);
  const marks = marked.map((row) => makeMark(row, laneOf(row)));
  const counts = makeBins(strip, MOST_COUNTS);
  return {
    lanes, view, window, marks, extent: strip, isEmpty: !dated.length,
    counts: { ...counts, ...countBins(dated, counts.edges) },
    heat: isMarked ? null : layHeat(seen, view, lanes, laneOf),
    families: BOOK.families.filter((family) => marks.some((mark) => mark.family === family.key)),
    selected: choice.incident, chosen: chosen?.days || null,
    dated: dated.length, undated: rows.length - dated.length, shown: seen.length,
    sure: dated.filter((row) => row.days[0] >= view[0] && row.days[1] <= view[1]).length,
  };
}

// Give the lanes, fullest first, then the rest together, then what is not stated.
function layLanes(dated, seen, column) {
  const read = (row) => row[column] || "";
  const counts = countValues(dated, read);
  const named = counts.filter(([name]) => name);
  const kept = named.slice(0, named.length <= MOST_LANES + 1 ? named.length : MOST_LANES);
  const rest = named.slice(kept.length);
  const capital = (name) => (column === "type" ? name.charAt(0).toUpperCase() + name.slice(1) : name);
  const lanes = kept.map(([name, count]) => ({ key: name, name: capital(name), count, holds: 1 }));
  const place = new Map(kept.map(([name], i) => [name, i]));
  if (rest.length) {
    for (const [name] of rest) place.set(name, lanes.length);
    lanes.push({ key: null, name: `${rest.length} other`, count: rest.reduce((sum, [, n]) => sum + n, 0), holds: rest.length });
  }
  const blank = counts.find(([name]) => !name);
  if (blank) {
    place.set("", lanes.length);
    lanes.push({ key: "", name: NOT_STATED, count: blank[1], holds: 1 });
  }
  const laneOf = (row) => place.get(read(row));
  for (const lane of lanes) lane.shown = 0;
  for (const row of seen) lanes[laneOf(row)].shown += 1;
  return { lanes, laneOf };
}

function makeMark(row, lane) {
  const says = [row.title || row.type || "Incident", row.when, sayToll(row), row.where];
  return { id: row.id, lane, days: row.days, killed: bestOf(row.killed), family: row.family, says };
}

function layHeat(seen, view, lanes, laneOf) {
  const bins = makeBins(view, MOST_CELLS);
  const cells = lanes.flatMap((_, lane) => {
    const { sure, may } = countBins(seen.filter((row) => laneOf(row) === lane), bins.edges);
    return sure.map((n, bin) => [lane, bin, n, may[bin]]).filter(([, , n, m]) => n || m);
  });
  return { ...bins, cells };
}
