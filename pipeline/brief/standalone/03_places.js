// The places of the map: one for each town or point, and nothing put where it was not said.

const isPrecise = (row) => row.precision === "site" || row.precision === "city";
const pointOf = (row) => `${row.at[1].toFixed(3)},${row.at[0].toFixed(3)},${row.precision}`;

// Give the key of the place that an incident is drawn at, "" where it has no point.
function spotOf(row) {
  if (!row.at) return "";
  return isPrecise(row) && row.city ? [row.country, row.admin1, row.city].join("/") : pointOf(row);
}

const LEVELS_OF_NAMES = {
  site: ["city", "admin1", "country"],
  city: ["city", "admin1", "country"],
  district: ["admin2", "admin1", "country"],
  province: ["admin1", "country"],
};

function nameSpot(row) {
  const names = (LEVELS_OF_NAMES[row.precision] || ["country"]).map((name) => row[name]).filter(Boolean);
  return [...new Set(names)].join(", ") || row.venue || "Place without a name";
}

// Give the commonest of some values, the last by name among equals.
const commonest = (rows, read) => countValues(rows, read).reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a))[0];

// Gather rows into places, those with most incidents first.
function gatherPlaces(rows) {
  const spots = new Map();
  for (const row of rows) {
    if (!row.at) continue;
    const key = spotOf(row);
    if (!spots.has(key)) spots.set(key, []);
    spots.get(key).push(row);
  }
  return [...spots].map(([key, held]) => makePlace(key, held)).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function makePlace(key, held) {
  // A town stands where most of its incidents do, its sites counting only where nothing else is known of it.
  const firm = held.filter((row) => row.precision !== "site");
  const at = JSON.parse(commonest(firm.length ? firm : held, (row) => JSON.stringify(row.at)));
  const precise = held.every(isPrecise);
  const family = commonest(held, (row) => row.family);
  const place = { key, at, precise, family, count: held.length, rows: held };
  place.name = nameSpot(held[0]);
  place.radius = Math.max(0, ...held.map((row) => row.radius || 0));
  const kind = held.length > 1 ? `${sayNumber(held.length)} incidents, mostly` : "1 incident:";
  place.says = [place.name, `${kind} ${FAMILY.get(family).label.toLowerCase()}`, saySpotToll(held)];
  if (!precise) {
    place.says.push(`No town is stated${place.radius ? `, somewhere within ${sayNumber(Math.round(place.radius))} km` : ""}`);
  }
  return place;
}

function saySpotToll(rows) {
  const sum = addUp(rows, "killed");
  if (!sum.stated) return "killed not stated";
  const words = sayPeople([sum.low, null, sum.open ? null : Math.max(sum.high, sum.low)]);
  const silent = sayWithout(sum);
  return `${words === "0" ? "no one" : words} killed${silent ? `, ${silent}` : ""}`;
}

// Give the sites that lie apart from where their town is drawn, for readers who look closely.
function gatherSites(rows, places) {
  const drawn = new Set(places.map((place) => String(place.at)));
  const sites = rows.filter((row) => row.precision === "site" && row.at && !drawn.has(String(row.at)));
  const keys = new Map(sites.map((row) => [pointOf(row), []]));
  for (const row of sites) keys.get(pointOf(row)).push(row);
  return [...keys].map(([key, held]) => ({ ...makePlace(spotOf(held[0]), held), site: key }));
}

// Give each place its bubble: its area grows with the incidents; what is not known to the town is hollow, in a ring.
function drawBubbles(places) {
  const { largest, smallest, readable, rim } = BOOK.symbols;
  const least = (smallest.find(([most]) => places.length <= most) || smallest.at(-1))[1];
  const top = Math.max(1, ...places.map((place) => place.count));
  const most = Math.min(largest, least * Math.sqrt(top));
  const bubbles = places.map((place) => {
    const r = Math.max(least, most * Math.sqrt(place.count / top));
    return { ...place, r, hollow: !place.precise, n: r < readable ? "" : sayShort(place.count) };
  });
  // A hollow bubble under a filled one is widened, so that its rim can be seen and picked.
  const spot = (one) => one.at.map((degree) => degree.toFixed(1)).join();
  const filled = new Map(bubbles.filter((one) => !one.hollow).map((one) => [spot(one), one.r]));
  for (const one of bubbles) {
    const under = filled.get(spot(one));
    if (one.hollow && under !== undefined && one.r < under * rim) Object.assign(one, { r: under * rim, n: "" });
  }
  // From the ground up: the hollow ones, then the filled ones from large to small.
  return bubbles.sort((a, b) => b.hollow - a.hollow || b.r - a.r);
}

function sayShort(count) {
  if (count < 1000) return String(count);
  return `${(count / 1000).toFixed(count < 9950 ? 1 : 0)}k`;
}
