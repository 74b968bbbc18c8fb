"""A release in place of the tables of now: the link names it, every page shows it, and a line says so.

What is shown is exactly what was frozen: a release of which any file was changed is refused with a sentence.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard.choice import choose_release, get_release
from dashboard.theme import is_projector
from dashboard.words import escape_markdown, shorten
from pipeline.curation.place import curation_of_page
from pipeline.curation.releases import Release, ReleaseError, check_release, find_folder
from pipeline.curation.since import say_day

FIELD = "release"  # of the link
Stamp = tuple[tuple[str, int, int], ...]


def open_release() -> Path | None:
    """Give the folder of the release that is asked for and say what it is, None for the tables of now.

    Ends the page with a sentence where there is no such release, or it is not what was frozen.
    """
    name = get_release()
    if not name:
        return None
    try:
        folder = find_folder(curation_of_page(), name)
        release = find_checked(folder)
    except ReleaseError as error:
        st.title("This release cannot be shown", anchor=False)
        st.error(escape_markdown(str(error)), icon=":material/gpp_bad:")
        st.button("Show the tables of now", on_click=leave_release, icon=":material/update:", key="leave-release")
        st.stop()
    _draw_banner(release)
    return folder


def find_checked(folder: Path) -> Release:
    """Give a release whose files were checked, once for each state of them. Raises ReleaseError."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    return _check(str(folder), stamp)


@st.cache_resource(max_entries=20, show_spinner="Checking the release …")
def _check(folder: str, stamp: Stamp) -> Release:
    """Check a release in the state that the stamp names."""
    place = Path(folder)
    return check_release(place.parent.parent, place.name)


def leave_release() -> None:
    """Show the tables of now."""
    st.session_state.release_left = get_release()
    choose_release("")


def _draw_banner(release: Release) -> None:
    """Say which release is shown, and lead back to now."""
    with st.container(horizontal=True, vertical_alignment="center", key="release"):
        by, note = (escape_markdown(shorten(words, 120)) for words in (release.by, release.note))
        told = f"by {by}{f': {note}' if note else ''}" if by else note
        st.markdown(
            f":material/inventory_2: **Release {escape_markdown(release.name)}**, as it was frozen on "
            f"{say_day(release.day)} {told}".strip(), width="stretch",
        )  # fmt: skip
        st.button("Back to now", on_click=leave_release, icon=":material/update:", key="leave-release")


def enter_release() -> None:
    """On a page whose link is not that of the view: take the release its link names, and keep it in the link.

    A link without one does not lead back to now: the browser may still tell of the link before the last one. So the
    release that was just left is not entered again until a link without it was seen.
    """
    state, asked = st.session_state, st.query_params.get(FIELD, "").strip()
    if not asked:
        state.release_left = ""
    elif asked not in (get_release(), state.get("release_left")):
        choose_release(asked)
    write_fields(read_fields())


def read_fields() -> dict[str, str]:
    """Give the fields of a page's own link: without the release and the look, which every page has."""
    return {key: value for key, value in dict(st.query_params).items() if key not in (FIELD, "theme")}


def write_fields(fields: Mapping[str, str]) -> None:
    """Write the fields of a page's own link; the release and the look stay in it."""
    theme = {"theme": "projector"} if is_projector() else {}
    query = {**fields, **({FIELD: name} if (name := get_release()) else {}), **theme}
    if query != dict(st.query_params):
        st.query_params.from_dict(query)
