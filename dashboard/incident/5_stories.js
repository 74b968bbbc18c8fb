// The sentences of each outlet in order of publication, marked in their surroundings, with copies under their story.

const AT_ONCE = 6; // stories shown before the others are folded away
const SENTENCES = ["lead", "also"];

// Adds the stretches of a paragraph; those that stand in one sentence share one mark.
function addParagraph(parent, stretches, lights) {
  if (!stretches.length) return void add(parent, "p", "cut", "…");
  const paragraph = add(parent, "p");
  let mark = null;
  stretches.forEach(([words, ...keys]) => {
    const kind = SENTENCES.find((one) => keys.includes(one));
    if (!kind) mark = null;
    else if (!mark || mark.dataset.kind !== kind) {
      mark = add(paragraph, "mark", kind === "also" ? "also" : "");
      mark.dataset.kind = kind;
    }
    const facts = keys.filter((key) => !SENTENCES.includes(key));
    const home = mark || paragraph;
    if (facts.length) lights.addWords(add(home, "span", "word", words), facts);
    else home.append(words);
  });
}

function addOrigin(parent, one, live) {
  const line = add(parent, "div", "origin");
  addWords(line, "strong", "", one.outlet);
  add(line, "span", "", one.published);
  if (one.kind) add(line, "span", "", one.kind);
  const acts = add(line, "span", "ends");
  if (one.link) addLink(acts, "", "Open ↗", one.link).title = "Opens the publisher's page at the sentence";
  else add(acts, "span", "", "no address");
  addCopy(acts, "", "Copy quote", `Copy quote of ${one.outlet}`, live, () => one.quote);
  return line;
}

function addStory(parent, story, lights, live, send) {
  const home = add(parent, "article", `story${story.lead ? " source" : ""}`);
  addOrigin(home, story, live);
  if (story.title) addWords(home, "div", "headline", story.title);
  const text = add(home, "div", "article");
  text.dir = "auto";
  story.text.forEach((paragraph) => addParagraph(text, paragraph, lights));
  if (story.lead) {
    const foot = add(home, "div", "foot");
    if (story.more || story.whole)
      addButton(foot, "plain", story.whole ? "Show the sentence only" : "Show the whole article", () => send("text", Date.now()));
    const address = `sources?article=${encodeURIComponent(story.article)}&at=${story.at}`;
    addLink(foot, "", "All that was read from it", address);
  }
  if (!story.copies.length) return;
  const fold = addFold(home, "copies", say(story.copies.length, "copy", "copies"));
  story.copies.forEach((copy) => addOrigin(fold, copy, live));
}

function addStories(root, told, lights, live, send) {
  const part = add(root, "section", "stories");
  const head = add(part, "h4", "", "In the words of the articles");
  add(head, "span", "count", ` ${say(told.stories.length, "story", "stories")}, the earliest first`);
  const rest = told.stories.length - AT_ONCE;
  const fold = rest > 1 ? addFold(root, "rest", "Later stories", 0) : null;
  let folded = 0;
  told.stories.forEach((story, place) => {
    const away = fold && place >= AT_ONCE && !story.lead;
    folded += away ? 1 : 0;
    addStory(away ? fold : part, story, lights, live, send);
  });
  if (fold) fold.querySelector(".count").textContent = ` ${folded}`;
  if (fold) part.append(fold);
  return part;
}
