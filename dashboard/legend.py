"""The legend of the map, always under it: what the marks mean, what is not drawn, and whose data the ground is."""

import html
from collections.abc import Sequence

from dashboard.palette import FAMILIES
from dashboard.places import Place
from dashboard.provinces import RollUp
from dashboard.shades import Shade

CREDITS = "Boundaries are not authoritative. Natural Earth (public domain), place names GeoNames (CC BY 4.0)."
RING = "border:1px solid currentColor;opacity:.7"
RING_WORDS = "only the district or province is known: anywhere in the ring"
GREY = "background:currentColor;opacity:.5"


def explain_bubbles(places: Sequence[Place], dark: bool, missing: str, *, has_sites: bool, together: bool) -> str:
    """Explain bubbles."""
    present = {place.family.key for place in places}
    keys = [_write_key(f.label, write_disc(11, f"background:{f.colour(dark)}")) for f in FAMILIES if f.key in present]
    sizes = write_disc(7, GREY) + write_disc(13, GREY)
    keys.append(_write_key("larger: more incidents; colour: the most frequent type", sizes))
    if together:
        keys.append(
            _write_key("neighbours are counted together, in the middle of their incidents", _write_number("12"))
        )
    if has_sites:
        keys.append(_write_key("zoom in for single sites", write_disc(7, "background:currentColor;opacity:.75")))
    if not all(place.precise for place in places):
        core = write_disc(7, "border:1.5px solid currentColor;margin:3px")
        hollow = f'<span style="display:inline-block;border-radius:50%;{RING}">{core}</span>'
        words = "some are known to the district or province only" if together else RING_WORDS
        keys.append(_write_key(words, hollow))
    return _write(keys, missing)


def explain_shades(shades: Sequence[Shade], measure: str, rolled: RollUp) -> str:
    """Explain shades of provinces."""
    swatch = "display:inline-block;width:18px;height:12px;border:1px solid currentColor;flex:none"
    words = "Incidents in the province" if measure == "incidents" else "Killed in the province (best figures)"
    keys = [f"<span>{words}:</span>"]
    keys += [_write_key(label, f'<span style="{swatch};background:{colour}"></span>') for label, colour in shades]
    if measure == "killed" and any(one.people is None for one in rolled.provinces):
        keys.append(
            _write_key("no figure stated", f'<span style="{swatch};text-align:center;line-height:9px">–</span>')
        )
    keys.append("<span>Click a province to see it alone.</span>")
    return _write(keys, say_left_out(rolled))


def say_left_out(rolled: RollUp) -> str:
    """Say how many incidents lie on no province, and why.

    >>> say_left_out(RollUp(unnamed=3, unfound=1, names_unfound=("Atlantis",)))
    '4 incidents are on no province: for 3 none is stated, for 1 it is not on this map (Atlantis). '
    """
    left = rolled.unnamed + rolled.unfound
    if not left:
        return ""
    why = [f"for {rolled.unnamed:,} none is stated"] if rolled.unnamed else []
    if rolled.unfound:
        named = "; ".join(rolled.names_unfound[:3]) + (" …" if len(rolled.names_unfound) > 3 else "")
        why.append(f"for {rolled.unfound:,} it is not on this map ({named})")
    return f"{left:,} incident{'s are' if left != 1 else ' is'} on no province: {', '.join(why)}. "


def say_missing(left_out: int, outside: int) -> str:
    """Say which places are not drawn, and which only show once one zooms out.

    >>> say_missing(0, 2)
    '2 places lie outside the view that the map opened with. '
    """
    missing = f"{left_out:,} places with the fewest incidents are not drawn. " if left_out else ""
    lie = f"place{'s lie' if outside != 1 else ' lies'} outside the view that the map opened with. "
    return missing + (f"{outside:,} {lie}" if outside else "")


def _write(keys: Sequence[str], missing: str) -> str:
    """Write the legend; words of the data are escaped."""
    return (
        '<div class="map-legend" style="font-size:13px;line-height:1.45;display:flex;flex-wrap:wrap;'
        f'gap:4px 16px">{"".join(keys)}<span style="flex-basis:100%">{html.escape(missing + CREDITS)}</span></div>'
    )


def _write_key(label: str, mark: str) -> str:
    """Write one entry of the legend."""
    return f'<span style="display:inline-flex;align-items:center;gap:6px">{mark}{html.escape(label)}</span>'


def write_disc(width: int, style: str) -> str:
    """Write a disc; Streamlit lets no SVG through."""
    size = f"width:{width}px;height:{width}px"
    return f'<span style="display:block;box-sizing:border-box;flex:none;border-radius:50%;{size};{style}"></span>'


def _write_number(number: str) -> str:
    """Write a disc with a number in it."""
    style = (
        "border-radius:50%;border:1px solid currentColor;font-size:10px;width:17px;line-height:15px;text-align:center"
    )
    return f'<span style="display:inline-block;flex:none;{style}">{number}</span>'
