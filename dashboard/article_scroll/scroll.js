// Brings the words that were asked for into sight, once for each time they are asked for.

const done = new WeakMap();

export default function ({ data, parentElement }) {
  if (done.get(parentElement) === data.id) return;
  done.set(parentElement, data.id);
  setTimeout(() => document.getElementById(data.id)?.scrollIntoView({ block: "center" }), 300);
}
