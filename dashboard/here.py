"""Only here: the picked place, its province, or a box around it, as a filter like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import streamlit as st

from dashboard.choice import choose_view
from dashboard.load import Shown
from dashboard.places import Box, Place, find_open
from dashboard.words import escape_markdown
from pipeline.view import View

REACHES = (25, 50, 100, 250)  # kilometres from the place to each side of the box
DEGREE = 111.32  # kilometres


@dataclass(frozen=True, slots=True)
class Here:
    """A place that a filter can be set to."""

    longitude: float
    latitude: float
    country: str = ""
    admin1: str = ""
    city: str = ""
    box: Box | None = None  # of a place that has no town's name


def find_here(shown: Shown, spot: Place | None, incident_id: str) -> Here | None:
    """Give the place that is picked, else that of the open incident, None where neither has a point."""
    if spot:
        return Here(spot.longitude, spot.latitude, spot.country, spot.admin1, spot.city, spot.box)
    row = find_open(shown, incident_id)
    return Here(*(row[name] for name in ("longitude", "latitude", "country", "admin1", "city"))) if row else None


def draw_here(view: View, here: Here | None, name: str) -> None:
    """Draw the button, and under it what can be asked of the place."""
    label = "Only here" if not view.box else "Only here: box"
    with st.popover(label, icon=":material/my_location:", key="here", disabled=here is None and not view.box,
                    help=None if here or view.box else "Pick a place or an incident first"):  # fmt: skip
        if here:
            _draw_choices(view, here, name)
        if view.box:
            st.button("Take the box off", key="here-no-box", icon=":material/close:", on_click=choose_view,
                      args=(replace(view, box=None),), width="stretch")  # fmt: skip


def _draw_choices(view: View, here: Here, name: str) -> None:
    """Draw a button for each thing that can be asked."""
    for key, label, asked in offer_views(view, here, name):
        st.button(escape_markdown(label), key=f"here-{key}", on_click=choose_view, args=(asked,), width="stretch")
    st.caption("In a box around it, reaching so many kilometres each way:")
    with st.container(horizontal=True, gap="small"):
        for reach in REACHES:
            asked = replace(view, box=box_around(here.longitude, here.latitude, reach))
            st.button(f"{reach} km", key=f"here-{reach}", on_click=choose_view, args=(asked,))


def offer_views(view: View, here: Here, name: str) -> Sequence[tuple[str, str, View]]:
    """Give what can be asked of a place by its names, with the view that asks it."""
    area = {"countries": (here.country,), "provinces": (here.admin1,)}
    offers = []
    if here.city:
        offers.append(("place", f"Only {here.city}", replace(view, **area, cities=(here.city,))))
    elif here.box:
        offers.append(("place", f"Only {name}" if len(name) < 40 else "Only this place", replace(view, box=here.box)))
    if here.admin1:
        offers.append(("province", f"Only {here.admin1} (province)", replace(view, **area, cities=())))
    return offers


def box_around(longitude: float, latitude: float, reach: float) -> Box:
    """Give the box that reaches so many kilometres each way, over the date line where it must.

    >>> box_around(69.1723, 34.5281, 25)
    (68.8997, 34.3035, 69.4449, 34.7527)
    >>> box_around(179.9, 0, 100)
    (179.0017, -0.8983, -179.2017, 0.8983)
    """
    tall = reach / DEGREE
    wide = tall / max(cos(radians(latitude)), 0.05)
    west, east = ((end + 180) % 360 - 180 for end in (longitude - wide, longitude + wide))
    south, north = max(latitude - tall, -90.0), min(latitude + tall, 90.0)
    return round(west, 4), round(south, 4), round(east, 4), round(north, 4)
