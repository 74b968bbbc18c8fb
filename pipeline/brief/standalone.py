"""The stand-alone HTML of a briefing: one file with map, timeline and list that works from a memory stick.

It asks no network: its content policy forbids every request, and lets only those scripts run whose seals it names. What
articles say is data in it, never markup. The same briefing gives the same bytes.
"""

import html
import json
from base64 import b64encode
from hashlib import sha256
from string import Template
from typing import Any

from pipeline.brief.briefing import BORDERS, Briefing, Tell
from pipeline.brief.drawing import read_drawing, read_drawing_style
from pipeline.brief.notes import Footnotes, Note, clean
from pipeline.brief.palette import FAMILIES, find_contrast
from pipeline.brief.standalone_files import read_deck, read_ground_colours, read_letters, read_page
from pipeline.brief.standalone_ground import cut_ground
from pipeline.brief.standalone_rows import list_rows
from pipeline.brief.symbols import INK, LARGEST, PAPER, READABLE, RIM, SMALLEST
from pipeline.tables.store import Store

START = "requestAnimationFrame(() => setTimeout(() => page?.map.takeDeck()));"  # once the list is there to read
THEMES = ("light", "dark")
# How to read the file, beside what it says of itself.
_READING = (
    "What is not stated is said to be so; it is never zero.",
    "Days: a bar on the timeline is as long as the doubt about the day. A filter keeps what overlaps the days asked.",
    "Places: a hollow mark is known to the district or province only, and can lie anywhere in its ring. What has no "
    "point or no day is in the list.",
    "Figures: “at least” has no upper end. Sums add lows, bests and highs apart, leave out parts of a wave that is "
    "itself counted, and say how many incidents have no figure.",
    "Stories: copies of one text count once. Each number in small type is a footnote to outlet, day and sentence.",
)
Json = Any


def make_standalone(briefing: Briefing, store: Store, *, tell: Tell = lambda doing, done, of: None) -> bytes:
    """Make the HTML, in UTF-8."""
    tell("Sentences", 0, 3)
    book = write_book(briefing, store)
    tell("Page", 1, 3)
    page, style, script = read_page()
    style = "\n".join([read_letters(), read_drawing_style(), style, _colour()])
    scripts = {"page": f"{read_drawing()}\n{script}", "deck": read_deck(), "start": START}
    facts = "".join(
        f"<div><dt>{_escape(name)}</dt><dd><bdi>{_escape(words)}</bdi></dd></div>"
        for name, words in list_facts(briefing)
    )
    tell("Putting it together", 2, 3)
    made = Template(page).substitute(
        policy=_write_policy(style, scripts.values()),
        title=_escape(briefing.title), facts=facts, empty=_escape(_say_empty(briefing)),
        reading="".join(f"<li>{_escape(words)}</li>" for words in [*_tell_method(briefing), *_READING]),
        border=_escape(BORDERS), style=style, book=_write_json(book), **scripts,
    )  # fmt: skip
    tell("Done", 3, 3)
    return made.encode("utf-8", "replace")


def write_book(briefing: Briefing, store: Store) -> Json:
    """Give the data that the page draws."""
    notes = Footnotes()
    rows = list_rows(store, briefing.view, briefing.rows, notes)
    return {
        "rows": rows,
        "notes": [_write_note(note) for note in notes.notes],
        "total": briefing.n,
        "claims": briefing.view.claims,
        "families": [_write_family(one.key) for one in FAMILIES],
        "symbols": {"largest": LARGEST, "smallest": SMALLEST, "readable": READABLE, "rim": RIM,
                    "ink": _by_theme(INK), "paper": _by_theme(PAPER)},
        "colours": {theme: read_ground_colours(theme) for theme in THEMES},
        "ground": cut_ground((row["at"][0], row["at"][1]) for row in rows if "at" in row),
    }  # fmt: skip


def list_facts(briefing: Briefing) -> list[tuple[str, str]]:
    """Give what the file holds, of which state of the data, as names and values."""
    counts = briefing.counts
    held = f" (the first {len(briefing.rows):,} are in this file)" if briefing.left_out else ""
    link = [("Link", clean(briefing.link))] if briefing.link else []
    return [
        ("Filters", briefing.filters),
        ("Incidents", f"{counts.shown:,} of {counts.total:,}{held}"),
        ("Killed, low – best – high", _say_total(counts.killed)),
        ("Injured", _say_total(counts.injured)),
        ("Data as of", briefing.as_of_words),
        ("Data version", briefing.version),
        *link,
    ]


def _say_total(total: Json) -> str:
    """Say a sum, and what it leaves out."""
    return f"{total}; {total.without:,} without a figure" if total.stated else "no incident has a figure"


def _say_empty(briefing: Briefing) -> str:
    """Say that nothing is shown, and what was asked."""
    return f"No incident fits these filters: {briefing.filters}. The tables hold {briefing.counts.total:,}."


def _tell_method(briefing: Briefing) -> list[str]:
    """Say how exact the incidents are known."""
    if not briefing.n:
        return []
    method, unknown, sources = briefing.method, briefing.unknowns, briefing.sources
    return [
        f"Of {briefing.n:,} incidents: known to the day {method.exact_day:,}; to the site or town {method.town:,}; "
        f"to the district or province only {method.area:,}; told by one story only {method.single_story:,}.",
        f"Without a day: {unknown.no_day:,}; without a point: {unknown.no_point:,}; without a figure of people killed: "
        f"{unknown.no_killed:,}; told by a party to the fight alone: {method.party_claim:,}; corrected by a person: "
        f"{method.corrected:,}.",
        f"Sources: {sources.articles:,} articles, {sources.stories:,} independent stories.",
    ]


def _write_note(note: Note) -> Json:
    """Give a footnote."""
    cells = {
        "article": note.article_id,
        "sentence": note.sentence,
        "source": note.source,
        "title": note.title,
        "url": note.url,
    }
    return {name: words for name, words in cells.items() if words or name == "sentence"}


def _by_theme(colours: dict[bool, str]) -> dict[str, str]:
    """Give colours by the names of light and dark."""
    return {"light": colours[False], "dark": colours[True]}


def _write_family(key: str) -> dict[str, str]:
    """Give a family of types, and the colour of a number on it."""
    family = next(one for one in FAMILIES if one.key == key)
    on = {f"{theme}On": max(("#ffffff", "#1b2226"), key=lambda one: find_contrast(one, family.colour(theme == "dark")))
          for theme in THEMES}  # fmt: skip
    return {"key": key, "label": family.label, "light": family.light, "dark": family.dark, **on}


def _colour() -> str:
    """Write the CSS of the colours that families and ground have, light and dark."""
    rules = []
    for theme in THEMES:
        root = f':root[data-theme="{theme}"]'
        ground = "".join(f"--{name}:{colour};" for name, colour in read_ground_colours(theme).items())
        rules.append(f"{root}{{{ground}}}")
        for one in map(_write_family, (family.key for family in FAMILIES)):
            rules.append(f"{root} .of-{one['key']}{{--family:{one[theme]};--family-on:{one[f'{theme}On']}}}")
    return "\n".join(rules)


def _write_policy(style: str, scripts: Any) -> str:  # noqa: ANN401  any texts
    """Write the content policy: nothing is fetched, and only these scripts and styles hold."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_seal, scripts))}",
            f"style-src {_seal(style)}",
            "img-src data: blob:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _seal(text: str) -> str:
    """Give the seal under which a content policy lets a script or style hold."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _write_json(book: Json) -> str:
    r"""Write data so that no text in it can end the element it stands in.

    >>> _write_json({"a": "</script><!--"})
    '{"a":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(book, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _escape(words: str) -> str:
    """Write words so that HTML shows them as they are."""
    return html.escape(clean(words))
