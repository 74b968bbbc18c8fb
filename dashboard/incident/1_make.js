// Makes what the parts of an incident are made of.

// Adds words of several hands, each kept from turning the others round.
function addPieces(parent, pieces) {
  pieces.forEach((piece, place) => {
    if (place) parent.append(" · ");
    add(parent, "bdi", "", piece);
  });
}

function addLink(parent, cls, text, href) {
  const node = add(parent, "a", cls, text);
  Object.assign(node, { href, target: "_blank", rel: "noopener noreferrer" });
  return node;
}

function addFold(parent, cls, title, count) {
  const fold = add(parent, "details", cls);
  const summary = add(fold, "summary", "", title);
  if (count !== undefined) add(summary, "span", "count", ` ${count.toLocaleString("en")}`);
  return fold;
}

const say = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many || `${one}s`}`;
