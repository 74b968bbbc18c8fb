"""Read the article of an HTML page: its text without menus and comments, its captions, and what the page says of it.

The publication date comes from JSON-LD, else from meta tags, else from a `time` element, else from nowhere: a date in
an address or a copyright line is no publication date.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import trafilatura
from lxml.html import HtmlElement

from pipeline.dates.stated_days import read_published
from pipeline.intake.decode import BOMS, as_utf8, decode_text
from pipeline.intake.drafts import Draft, UnreadableError
from pipeline.model import Published

DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
META_DATES = (
    "article:published_time og:published_time og:article:published_time datepublished date_published publish-date "
    "publish_date publication_date pubdate parsely-pub-date sailthru.date dc.date.issued dcterms.created dc.date "
    "dcterms.date article.published date"
).split()
META_SITES = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
MOST_ELEMENTS = 30_000  # of a page: some six times what news pages have
MOST_COMPARED = 6_000  # up to which several ways of finding the article are compared, some of which take the square
MOST_CAPTIONS = 200
MOST_WORDS = 10_000  # between two marks: the parser takes the square of the attributes of one
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,20}(\d{4})", re.IGNORECASE)
NEW_YEAR = re.compile(r"\b(?:jan(?:uary|\.)?\s+0?1(?:st)?\b(?!\d)|0?1(?:st)?\s+jan(?:uary)?)", re.IGNORECASE)


def read_html(path: Path) -> Iterator[Draft]:
    """Give the article of a page, or raise UnreadableError where the page has none or is made to break its reader."""
    page = decode_page(path.read_bytes())
    try:
        yield read_page(page)
    except (UnreadableError, OSError):
        raise
    except Exception as error:  # lxml and trafilatura raise what they stumble over, RecursionError among it
        raise UnreadableError(f"the page is damaged ({type(error).__name__})", "save the page again") from error


def decode_page(data: bytes) -> str:
    """Decode a page: by its mark or as UTF-8, else as it declares, else as it looks."""
    if any(data.startswith(mark) for mark, _ in BOMS):
        return decode_text(data).text
    if (decoded := as_utf8(data)) and decoded.certain:
        return decoded.text
    if declared := DECLARED.search(data[:4096]):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page may declare what it is not
    return decode_text(data).text


def read_page(page: str) -> Draft:
    """Give the article of a page as a draft."""
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page).replace("\x00", "")
    if any(len(part) > MOST_WORDS and len(part.split()) > MOST_WORDS for part in page.split(">")):
        raise UnreadableError("a part of the page without any mark is too long", "paste the article into a .txt file")
    try:
        tree = lxml.html.document_fromstring(page)
    except (lxml.etree.ParserError, ValueError) as error:
        raise UnreadableError("the page is empty or no HTML", "save the page again") from error
    if (count := sum(1 for _ in tree.iter())) > MOST_ELEMENTS:
        raise UnreadableError(
            f"the page has {count:,} elements, more than the {MOST_ELEMENTS:,} that are read",
            "paste the article into a .txt file",
        )
    said = list(linked_data(tree))
    metas = read_metas(tree)
    url = read_url(tree, metas)
    whole = " ".join(tree.text_content().split())
    published = read_date(tree, said, metas, whole)
    captions = free_captions(tree)
    free_columns(tree)
    text, title, author = extract(tree, plain=count > MOST_COMPARED)
    if not text:
        raise UnreadableError("the page holds no text", "paste the article into a .txt file")
    return Draft(
        text=text,
        title=title,
        outlet=read_site(tree, said, metas, title) or (urlsplit(url).hostname or "").removeprefix("www."),
        author=read_authors(said) or author,
        url=url,
        published=published,
        caption_spans=find_captions(text, captions),
    )


def extract(tree: HtmlElement, plain: bool) -> tuple[str, str, str]:
    """Give text, title and author of the article, a blank line between paragraphs; only the `plain` way if so asked."""
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True, fast=plain)
    text = getattr(found, "text", None) or trafilatura.baseline(tree)[1] or ""
    paragraphs = (line.strip(" \t|") for line in text.splitlines())
    title, author = one_line(getattr(found, "title", "")), one_line(getattr(found, "author", ""))
    return "\n\n".join(filter(None, paragraphs)), title, author.replace("; ", " | ")


def one_line(words: str | None) -> str:
    """Give words on one line."""
    return " ".join((words or "").split())


def free_captions(tree: HtmlElement) -> list[str]:
    """Turn figures into plain blocks, since the extraction drops captions with their pictures; give the captions."""
    captions: list[str] = []
    for caption in tree.xpath("//figcaption"):
        if len(captions) < MOST_CAPTIONS and (words := one_line(caption.text_content())):
            captions.append(words)
        for child in caption.xpath(".//p | .//div"):
            child.tag = "span"
        caption.tag = "p"
    for figure in tree.xpath("//figure"):
        figure.tag = "div"
    return captions


def free_columns(tree: HtmlElement) -> None:
    """Turn tables that only place the page's columns into plain blocks, since the cells of a table become one line."""
    for table in tree.xpath("//table[.//td[count(.//p) > 1 or count(.//br) > 3 or string-length(.) > 600]]"):
        for part in table.xpath(
            "descendant-or-self::*[self::table or self::tbody or self::tr or self::td or self::th]"
        ):
            part.tag = "div"


def find_captions(text: str, captions: list[str]) -> tuple[tuple[int, int], ...]:
    r"""Give where the captions stand in the extracted text, blanks aside; one that is not there is passed over.

    >>> find_captions("One.\n\nGuards at  a gate.\n\nTwo.", ["Guards at a gate."])
    ((6, 24),)
    """
    spans: set[tuple[int, int]] = set()
    for caption in dict.fromkeys(captions):
        pattern = r"\s*".join(map(re.escape, caption.split()))
        spans.update((found.start(), found.end()) for found in re.finditer(rf"^{pattern}$", text, re.MULTILINE))
    return tuple(sorted(spans))


def linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Give the JSON-LD nodes that describe this page's article, not those of lists of other articles."""
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a page whose own notes are broken may still say the same in its meta tags
        nodes = found if isinstance(found, list) else [found]
        for node in nodes:
            inner = node.get("@graph", [node]) if isinstance(node, dict) else []
            listed = inner if isinstance(inner, list) else [inner]
            yield from (one for one in listed if isinstance(one, dict) and is_article(one))


def is_article(node: dict[str, object]) -> bool:
    """Say whether a JSON-LD node is an article.

    >>> is_article({"@type": ["ReportageNewsArticle"]}), is_article({"@type": "ItemList"})
    (True, False)
    """
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).endswith(("Article", "BlogPosting", "Report")) for name in names)


def read_metas(tree: HtmlElement) -> dict[str, str]:
    """Give the meta tags by lower-case name; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), one_line(meta.get("content")))
    return metas


def read_url(tree: HtmlElement, metas: dict[str, str]) -> str:
    """Give the page's own address: the canonical link, else og:url."""
    base = metas.get("og:url", "")
    for link in tree.xpath('//link[translate(@rel, "CANOIL", "canoil")="canonical"]/@href'):
        return join_url(base, link.strip())
    return join_url(base, "")


def join_url(base: str, link: str) -> str:
    """Give the address that a link leads to from a page, or "" where one of them is none.

    >>> join_url("https://a.example/x", "/y"), join_url("https://[a.example/", "/y")
    ('https://a.example/y', '')
    """
    try:
        url = urljoin(base, link)
        return url if urlsplit(url) else ""
    except ValueError:
        return ""


def read_site(tree: HtmlElement, said: list[dict[str, object]], metas: dict[str, str], title: str) -> str:
    """Give the name of the site, which some pages wrongly set to the headline; else what follows it in their title."""
    publishers = [publisher for node in said if isinstance(publisher := node.get("publisher"), dict)]
    names = [metas.get(name, "") for name in META_SITES[:1]]
    names += [one_line(str(publisher.get("name") or "")) for publisher in publishers]
    names += [metas.get(name, "") for name in META_SITES[1:]]
    head = one_line(" ".join(tree.xpath("//head/title/text()")))
    if title and head.startswith(title):
        names.append(head.removeprefix(title).strip(" |–—-:·•»"))
    return next((name for name in names if name and name != title and len(name) <= 60), "")


def read_authors(said: list[dict[str, object]]) -> str:
    """Give the authors that JSON-LD names.

    >>> read_authors([{"author": [{"name": "Ann Lee"}, "Bo Ray"]}])
    'Ann Lee | Bo Ray'
    """
    stated = next((node["author"] for node in said if node.get("author")), [])
    people = stated if isinstance(stated, list) else [stated]
    names = (person.get("name") if isinstance(person, dict) else person for person in people)
    return " | ".join(one_line(name) for name in names if isinstance(name, str))


def read_date(tree: HtmlElement, said: list[dict[str, object]], metas: dict[str, str], whole: str) -> Published | None:
    """Give the first publication date that the page states and that is more than a year made into a date."""
    stated = [str(node.get("datePublished") or "") for node in said]
    stated += [metas.get(name, "") for name in META_DATES]
    stated += tree.xpath(
        "//time[@datetime and not(ancestor::aside or ancestor::footer or ancestor::nav or ancestor::*["
        'contains(@class, "comment") or contains(@class, "related") or contains(@id, "comment")])]/@datetime'
    )
    read = (read_published(words, "metadata") for words in stated)
    return next(
        (day for day in read if day and day.first == day.last and not is_copyright_year(day.first, whole)), None
    )


def is_copyright_year(day: date, whole: str) -> bool:
    """Say whether a first of January is only the year of the copyright line.

    >>> is_copyright_year(date(2023, 1, 1), "All rights reserved © 2023")
    True
    >>> is_copyright_year(date(2023, 1, 1), "January 1, 2023. © 2023")
    False
    """
    years = {int(year) for year in COPYRIGHT.findall(whole)}
    return (day.month, day.day) == (1, 1) and day.year in years and not NEW_YEAR.search(whole)
