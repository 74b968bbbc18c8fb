// Lights the words that a fact was read from while the fact is pointed at, and holds them lit when it is clicked.

class Lights {
  constructor(root, live) {
    Object.assign(this, { root, live, words: new Map(), cells: new Map(), held: null });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.held) this.hold(null);
    });
  }

  // Notes that an element shows words of a text that are read as `keys`; pointing at them shows their cell.
  addWords(node, keys) {
    keys.forEach((key) => this.words.set(key, [...(this.words.get(key) || []), node]));
    node.addEventListener("pointerenter", () => this.show(keys));
    node.addEventListener("pointerleave", () => this.show(this.held || []));
  }

  has(keys) {
    return keys.some((key) => this.words.has(key));
  }

  // Makes a button of a cell that has words in the text; any other cell stays plain.
  bind(node, keys) {
    keys.forEach((key) => this.cells.set(key, [...(this.cells.get(key) || []), node]));
    node.setAttribute("aria-pressed", "false");
    node.addEventListener("pointerenter", () => this.show(keys));
    node.addEventListener("pointerleave", () => this.show(this.held || []));
    node.addEventListener("focus", () => node.matches(":focus-visible") && this.show(keys));
    node.addEventListener("blur", () => this.show(this.held || []));
    node.addEventListener("click", () => this.hold(this.isHeld(keys) ? null : keys));
  }

  isHeld(keys) {
    return this.held !== null && this.held.join() === keys.join();
  }

  show(keys) {
    this.root.classList.toggle("lighting", this.has(keys));
    this.root.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
    keys.forEach((key) => [...(this.words.get(key) || []), ...(this.cells.get(key) || [])].forEach((node) => node.classList.add("lit")));
  }

  hold(keys) {
    this.held = keys;
    this.cells.forEach((nodes, key) => nodes.forEach((node) => node.setAttribute("aria-pressed", String(!!keys && keys.includes(key)))));
    this.show(keys || []);
    const lit = keys ? keys.flatMap((key) => this.words.get(key) || []) : [];
    const words = [...new Set(lit)];
    if (!words.length) return void (this.live.textContent = "");
    const target = words.find((node) => node.closest(".sentence")) || words.find((node) => node.closest("mark:not(.also)")) || words[0];
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    const outlet = target.closest(".story, .sentence")?.querySelector("strong")?.textContent || "";
    this.live.textContent = `Lit: “${target.textContent}”, ${outlet}${words.length > 1 ? `, and ${words.length - 1} more` : ""}`;
  }
}

// Copies text; a page that is not served securely has no clipboard, and takes the old way.
async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused to this window; the old way may still be open.
    }
  }
  const box = add(document.body, "textarea", "");
  box.value = text;
  box.style.cssText = "position:fixed;opacity:0";
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

// Adds a button that copies what `write` gives, and says so.
function addCopy(parent, cls, text, label, live, write) {
  const button = addButton(parent, `copy ${cls}`, text, async () => {
    const done = await copyText(write());
    const said = done ? "Copied" : "Not copied: the browser refused";
    button.textContent = said;
    live.textContent = done ? `${label}: copied` : said;
    button.classList.toggle("done", done);
    setTimeout(() => ((button.textContent = text), button.classList.remove("done")), 1800);
  });
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}
