// Small means of drawing. Data reach the page as text nodes and attributes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function add(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function addHtml(parent, name, className, text = null) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== null) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function addButton(parent, text, act) {
  const button = addHtml(parent, "button", "", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function size(svg, width, height) {
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

const sayNumber = (number) => number.toLocaleString("en");

function sayIncidents(number) {
  return `${sayNumber(number)} incident${number === 1 ? "" : "s"}`;
}

// Say what is sure to lie in a bin, and what may.
function sayCounts(sure, may) {
  if (!may) return sayIncidents(sure);
  if (!sure) return `${sayIncidents(may)} may fall here`;
  return `${sayIncidents(sure)}, and ${sayNumber(may)} that may fall here`;
}

const ruler = document.createElement("canvas").getContext("2d");

function measure(text, font) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

// Cut a label to its room, with an ellipsis; the whole label stays as the title.
function addLabel(parent, text, room, font, attributes) {
  let shown = text;
  while (shown.length > 1 && measure(shown === text ? text : `${shown}…`, font) > room) {
    shown = shown.slice(0, -1).trimEnd();
  }
  const node = add(parent, "text", attributes, shown === text ? text : `${shown}…`);
  if (shown !== text) add(node, "title", {}, text);
  return node;
}

function drawGrid(parent, scale, top, bottom) {
  const { ticks, outers } = findTicks(scale);
  const strong = new Set(outers.map((outer) => outer.day));
  for (const { day } of ticks) {
    const x = Math.round(scale.x(day)) + 0.5;
    add(parent, "line", { x1: x, x2: x, y1: top, y2: bottom, class: strong.has(day) ? "grid strong" : "grid" });
  }
}

// Draw the labels of an axis below y; those that would touch each other or the edge are left out.
function drawAxis(parent, scale, y, font) {
  const { ticks, outers } = findTicks(scale);
  let free = scale.left - 4;
  for (const { day, label } of ticks) {
    const x = scale.x(day) + 3;
    const end = x + measure(label, font);
    if (x < free || end > scale.right) continue;
    add(parent, "text", { x, y: y + 13, class: "tick" }, label);
    free = end + 6;
  }
  for (const { day, end, label } of outers) {
    const x = scale.x(day) + 3;
    if (scale.x(end) - x < measure(label, `600 ${font}`) + 6) continue;
    add(parent, "text", { x, y: y + 29, class: "tick outer" }, label);
  }
  return outers.length ? 34 : 18;
}
