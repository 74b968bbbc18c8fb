"""Set a page with typst: words reach it as JSON, so that no mark-up in them is ever obeyed, and fonts are embedded.

The same words give the same bytes. Scripts that Source Sans lacks fall back to the fonts of the machine.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from pipeline.brief.bidi import settle
from pipeline.brief.map_text import FONTS

TEMPLATES = Path(__file__).with_name("typst")
EXACT = frozenset({"map", "url", "link"})  # what is shown or used letter by letter


def set_page(template: str, words: Mapping[str, Any], form: str = "pdf", dpi: int = 200) -> bytes:
    """Give a page as "pdf" or "png", made of a template and of what it is to say."""
    source, told = TEMPLATES / f"{template}.typ", _tell(words)
    if form == "png":
        made: Any = typst.compile(source, root=TEMPLATES, font_paths=_load_fonts(), sys_inputs=told, format="png",
                                  ppi=float(dpi))  # fmt: skip
    else:
        made = typst.compile(source, root=TEMPLATES, font_paths=_load_fonts(), sys_inputs=told, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError(f"{template} has {len(made or ())} pages where it must have one")
    return made


def measure_page(template: str, words: Mapping[str, Any]) -> dict[str, float]:
    """Give what the template says about itself, as its one piece of metadata labelled <measured>."""
    found = typst.query(TEMPLATES / f"{template}.typ", "<measured>", field="value", one=True, root=TEMPLATES,
                        font_paths=_load_fonts(), sys_inputs=_tell(words))  # fmt: skip
    return {str(name): float(value) for name, value in json.loads(found).items()}


@lru_cache(maxsize=1)
def _load_fonts() -> typst.Fonts:
    """Find the fonts once: those of the machine are many."""
    return typst.Fonts(font_paths=[FONTS])


def _tell(words: Mapping[str, Any]) -> dict[str, str]:
    """Give what typst is told beside the template."""
    return {"words": json.dumps(_settle(dict(words)), ensure_ascii=False)}


def _settle(value: Any, key: str = "") -> Any:  # noqa: ANN401
    """Keep each text that runs from right to left from turning what stands beside it."""
    if isinstance(value, dict):
        return {name: _settle(one, str(name)) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_settle(one, key) for one in value]
    return settle(value) if isinstance(value, str) and key not in EXACT else value
