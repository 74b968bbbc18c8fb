// Views kept by name in this browser. Names and words reach the page as text only.

const KEY = "incidents.views";
const MOST = 500;

function addNamed(parent, cls, text, label, act) {
  const button = addButton(parent, cls, text, act);
  button.title = label;
  button.setAttribute("aria-label", label);
  return button;
}

const isView = (one) => one && typeof one.name === "string" && one.name && typeof one.link === "string";

function clean(views) {
  const kept = new Map();
  for (const { name, link, words } of Array.isArray(views) ? views.filter(isView) : []) {
    kept.set(name.slice(0, 80), { name: name.slice(0, 80), link, words: typeof words === "string" ? words : "" });
  }
  return [...kept.values()].slice(0, MOST);
}

function read() {
  try {
    return clean(JSON.parse(window.localStorage.getItem(KEY) || "[]"));
  } catch {
    return [];
  }
}

class Saved {
  constructor(parent) {
    this.root = add(parent, "div", "saved");
    const form = add(this.root, "form", "new");
    this.name = add(form, "input");
    this.name.maxLength = 80;
    this.name.placeholder = "Name of this view";
    this.name.setAttribute("aria-label", "Name of this view");
    this.keep = add(form, "button", "plain", "Save");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save(this.name.value.trim() || this.data.words.slice(0, 80));
    });
    this.now = add(this.root, "p", "now");
    this.list = add(this.root, "ul");
    this.said = add(this.root, "p", "said");
    this.said.setAttribute("role", "status");
    this.drawFoot();
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    this.now.textContent = `Now: ${data.words}`;
    this.draw();
  }

  write(views, said) {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(clean(views)));
      this.said.textContent = said;
    } catch {
      this.said.textContent = "This browser keeps nothing for this page: allow it to store data, or copy the link.";
    }
    this.draw();
  }

  save(name) {
    const others = read().filter((one) => one.name !== name);
    const said = others.length < read().length ? `“${name}” is now this view.` : `“${name}” is saved.`;
    this.write([{ name, link: this.data.link, words: this.data.words }, ...others], said);
    this.name.value = "";
  }

  rename(view, name) {
    if (!name || name === view.name) return this.draw();
    if (read().some((one) => one.name === name)) {
      this.said.textContent = `There is a view “${name}” already.`;
      return this.draw();
    }
    this.write(read().map((one) => (one.name === view.name ? { ...one, name } : one)), `It is called “${name}” now.`);
  }

  remove(view) {
    this.write(read().filter((one) => one.name !== view.name), "");
    this.said.textContent = `“${view.name}” is deleted. `;
    const undo = () => this.write([view, ...read().filter((one) => one.name !== view.name)], `“${view.name}” is back.`);
    addButton(this.said, "link", "Undo", undo);
  }

  draw() {
    const views = read();
    this.list.textContent = "";
    if (!views.length) add(this.list, "li", "none", "None yet. Give what you look at a name and keep it here.");
    for (const view of views) this.drawView(view);
    this.out.disabled = !views.length;
  }

  drawView(view) {
    const line = add(this.list, "li", view.link === this.data.link ? "is" : "");
    const open = addButton(line, "open", "", () => this.send("open", view.link));
    add(open, "b", "", view.name).dir = "auto";
    add(open, "span", "", view.words).dir = "auto";
    open.title = view.words;
    addNamed(line, "small", "Rename", `Rename ${view.name}`, () => this.drawRename(line, view));
    addNamed(line, "small", "Delete", `Delete ${view.name}`, () => this.remove(view));
  }

  drawRename(line, view) {
    line.textContent = "";
    const field = add(line, "input");
    field.value = view.name;
    field.maxLength = 80;
    field.setAttribute("aria-label", `New name of ${view.name}`);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.rename(view, field.value.trim());
      if (event.key === "Escape") this.draw();
      if (event.key === "Enter" || event.key === "Escape") event.stopPropagation();
    });
    addButton(line, "small", "OK", () => this.rename(view, field.value.trim()));
    field.focus();
    field.select();
  }

  drawFoot() {
    const foot = add(this.root, "div", "foot");
    add(foot, "span", "", "Kept in this browser only.");
    this.out = addNamed(foot, "link", "Export", "Export these views as a file", () => this.export());
    addNamed(foot, "link", "Import", "Import views from a file", () => this.file.click());
    this.file = add(foot, "input");
    this.file.type = "file";
    this.file.accept = ".json,application/json";
    this.file.hidden = true;
    this.file.setAttribute("aria-label", "File of views");
    this.file.addEventListener("change", () => this.import(this.file.files[0]));
  }

  export() {
    const link = document.createElement("a");
    const blob = new Blob([JSON.stringify(read(), null, 2)], { type: "application/json" });
    link.href = URL.createObjectURL(blob);
    link.download = "incident-views.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async import(file) {
    if (!file) return;
    try {
      const views = clean(JSON.parse(await file.text()));
      if (!views.length) throw new Error("empty");
      const names = new Set(views.map((one) => one.name));
      this.write([...views, ...read().filter((one) => !names.has(one.name))], `${views.length} views were added.`);
    } catch {
      this.said.textContent = `${file.name} holds no views: choose a file that was exported here.`;
    }
    this.file.value = "";
  }

  leave() {
    this.root.remove();
  }
}

export default mount(Saved, "setTriggerValue");
