// Makes elements. Words of articles and of people reach the page as text only.

function add(parent, tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

// Adds words that we did not write: of unknown direction, kept to themselves.
const addWords = (parent, tag, cls, text) => {
  const node = add(parent, tag, cls, text);
  node.dir = "auto";
  return node;
};

function addButton(parent, cls, text, act, key) {
  const node = add(parent, "button", cls, text);
  node.type = "button";
  if (key) {
    add(node, "kbd", "", key).ariaHidden = "true";
    node.setAttribute("aria-keyshortcuts", key);
  }
  node.addEventListener("click", () => act(node));
  return node;
}

function addSelect(parent, options, value, label) {
  const node = add(parent, "select");
  node.setAttribute("aria-label", label);
  options.forEach(([word, about]) => {
    const option = add(node, "option", "", word.replaceAll("_", " ") || "not stated");
    option.value = word;
    if (about) option.title = about;
  });
  node.value = value;
  return node;
}

const say = (number) => number.toLocaleString("en");
const isField = (node) => Boolean(node?.matches?.("input, select, textarea, [contenteditable=true]"));
