// What the reader asks to see, which incidents that keeps, and its link after the # of the address.

const KEYS = ["q", "type", "by", "place", "from", "to", "lane", "order", "incident"];
const LANES = { city: "City", type: "Type", by: "Perpetrator", country: "Country" };
const ORDERS = {
  given: (a, b) => a.place_ - b.place_,
  newest: (a, b) => (b.days?.[0] ?? -Infinity) - (a.days?.[0] ?? -Infinity) || a.place_ - b.place_,
  oldest: (a, b) => (a.days?.[0] ?? Infinity) - (b.days?.[0] ?? Infinity) || a.place_ - b.place_,
  deadliest: (a, b) => (bestOf(b.killed) ?? -1) - (bestOf(a.killed) ?? -1) || a.place_ - b.place_,
  injured: (a, b) => (bestOf(b.injured) ?? -1) - (bestOf(a.injured) ?? -1) || a.place_ - b.place_,
};

function readChoice() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const choice = Object.fromEntries(KEYS.map((key) => [key, asked.get(key)]));
  if (!LANES[choice.lane]) choice.lane = "city";
  if (!ORDERS[choice.order]) choice.order = "given";
  if (!ROW.has(choice.incident)) choice.incident = null;
  for (const end of ["from", "to"]) if (!/^\d{4}-\d\d-\d\d$/.test(choice[end] || "")) choice[end] = null;
  return choice;
}

function writeChoice(choice) {
  const usual = { lane: "city", order: "given" };
  const asked = KEYS.filter((key) => choice[key] !== null && choice[key] !== "" && choice[key] !== usual[key]);
  const link = new URLSearchParams(asked.map((key) => [key, choice[key]]));
  // By + or _ a type or group may be "", which is asked for by its own name.
  for (const key of ["type", "by"]) if (choice[key] === "") link.set(key, "");
  history.replaceState(null, "", `${location.pathname}${location.search}#${link}`);
}

// Give the days that are asked, an open end closed by the data; null for all days.
function findWindow(choice, extent) {
  if (!choice.from && !choice.to) return null;
  const first = choice.from ? dayOfIso(choice.from) : extent[0];
  const last = choice.to ? dayOfIso(choice.to) : extent[1];
  return first <= last ? [first, last] : [last, first];
}

// Keep what the choice asks; `without` leaves a part of it out of account.
function keepRows(choice, without = "") {
  const words = fold(choice.q || "").split(/\s+/).filter(Boolean);
  const asks = (key) => key !== without && choice[key] !== null && choice[key] !== undefined;
  const days = without === "days" ? null : [choice.from, choice.to].map((iso) => (iso ? dayOfIso(iso) : null));
  return BOOK.rows.filter(
    (row) =>
      words.every((word) => row.folded.includes(word)) &&
      (!asks("type") || (row.type || "") === choice.type) &&
      (!asks("by") || (row.by || "") === choice.by) &&
      (!asks("place") || spotOf(row) === choice.place) &&
      (!days || overlaps(row, days)),
  );
}

function overlaps(row, [first, last]) {
  if (first === null && last === null) return true;
  if (!row.days) return false;
  return (first === null || row.days[1] >= first) && (last === null || row.days[0] <= last);
}
