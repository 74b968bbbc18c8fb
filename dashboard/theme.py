"""The look for a briefing: larger type and the strongest contrast, over the light or the dark theme of the reader.

Light and dark are Streamlit's own, from the system or its menu. The projector's look is a setting of the link, so that
the link of a briefing opens as it is to be shown.
"""

from pathlib import Path

import streamlit as st

from dashboard.choice import choose_setting, get_setting

PROJECTOR = (Path(__file__).parent / "projector.css").read_text("utf-8")


def draw_theme() -> None:
    """Put the style sheet of the look on the page; it takes the same place whichever it is."""
    st.html(f"<style>{PROJECTOR if is_projector() else '/* the usual look */'}</style>")


def is_projector() -> bool:
    """Say whether the page is shown on a wall; a page without filters takes it from its link, or from where one was."""
    if "choice" in st.session_state:
        return get_setting("theme") == "projector"
    return st.query_params.get("theme") == "projector"


def is_dark() -> bool:
    """Say whether the page is dark."""
    return bool(st.context.theme.type == "dark")


def draw_theme_switch(key: str) -> None:
    """Draw the switch between the usual look and the projector's."""
    st.session_state[key] = is_projector()
    st.toggle(
        "Projector look", key=key, on_change=_take_switch, args=(key,),
        help="Larger type and the strongest contrast, for a wall. Light or dark follows your system, or the menu ⋮.",
    )  # fmt: skip


def _take_switch(key: str) -> None:
    """Show the look that the switch says."""
    choose_setting("theme", "projector" if st.session_state[key] else "usual")
