// Makes elements. Words of articles and of people reach the page as text only.

function add(parent, tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

// Adds words that we did not write: of unknown direction, kept to themselves.
function addWords(parent, tag, cls, text) {
  const node = add(parent, tag, cls, text);
  node.dir = "auto";
  return node;
}

function addButton(parent, cls, text, act) {
  const node = add(parent, "button", cls, text);
  node.type = "button";
  if (act) node.addEventListener("click", () => act(node));
  return node;
}

function addDrawing(parent, tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  parent.append(node);
  return node;
}
