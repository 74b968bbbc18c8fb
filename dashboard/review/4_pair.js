// Two incidents side by side, and the reports of one: what speaks for and against, and where they differ.

function addReasons(root, told) {
  const box = add(root, "div", "reasons");
  const lists = [["For", "pro", told.pros], ["Against", "con", told.cons], ["Words", "said", told.words]];
  for (const [name, cls, lines] of lists) {
    if (!lines.length) continue;
    add(box, "b", "", name);
    const list = add(box, "ul", cls);
    lines.forEach((line) => addWords(list, "li", "", line));
  }
}

function addPair(root, other) {
  const table = add(root, "table", "pair");
  table.setAttribute("aria-label", "The two incidents side by side; lines that differ are marked");
  const head = add(add(table, "thead"), "tr");
  ["", "This incident", "The other"].forEach((name) => { add(head, "th", "", name).scope = "col"; });
  const body = add(table, "tbody");
  for (const [name, ours, theirs, differs] of other.lines) {
    const line = add(body, "tr", differs ? "differs" : "");
    const title = add(line, "th", "", name);
    title.scope = "row";
    if (differs) add(title, "span", "live", " (differs)");
    [ours, theirs].forEach((words) => addWords(line, "td", "", words || "not stated"));
  }
  const words = add(body, "tr");
  add(words, "th", "", "Sentence").scope = "row";
  other.sentences.forEach((sentence) => addWords(words, "td", "quote", sentence));
  addReasons(root, other);
}

// The choice of the other incident: those that may be meant, or any by its id or its link.
function addOthers(root, data, look, chosen) {
  const seen = data.tab === "same" ? data.others[0]?.id : undefined; // stands above already
  const row = add(root, "div", "others");
  const options = data.others.map((other) => [other.id, "", other.title]);
  const select = add(row, "select");
  select.setAttribute("aria-label", "The other incident");
  options.forEach(([id, , title]) => { Object.assign(add(select, "option", "", title), { value: id, title: id }); });
  select.hidden = !options.length;
  const free = add(row, "input");
  Object.assign(free, { type: "text", placeholder: "or its id, or a link to it", autocomplete: "off" });
  free.setAttribute("aria-label", "Another incident, by its id or a link to it");
  const box = add(root, "div", "beside");
  const show = () => {
    box.textContent = "";
    const other = data.others.find((one) => one.id === select.value);
    if (other && other.id !== seen) addPair(box, other);
  };
  if (data.others.some((one) => one.id === chosen)) select.value = chosen;
  select.addEventListener("change", show);
  free.addEventListener("change", () => free.value.trim() && look(free.value.trim()));
  show();
  return () => free.value.trim() || select.value;
}

function addReports(root, data) {
  const list = add(root, "div", "reports");
  list.setAttribute("role", "radiogroup");
  list.setAttribute("aria-label", "The report that tells of another incident");
  data.reports.forEach((report, place) => {
    const label = add(list, "label", "report");
    const input = add(label, "input");
    Object.assign(input, { type: "radio", name: "report", value: report.id, checked: place === data.reports.length - 1 });
    const words = add(label, "span");
    addWords(words, "b", "", report.outlet);
    if (report.copy) add(words, "span", "note", " copy");
    addWords(words, "q", "quote", report.sentence);
  });
  return () => list.querySelector("input:checked")?.value || "";
}
