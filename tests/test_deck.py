"""The slide deck as who gets it reads it: the numbers are the tables', the type is large, nothing overflows."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from generate import write
from hard_tables import write_hard
from office_pdf import find_outside, find_overlaps, make_pdf, read_text
from pptx import Presentation
from pptx.util import Pt

from pipeline.brief.briefing import Changes, gather_briefing
from pipeline.brief.deck import make_deck
from pipeline.brief.deck_ground import TemplateError, lay_ground
from pipeline.curation.changes import Change
from pipeline.tables.store import Store
from pipeline.view import PICKS, View

LINK = "http://localhost:8501/?killed=1.."
DATA = Path(__file__).parent.parent / "data"
CHANGES = [
    Change("revised", "", "Armed attack in كابول", "3 March 2023", "killed", "at least 19", "24", "person: A. Analyst"),
    Change("new", "", "Bombing in Kabul", "4 March 2023"),
    Change("merged", "gone", "Bombing in Kunduz", "4 March 2023", after="Bombing in Kunduz (a:1)"),
]


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Tables by what they are: some, many, hard ones."""
    folder = tmp_path_factory.mktemp("tables")
    made = {
        "some": write(folder / "some", 12),
        "many": write(folder / "many", 400),
        "hard": write_hard(folder / "hard"),
    }
    return {name: Store(path) for name, path in made.items()}


def pick(stores, name):
    """Give the tables and the view of a case."""
    if name == "none":
        return stores["some"], View(words="zzzz")
    if name == "one":
        rows = stores["some"].rows(View())
        city = next(c for c, n in rows["city"].value_counts().items() if n == 1 and c)
        return stores["some"], View(cities=(city,))
    return stores[name], View()


@pytest.fixture(scope="module")
def decks(stores):
    """The decks of all cases, with their briefings."""
    made = {}
    for name in ("none", "one", "some", "many", "hard"):
        store, view = pick(stores, name)
        ids = store.ids(view, 2)
        changes = [Change(*[getattr(c, f) if f != "incident_id" or c.incident_id else ids[0] for f in FIELDS])
                   for c in CHANGES] if name == "hard" else []  # fmt: skip
        since = Changes("the last export, 2 November 2026", changes) if changes else None
        briefing = gather_briefing(store, view, LINK, since=since)
        made[name] = briefing, make_deck(briefing, store)
    return made


FIELDS = ("kind", "incident_id", "title", "days", "column", "before", "after", "by")


def open_deck(content):
    """Read a deck."""
    return Presentation(io.BytesIO(content))


def shapes_of(shapes):
    """Give the shapes of a slide, those in groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes_of(shape.shapes)


def texts_of(slide):
    """Give all text of a slide, tables too."""
    found = []
    for shape in shapes_of(slide.shapes):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(" ".join(found).replace("\u200e", "").split())


def find_slide(content, begin):
    """Give the slide whose title begins so."""
    return next(s for s in open_deck(content).slides if s.shapes.title.text_frame.text.startswith(begin))


def table_of(slide):
    """Give the rows of the table of a slide."""
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_first_slide_has_the_numbers_of_the_tables(decks, stores):
    briefing, content = decks["many"]
    counts = stores["many"].counts(View())
    said = texts_of(open_deck(content).slides[0])
    assert f"{counts.shown:,} incidents, with at least {counts.killed.low:,} people reported killed." in said
    assert f"the best to {counts.killed.best:,} (of {counts.killed.figures[1]:,})" in said
    for part in (briefing.version, briefing.as_of_words, "Filters: all incidents", f"{counts.total:,} incidents"):
        assert part in said, f"the first slide does not say {part}"


def test_targets_add_up_to_the_incidents(decks, stores):
    rows = table_of(find_slide(decks["many"][1], "Targets"))
    found = stores["many"].facet(View(), next(pick for pick in PICKS if pick.key == "target"))
    listed = {row[0]: int(row[-1].replace(",", "")) for row in rows[1:-1]}
    assert listed == {name or "unknown": n for name, n in found.items()}
    for row in rows[1:]:
        assert sum(int(cell or 0) for cell in row[1:-1]) == int(row[-1]), f"{row[0]} does not add up"


def test_charts_hold_the_numbers_of_the_tables(decks, stores):
    slide = next(s for s in open_deck(decks["many"][1]).slides if any(shape.has_chart for shape in s.shapes))
    charts = [shape.chart for shape in slide.shapes if shape.has_chart]
    sure = list(charts[0].plots[0].series[0].values)
    rows = stores["many"].rows(View())
    dated = rows.dropna(subset=["date_start"])
    first, last = (pd.to_datetime(dated[end]).dt.to_period("Q") for end in ("date_start", "date_end"))
    within = first[first == last].value_counts()
    assert sum(sure) == within.sum()
    assert max(sure) == within.max()
    assert charts[1].part.chart_workbook.xlsx_part is not None, "the chart cannot be edited without its workbook"


def test_lanes_draw_every_dated_incident(decks, stores):
    slide = find_slide(decks["some"][1], "When")
    group = next(shape for shape in slide.shapes if shape.name == "Incidents")
    dated = stores["some"].counts(View())
    assert len(group.shapes) == dated.shown - dated.undated


def test_disputed_figures_are_those_of_the_tables(decks):
    briefing, content = decks["hard"]
    assert len(briefing.disputed) == 5
    slide = find_slide(content, "Who says how many")
    notes = slide.notes_slide.notes_text_frame.text.replace("\u200e", "")
    for one in briefing.disputed:
        for saying in one.sayings:
            assert f"{saying.number}: {saying.who}" in notes
            assert saying.note.sentence in notes, "the notes lack a sentence"


def test_what_changed_is_told(decks):
    said = texts_of(find_slide(decks["hard"][1], "Since the last export"))
    assert "killed: at least 19 → 24 (person: A. Analyst)" in said
    assert "1 revised, 1 new, 1 merged" in said
    assert not any("Since" in s.shapes.title.text_frame.text for s in open_deck(decks["some"][1]).slides)


@pytest.mark.parametrize("name", ["none", "one", "some", "many", "hard"])
def test_type_is_18_points_or_more(decks, name):
    small = []
    for slide in open_deck(decks[name][1]).slides:
        for shape in shapes_of(slide.shapes):
            frames = [shape.text_frame] if shape.has_text_frame else []
            if getattr(shape, "has_table", False) and shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            runs = [run for frame in frames for para in frame.paragraphs for run in para.runs]
            small += [run.text for run in runs if run.font.size is None or run.font.size < Pt(18)]
            if getattr(shape, "has_chart", False) and shape.has_chart:
                assert shape.chart.font.size >= Pt(18)
                assert shape.chart.legend.font.size >= Pt(18)
    assert not small, f"smaller than 18 points, or of unknown size: {small[:5]}"


@pytest.mark.parametrize("name", ["none", "one", "some", "many", "hard"])
def test_no_slide_is_empty_and_each_is_told(decks, name):
    briefing, content = decks[name]
    slides = list(open_deck(content).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert "What we do not know" in titles
    for slide, title in zip(slides, titles, strict=True):
        inner = [s for s in slide.shapes if s.name not in ("Foot", "Number", "Rule") and s != slide.shapes.title]
        assert title and inner, f"“{title}” is empty"
        notes = slide.notes_slide.notes_text_frame.text
        for part in (f"Filters: {briefing.filters}", briefing.version, briefing.as_of_words, LINK):
            assert part in notes, f"the notes of “{title}” do not say {part}"
        for shape in slide.shapes:
            if shape.shape_type == 13 or shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0], f"nothing says what is on “{title}”"
    assert name != "none" or len(slides) == 3


def test_footnotes_lead_to_sentences(decks):
    briefing, content = decks["many"]
    slides = list(open_deck(content).slides)
    sources = next(slide for slide in slides if slide.shapes.title.text_frame.text.startswith("Sources"))
    said = texts_of(sources)
    for number, one in enumerate(briefing.deadliest, start=1):
        assert f"[{number}] {one.notes[0].source}" in said
        assert one.notes[0].sentence in texts_of(slides[1]), "the words of the source are not on the slide"
    links = [rel.target_ref for slide in slides for rel in slide.part.rels.values() if rel.is_external]
    assert links and all(link.startswith(("http://", "https://")) for link in links)


def test_nothing_hostile_is_left(decks):
    with zipfile.ZipFile(io.BytesIO(decks["many"][1])) as parts:
        text = " ".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.endswith((".xml", ".rels")))
    assert "javascript:" not in text
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "<b>" not in text and "&lt;b&gt;" in text


def test_a_corrected_toll_stands_in_the_deck(tmp_path):
    folder = write(tmp_path, 12)
    rows = pd.read_parquet(folder / "incidents.parquet")
    ends = ["killed_low", "killed_best", "killed_high"]
    rows.loc[3, ends] = 4321
    rows.loc[3, ["corrected", "reviewer", "review_state"]] = ["killed_best", "A. Analyst", "edited"]
    rows.to_parquet(folder / "incidents.parquet", index=False)
    store = Store(folder)
    said = texts_of(open_deck(make_deck(gather_briefing(store, View(), LINK), store)).slides[1])
    assert "4321 killed" in said
    assert "[The toll was set by A. Analyst.]" in said
    assert rows.loc[3, "source_sentence"].split(",")[0] in said


def test_the_same_again(decks, stores):
    briefing, content = decks["some"]
    assert make_deck(briefing, stores["some"]) == content


def write_template(kind="template"):
    """Make a template with slides of its own, as .potx or .pptx."""
    ground = lay_ground()
    slide = ground.deck.slides.add_slide(ground.deck.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template"
    out = io.BytesIO()
    ground.deck.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml" and kind == "template":
                part = part.replace(b"presentationml.presentation.main+xml", b"presentationml.template.main+xml")
            if name.startswith("ppt/theme"):
                part = part.replace(b'typeface="Arial"', b'typeface="Verdana"')
            new.writestr(name, part)
        if kind == "macros":
            new.writestr("ppt/vbaProject.bin", b"x")
    return changed.getvalue()


@pytest.mark.parametrize("kind", ["template", "presentation"])
def test_a_template_gives_its_look_and_not_its_slides(decks, stores, kind):
    briefing, own = decks["some"]
    content = make_deck(briefing, stores["some"], template=write_template(kind))
    made = open_deck(content)
    assert "A slide of the template" not in " ".join(map(texts_of, made.slides))
    assert len(made.slides) >= len(open_deck(own).slides) - 1
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"Verdana" in parts.read("ppt/theme/theme1.xml")
        assert b"template.main" not in parts.read("[Content_Types].xml")
        assert len([n for n in parts.namelist() if n.startswith("ppt/slides/slide")]) == len(made.slides)


@pytest.mark.parametrize(("content", "words"), [
    (b"no file", "is no PowerPoint file"), (b"", "is no PowerPoint file"), (write_template("macros"), "has macros"),
])  # fmt: skip
def test_a_template_that_is_none_is_refused(content, words):
    with pytest.raises(TemplateError, match=words):
        lay_ground(content)


def test_libreoffice_shows_all_of_it(decks, stores, tmp_path):
    contents = {f"{name}_pptx": content for name, (_, content) in decks.items()}
    wide = make_deck(decks["hard"][0], stores["hard"], template=write_template())
    pdfs = make_pdf(tmp_path, **contents, wide_pptx=wide)
    for name, pdf in pdfs.items():
        assert not find_outside(pdf), f"{name}: text beyond the slide"
        assert not find_overlaps(pdf), f"{name}: words lie on each other"
    text = read_text(pdfs["many_pptx"])
    counts = stores["many"].counts(View())
    for part in (f"{counts.shown:,} incidents, with at least {counts.killed.low:,} people reported killed",
                 decks["many"][0].version, "Boundaries are not authoritative"):  # fmt: skip
        assert part in text, f"LibreOffice shows no “{part}”"
