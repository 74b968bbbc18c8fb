"""Read what stands over a text: a headline, and the outlet that names itself there.

Nothing is taken out of the text, since every offset counts in it.
"""

import re
from collections.abc import Callable

SITE = re.compile(r"(?<!\s)\s+\|\s+(?P<site>[^|]{2,40})\s*\Z")
SLUG = re.compile(r"\s*(?:[A-Z][\w.,' ]{1,60}?\s*)?\((?P<paren>[A-Z][\w.&' ]{1,30})\)\s*(?:[-–—]|(?=[A-Z\"“]))")
LONE_SLUG = re.compile(r"(?m)^\s*(?P<name>[A-Z][\w.&'’ ]{1,40}?)\s*[—–]\s*$(?=\s*^\s*$|\s*\Z)")
MARKDOWN = re.compile(r"#{1,3}\s+")
HEAD = 600


def read_title(text: str) -> str:
    r"""Give the first line where it looks like a headline: short, no full stop, a blank line and more text after it.

    >>> read_title("Blast near a Kabul bank kills four | Plain News\n\nA bomb went off.")
    'Blast near a Kabul bank kills four'
    >>> read_title("A bomb went off in Kabul.\n\nFour people died."), read_title("CNN  — \n\nA bomb went off.")
    ('', '')
    """
    line, _, rest = text.lstrip().partition("\n")
    line = MARKDOWN.sub("", line.strip(), count=1)
    after = rest.split("\n", 1)
    followed = len(after) == 2 and not after[0].strip() and after[1].strip()
    if not followed or len(line) > 220 or len(line.split()) < 3 or re.search(r"(?<!\.)[.:;,—–-][\"”’')]*\Z", line):
        return ""
    return SITE.sub("", line)


def read_outlet(text: str) -> str:
    """Give the outlet that the text's head names, or nothing."""
    return next((name for rule in RULES if (name := rule(text))), "")


def after_headline(text: str) -> str:
    r"""Read the site's name behind the headline.

    >>> after_headline("Blast near a Kabul bank kills four | Plain News\n\nA bomb went off.")
    'Plain News'
    """
    line = text.lstrip().partition("\n")[0]
    found = SITE.search(line) if len(line) < HEAD else None
    return found["site"].strip() if found and len(found["site"].split()) <= 5 else ""


def agency_slug(text: str) -> str:
    """Read the agency in the brackets of a dateline.

    >>> agency_slug("KABUL, Afghanistan (Plain News) — A bomb went off."), agency_slug("Police (18) — said")
    ('Plain News', '')
    """
    for line in text[:HEAD].splitlines()[:6]:
        if found := SLUG.match(line):
            return found["paren"].strip()
    return ""


def lone_slug(text: str) -> str:
    r"""Read a name that stands alone over the text before a dash, unless it looks like a place in capitals.

    >>> lone_slug("PNN  — \n\nA bomb went off."), lone_slug("KABUL —\n\nA bomb went off.")
    ('PNN', '')
    """
    found = LONE_SLUG.search(text[:HEAD])
    if not found:
        return ""
    name = " ".join(found["name"].split())
    names_itself = re.search(rf"\b(?:told|tells|by|to) {re.escape(name)}\b", text) is not None
    return name if names_itself or not name.isupper() or len(name) <= 4 else ""


RULES: tuple[Callable[[str], str], ...] = (after_headline, agency_slug, lone_slug)
