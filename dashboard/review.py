"""The review: what the machine suggests, one thing at a time beside its sentences, and what a person decides of it.

A decision is in the log before the page says that it is saved; then the next thing comes, and the tables are built
anew in the background.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.choice import get_choice, get_release, is_new, leave_link
from dashboard.component import make_component
from dashboard.decided import draw_decided
from dashboard.facts import Row
from dashboard.incident import draw_story
from dashboard.load import Shown, load_store
from dashboard.rebuild import find_rebuild
from dashboard.review_acts import DECIDE, Answer, Desk, Sent, read_id, read_sent, save
from dashboard.review_cells import list_conflicts, list_groups, list_reports, read_cells
from dashboard.review_pair import list_others
from dashboard.review_place import TAB, Place, go_to, open_place, take_tab, write_place
from dashboard.review_watch import draw_watch
from dashboard.standing import Standing, read_standing
from dashboard.theme import is_dark
from dashboard.who import draw_signer, draw_why_not, find_person
from dashboard.words import escape_html, escape_markdown
from dashboard.worklists import EMPTY, LISTS, Item, count_lists, find_items, find_place
from pipeline.curation.log import LogError, SeedError, open_log
from pipeline.curation.people import Person
from pipeline.curation.place import curation_of_page
from pipeline.tables.codes import CODES

KEY, UNSAVED = "review-desk", "review-unsaved"
PANEL = 760  # pixels; as high as the window where the style sheet can say so
PLACES = (
    "SELECT city, admin1, country, country_code, latitude, longitude, geo_id, any_value(geo_radius_km) AS radius "
    "FROM all_incidents WHERE city <> '' AND latitude IS NOT NULL AND geo_precision = 'city' GROUP BY ALL "
    "ORDER BY count(*) DESC, city LIMIT 300"
)
SIDES = "SELECT perpetrator FROM shown WHERE perpetrator <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 100"


@dataclass(frozen=True, slots=True)
class Worklist:
    """The list that is open: where in it one is, its first items, and how many each list has."""

    place: Place
    items: Sequence[Item]
    counts: Mapping[str, int]

    @property
    def at(self) -> int | None:
        """Which of the items is open, None for one that is not in the list."""
        return find_place(self.items, self.place.incident, self.place.other)

    @property
    def item(self) -> Item | None:
        """The item that is open."""
        return None if self.at is None else self.items[self.at]


def draw_review() -> None:
    """Draw the page."""
    sent = take_sent() or st.session_state.pop(UNSAVED, None)
    place = open_place(acted=sent is not None)
    store, stamp = load_store()
    leave_link()
    st.html(Path(__file__).with_name("review.css"))
    shown, person = Shown(store, stamp, get_choice().view), find_person()
    try:
        standing = read_standing(shown)
        items = find_items(shown, place.tab, standing)
        if sent is not None:
            place, standing = answer(sent, shown, standing, items, place)
            items = find_items(shown, place.tab, standing)
    except (SeedError, LogError) as error:
        _draw_away(str(error), sent)
        return
    if not place.incident and items and place.tab != "decisions":
        place = Place(place.tab, items[0].incident_id, items[0].other_id)
    write_place(place)
    counts = count_lists(shown, standing)
    _draw_top(counts, place)
    draw_watch(store.folder, stamp, standing.seen)
    if not get_release() and not person.may_curate:
        draw_why_not(person, "review")
    if place.tab == "decisions":
        draw_decided(shown, standing, find_may(person), _find_answer())
    elif not place.incident:
        said = _find_answer()
        done = f"{escape_markdown(said.words)} " if said and said.saved else ""
        st.info(done + EMPTY[place.tab], icon=":material/check:")
    else:
        _draw_body(shown, standing, Worklist(place, items, counts), person)


def _draw_away(why: str, sent: Sent | None) -> None:
    """Say that the log cannot be read; what was decided just now is kept until it can."""
    st.session_state[UNSAVED] = sent
    kept = " What you decided just now is not saved yet; this page keeps it, and saves it when you try again."
    st.error(escape_markdown(why + (kept if sent and sent.kind in DECIDE else "")), icon=":material/block:")
    st.button("Try again", key="review-again", icon=":material/refresh:")


def take_sent() -> Sent | None:
    """Give what the browser says was done since the last run, None where it is nothing new."""
    newest: Sent | None = None
    for key in (KEY, "decided"):
        sent = read_sent(dict(st.session_state.get(key) or {}).get("act"))
        if sent is not None and is_new(f"act {key}", sent.nonce):
            newest = sent
    return newest


def answer(sent: Sent, shown: Shown, standing: Standing, items: Sequence[Item], place: Place) -> tuple[Place, Standing]:
    """Do what was sent, and give where that leads and what then stands in the log."""
    at = find_place(items, place.incident, place.other)
    following = items[at + 1] if at is not None and at + 1 < len(items) else None
    if sent.kind == "go":
        st.session_state.update(review_answer=None, review_looked="")
        return _step(items, at, sent.by, place), standing
    if sent.kind == "look":
        st.session_state.review_looked = read_id(sent.other)
        return place, standing
    if sent.kind == "open":
        return Place(place.tab, sent.incident, sent.other), standing
    if sent.kind not in DECIDE:
        return place, standing
    desk = Desk(shown.store, standing, find_own(), {**_cells_of(shown, sent.incident), **standing.cells(sent.incident)})
    st.session_state.review_answer = said = save(sent, desk, open_log(curation_of_page()))
    if not said.saved:
        return place, standing
    st.session_state.review_looked = ""
    if rebuild := find_rebuild(shown.store.folder):
        rebuild.ask()
    standing = read_standing(shown)
    if sent.kind in ("undo", "keep", "take") or place.tab == "decisions":
        last = standing.rows[-1]
        undone = next((row for row in standing.rows if row.row_id == last.undoes), None)
        back = undone.incident_id if undone and sent.kind == "undo" and place.tab != "decisions" else place.incident
        return Place(place.tab, back, "" if back != place.incident else place.other), standing
    if following is None and items and at != 0:
        following = items[0]
    return Place(place.tab, *((following.incident_id, following.other_id) if following else ("", ""))), standing


def find_own() -> Person:
    """Give who decides now; of a release, which stays as it was frozen, nobody does."""
    if get_release():
        return Person("", False, "", "A release stays as it was frozen: go back to now to decide.")
    return find_person()


def find_may(person: Person) -> bool:
    """Say whether this person may decide on what is shown."""
    return person.may_curate and not get_release()


def _step(items: Sequence[Item], at: int | None, by: int, place: Place) -> Place:
    """Go to the one before or after."""
    if not items:
        return place
    to = 0 if at is None else max(0, min(len(items) - 1, at + by))
    return Place(place.tab, items[to].incident_id, items[to].other_id)


def _cells_of(shown: Shown, incident_id: str) -> Mapping[str, str]:
    """Give the cells of an incident in the tables."""
    return read_cells(shown.around(incident_id), incident_id) if incident_id else {}


def _find_answer() -> Answer | None:
    """Give what came of the last decision."""
    answered: Answer | None = st.session_state.get("review_answer")
    return answered


def _draw_top(counts: Mapping[str, int], place: Place) -> None:
    """Draw the title, the filters that apply, and the worklists with their counts."""
    with st.container(horizontal=True, vertical_alignment="center", key="review-title"):
        st.title("Review", anchor=False, width="content")
        words, link = escape_html(get_choice().view.in_words()), html.escape(get_choice().to_url())
        st.html(
            f'<p class="asked">{words} <a href="./?{link}" target="_self">change on Explore</a></p>', width="stretch"
        )
        draw_signer()
    st.session_state[TAB] = place.tab
    st.segmented_control(
        "Worklist", list(LISTS), key=TAB, format_func=lambda name: f"{LISTS[name]} {counts[name]:,}", required=True,
        on_change=take_tab, label_visibility="collapsed",
    )  # fmt: skip


def _draw_body(shown: Shown, standing: Standing, worklist: Worklist, person: Person) -> None:
    """Draw the desk beside the sentences."""
    place = worklist.place
    incident_id = shown.store.follow(place.incident)[0] or place.incident
    told = tell_desk(shown, standing, worklist, incident_id)
    with st.container(key="body"):
        left, right = st.columns([52, 48], gap="medium")
    with left:
        if told is None:
            st.warning(f"There is no incident {escape_markdown(place.incident[:80])} in these tables.",
                       icon=":material/link_off:")  # fmt: skip
            st.button("Back to the list", key="review-back", on_click=go_to, args=(Place(place.tab),))
        else:
            own = {"can": find_may(person), "reasons": standing.reasons_of(person.name),
                   "last": say_last(standing, person.name)}  # fmt: skip
            _COMPONENT(key=KEY, data=told | own, on_act_change=_do_nothing)
    with right, st.container(height=PANEL, border=True, key="panel"):
        if told is not None:
            dark = is_dark()
            draw_story(shown.store, incident_id, shown.around(incident_id), "review-story", dark=dark)


def tell_desk(shown: Shown, standing: Standing, worklist: Worklist, incident_id: str) -> Row | None:
    """Give all that the desk says of an incident, None where there is none."""
    tables = shown.around(incident_id)
    stands = read_cells(tables, incident_id)
    if not stands:
        return None
    place, at, item = worklist.place, worklist.at, worklist.item
    everything = shown.of(get_choice().view.without_filters())
    every = shown.counts().shown
    looked = st.session_state.get("review_looked", "")
    said = _find_answer()
    return {
        "incident": incident_id, "title": stands["title"] or stands["event_type"], "tab": place.tab,
        "review": stands["review_state"], "reviewer": stands["reviewer"], "seen": standing.seen,
        "at": at + 1 if at is not None else 0, "of": worklist.counts[place.tab],
        "settled": every - worklist.counts["queue"], "all": every,
        "groups": list_groups(tables, incident_id, standing), "conflicts": list_conflicts(incident_id, standing),
        "pending": say_pending(standing, incident_id), "reports": list_reports(tables, incident_id),
        "others": list_others(shown, tables, incident_id, item, [looked] if looked else []), "looked": looked,
        "why": say_why(item), "relations": [[code.word, code.about] for code in CODES["relation"]],
        "places": list_places(everything), "sides": list(everything.ask(SIDES)["perpetrator"]),
        "answer": asdict(said) if said else None,
    }  # fmt: skip


def say_why(item: Item | None) -> dict[str, list[str]] | None:
    """Say why a single incident is in a list, None where the list says it all."""
    if item is None or item.other_id or not (item.pros or item.cons or item.words):
        return None
    return {"pros": list(item.pros), "cons": list(item.cons), "words": list(item.words)}


def list_places(everything: Shown) -> list[list[Any]]:
    """Give the towns that the tables know, the commonest first."""
    found = everything.ask(PLACES).astype(object)
    rows: list[list[Any]] = found.where(found.notna(), None).to_numpy().tolist()
    return rows


def say_last(standing: Standing, name: str) -> str:
    """Say what this person decided last and could undo, "" for nothing."""
    row = standing.last_of(name)
    return f"{row.column.replace('_', ' ')} {row.now}".strip() if row else ""


def say_pending(standing: Standing, incident_id: str) -> list[dict[str, Any]]:
    """Give the decisions on an incident that the tables do not know yet."""
    return [
        {"by": row.by, "column": row.column, "now": row.now, "reason": row.reason,
         "undone": row.row_id in standing.undone}
        for row in standing.pending.get(incident_id, ()) if row.column != "undo"
    ]  # fmt: skip


def _do_nothing() -> None:
    """Stand for what the component sends, which Streamlit knows by its callback."""


_COMPONENT = make_component("incident_review", "review")
