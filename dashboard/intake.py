"""Take in new articles: hand one over, watch it being read, see what it would give, and only then keep it and build.

Reading, keeping and building are runs of the pipeline in processes of their own. All of it is for those who may
decide: the one person of a machine of their own, or a signed-in curator.
"""

import json
import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from dashboard.choice import get_release
from dashboard.intake_cards import draw_built, draw_suggestions
from dashboard.intake_job import ROOT, Job, draw_job
from dashboard.load import DEFAULT, Shown
from dashboard.who import draw_why_not, find_person
from dashboard.words import escape_markdown
from pipeline.curation.people import refuse_stranger
from pipeline.tables.faults import word_fault

FORMATS = ("txt", "md", "html", "htm", "pdf", "docx", "json", "jsonl")
MOST_MB = 50
OWN = ROOT / "seeds" / "articles"


@dataclass(slots=True)
class Intake:
    """What one reader is taking in: where it lies aside, the run that is on, and what came of it."""

    aside: TemporaryDirectory[str] = field(default_factory=lambda: TemporaryDirectory(prefix="incidents-"))
    job: Job | None = None
    doing: str = ""  # read, add, build
    found: dict[str, Any] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    built: str = ""
    failed: str = ""


def draw_intake(shown: Shown) -> None:
    """Draw where new articles are taken in, at the step that the reader is at."""
    if is_switched_off():
        off = "Adding articles is switched off here (`INCIDENT_INTAKE=off`). Start the page without it to add some."
        st.info(off, icon=":material/lock:")
        return
    if get_release():
        st.info("A release stays as it was frozen: go back to the tables of now to add articles.",
                icon=":material/lock:")  # fmt: skip
        return
    person = find_person()
    if not person.may_curate:
        draw_why_not(person, "intake")
        st.markdown("Articles can always be put into `seeds/articles/` by hand; `make app` then reads them.")
        return
    intake: Intake = st.session_state.setdefault("intake", Intake())
    folder = find_articles(shown.store.folder)
    if intake.job is not None and intake.job.is_over:
        _take_result(intake)
    if intake.job is not None:
        _watch()
        return
    if intake.failed:
        st.error(escape_markdown(intake.failed), icon=":material/block:")
    if intake.built:
        draw_built(shown, intake.built, [Path(name).stem for name in intake.added])
        st.button("Add more articles", icon=":material/add:", key="intake-more", on_click=_start_over)
    elif intake.added:
        _draw_build(shown, intake, folder)
    elif intake.found:
        taken = draw_suggestions(shown, intake.found)
        _draw_decision(intake, taken, folder)
    else:
        _draw_ways(folder)


def is_switched_off() -> bool:
    """Say whether nobody takes in anything here."""
    return os.environ.get("INCIDENT_INTAKE", "").lower() in ("off", "no", "0", "false")


def find_articles(data: Path) -> Path | None:
    """Give the folder of the articles that the tables in `data` are built from, None where it is not known."""
    named = os.environ.get("INCIDENT_ARTICLES")
    if named:
        folder = (ROOT / named).resolve()
        return None if folder.is_file() else folder
    return OWN if data.resolve() == DEFAULT.resolve() else None


@st.fragment(run_every=0.4)
def _watch() -> None:
    """Draw the run that is on, until it is over."""
    intake: Intake = st.session_state.intake
    if intake.job is None or intake.job.is_over:
        st.rerun()
    with st.container(border=True, key="intake-job"):
        draw_job(intake.job)
        st.button("Stop", icon=":material/stop_circle:", key="intake-stop", on_click=_stop)


def _stop() -> None:
    """End the run that is on."""
    intake: Intake = st.session_state.intake
    if intake.job is not None:
        intake.job.stop()
        intake.job, intake.failed = None, "Stopped. Nothing was changed."


def _take_result(intake: Intake) -> None:
    """Take what a run made, or why it made nothing."""
    job, intake.job = intake.job, None
    assert job is not None
    intake.failed = job.failure
    if job.failure:
        return
    if intake.doing == "read":
        intake.found = job.result
    elif intake.doing == "add":
        intake.added = list(job.result["added"])
    else:
        intake.built = str(job.result["built"])


def _start(doing: str, *words: str) -> None:
    """Start a run of the pipeline, for one who may."""
    refuse_stranger(find_person())
    intake: Intake = st.session_state.intake
    intake.failed, intake.doing, intake.job = "", doing, Job(*words)


def _start_over() -> None:
    """Begin again, with nothing aside."""
    st.session_state.pop("intake", None)


def _draw_ways(folder: Path | None) -> None:
    """Draw the three ways to hand over an article."""
    files, text, link = st.tabs(
        [":material/upload_file: Files", ":material/content_paste: Text", ":material/link: Link"]
    )
    with files, st.form("intake-files", border=False):
        given = st.file_uploader("Articles", type=list(FORMATS), accept_multiple_files=True, key="intake-given",
                                 max_upload_size=MOST_MB)  # fmt: skip
        if st.form_submit_button("Read", type="primary", icon=":material/auto_stories:") and given:
            _read([_put_file(number, one.name, one.getvalue()) for number, one in enumerate(given)], folder)
    with text, st.form("intake-text", border=False):
        _draw_text(folder)
    with link, st.form("intake-link", border=False):
        address = st.text_input("Address of the page", placeholder="https://", key="intake-url")
        st.caption("One page is fetched from its public server, if its robots.txt allows; nothing else is asked for.")
        if st.form_submit_button("Fetch and read", type="primary", icon=":material/download:") and address.strip():
            url = address.strip()
            _read([url if re.match(r"https?://", url, re.IGNORECASE) else f"https://{url}"], folder)
    st.caption("Nothing joins the incidents before you have seen what was read and taken it in.")


def _draw_text(folder: Path | None) -> None:
    """Draw the form for a text that is pasted, and what is known of it."""
    text = st.text_area("Text of the article", height=260, key="intake-pasted")
    one, two, three, four = st.columns([3, 2, 3, 2])
    title = one.text_input("Title", key="intake-title")
    outlet = two.text_input("Outlet", key="intake-outlet")
    url = three.text_input("Link", key="intake-source", placeholder="https://")
    hint = 'Words such as "on Monday" are reckoned from this day. Left empty, it is inferred.'
    day = four.date_input("Published", value=None, max_value=date.today(), key="intake-day", format="YYYY-MM-DD",
                          help=hint)  # fmt: skip
    if st.form_submit_button("Read", type="primary", icon=":material/auto_stories:") and text.strip():
        record = {"text": text, "title": title, "outlet": outlet, "url": url, "published": str(day) if day else ""}
        said = {name: value for name, value in record.items() if value}
        name = f"{title or ' '.join(text.split()[:8])}.json"
        _read([_put_file(0, name, json.dumps(said).encode("utf-8"))], folder)


def _put_file(number: int, name: str, content: bytes) -> str:
    """Put what was handed over aside, under a name that is safe, and give its path."""
    intake: Intake = st.session_state.intake
    stem, _, ending = name.rpartition(".")
    place = Path(intake.aside.name) / "given" / str(number)
    safe = re.sub(r"[^\w -]+", "-", stem)[:80].strip(" -") or "article"
    path = place / f"{safe}.{ending.lower()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        st.error(escape_markdown(f"{word_fault(error) or error} Nothing was read."), icon=":material/block:")
        st.stop()
    return str(path)


def _read(inputs: list[str], folder: Path | None) -> None:
    """Start reading, and show how it goes."""
    intake: Intake = st.session_state.intake
    beside = ("--to", str(folder)) if folder else ()
    _start("read", "read", "--json", "--stage", str(Path(intake.aside.name) / "stage"), *beside, "--", *inputs)
    st.rerun()


def _draw_decision(intake: Intake, taken: list[str], folder: Path | None) -> None:
    """Draw the buttons that take articles in, or let them go."""
    with st.container(horizontal=True, vertical_alignment="center", key="intake-decision"):
        count = f"{len(taken)} article{'' if len(taken) == 1 else 's'}"
        add = st.button(f"Take in {count}", type="primary", key="intake-add", icon=":material/library_add:",
                        disabled=not taken or folder is None)  # fmt: skip
        st.button("Discard", key="intake-discard", icon=":material/delete:", on_click=_start_over)
        if folder is None:
            st.caption("These tables are not built from `seeds/articles/`. Start the page with `INCIDENT_ARTICLES` "
                       "naming the folder of their articles, and they can take in more.")  # fmt: skip
    if add and folder is not None:
        _start("add", "add", "--json", "--to", str(folder), "--", *(intake.found["records"][one] for one in taken))
        st.rerun()


def _draw_build(shown: Shown, intake: Intake, folder: Path | None) -> None:
    """Draw what was taken in, and the offer to build the tables anew."""
    names = ", ".join(f"`{name}`" for name in intake.added)
    st.success(f"Taken in: {names}. The tables do not know of it yet.", icon=":material/library_add_check:")
    with st.container(horizontal=True, key="intake-build-row"):
        own = folder == OWN and shown.store.folder.resolve() == DEFAULT.resolve()
        where = () if own else (str(folder), "--out", str(shown.store.folder))
        if st.button("Build the tables anew", type="primary", key="intake-build", icon=":material/construction:"):
            _start("build", "build", "--json", *where)
            st.rerun()
        st.button("Later", key="intake-later", on_click=_start_over)
