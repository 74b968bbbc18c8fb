// Signing in leads over the provider back to the first page, without the link that was open: it is kept in this window
// meanwhile, and opened again once.
const KEY = "incident-return";
const here = () => location.pathname + location.search;

export default function ({ data }) {
  if (!data.back) {
    const keep = () => sessionStorage.setItem(KEY, here());
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  }
  const there = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (there && there !== here() && !location.search && /^\/(?![/\\])/.test(there)) location.replace(there);
}
