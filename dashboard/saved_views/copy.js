// A button that copies the address of what is shown. Browsers hand the clipboard to safe addresses only (https, or
// this machine); on others an older way is tried, and at last the address is shown to be copied by hand.

const SHOWN = 1800; // milliseconds that "Copied" stays

function copyOldWay(text) {
  const area = add(document.body, "textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

const drawn = new WeakSet();

export default function ({ data, parentElement }) {
  if (drawn.has(parentElement)) return;
  drawn.add(parentElement);
  const home = add(parentElement, "div", "copy");
  const button = addButton(home, "plain");
  button.title = "Copies the address of exactly this view: filters, order, columns and the open incident";
  const words = add(button, "span", "", data.label);
  words.setAttribute("aria-live", "polite");
  const field = add(home, "input", "address");
  field.readOnly = true;
  field.hidden = true;
  field.setAttribute("aria-label", "Address of this view");
  button.addEventListener("click", async () => {
    const address = window.location.href;
    const done = await copy(address);
    field.hidden = done;
    words.textContent = done ? "Copied" : "Copy by hand:";
    button.classList.toggle("done", done);
    if (!done) {
      field.value = address;
      field.focus();
      field.select();
    }
    setTimeout(() => {
      words.textContent = data.label;
      button.classList.remove("done");
    }, done ? SHOWN : 20 * SHOWN);
  });
}
