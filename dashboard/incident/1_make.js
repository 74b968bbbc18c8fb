// Makes elements. Words of articles reach the page as text only; whatever is of unknown direction keeps it to itself.

function add(parent, tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

// Adds words that we did not write.
const addWords = (parent, tag, cls, text) => {
  const node = add(parent, tag, cls, text);
  node.dir = "auto";
  return node;
};

// Adds words of several hands, each kept from turning the others round.
function addPieces(parent, pieces) {
  pieces.forEach((piece, place) => {
    if (place) parent.append(" · ");
    add(parent, "bdi", "", piece);
  });
}

function addButton(parent, cls, text, act) {
  const node = add(parent, "button", cls, text);
  node.type = "button";
  node.addEventListener("click", () => act(node));
  return node;
}

function addLink(parent, cls, text, href) {
  const node = add(parent, "a", cls, text);
  Object.assign(node, { href, target: "_blank", rel: "noopener noreferrer" });
  return node;
}

function addDrawing(parent, tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  parent.append(node);
  return node;
}

function addFold(parent, cls, title, count) {
  const fold = add(parent, "details", cls);
  const summary = add(fold, "summary", "", title);
  if (count !== undefined) add(summary, "span", "count", ` ${count.toLocaleString("en")}`);
  return fold;
}

const say = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many || `${one}s`}`;
