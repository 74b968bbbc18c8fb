"""Correct by spreadsheet: take the table along, change cells in Excel or LibreOffice, bring it back, see what changes.

Nothing is saved before a person has seen it cell by cell and said why.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from dashboard.cell_diff import MOST, draw_cells
from dashboard.choice import get_choice, get_release, leave_link
from dashboard.load import Shown, load_store
from dashboard.rebuild import find_rebuild
from dashboard.service.log import log_event
from dashboard.who import draw_why_not, find_person
from dashboard.words import escape_markdown, shorten
from pipeline.brief.formats import BY_KEY
from pipeline.brief.taken import MOST_TAKEN
from pipeline.curation.log import ClashError, LogError, NotAllowedError, SeedError, open_log
from pipeline.curation.people import Person
from pipeline.curation.place import curation_of_page
from pipeline.curation.upload import Change, Diff, compare_upload, make_drafts
from pipeline.curation.upload_file import MOST_MB, read_upload
from pipeline.curation.upload_now import StoreNow, find_past
from pipeline.curation.upload_raw import UploadError
from pipeline.view import View

WORKBOOK = BY_KEY["xlsx"]
MOST_STRAYS = 50


@dataclass(slots=True)
class Trip:
    """A file that came back: its seal, what it changes, the last decision that was known then, and what was saved."""

    seal: str
    diff: Diff | None = None
    seen: str = ""
    saved: int = 0
    by: str = ""
    failed: str = ""


def draw_spreadsheet() -> None:
    """Draw the page."""
    store, stamp = load_store()
    view = get_choice().view if "choice" in st.session_state else View()
    if "choice" in st.session_state:
        leave_link()
    st.title("Correct by spreadsheet", anchor=False)
    if get_release():
        st.info("A release stays as it was frozen: go back to the tables of now to correct them.",
                icon=":material/lock:")  # fmt: skip
        return
    draw_round_trip(Shown(store, stamp, view), find_person())


def draw_round_trip(shown: Shown, person: Person) -> None:
    """Draw the way out and the way back for what is shown, as far as this person may go."""
    left, right = st.columns(2, gap="large")
    with left:
        _draw_taking(shown)
    with right:
        st.markdown("#### 2 · Bring it back")
        if not person.may_curate:
            draw_why_not(person, "round-trip")
            return
        given = st.file_uploader("The corrected file", type=["xlsx", "xlsm", "csv", "tsv", "txt"], key="round-trip",
                                 max_upload_size=MOST_MB, label_visibility="collapsed")  # fmt: skip
        st.caption("Days, numbers and separators may be written as your program likes. A row that is missing takes "
                   "nothing away; a new incident needs an article, and cannot be added here.")  # fmt: skip
    if given is not None:
        _draw_trip(shown, given.name, given.getvalue())


def _draw_taking(shown: Shown) -> None:
    """Draw the download."""
    many = shown.counts().shown
    st.markdown("#### 1 · Take the table along")
    view = escape_markdown(shorten(shown.view.in_words(), 200))
    st.markdown(f"**{many:,} {'incident' if many == 1 else 'incidents'}** · {view}")
    st.download_button(
        "Download workbook", partial(WORKBOOK.write, shown.store, shown.view, ""), type="primary",
        key="round-trip-take",
        file_name=WORKBOOK.name_file(shown.view, date.today()), mime=WORKBOOK.mime, icon=":material/download:",
        on_click="ignore", disabled=not 0 < many <= MOST_TAKEN,
    )  # fmt: skip
    if many > MOST_TAKEN:
        st.warning(f"At most {MOST_TAKEN:,} incidents go and come back at a time: filter on Explore first.",
                   icon=":material/filter_alt:")  # fmt: skip
    st.caption("Change cells of the sheet “incidents” and save as .xlsx. Filters of Explore choose which incidents; "
               "the sheet “codebook” says what each column may hold. A CSV comes back too.")  # fmt: skip


def _draw_trip(shown: Shown, name: str, content: bytes) -> None:
    """Draw what a file changes, or what was saved of it."""
    seal = hashlib.sha256(content).hexdigest()[:16]
    trip: Trip | None = st.session_state.get("trip")
    if trip is None or trip.seal != seal:
        with st.spinner("Comparing cell by cell …"):
            trip = st.session_state.trip = _compare(shown, seal, name, content)
    st.divider()
    if trip.failed:
        st.error(escape_markdown(trip.failed), icon=":material/block:")
    if trip.saved:
        _draw_saved(shown, trip)
    elif trip.diff is not None:
        _draw_summary(trip.diff)
        _draw_decision(shown, trip, trip.diff)
        _draw_strays(trip.diff)
    elif trip.failed:
        st.button("Compare again", icon=":material/refresh:", key="round-trip-again", on_click=_forget)


def _compare(shown: Shown, seal: str, name: str, content: bytes) -> Trip:
    """Compare a file with the tables and the log."""
    try:
        curation = curation_of_page()
        sheet = read_upload(content, name)
        now = StoreNow(shown.store, open_log(curation).read())
        return Trip(seal, compare_upload(sheet, now, find_past(sheet, now, curation)), now.seen)
    except (UploadError, LogError, SeedError) as error:
        return Trip(seal, failed=str(error))


def _forget() -> None:
    """Compare the file anew."""
    st.session_state.pop("trip", None)


def _draw_summary(diff: Diff) -> None:
    """Say what was compared with what, and what came of it."""
    st.markdown(f"#### 3 · {_tell_found(diff)}")
    said = [
        f"Compared with {diff.since}: {diff.unchanged:,} of {diff.incidents:,} incidents are as they were.",
        f"{diff.settled:,} changed cells already stand so in the tables." if diff.settled else "",
        f"{diff.left_out:,} incidents of the download are not in the file; that takes nothing away."
        if diff.left_out else "",
        f"Columns that are none of ours are passed over: {', '.join(diff.ignored)}." if diff.ignored else "",
        *diff.notes,
        *(f"{old} is part of {new} now." for old, new in diff.followed[:5]),
    ]  # fmt: skip
    st.caption(escape_markdown(shorten(" ".join(filter(None, said)), 900)))
    if len(diff.changes) > MOST:
        st.warning(f"The first {MOST:,} of {len(diff.changes):,} changed cells are listed. Save them, then bring the "
                   "file back for the rest.", icon=":material/unfold_less:")  # fmt: skip


def _tell_found(diff: Diff) -> str:
    """Say in few words what a file changes."""
    refused = len(diff.refused) + len(diff.strays)
    parts = [
        _count(len(diff.changes), "changed cell") if diff.changes else "",
        _count(diff.conflicts, "of them in conflict", "of them in conflict") if diff.conflicts else "",
        f"{refused:,} refused" if refused else "",
    ]
    return ", ".join(filter(None, parts)) or "Nothing is changed"


def _count(many: int, one: str, more: str = "") -> str:
    """Count things."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


@st.fragment
def _draw_decision(shown: Shown, trip: Trip, diff: Diff) -> None:
    """Draw the cells to tick, the reason, and the button; ticking draws nothing else anew."""
    if not diff.changes and not diff.refused:
        return
    ticked = draw_cells(diff, f"{trip.seal}-{trip.seen[-8:]}")
    if not diff.changes:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="round-trip-save"):
        reason = st.text_input("Reason, for all of them", key="round-trip-reason", max_chars=500, width="stretch",
                               placeholder="Where it is said, or who says so")  # fmt: skip
        save = st.button(f"Save {_count(len(ticked), 'cell')}", type="primary", icon=":material/save:",
                         key="round-trip-save-button", disabled=not ticked)  # fmt: skip
    if save and not reason.strip():
        st.error("Say why: a decision needs a reason.", icon=":material/edit_note:")
    elif save:
        _save(shown, trip, ticked, reason)
        st.rerun()


def _save(shown: Shown, trip: Trip, changes: Sequence[Change], reason: str) -> None:
    """Save changes as decisions of whoever is before the page now."""
    trip.failed = ""
    try:
        log, person = open_log(curation_of_page()), find_person()
        drafts = make_drafts(changes, reason, StoreNow(shown.store, log.read()))
        saved = log.append(drafts, person, seen=trip.seen)
    except ClashError as error:
        trip.failed, trip.diff = str(error), None
    except (ValueError, NotAllowedError, LogError, SeedError) as error:
        trip.failed = f"Nothing was saved: {error}"
    else:
        log_event("decide", rows=len(saved))
        trip.saved, trip.by = len(saved), saved[0].by
        if rebuild := find_rebuild(shown.store.folder):
            rebuild.ask()


@st.fragment(run_every=1.0)
def _draw_saved(shown: Shown, trip: Trip) -> None:
    """Say what was saved, and how far the build is that brings it into the tables."""
    words = f"Saved {_count(trip.saved, 'decision')}, signed {escape_markdown(trip.by)}."
    st.success(words, icon=":material/task_alt:")
    rebuild = find_rebuild(shown.store.folder)
    if rebuild is None:
        st.caption("The tables show them after the next build (`make build`).")
    elif rebuild.failure:
        st.warning(f"The tables could not be built: {escape_markdown(rebuild.failure)}", icon=":material/construction:")
    elif rebuild.running:
        job = rebuild.job
        st.progress(min(job.share, 1.0) if job else 0.0, text="Building the tables anew …")
    else:
        st.caption("The tables show them now.")


def _draw_strays(diff: Diff) -> None:
    """List the rows that belong to no incident."""
    if not diff.strays:
        return
    st.markdown(f"**{_count(len(diff.strays), 'row')} refused**")
    rows = []
    for one in diff.strays[:MOST_STRAYS]:
        name = one.incident_id.replace("`", " ")[:80] or "without an id"
        rows.append(f"- Row {one.row:,} `{name}`: {escape_markdown(one.why)}")
    st.markdown("\n".join(rows))
    if len(diff.strays) > MOST_STRAYS:
        st.caption(f"{len(diff.strays) - MOST_STRAYS:,} more.")
