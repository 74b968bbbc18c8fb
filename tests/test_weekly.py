"""The weekly list as who gets it reads it: incidents in their order, each figure reported, each source in brackets."""

import io
import re
import zipfile

import pandas as pd
import pytest
from docx import Document
from generate import write
from hard_tables import write_hard
from office_pdf import find_outside, make_pdf, read_text

from pipeline.brief.briefing import gather_briefing
from pipeline.brief.weekly import make_weekly
from pipeline.tables.store import Store
from pipeline.view import View

LINK = "http://localhost:8501/?killed=1.."
NAMES = ("none", "one", "some", "many", "hard")


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The store, the view, the briefing and both forms of each case."""
    folder = tmp_path_factory.mktemp("tables")
    some, many = (Store(write(folder / name, n)) for name, n in (("some", 12), ("many", 400)))
    city = next(c for c, n in some.rows(View())["city"].value_counts().items() if n == 1 and c)
    made = {"none": (some, View(words="zzzz")), "one": (some, View(cities=(city,))), "some": (some, View()),
            "many": (many, View()), "hard": (Store(write_hard(folder / "hard")), View())}  # fmt: skip
    told = {}
    for name, (store, view) in made.items():
        briefing = gather_briefing(store, view, LINK)
        told[name] = store, view, briefing, {form: make_weekly(briefing, store, form=form) for form in ("docx", "md")}
    return told


def read_docx(content):
    """Give the paragraphs as style and text; links are read too."""
    found = []
    for para in Document(io.BytesIO(content)).paragraphs:
        text = "".join(node.text or "" for node in para._p.iter() if node.tag.endswith("}t"))
        found.append((para.style.name, text.replace("\u200e", "")))
    return found


def list_items(content):
    """Give the incidents of the list."""
    return [text for style, text in read_docx(content) if style == "List Bullet"]


@pytest.mark.parametrize("name", NAMES)
def test_every_incident_is_in_both_forms(cases, name):
    store, view, briefing, files = cases[name]
    items = list_items(files["docx"])
    lines = [line for line in files["md"].decode().splitlines() if line.startswith("- **")]
    assert len(items) == len(lines) == store.counts(view).shown
    said = " ".join(text for _, text in read_docx(files["docx"]))
    for part in (f"Filters: {briefing.filters}", briefing.version, briefing.as_of_words, "Boundaries are not"):
        assert part in said, f"the list does not say {part}"


@pytest.mark.parametrize("name", ["some", "many", "hard"])
def test_figures_are_those_of_the_tables_and_are_reported(cases, name):
    store, view, _, files = cases[name]
    said = " ".join(list_items(files["docx"]))
    lows, highs = (
        [int(n.replace(",", "")) for n in re.findall(pattern, said)]
        for pattern in (r"at least ([\d,]+)(?: and up to [\d,]+)? reported killed", r"up to ([\d,]+) reported killed")
    )
    rows = store.rows(view)
    least = rows["killed_low"].fillna(rows["killed_best"])
    none = (least == 0) & (rows["killed_high"] == 0)
    assert sum(lows) == int(least.sum())
    assert len(lows) == int((least.notna() & ~none).sum())
    assert said.count("no one reported killed") == int(none.sum())
    assert sum(highs) == int(rows.loc[rows["killed_high"] > least.fillna(-1), "killed_high"].sum())
    hedged = re.findall(r"(?:at least [\d,]+(?: and up to [\d,]+)?|up to [\d,]+|no one) reported (?:k|i)", said)
    assert len(hedged) == len(re.findall(r"reported (?:killed|injured)", said)), "a figure stands without its doubt"


@pytest.mark.parametrize("name", ["some", "many", "hard"])
def test_order_is_week_day_province_and_unknown_days_last(cases, name):
    store, view, _, files = cases[name]
    paras = read_docx(files["docx"])
    weeks = [text for style, text in paras if style == "Heading 1" and text != "Sentences"]
    assert len(weeks) == len(set(weeks)), "a week stands in two places"
    assert "Day not stated" not in weeks[:-1]
    assert (weeks[-1] == "Day not stated") == bool(store.counts(view).undated)
    starts = [re.match(r"Week of (\d+)(?: (\w+))?(?: (\d+))? to (\d+) (\w+) (\d+)", week) for week in weeks]
    days = [pd.Timestamp(f"{m[4]} {m[5]} {m[6]}") for m in starts if m]
    assert days == sorted(days)
    single = [pd.Timestamp(text.split(", ")[1]) for style, text in paras if style == "Heading 2" and ", " in text]
    assert single == sorted(single)


@pytest.mark.parametrize("name", ["one", "some", "many", "hard"])
def test_sources_stand_in_brackets_and_lead_to_sentences(cases, name):
    store, view, _, files = cases[name]
    paras = read_docx(files["docx"])
    numbered = {int(m[1]): m[2] for _, text in paras if (m := re.match(r"(\d+)(.*: “.*”)$", text))}
    for item in list_items(files["docx"]):
        numbers = [int(n) for n in re.findall(r"\((\d+)\)", item[item.rindex(" [") :])]
        assert numbers and set(numbers) <= set(numbered), f"no source behind: {item}"
    ids = store.ids(view)
    told = store.find("reports", "incident_id", ids)["sentence"]
    sentences = {re.sub("[\u202a-\u202e]", "", sentence) for sentence in told}
    assert all(any(sentence in text for sentence in sentences) for text in numbered.values())


def test_nothing_hostile_is_left(cases):
    files = cases["many"][3]
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as parts:
        word = " ".join(
            parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith((".xml", ".rels"))
        )
    text = files["md"].decode()
    for said in (word, text):
        assert "javascript:" not in said
        assert not set(said) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "<b>" not in text and "<img" not in text and "&lt;b&gt;" in text
    assert 'w:altName w:val="Liberation Sans' in word, "the fonts have no fallback"


def test_a_corrected_toll_and_a_claim_are_marked(tmp_path):
    folder = write(tmp_path, 12)
    rows = pd.read_parquet(folder / "incidents.parquet")
    rows.loc[3, ["killed_low", "killed_best", "killed_high"]] = 4321
    rows.loc[3, ["corrected", "reviewer", "review_state"]] = ["killed_best", "A. Analyst", "edited"]
    rows.to_parquet(folder / "incidents.parquet", index=False)
    figures = pd.read_parquet(folder / "figures.parquet")
    figures["claimant_type"] = "perpetrator"
    figures.to_parquet(folder / "figures.parquet", index=False)
    store = Store(folder)
    items = list_items(make_weekly(gather_briefing(store, View(), LINK), store))
    corrected = next(item for item in items if "4,321" in item)
    assert "[The toll was set by A. Analyst.]" in corrected
    assert "by the perpetrator’s own account" in corrected


def test_the_same_again(cases):
    store, _, briefing, files = cases["some"]
    assert {form: make_weekly(briefing, store, form=form) for form in files} == files


def test_libreoffice_shows_all_of_it(cases, tmp_path):
    pdfs = make_pdf(tmp_path, **{f"{name}_docx": cases[name][3]["docx"] for name in NAMES})
    for name, pdf in pdfs.items():
        assert not find_outside(pdf), f"{name}: text beyond the page"
    text = read_text(pdfs["many_docx"])
    counts = cases["many"][2].counts
    assert text.count("reported killed") >= counts.killed.stated
    assert f"at least {counts.killed.low:,} people reported killed" in text
    assert text.rindex("Day not stated") > text.rindex("Week of")
