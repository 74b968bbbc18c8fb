// Makes what the desk is made of.

function addKeyed(parent, cls, text, act, key) {
  const node = addButton(parent, cls, text, act);
  add(node, "kbd", "", key).ariaHidden = "true";
  node.setAttribute("aria-keyshortcuts", key);
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
