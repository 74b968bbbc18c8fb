// The filters: words, type, perpetrator and days, and what else was picked.

const writeDays = (days) => ({ from: days && isoOf(days[0]), to: days && isoOf(days[1]) });

class Filters {
  // `tell(changes)` hears what is asked.
  constructor(home, tell) {
    this.home = home;
    this.tell = tell;
    this.q = this.field("Words", "input", "search");
    this.q.placeholder = "in places, groups, sentences …";
    this.type = this.pick("Type", "type", "All types");
    this.by = this.pick("By whom", "by", "All");
    this.from = this.field("From", "input", "date");
    this.to = this.field("To", "input", "date");
    this.chips = addHtml(home, "div", "chips");
    home.addEventListener("submit", (event) => event.preventDefault());
    this.q.addEventListener("input", () => {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => tell({ q: this.q.value || null }), 150);
    });
    for (const end of ["from", "to"]) this[end].addEventListener("change", () => tell({ [end]: this[end].value || null }));
  }

  field(name, kind, type) {
    const label = addHtml(this.home, "label", "", name);
    const input = addHtml(label, kind);
    if (type) input.type = type;
    input.name = name.toLowerCase().replace(" ", "-");
    return input;
  }

  pick(name, key, all) {
    const select = this.field(name, "select");
    addHtml(select, "option", "", all).value = "all";
    const values = countValues(BOOK.rows, (row) => row[key] || "");
    for (const [value, count] of values) {
      const words = value.length > 60 ? `${value.slice(0, 59)}…` : value;
      addHtml(select, "option", "", `${words || NOT_STATED} (${sayNumber(count)})`).value = `=${value}`;
    }
    select.addEventListener("change", () => this.tell({ [key]: select.value === "all" ? null : select.value.slice(1) }));
    return select;
  }

  update(choice, count) {
    if (document.activeElement !== this.q) this.q.value = choice.q || "";
    for (const key of ["type", "by"]) this[key].value = choice[key] === null ? "all" : `=${choice[key]}`;
    for (const end of ["from", "to"]) this[end].value = choice[end] || "";
    this.chips.replaceChildren();
    const says = `${sayNumber(count)} of ${sayIncidents(BOOK.rows.length)}`;
    addHtml(this.chips, "span", "quiet", says);
    if (choice.place) {
      const row = BOOK.rows.find((one) => spotOf(one) === choice.place);
      const chip = addButton(this.chips, "", () => this.tell({ place: null }));
      addText(chip, "span", "", row ? nameSpot(row) : choice.place);
      chip.append(" ✕");
      chip.setAttribute("aria-label", `No longer this place only: ${row ? nameSpot(row) : choice.place}`);
    }
    const isAsked = ["q", "type", "by", "place", "from", "to"].some((key) => choice[key] !== null);
    if (isAsked) {
      addButton(this.chips, "Clear filters", () => {
        this.q.value = "";
        this.tell({ q: null, type: null, by: null, place: null, from: null, to: null });
      });
    }
  }
}
