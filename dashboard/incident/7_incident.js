// Puts the incident together. The stories are drawn first, since a fact leads to their words; they stand further down.

const drawn = new WeakMap();

function goToTop(parent) {
  let node = parent.host || parent.getRootNode().host || parent;
  while (node && node.parentElement && node.scrollHeight <= node.clientHeight + 1) node = node.parentElement;
  while (node && !/auto|scroll/.test(getComputedStyle(node).overflowY)) node = node.parentElement;
  if (node && node !== document.scrollingElement && node.closest(".st-key-panel, [data-testid=stVerticalBlock]")) node.scrollTop = 0;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const before = drawn.get(parentElement);
  const said = JSON.stringify(data);
  if (before && before.said === said) return; // what is unfolded and held stays so
  drawn.set(parentElement, { said, id: data.id });
  parentElement.querySelector(".incident")?.remove();
  const root = add(parentElement, "div", data.dark ? "incident dark" : "incident");
  const live = document.createElement("p");
  live.className = "live";
  live.setAttribute("aria-live", "polite");
  const lights = new Lights(root, live);
  const stories = addStories(root, data, lights, live, setTriggerValue);
  addHead(root, data, lights, live);
  addSentence(root, data, lights, live);
  addSquares(root, data, lights);
  addFacts(root, data, lights);
  addStrips(root, data, lights);
  root.append(stories);
  addRelated(root, data, setTriggerValue);
  addHistory(root, data);
  addReasons(root, data);
  root.append(live);
  if (before && before.id !== data.id) goToTop(parentElement);
}
