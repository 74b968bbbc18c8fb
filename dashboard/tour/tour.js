// A tour of four steps: a card beside the part of the page it speaks of, and a ring around that part. It opens by
// itself once for each browser, where the page is opened without a question; whoever follows a link came for that link.

const KEY = "incident-tour";
const GAP = 12; // pixels between the card, the part and the edge of the window
const WIDE = 340;

// A browser may refuse to keep anything; the tour then opens again, which is no harm.
function isSeen() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function keepSeen() {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {}
}

class Tour {
  constructor(home) {
    this.at = 0;
    this.ring = add(home, "div", "ring");
    this.card = add(home, "div", "card");
    for (const layer of [this.ring, this.card]) layer.popover = "manual";
    this.ring.setAttribute("aria-hidden", "true");
    this.card.setAttribute("role", "dialog");
    this.card.setAttribute("aria-labelledby", "tour-title");
    this.card.setAttribute("aria-describedby", "tour-words");
    this.card.tabIndex = -1;
    this.count = add(this.card, "p", "count");
    this.title = add(this.card, "h2");
    this.title.id = "tour-title";
    this.words = add(this.card, "p");
    this.words.id = "tour-words";
    const foot = add(this.card, "div", "foot");
    this.quit = addButton(foot, "quit", "Close the tour", () => this.close());
    this.back = addButton(foot, "", "Back", () => this.go(this.at - 1));
    this.next = addButton(foot, "main", "Next", () => this.go(this.at + 1));
    this.card.addEventListener("keydown", (event) => this.press(event));
    this.place = () => this.isOpen() && this.put();
    this.clock = setInterval(this.place, 400); // parts of the page come, go and grow without telling
    for (const what of ["resize", "scroll"]) window.addEventListener(what, this.place, true);
  }

  isOpen() {
    return this.card.matches(":popover-open");
  }

  open(steps) {
    this.steps = steps;
    this.before = document.activeElement;
    for (const layer of [this.ring, this.card]) if (!layer.matches(":popover-open")) layer.showPopover();
    this.go(0);
    this.card.focus({ preventScroll: true });
  }

  close() {
    keepSeen();
    for (const layer of [this.ring, this.card]) layer.hidePopover();
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  go(step) {
    if (step < 0) return;
    if (step >= this.steps.length) return void this.close();
    this.at = step;
    const { title, words } = this.steps[step];
    const last = step === this.steps.length - 1;
    this.count.textContent = `${step + 1} of ${this.steps.length}`;
    this.title.textContent = title;
    this.words.textContent = words;
    this.back.hidden = step === 0;
    this.quit.hidden = last;
    this.next.textContent = last ? "Done" : "Next";
    this.find()?.scrollIntoView({ block: "nearest" });
    this.put();
    if (step) this.next.focus({ preventScroll: true });
  }

  find() {
    const found = this.steps[this.at].parts.map((name) => document.querySelector(name));
    return found.find((node) => node && node.getBoundingClientRect().width > 40);
  }

  // Put the card where there is room: right of the part, left of it, or over its lower corner.
  put() {
    const part = this.find();
    const box = part ? part.getBoundingClientRect() : { left: 0, right: 0, top: 60, bottom: 60, width: 0, height: 0 };
    const top = Math.max(box.top, 2), bottom = Math.min(box.bottom, innerHeight - 2);
    this.ring.hidden = !part;
    Object.assign(this.ring.style, { left: `${box.left}px`, top: `${top}px`, width: `${box.width}px`,
      height: `${Math.max(bottom - top, 0)}px` });
    const wide = Math.min(WIDE, innerWidth - 2 * GAP), tall = this.card.offsetHeight;
    let left = box.right + GAP;
    if (left + wide + GAP > innerWidth) left = box.left - GAP - wide;
    if (left < GAP) left = Math.max(GAP, Math.min(box.right - wide - GAP, innerWidth - wide - GAP));
    const y = Math.max(GAP, Math.min(top + GAP, innerHeight - tall - GAP));
    Object.assign(this.card.style, { left: `${left}px`, top: `${y}px`, width: `${wide}px` });
  }

  press(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") this.close();
    else if (step) this.go(Math.max(0, Math.min(this.steps.length - 1, this.at + step)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  remove() {
    clearInterval(this.clock);
    for (const what of ["resize", "scroll"]) window.removeEventListener(what, this.place, true);
    this.ring.remove();
    this.card.remove();
  }
}

const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  if (!drawn.has(parentElement)) {
    drawn.set(parentElement, { tour: new Tour(parentElement), asked: data.asked });
    if (data.fresh && !isSeen()) drawn.get(parentElement).tour.open(data.steps);
  }
  const held = drawn.get(parentElement);
  if (data.asked > held.asked) held.tour.open(data.steps);
  held.asked = data.asked;
  return () => {
    held.tour.remove();
    drawn.delete(parentElement);
  };
}
