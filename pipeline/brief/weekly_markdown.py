"""A weekly list as Markdown; the words of articles are shown as they are, never as markup."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from pipeline.brief.bidi import settle
from pipeline.brief.notes import Note, clean
from pipeline.brief.weekly_list import Entry, group
from pipeline.brief.weekly_page import EMPTY, SENTENCES, Sheet

_MARKS = re.compile(r"([\\`*_{}\[\]#+!|~$^@])")


def write_markdown(sheet: Sheet) -> bytes:
    """Write the list."""
    return ("\n".join(_write(sheet)) + "\n").encode("utf-8", "replace")


def _write(sheet: Sheet) -> Iterator[str]:
    """Give the lines."""
    yield f"# {escape(sheet.title)}\n"
    yield from (f"- {escape(fact)}" for fact in sheet.facts)
    if sheet.link:
        yield f"- Link: <{quote_link(sheet.link)}>"
    if not sheet.entries:
        yield f"\n{EMPTY}"
    for week in group(sheet.entries, "week"):
        yield f"\n## {escape(week.name)}"
        for day in group(week.entries, "day"):
            yield from [f"\n### {escape(day.name)}"] if day.name else []
            for province in group(day.entries, "province"):
                yield f"\n#### {escape(province.name)}\n"
                yield from (f"- {write_entry(entry)}" for entry in province.entries)
    if sheet.notes:
        yield f"\n## {SENTENCES}\n"
        yield from (f"{number}. {_write_note(note)}" for number, note in enumerate(sheet.notes, start=1))
    yield ""
    yield from (f"{escape(line)}  " for line in sheet.ends)


def write_entry(entry: Entry) -> str:
    """Write one incident with its sources in brackets."""
    sources = [f"{_write_source(note)} ({number})" for number, note in entry.sources]
    listed = "; ".join([*sources, *([escape(entry.more)] if entry.more else [])])
    return f"**{escape(entry.title)}**: {escape(entry.words)} \\[{listed}\\]"


def _write_source(note: Note) -> str:
    """Write outlet and day, with a link where there is one."""
    return f"[{escape(note.source)}](<{quote_link(note.url)}>)" if note.url else escape(note.source)


def _write_note(note: Note) -> str:
    """Write a sentence with its source."""
    return f"{_write_source(note)}: “{escape(note.sentence)}”"


def escape(text: str) -> str:
    r"""Write words so that Markdown shows them as they are.

    >>> escape("<b>*1* & [x](y)"), escape("1. first"), escape("- item")
    ('&lt;b&gt;\\*1\\* &amp; \\[x\\](y)', '1\\. first', '\\- item')
    """
    safe = _MARKS.sub(r"\\\1", settle(clean(text))).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if found := re.match(r"^(\d+)([.)])", safe):
        return f"{found[1]}\\{safe[len(found[1]) :]}"
    return f"\\{safe}" if safe[:1] in ("-", "=") else safe


def quote_link(url: str) -> str:
    """Write an address so that it ends where it ends.

    >>> quote_link("https://example.org/a b>c")
    'https://example.org/a%20b%3Ec'
    """
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")
