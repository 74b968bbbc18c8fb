// What the speaker's browser keeps: notes by step and the last step, under the link of the view. Nothing is sent.

const KEPT = "incident-speaker:";

function readKept(link) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT + link) ?? "{}");
    return { at: {}, notes: {}, ...(kept && typeof kept === "object" ? kept : {}) };
  } catch {
    return { at: {}, notes: {} };
  }
}

// A browser may refuse to keep anything; the notes then last as long as the window.
function keep(link, kept) {
  try {
    localStorage.setItem(KEPT + link, JSON.stringify(kept));
  } catch {}
}
