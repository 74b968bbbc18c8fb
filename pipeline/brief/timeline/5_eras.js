// Eras as bands and milestones as lines behind the lanes, their names in rows above them.

const ERA = 19;

// Give each era and milestone in sight its row, eras first, so that no two names of a row touch.
function layEras(data, scale, fonts) {
  const seen = (data.eras || []).filter(({ days }) => days[0] <= scale.last && days[1] >= scale.first);
  const bands = seen
    .filter((one) => !one.milestone)
    .map((one) => ({ ...one, x0: Math.max(scale.left, scale.x(one.days[0])), x1: Math.min(scale.right, scale.x(one.days[1] + 1)) }));
  const milestones = seen
    .filter((one) => one.milestone)
    .map((one) => {
      const x = scale.x(one.days[0] + 0.5);
      const width = measure(one.name, fonts.small) + 8;
      const left = x + width > scale.right;
      return { ...one, x, left, x0: left ? x - width : x, x1: left ? x : x + width };
    });
  const rows = placeRows(bands, 0, 0);
  const all = placeRows(milestones, rows, 6);
  return { bands, milestones, height: all * ERA + (all ? 4 : 0) };
}

// Put pieces into the first rows that have room, from row `first` on, and give the number of rows.
function placeRows(pieces, first, gap) {
  const ends = [];
  for (const piece of pieces) {
    let row = ends.findIndex((end) => end + gap <= piece.x0 + 0.5);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = piece.x1;
    piece.row = first + row;
  }
  return first + ends.length;
}

function drawEras(parent, { bands, milestones }, top, bottom, fonts) {
  bands.forEach((era, number) => {
    const group = addEra(parent, era, "era");
    const [x, width] = [era.x0, Math.max(1, era.x1 - era.x0)];
    add(group, "rect", { x, width, y: 0, height: bottom, class: number % 2 ? "band other" : "band" });
    add(group, "rect", { x, width: Math.max(1, width - 1), y: era.row * ERA, height: ERA - 2, rx: 2, class: "name" });
    if (width > 64) {
      const at = { x: x + 6, y: era.row * ERA + (ERA - 2) / 2, class: "says" };
      addLabel(group, era.name, width - 12, fonts.small, at);
    }
  });
  milestones.forEach((one) => {
    const group = addEra(parent, one, "milestone");
    const y = one.row * ERA;
    add(group, "line", { x1: one.x, x2: one.x, y1: y, y2: bottom, class: "line" });
    const at = one.left ? { x: one.x - 5, class: "says end" } : { x: one.x + 5, class: "says" };
    add(group, "text", { ...at, y: y + (ERA - 2) / 2 }, one.name);
  });
}

function addEra(parent, era, kind) {
  const group = add(parent, "g", { class: kind });
  const until = era.open ? `from ${sayDay(era.days[0])} on` : sayDays(...era.days);
  add(group, "title", {}, [era.name, until, era.note].filter(Boolean).join("\n"));
  return group;
}
