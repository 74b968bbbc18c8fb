// The desk: where one is in the list, the incident with its cells, and the decision. What is being written stays while
// the page is drawn anew, and is refused only with a reason.

const KEYS = [
  ["j / k", "next, previous"], ["a", "accept"], ["e", "edit the cells"], ["1 – 6", "edit from When … In words"], ["r", "reject: not an incident"], ["m", "merge with another"],
  ["n", "not the same as the other"], ["s", "split a report off"], ["l", "link as related"], ["u", "undo your last decision"],
  ["Enter", "save, in the reason"], ["Esc", "leave a field, then the decision"], ["?", "these keys"],
];

class Desk {
  constructor(parent) {
    this.root = add(parent, "div", "desk");
    this.live = add(this.root, "p", "live");
    this.live.setAttribute("aria-live", "polite");
    this.hear = (event) => this.key(event);
    document.addEventListener("keydown", this.hear);
    this.edits = {};
    this.heard = 0;
  }

  update(data, act) {
    this.act = act;
    const { answer } = data;
    const fresh = answer && answer.nonce !== this.heard;
    if (fresh) this.heard = answer.nonce;
    const same = this.data && this.data.incident === data.incident && this.data.tab === data.tab && this.data.of >= 0;
    const busy = same && !(fresh && answer.saved) && (this.bar.mode || Object.keys(this.edits).length);
    if (busy) return this.refresh(data, fresh ? answer : undefined);
    const said = JSON.stringify(data);
    if (said === this.drawn) return;
    this.drawn = said;
    const moved = !same || (fresh && answer.saved);
    this.data = data;
    this.seen = data.seen;
    this.draw(fresh && !answer.saved ? answer : undefined);
    this.live.textContent = `${answer?.saved ? `${answer.words} ` : ""}${data.title}. ${data.at || "–"} of ${data.of}`;
    if (moved && this.sent) this.title.focus({ preventScroll: true });
    this.sent = false;
  }

  // Keeps what is being written, and tells what is new.
  refresh(data, answer) {
    const looked = data.looked && data.looked !== this.data.looked && data.others.some((one) => one.id === data.looked) && data.looked;
    Object.assign(this.data, { others: data.others, looked: data.looked, pending: data.pending, conflicts: data.conflicts, reasons: data.reasons, last: data.last });
    this.drawn = "";
    this.drawPending(data);
    if (looked) {
      this.chosen = looked;
      this.bar.draw(this.bar.mode, this.bar.row);
      this.bar.input.focus();
    }
    if (!answer) return;
    this.seen = data.seen; // the person is told what others did meanwhile: saving again means to
    if (answer.column && this.cells.refuse(answer.column, answer.words)) this.bar.refuse("");
    this.bar.refuse(answer.words);
    if (answer.column) this.cells.fields.get(answer.column)?.input.focus();
    this.live.textContent = answer.words;
  }

  draw(answer) {
    const { data } = this;
    this.body?.remove();
    this.edits = {};
    this.chosen = undefined;
    this.body = add(this.root, "div", "body");
    this.drawHead();
    this.note = add(this.body, "div", "pending");
    this.drawPending(data);
    data.conflicts.forEach((one) => this.drawConflict(one));
    if (data.why) addReasons(add(this.body, "section", "told-why"), data.why);
    if (data.tab === "same" && data.others.length) addPair(add(this.body, "section", "told-pair"), data.others[0]);
    const form = add(this.body, data.tab === "same" ? "details" : "div", "form");
    if (data.tab === "same") add(form, "summary", "", "The cells of this incident");
    this.cells = new Cells(form, data, (edits) => this.change(edits));
    this.cells.start = { figures: "killed_best", dates: "date_start", far: "city" }[data.tab] || "date_start";
    form.querySelectorAll(":scope input, :scope select").forEach((node) => { node.disabled = !data.can; });
    this.bar = new Bar(this.body, this);
    this.bar.given = this.given ||= {};
    this.bar.draw();
    if (answer) this.bar.refuse(answer.words);
  }

  drawHead() {
    const { data } = this;
    const row = add(this.body, "div", "steps");
    addButton(row, "step", "‹", () => this.go(-1)).setAttribute("aria-label", "Previous (k)");
    addButton(row, "step", "›", () => this.go(1)).setAttribute("aria-label", "Next (j)");
    add(row, "span", "note", data.at ? `${say(data.at)} of ${say(data.of)}` : "not in this list");
    const share = add(row, "progress");
    Object.assign(share, { max: data.all || 1, value: data.settled });
    share.setAttribute("aria-label", "Settled of this view");
    add(row, "span", "note", `${say(data.settled)} of ${say(data.all)} settled`);
    if (data.answer?.saved) add(this.body, "p", "saved", `✓ ${data.answer.words}`);
    this.title = addWords(this.body, "h3", "", data.title);
    this.title.tabIndex = -1;
    if (data.review !== "suggested") addWords(this.title, "span", "tag", `${data.review} ${data.reviewer}`.trim());
  }

  drawPending({ pending }) {
    this.note.textContent = "";
    const holds = pending.filter((one) => !one.undone);
    for (const one of pending) {
      const line = add(this.note, "p", one.undone ? "undone" : "");
      add(line, "b", "", one.column.replaceAll("_", " "));
      if (one.now) addWords(add(line, "span", "", " → "), "bdi", "", one.now);
      addWords(add(line, "span", "", " by "), "bdi", "", one.by);
      add(line, "span", "note", one.undone ? " · undone" : "");
      addWords(add(line, "span", "note", " · "), "bdi", "", one.reason);
    }
    if (holds.length) add(this.note, "p", "note", "Saved, in the tables after the next build.");
    this.note.hidden = !pending.length;
  }

  drawConflict(one) {
    const box = add(this.body, "section", "conflict");
    const line = add(box, "p");
    add(line, "b", "", `${one.column.replaceAll("_", " ")}: `);
    addWords(line, "bdi", "", one.by);
    add(line, "span", "", ` set `);
    addWords(line, "strong", "", one.theirs || "nothing");
    add(line, "span", "note", ` on ${one.day}, when it showed ${one.was || "nothing"}: ${one.reason}`);
    const now = add(box, "p");
    add(now, "span", "", "The articles now give ");
    addWords(now, "strong", "", one.machine || "nothing");
    if (one.words) addWords(add(now, "span", "", " "), "q", "", one.words);
    if (one.rule) add(now, "span", "note", ` · ${one.rule}`);
    if (!this.data.can) return;
    const row = add(box, "div", "choice");
    addButton(row, "", `Keep ${one.theirs || "nothing"}`, () => this.decide("keep", one.row));
    addButton(row, "", `Take ${one.machine || "nothing"}`, () => this.decide("take", one.row));
  }

  change(edits) {
    this.edits = edits;
    const many = Object.keys(edits).length;
    if (many && this.bar.mode !== "edit") this.bar.draw("edit");
    else if (this.bar.mode === "edit") {
      const note = this.bar.root.querySelector(".doing .note");
      note.textContent = many ? ` ${many} ${many === 1 ? "cell" : "cells"}` : " change a cell above";
    }
  }

  decide(mode, row = "", group = undefined) {
    if (!this.data.can) return;
    if (mode === "split" && this.data.reports.length < 2) return;
    if (mode === "apart" && !this.data.others.length) return;
    if (mode === "undo" && !row && !this.data.last) return;
    this.bar.draw(mode, row);
    if (mode === "edit") {
      this.body.querySelector("details.form")?.setAttribute("open", "");
      this.cells.focusFirst(group);
      return;
    }
    const first = this.bar.root.querySelector(mode === "split" ? "input:checked" : ".others input:only-child, .others select[hidden] + input");
    (first || this.bar.input).focus();
    if (!first) this.bar.input.select();
  }

  cancel() {
    this.bar.draw();
    const { data } = this;
    this.drawn = "";
    if (Object.keys(this.edits).length) this.draw();
    this.title.focus({ preventScroll: true });
    this.live.textContent = `Nothing was saved. ${data.title}`;
  }

  send(kind, told) {
    this.sent = true;
    this.act("act", { kind, nonce: Date.now(), incident: this.data.incident, seen: this.seen, ...told });
  }

  look(other) {
    this.send("look", { other });
  }

  go(by) {
    this.send("go", { by });
  }

  showKeys() {
    const open = this.bar.root.querySelector(".keys");
    if (open) return void open.remove();
    const list = add(this.bar.root, "dl", "keys");
    this.bar.root.prepend(list);
    KEYS.forEach(([key, what]) => {
      add(add(list, "dt"), "kbd", "", key);
      add(list, "dd", "", what);
    });
    this.live.textContent = KEYS.map(([key, what]) => `${key}: ${what}`).join(", ");
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || !this.root.isConnected) return;
    const at = event.composedPath()[0];
    if (event.key === "Escape") {
      if (isField(at) && this.root.contains(at)) {
        if (at.id === "why" && this.bar.mode !== "edit") this.cancel();
        else at.blur();
      } else if (this.bar.mode) this.cancel();
      return;
    }
    if (isField(at)) {
      const leads = at.dataset.column || at.type === "radio" || (at.matches("select, input") && at.closest(".more"));
      if (event.key === "Enter" && leads && this.bar.mode) (event.preventDefault(), this.bar.input.focus());
      return;
    }
    if (event.key === "j" || event.key === "k") this.go(event.key === "j" ? 1 : -1);
    else if (event.key === "?") this.showKeys();
    else if (/^[1-6]$/.test(event.key)) this.decide("edit", "", Number(event.key) - 1);
    else {
      const mode = Object.keys(DECISIONS).find((one) => DECISIONS[one][0] === event.key);
      if (!mode) return;
      this.decide(mode);
    }
    event.preventDefault();
  }

  leave() {
    document.removeEventListener("keydown", this.hear);
    this.root.remove();
  }
}

export default mount(Desk, "setTriggerValue");
