// The decision: what it is, why, and Save; one at a time, at the foot of the desk.

const DECISIONS = {
  accept: ["a", "Accept", "Accept as it stands", "as the articles say"],
  edit: ["e", "Edit", "Save what was changed", ""],
  reject: ["r", "Reject", "This is not an incident", ""],
  merge: ["m", "Merge", "Put the other incident into this one", "the same incident"],
  apart: ["n", "Not the same", "These are two incidents", "two incidents"],
  split: ["s", "Split", "Make an incident of its own of a report", ""],
  link: ["l", "Link", "Link the two as related", ""],
  undo: ["u", "Undo", "Take back your last decision", "decided by mistake"],
};
const SETTLE = { keep: ["", "", "The value of the person stays", ""], take: ["", "", "Take what the articles now say", ""] };

class Bar {
  constructor(root, desk) {
    this.desk = desk;
    this.root = add(root, "div", "bar");
    this.given = {}; // the reason given last for each decision
    this.mode = "";
  }

  // Draws the decisions that can be taken, or the one that is being taken.
  draw(mode = "", row = "") {
    const { data } = this.desk;
    const held = this.root.querySelector(".why input")?.value;
    this.root.textContent = "";
    this.row = row;
    const same = this.mode === mode && mode;
    this.mode = mode;
    this.root.hidden = !data.can;
    this.root.classList.toggle("deciding", Boolean(mode));
    if (!data.can) return;
    if (mode) this.drawDecision(mode, same ? held : undefined);
    else this.drawChoice();
  }

  drawChoice() {
    const { data } = this.desk;
    const lacks = { split: data.reports.length < 2, apart: !data.others.length, undo: !data.last };
    const row = add(this.root, "div", "choice");
    for (const [mode, [key, name, title]] of Object.entries(DECISIONS)) {
      if (lacks[mode] && mode === "apart") continue;
      const button = addKeyed(row, mode === "accept" ? "first" : "", name, () => this.desk.decide(mode), key);
      button.title = title;
      button.disabled = Boolean(lacks[mode]);
    }
    addKeyed(row, "help", "", () => this.desk.showKeys(), "?").setAttribute("aria-label", "Keys");
  }

  drawDecision(mode, held) {
    const [, , title, usual] = DECISIONS[mode] || SETTLE[mode];
    const { data } = this.desk;
    const head = add(this.root, "p", "doing");
    head.id = "doing";
    add(head, "b", "", mode === "undo" && !this.row ? `Take back: ${data.last}` : title);
    const many = Object.keys(this.desk.edits).length;
    if (mode === "edit") add(head, "span", "note", many ? ` ${many} ${many === 1 ? "cell" : "cells"}` : " change a cell above");
    const more = add(this.root, "div", "more");
    this.other = ["merge", "link", "apart"].includes(mode) ? addOthers(more, data, (id) => this.desk.look(id), this.desk.chosen) : undefined;
    if (mode === "link") {
      const row = add(more, "div", "others");
      add(row, "span", "", "This incident is");
      this.relation = addSelect(row, data.relations, "same_operation", "How it is related");
    }
    this.report = mode === "split" ? addReports(more, data) : undefined;
    this.drawReason(mode, held ?? this.given[mode] ?? usual);
  }

  drawReason(mode, value) {
    const row = add(this.root, "form", "why");
    const label = add(row, "label", "", "Why");
    const input = add(row, "input");
    Object.assign(input, { type: "text", value, required: true, id: "why", autocomplete: "off", placeholder: "A reason, for those who read this later" });
    input.setAttribute("list", "reasons");
    input.setAttribute("aria-describedby", "doing");
    label.htmlFor = "why";
    const list = add(row, "datalist");
    list.id = "reasons";
    this.desk.data.reasons.forEach((reason) => { add(list, "option").value = reason; });
    const save = add(row, "button", "save", "Save");
    save.type = "submit";
    add(save, "kbd", "", "⏎").ariaHidden = "true";
    addKeyed(row, "plain", "Cancel", () => this.desk.cancel(), "Esc");
    row.noValidate = true;
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save(mode, input.value);
    });
    this.wrong = add(this.root, "p", "wrong");
    this.wrong.setAttribute("role", "alert");
    this.input = input;
  }

  save(mode, reason) {
    this.given[mode] = reason;
    this.root.querySelector(".save").disabled = true;
    this.desk.send(mode, {
      reason, row: this.row, other: this.other?.() || "", report: this.report?.() || "",
      relation: mode === "link" ? this.relation.value : "", cells: mode === "edit" ? this.desk.edits : {},
    });
  }

  refuse(words) {
    const save = this.root.querySelector(".save");
    if (save) save.disabled = false;
    if (this.wrong) this.wrong.textContent = words;
    this.input?.focus();
  }
}
