// Keeps one `Kind` for each place of the page that a component is drawn at: it is made once, hears of all that comes
// later by `update(data, send)`, where `send` is what the component gives under that name, and by `leave()` of its end.

function mount(Kind, send) {
  const drawn = new WeakMap();
  return (given) => {
    const { data, parentElement } = given;
    if (!drawn.has(parentElement)) drawn.set(parentElement, new Kind(parentElement));
    drawn.get(parentElement).update(data, given[send]);
    return () => {
      drawn.get(parentElement)?.leave();
      drawn.delete(parentElement);
    };
  };
}
