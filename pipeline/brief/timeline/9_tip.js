// The tooltip, and how arrow keys find the next mark.

class Tip {
  constructor(root) {
    this.root = root;
    this.node = addHtml(root, "div", "tip");
  }

  // Show lines above a box of the screen, or below it where there is no room; the first is the title.
  show(lines, box) {
    this.node.replaceChildren();
    lines.forEach((line, i) => line && addHtml(this.node, "div", ["title", "", "", "where"][i], line));
    this.node.classList.add("shown");
    const home = this.root.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const middle = (Math.max(box.left, home.left) + Math.min(box.right, home.right)) / 2;
    const above = box.top - home.top - height - 8;
    this.node.style.left = `${Math.min(Math.max(middle - home.left - width / 2, 0), home.width - width)}px`;
    this.node.style.top = `${above < -60 ? box.bottom - home.top + 8 : above}px`;
  }

  tellOf(node) {
    const says = node.mark ? node.mark.says : [node.cell.says[2], node.cell.says[1], "", node.cell.says[0]];
    this.show(says, node.querySelector(".shape").getBoundingClientRect());
  }

  hide() {
    this.node.classList.remove("shown");
  }
}

const partOf = (node) => node.mark || node.cell;
const middleOf = (node) => (partOf(node).days[0] + partOf(node).days[1]) / 2;

// Give the index of the node a key leads to from `index`, or null for other keys. Nodes are in the order of time.
function findNext(nodes, index, key) {
  const steps = {
    ArrowRight: () => Math.min(index + 1, nodes.length - 1),
    ArrowLeft: () => Math.max(index - 1, 0),
    ArrowDown: () => findInLane(nodes, index, 1),
    ArrowUp: () => findInLane(nodes, index, -1),
    Home: () => 0,
    End: () => nodes.length - 1,
  };
  return key in steps ? steps[key]() : null;
}

// Give the node of the next lane, downwards or upwards, that is nearest in time.
function findInLane(nodes, index, way) {
  const here = nodes[index];
  const ahead = (node) => (partOf(node).lane - partOf(here).lane) * way;
  const nearest = Math.min(...nodes.map(ahead).filter((steps) => steps > 0));
  const apart = (node) => Math.abs(middleOf(node) - middleOf(here));
  const [next] = nodes.filter((node) => ahead(node) === nearest).sort((a, b) => apart(a) - apart(b));
  return next ? nodes.indexOf(next) : index;
}
