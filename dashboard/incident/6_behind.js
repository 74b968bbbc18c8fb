// What is linked to the incident, what became of it, and why its values are what they are.

function addRelated(root, told, send) {
  if (!told.related.length) return;
  const part = add(root, "section", "related");
  add(part, "h4", "", "Related incidents");
  const list = add(part, "ul");
  told.related.forEach((one) => {
    const item = add(list, "li");
    const button = addButton(item, "plain", "", () => send("open", one.id));
    add(button, "span", "note", `${one.relation} `);
    addWords(button, "bdi", "", one.title);
  });
}

function addHistory(root, told) {
  const fold = addFold(root, "history", "History", told.history.length || undefined);
  if (!told.history.length) add(fold, "p", "note", "No person has changed it, and nothing was merged into it.");
  fold.open = told.history.length > 0;
  const list = add(fold, "ol");
  told.history.forEach((one) => {
    const item = add(list, "li");
    add(item, "time", "", one.when || "day not stated");
    const what = add(item, "span", "", `${one.what} `);
    addWords(what, "bdi", "", one.name);
    one.notes.forEach((note) => addWords(item, "p", "note", note));
  });
}

function addReasons(root, told) {
  const { sure, doubts, rules } = told.reasons;
  const fold = addFold(root, "reasons", "Why these values");
  if (sure) add(fold, "p", "", sure);
  doubts.forEach((doubt) => addWords(fold, "p", "doubt", doubt));
  if (rules.length) {
    const list = add(fold, "dl", "facts");
    rules.forEach(([column, rule]) => {
      add(list, "dt", "", column);
      addWords(list, "dd", "", rule);
    });
  }
  addWords(fold, "p", "note", told.id);
}
