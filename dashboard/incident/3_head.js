// What it was, how well it is attested, and each fact with how exact it is.

function addHead(root, told, lights, live) {
  const tags = add(root, "div", "tags");
  const keys = ["what"];
  const type = lights.has(keys) ? addButton(tags, "tag fact", "", () => {}) : add(tags, "span", "tag");
  if (lights.has(keys)) lights.bind(type, keys);
  add(type, "i", `of-${told.head.family}`);
  addWords(type, "span", "", told.head.type);
  if (told.head.status) add(tags, "span", "tag strong", told.head.status);
  if (told.head.review) addWords(tags, "span", "tag strong", told.head.review);
  const acts = add(tags, "span", "acts");
  const link = () => `${location.origin}${location.pathname}?incident=${encodeURIComponent(told.id)}`;
  addCopy(acts, "link", "Copy link", "Copy link to this incident", live, link);
  addWords(root, "h3", "", told.head.title);
}

// The sentence that it was read from stands by the facts, so that words and facts light up side by side.
function addSentence(root, told, lights, live) {
  const lead = told.stories.find((story) => story.lead) || told.stories[0];
  const quote = add(root, "figure", "sentence");
  const words = add(quote, "blockquote", "");
  words.dir = "auto";
  lead.text.flat().forEach(([text, ...keys]) => {
    if (!keys.some((key) => SENTENCES.includes(key)) || (lead.lead && !keys.includes("lead"))) return;
    const facts = keys.filter((key) => !SENTENCES.includes(key));
    if (facts.length) lights.addWords(add(words, "span", "word", text), facts);
    else words.append(text);
  });
  const origin = add(quote, "figcaption", "origin");
  addWords(origin, "strong", "", lead.outlet);
  add(origin, "span", "", lead.published);
  const acts = add(origin, "span", "ends");
  if (lead.link) addLink(acts, "", "Open ↗", lead.link).title = "Opens the publisher's page at the sentence";
  addCopy(acts, "", "Copy quote", "Copy quote with its outlet, day and link", live, () => lead.quote);
}

function addSquares(root, told, lights) {
  const list = add(root, "ul", "squares");
  list.setAttribute("aria-label", "How well it is attested");
  const why = add(root, "p", "why");
  const usual = `Told by ${say(told.stories.length, "story", "stories")} in ${say(told.articles, "article")}. `;
  const words = add(why, "span", "", usual);
  told.squares.forEach((square) => {
    const item = add(list, "li");
    const keys = square.key === "killed" ? ["killed", "injured", "casualties"] : [square.key];
    const button = addButton(item, `square is-${square.state}`, "", () => {});
    add(button, "span", "glyph", square.letter).setAttribute("aria-hidden", "true");
    add(button, "span", "asked", square.name);
    button.append(" "); // else its name is read aloud as one word
    add(button, "span", "state", square.words.replace("corrob", "corrob\u00ad"));
    button.title = square.why;
    lights.bind(button, keys);
  });
  // The list hears of a click after its button, which by then is held or let go.
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const square = told.squares[[...list.children].indexOf(button?.parentElement)];
    const held = button?.getAttribute("aria-pressed") === "true";
    if (square) words.textContent = held ? `${square.name}: ${square.words}. ${square.why} ` : usual;
  });
  const rule = add(root, "p", "rule", told.rule);
  rule.hidden = true;
  const help = addButton(why, "plain", "How is this judged?", () => {
    rule.hidden = !rule.hidden;
    help.setAttribute("aria-expanded", String(!rule.hidden));
  });
  help.setAttribute("aria-expanded", "false");
}

function addFacts(root, told, lights) {
  const list = add(root, "dl", "facts");
  const stated = told.facts.filter((fact) => fact.value || fact.notes.length || fact.quote);
  stated.forEach((fact) => {
    add(list, "dt", "", fact.name);
    const cell = add(list, "dd");
    if (!fact.value) add(cell, "em", "", "not stated");
    else if (lights.has([fact.key])) {
      const button = addButton(cell, "fact", "", () => {});
      addWords(button, "bdi", "", fact.value);
      button.title = "Show the words this was read from";
      lights.bind(button, [fact.key]);
    } else addWords(cell, "bdi", "value", fact.value);
    if (!fact.notes.length && !fact.quote) return;
    cell.append(" ");
    const note = add(cell, "span", "note", fact.notes.join(" · "));
    if (fact.notes.length && fact.quote) note.append(" · ");
    if (fact.quote) addWords(note, "q", "", fact.quote);
  });
  const rest = told.facts.filter((fact) => !stated.includes(fact)).map((fact) => fact.name.toLowerCase());
  if (!rest.length) return;
  add(list, "dt", "", "Not stated");
  add(add(list, "dd"), "em", "", rest.join(", "));
}
