// Stories as rows, each with its copies folded under it. Words of articles reach the page as text only.

const HEADS = ["", "Story", "Outlet", "Published", "Words", "Incidents", "Totals", "Issues"];

const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

// The number an article yielded; none is said by a dash, since it was read and gave nothing.
function addYield(row, number, what) {
  const cell = add(row, "td", `number ${what}${number ? "" : " none"}`, number ? number.toLocaleString("en") : "–");
  cell.setAttribute("aria-label", number ? count(number, what) : `no ${what}s`);
}

function addArticle(body, article, pick, copy) {
  const row = add(body, "tr", copy ? "copy" : "lead");
  const fold = add(row, "td", "fold");
  const title = add(row, "th", "title");
  title.scope = "row";
  const open = addButton(title, "open", article.title, () => pick(article.id));
  open.dir = "auto";
  if (copy) add(title, "span", "kind", article.copy);
  const outlet = add(row, "td", "outlet");
  if (article.link) {
    const link = add(outlet, "a", "", article.outlet);
    Object.assign(link, { href: article.link, target: "_blank", rel: "noopener noreferrer", dir: "auto" });
    link.title = "Open the publisher's page";
  } else add(outlet, "span", "", article.outlet).dir = "auto";
  add(row, "td", "published", article.published);
  add(row, "td", "number words", article.words);
  addYield(row, article.incidents, "incident");
  addYield(row, article.totals, "total");
  addYield(row, article.issues, "issue");
  return fold;
}

function addStory(table, story, pick, opened) {
  const body = add(table, "tbody");
  const fold = addArticle(body, story, pick, false);
  const copies = story.copies.map((copy) => addArticle(body, copy, pick, true).parentElement);
  if (!copies.length) return;
  const toggle = addButton(fold, "toggle");
  const show = (shown) => {
    copies.forEach((row) => (row.hidden = !shown));
    toggle.setAttribute("aria-expanded", String(shown));
  };
  add(toggle, "span", "arrow", "▸");
  add(toggle, "span", "many", `+${copies.length}`);
  toggle.title = `${copies.length === 1 ? "1 copy" : `${copies.length} copies`} of this text`;
  toggle.addEventListener("click", () => show(copies[0].hidden));
  show(opened);
  toggle.setAttribute("aria-label", toggle.title);
}

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const said = JSON.stringify(data);
  if (drawn.get(parentElement) === said) return; // what is unfolded stays so
  drawn.set(parentElement, said);
  parentElement.querySelector(".stories")?.remove();
  const home = add(parentElement, "div", "stories");
  const table = add(home, "table");
  const head = add(add(table, "thead"), "tr");
  HEADS.forEach((words, place) => {
    const cell = add(head, "th", place > 3 ? "number" : "", words || undefined);
    cell.scope = "col";
    if (!words) cell.setAttribute("aria-label", "Copies");
  });
  data.stories.forEach((story) => addStory(table, story, (id) => setTriggerValue("pick", id), data.open));
}
