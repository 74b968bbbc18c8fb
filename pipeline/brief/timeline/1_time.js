// Days and where they lie. A day is the number of days since 1970-01-01, in UTC; a bar ends where its last day ends.

const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dateOf = (day) => new Date(day * DAY);
const dayOf = (year, month, day = 1) => Date.UTC(year, month, day) / DAY;
const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);
const dayOfIso = (iso) => Date.parse(iso) / DAY;

function sayDay(day) {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

// Say days as short as they can be put: a day, a month, a year, or from one day to another.
function sayDays(first, last) {
  if (first === last) return sayDay(first);
  const [start, after] = [dateOf(first), dateOf(last + 1)];
  const year = start.getUTCFullYear();
  if (start.getUTCDate() === 1 && after.getUTCDate() === 1) {
    const months = (after.getUTCFullYear() - year) * 12 + after.getUTCMonth() - start.getUTCMonth();
    if (months === 1) return `${MONTHS[start.getUTCMonth()]} ${year}`;
    if (months === 12 && start.getUTCMonth() === 0) return String(year);
  }
  return `${sayDay(first)} – ${sayDay(last)}`;
}

// Say a bin of a calendar unit: "March 2022" rather than its two ends.
function sayBin(unit, first, last) {
  const date = dateOf(first);
  const year = date.getUTCFullYear();
  if (unit === "month") return `${MONTHS[date.getUTCMonth()]} ${year}`;
  if (unit === "year") return String(year);
  if (unit === "quarter") return `${MONTHS[date.getUTCMonth()]}–${MONTHS[date.getUTCMonth() + 2]} ${year}`;
  if (unit.endsWith("years")) return `${year}–${dateOf(last).getUTCFullYear()}`;
  return sayDays(first, last);
}

function makeScale(first, last, left, right) {
  const perDay = (right - left) / (last + 1 - first);
  return {
    first,
    last,
    left,
    right,
    perDay,
    x: (day) => left + (day - first) * perDay,
    day: (x) => Math.floor(first + (Math.min(Math.max(x, left), right - 0.01) - left) / perDay),
  };
}

// Each level: about how many days a step has, how many pixels it needs, and how its ticks and their context are found.
const monthsBy = (step) => (day) => {
  const date = dateOf(day);
  return dayOf(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / step) * step + step);
};
const yearsBy = (step) => (day) => dayOf(Math.floor(dateOf(day).getUTCFullYear() / step) * step + step, 0);
const nextMonday = (day) => day + 7 - ((day + 3) % 7);
const sayMonth = (day) => MONTHS[dateOf(day).getUTCMonth()];
const sayYear = (day) => String(dateOf(day).getUTCFullYear());
const sayMonthAndYear = (day) => `${sayMonth(day)} ${sayYear(day)}`;
const sayDate = (day) => String(dateOf(day).getUTCDate());
const LEVELS = [
  { days: 1, room: 24, next: (day) => day + 1, say: sayDate, outer: monthsBy(1), sayOuter: sayMonthAndYear },
  { days: 7, room: 26, next: nextMonday, say: sayDate, outer: monthsBy(1), sayOuter: sayMonthAndYear },
  { days: 28, room: 36, next: monthsBy(1), say: sayMonth, outer: yearsBy(1), sayOuter: sayYear },
  { days: 90, room: 40, next: monthsBy(3), say: sayMonth, outer: yearsBy(1), sayOuter: sayYear },
  ...[1, 2, 5, 10, 25, 50, 100].map((step) => ({ days: 365 * step, room: 46, next: yearsBy(step), say: sayYear })),
];

// Give the ticks of a scale, {day, label}, and the stretches they belong to, so that no two labels can touch.
function findTicks(scale) {
  const level = LEVELS.find((one) => one.days * scale.perDay >= one.room) || LEVELS[LEVELS.length - 1];
  const ticks = [];
  for (let day = level.next(scale.first - 1); day <= scale.last; day = level.next(day)) {
    ticks.push({ day, label: level.say(day) });
  }
  const outers = [];
  if (level.outer) {
    for (let day = scale.first; day <= scale.last; day = level.outer(day)) {
      outers.push({ day, end: Math.min(level.outer(day), scale.last + 1), label: level.sayOuter(day) });
    }
  }
  return { ticks, outers };
}
