"""What changed: the incidents since a day, an export or a release, by kind, each linked to its incident.

The page follows no filter: its own choice stands in its link (`since`), and what is listed is what can be downloaded.
"""

import html
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.choice import get_release, leave_link
from dashboard.load import Stamp, load_store
from dashboard.release import find_checked, read_fields, write_fields
from dashboard.words import escape_html, escape_markdown
from pipeline.curation.changes import KINDS, MACHINE, PERSON, Change, count_kinds, write_changes
from pipeline.curation.place import curation_of_page
from pipeline.curation.releases import ReleaseError, find_folder, is_name, list_names
from pipeline.curation.since import State, choose_usual, find_state, load_changes, offer_states, read_day
from pipeline.tables.store import Store

MOST = 200  # incidents of a kind that are listed
A_DAY = "day"
LABELS = {"event_type": "type", "casualties": "killed or injured"}
NOTHING_YET = """
Every build that changes something keeps the state of the incidents, beginning with the next one; then this page says
what is new, revised, merged or gone. To give a state a name that links can use, freeze it as a release:
"""


def draw_changes() -> None:
    """Draw the page."""
    store, stamp = load_store()
    if "choice" in st.session_state:
        leave_link()
    st.html(Path(__file__).with_name("changes.css"))
    curation = curation_of_page()
    asked = _open_since()
    usual = choose_usual(curation)
    with st.container(horizontal=True, vertical_alignment="bottom", key="changes-title"):
        st.title("What changed", anchor=False, width="stretch")
        if usual:
            _draw_choice(curation, asked or usual)
        save = st.container(width="content")
    if not usual and not asked:
        st.info("No earlier state is kept yet.", icon=":material/history:")
        st.markdown(NOTHING_YET)
        st.code("python -m pipeline release 2026-Q3", language=None)
        return
    try:
        state = _find_state(curation, asked or usual)
    except ReleaseError as error:
        st.warning(escape_markdown(str(error)), icon=":material/history_toggle_off:")
        return
    changes = _load(str(state.path), state.path.stat().st_mtime_ns, str(store.folder), stamp, state)
    with save:
        _draw_download(changes, state)
    _draw_list(store, changes, state)


def _open_since() -> str:
    """Give what is asked, from the link where that was opened and not written by the page itself."""
    state, asked = st.session_state, st.query_params.get("since", "").strip()
    clicked = state.pop("since_clicked", False)
    if "since" not in state or (not clicked and asked and asked != state.get("since_link")):
        state.since = asked
    since = str(state.since)
    write_fields({**read_fields(), **({"since": since} if since else {})})
    state.since_link = since
    return since


def _find_state(curation: Path, asked: str) -> State:
    """Find the state that is asked for; a release is checked once for each state of its files."""
    if is_name(asked) and asked in list_names(curation):
        find_checked(find_folder(curation, asked))
        return find_state(curation, asked, checked=True)
    return find_state(curation, asked)


@st.cache_resource(max_entries=20, show_spinner="Comparing …")
def _load(path: str, changed: int, folder: str, stamp: Stamp, _state: State) -> list[Change]:
    """Compare once for each pair of states."""
    return load_changes(_state, Path(folder))


def _draw_choice(curation: Path, asked: str) -> None:
    """Draw the choice of what to compare with: a day, the last export, a release."""
    offered = {A_DAY: "Since a day", **dict(offer_states(curation))}
    day = None if asked in offered else read_day(asked)
    st.session_state["since-kind"] = asked if asked in offered else A_DAY
    st.selectbox("Since", list(offered), key="since-kind", format_func=offered.__getitem__, width=340,
                 on_change=_take_kind, label_visibility="collapsed")  # fmt: skip
    if st.session_state["since-kind"] == A_DAY:
        st.session_state["since-day"] = day or date.today()
        st.date_input("Day", key="since-day", max_value=max(date.today(), day or date.today()), width=150,
                      min_value=date(2000, 1, 1) if day is None else min(day, date(2000, 1, 1)),
                      on_change=_take_day, label_visibility="collapsed")  # fmt: skip


def _take_kind() -> None:
    """Compare with what was picked; a day begins as today."""
    picked = st.session_state["since-kind"]
    _choose(date.today().isoformat() if picked == A_DAY else picked)


def _take_day() -> None:
    """Compare with the day that was picked."""
    if day := st.session_state["since-day"]:
        _choose(day.isoformat())


def _choose(since: str) -> None:
    """Compare with another state."""
    st.session_state.since, st.session_state.since_clicked = since, True


def _draw_download(changes: Sequence[Change], state: State) -> None:
    """Draw the download of all that changed."""
    release = f"{name}_" if (name := get_release()) else ""
    st.download_button(
        "Download CSV", lambda: write_changes(changes), mime="text/csv", on_click="ignore", key="changes-csv",
        file_name=f"changes_{release}since-{state.asked}_{date.today():%Y%m%d}.csv", icon=":material/download:",
        disabled=not changes,
    )  # fmt: skip


def _draw_list(store: Store, changes: Sequence[Change], state: State) -> None:
    """Draw the counts of each kind, then what changed."""
    counts = count_kinds(changes)
    st.html(f'<div class="tiles kinds">{"".join(_write_tile(kind, many) for kind, many in counts.items())}</div>')
    size = store.size("incidents")
    st.caption(f"{size:,} {'incident' if size == 1 else 'incidents'}, compared with {escape_markdown(state.words)}.")
    if state.note:
        st.caption(f":material/info: {escape_markdown(state.note)}")
    if not changes:
        st.info("Nothing changed. Take an earlier day, or another release.", icon=":material/check:")
    for kind, ours in groupby(changes, key=lambda change: change.kind):
        incidents = [list(several) for _, several in groupby(ours, key=lambda change: change.incident_id)]
        st.html(_write_kind(kind, incidents))


def _write_tile(kind: str, many: int) -> str:
    """Write the tile of a kind."""
    name, note = html.escape(kind.capitalize()), html.escape(KINDS[kind])
    shown = f'<a href="#{_anchor(kind)}" target="_self">{many:,}</a>' if many else "0"
    return (
        f'<div class="tile"><div class="tile-label">{name}</div><div class="tile-value">{shown}</div>'
        f'<div class="tile-note">{note}</div></div>'
    )


def _anchor(kind: str) -> str:
    """Name the place of a kind on the page."""
    return f"changes-{kind.replace(' ', '-')}"


def _write_kind(kind: str, incidents: Sequence[Sequence[Change]]) -> str:
    """Write the list of one kind, an incident a row."""
    rows = "".join(map(_write_incident, incidents[:MOST]))
    more = len(incidents) - MOST
    note = f'<p class="note">{more:,} more are in the download.</p>' if more > 0 else ""
    return (
        f'<h2 class="kind" id="{_anchor(kind)}">{html.escape(kind.capitalize())} <span>{len(incidents):,}</span></h2>'
        f'<table class="changes" aria-label="{html.escape(kind)}"><tbody>{rows}</tbody></table>{note}'
    )


def _write_incident(changes: Sequence[Change]) -> str:
    """Write what changed of one incident."""
    first = changes[0]
    told = "".join(_write_change(change) for change in changes)
    named = f"{_link(first.incident_id, first.title)}<i>{escape_html(first.days)}</i>"
    return f'<tr><th scope="row">{named}</th><td>{told}</td></tr>'


def _write_change(change: Change) -> str:
    """Write one change: what stood there, what stands there now, and by whom where it was a person."""
    who = change.by.removeprefix(f"{PERSON}: ") if change.by != PERSON else "a person"
    by = "" if change.by == MACHINE else f" <small>by {escape_html(who)}</small>"
    if change.column:
        name = html.escape(LABELS.get(change.column, change.column))
        was, now = escape_html(change.before), escape_html(change.after)
        return f'<div><b>{name}</b> <s>{was}</s> <span aria-label="now">→</span> {now}{by}</div>'
    into = f"now part of {_link_into(change.after)}" if change.after else ""
    return f"<div>{into}{by}</div>" if into or by else ""


def _link_into(after: str) -> str:
    """Write a link to what an incident was merged into, which is said as "title (id)" or by its id."""
    title, _, rest = after.rpartition(" (")
    return _link(rest.removesuffix(")"), title) if title else _link(after, after)


def _link(incident_id: str, title: str) -> str:
    """Write a link that opens an incident, in the release that is shown."""
    release = {"release": name} if (name := get_release()) else {}
    asked = html.escape(urlencode({"incident": incident_id, **release}))
    return f'<a href="./?{asked}" target="_self">{escape_html(title)}</a>'
