// One incident: what is known, how exactly, who says how many, and the sentences it was read from.

const PRECISIONS = {
  day: "to the day", days: "2 to 6 days", week: "to about a week", month: "to about a month",
  range: "more than a month", year: "to the year",
};
const ATTRIBUTIONS = {
  claimed: "claimed by the group itself", attributed: "attributed by authorities or reporting", suspected: "suspected",
  denied: "the group denies it", disputed: "sources name different sides",
};
const VERIFICATIONS = {
  verified: "verified by a named body", corroborated: "told by independent stories", single_source: "one story tells of it",
  party_claim: "only a party to the fight says so", disputed: "stories disagree",
};
const COUNTS = { part_of_total: "part of a total", repeats: "repeats another figure", party_claim: "claim of a party" };

class Incident {
  // `tell({ incident })` hears where to go on; null closes.
  constructor(home, tell) {
    this.home = home;
    this.tell = tell;
  }

  update(row, rows) {
    this.home.replaceChildren();
    this.home.hidden = !row;
    if (!row) return;
    this.drawSteps(row, rows);
    const head = addHtml(this.home, "h2");
    head.tabIndex = -1;
    addHtml(head, "span", `dot of-${row.family}`).setAttribute("aria-hidden", "true");
    addText(head, "span", "", row.title || row.type || "Incident");
    const about = [row.type, row.status === "occurred" ? "" : row.status, row.id];
    addText(this.home, "p", "about quiet", about.filter(Boolean).join(" · "));
    this.drawFacts(row);
    if (row.figures) this.drawFigures(row);
    this.drawSentences(row);
  }

  drawSteps(row, rows) {
    const steps = addHtml(this.home, "div", "steps");
    const at = rows.indexOf(row);
    const go = (text, label, next) => {
      const button = addButton(steps, text, () => next !== undefined && this.tell({ incident: next && next.id }));
      button.setAttribute("aria-label", label);
      button.title = label;
      button.disabled = next === undefined;
    };
    addButton(steps, "← Back to the list", () => this.tell({ incident: null }));
    addHtml(steps, "span", "quiet", at < 0 ? "outside the filters" : `${sayNumber(at + 1)} of ${sayNumber(rows.length)}`);
    go("‹", "Previous incident of the list", rows[at - 1]);
    go("›", "Next incident of the list", at < 0 ? undefined : rows[at + 1]);
  }

  drawFacts(row) {
    const list = addHtml(this.home, "dl");
    const isSet = (start) => (row.set?.some((column) => column.startsWith(start)) ? "set by a person" : "");
    const isClaim = (measure) => (row.claims?.includes(measure) ? "claim of a party" : "");
    const quote = (words) => (words ? `“${words}”` : "");
    this.fact(list, "When", row.when, [PRECISIONS[row.datePrecision], quote(row.dateText), isSet("date")]);
    const exact = row.at ? (row.radius ? `± ${sayNumber(row.radius)} km` : "") : "no point on the map";
    this.fact(list, "Where", row.where, [exact, quote(row.place), isSet("geo") || isSet("city")]);
    for (const measure of ["killed", "injured"]) {
      const name = measure[0].toUpperCase() + measure.slice(1);
      this.fact(list, name, sayPeople(row[measure]), [isClaim(measure), isSet(measure)]);
    }
    if (row.casualties && !row.killed && !row.injured) this.fact(list, "Killed or injured", sayPeople(row.casualties), []);
    this.fact(list, "By whom", row.by, [row.by && ATTRIBUTIONS[row.attribution], isSet("perpetrator")]);
    this.fact(list, "Target", row.target === "unknown" ? "" : row.target, [quote(row.targetText)]);
    if (row.weapon && row.weapon !== "unknown") this.fact(list, "Means", row.weapon, []);
    const stories = row.stories ? `${sayNumber(row.stories)} independent ${row.stories === 1 ? "story" : "stories"}` : "";
    const articles = row.articles ? `${sayNumber(row.articles)} article${row.articles === 1 ? "" : "s"}, copies included` : "";
    this.fact(list, "Attested", VERIFICATIONS[row.verification] || sayCode(row.verification), [stories, articles]);
    if (row.notes) this.fact(list, "Disputed", row.notes, []);
  }

  fact(list, name, value, remarks) {
    addHtml(list, "dt", "", name);
    const cell = addHtml(list, "dd");
    addText(cell, "span", value ? "" : "quiet", value || "not stated");
    const said = remarks.filter(Boolean).join(" · ");
    if (said) addText(cell, "div", "quiet", said);
  }

  drawFigures(row) {
    addHtml(this.home, "h3", "", "Who says how many");
    const list = addHtml(this.home, "ul", "figures");
    for (const one of row.figures) {
      const line = addHtml(list, "li");
      addHtml(line, "strong", "", `${sayPeople(one.ends) || one.words || "a number"} ${sayCode(one.measure)}`);
      const said = [one.who, one.claimant ? `says ${one.claimant}` : sayCode(one.kind)].filter(Boolean).join(", ");
      if (said) addText(line, "span", "", `: ${said}`);
      const mark = one.kind === "perpetrator" ? "claim of a party" : COUNTS[one.counts];
      if (mark) addHtml(line, "span", "tag", mark);
      if (one.note) this.drawMark(line, one.note);
    }
  }

  drawMark(parent, number) {
    const mark = addHtml(addHtml(parent, "sup"), "a", "", String(number));
    mark.href = `#note-${number}`;
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      this.home.querySelector(`[data-note="${number}"]`)?.focus();
    });
  }

  drawSentences(row) {
    addHtml(this.home, "h3", "", row.told.length === 1 ? "The sentence behind it" : "The sentences behind it");
    const list = addHtml(this.home, "ol", "sentences");
    for (const number of row.told) {
      const item = drawNote(list, number);
      item.tabIndex = -1;
      item.dataset.note = number;
    }
  }
}

// Draw a footnote: its number, the sentence, and where it stands.
function drawNote(list, number) {
  const note = BOOK.notes[number - 1];
  const item = addHtml(list, "li");
  item.value = number;
  addText(item, "q", "", note.sentence);
  const from = addHtml(item, "div", "quiet");
  addText(from, "span", "", note.source);
  if (note.title) addText(from, "span", "", `, “${note.title}”`);
  if (/^https?:\/\//.test(note.url || "")) {
    from.append(" ");
    const link = addHtml(from, "a", "", note.url);
    link.href = note.url;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
  }
  return item;
}
