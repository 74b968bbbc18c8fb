import json
import os
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from pipeline.intake.articles import SeedError, read_articles
from pipeline.intake.decode import decode_text
from pipeline.model import Article, Issue, Published

FIRST = (
    "A bomb hidden in a handcart went off beside the wool market of Selmeh on Monday, killing nine people, police said."
)
SECOND = "“I saw the cart and thought nothing of it,” said Ann Loré, who sells tea there – and who lost a brother."
THIRD = (
    "No group has claimed the attack. The governor said that the guards had been withdrawn a week before to save money."
)
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"


def read(*paths):
    """Read, and give articles by id and issues."""
    found = list(read_articles(list(paths)))
    return {one.article_id: one for one in found if isinstance(one, Article)}, [
        one for one in found if isinstance(one, Issue)
    ]


def only(path):
    """Read a file that must give one article and no issue."""
    articles, issues = read(path)
    assert issues == []
    (article,) = articles.values()
    return article


def left_out(path):
    """Read a file that must give one issue of the kind `unreadable` and no article."""
    articles, issues = read(path)
    assert articles == {}
    (issue,) = issues
    assert issue.kind == "unreadable"
    assert issue.message.startswith(f"{path.name} was left out: "), issue.message
    assert issue.message.endswith(".")
    assert issue.to_do.endswith(".")
    assert str(path.parent) not in issue.message, "a message must not tell where on a machine a file lies"
    return issue


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_marked_encodings_give_the_same_text(self, tmp_path, encoding):
        (tmp_path / "a.txt").write_bytes(BODY.encode(encoding))
        assert only(tmp_path / "a.txt").text == BODY

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
    def test_unmarked_encodings_give_the_text_and_a_doubt(self, tmp_path, encoding):
        (tmp_path / "a.txt").write_bytes(BODY.encode(encoding))
        articles, (issue,) = read(tmp_path)
        assert articles["a"].text == BODY
        assert (issue.kind, issue.article_id) == ("limit", "a")
        assert encoding in issue.message

    def test_other_alphabets_are_guessed_and_listed(self, tmp_path):
        russian = "Взрыв прогремел на рынке в понедельник утром, сообщила полиция города. Погибли девять человек. " * 4
        (tmp_path / "a.txt").write_bytes(russian.encode("cp1251"))
        articles, issues = read(tmp_path)
        assert articles["a"].text == russian
        assert articles["a"].language == "und"
        assert [issue.kind for issue in issues] == ["limit", "limit"]

    def test_a_few_damaged_bytes_do_not_change_the_encoding(self, tmp_path):
        data = BODY.encode()
        (tmp_path / "a.txt").write_bytes(data.replace("é".encode(), b"\xc3"))
        articles, (issue,) = read(tmp_path)
        assert articles["a"].text == BODY.replace("é", "�")
        assert issue.kind == "limit"

    def test_line_ends_and_blanks_are_not_touched(self, tmp_path):
        text = "  \r\nA bomb went off.\r\n\r\n\tNine died.\x0b\u2028\u00a0 The end \n"
        (tmp_path / "a.md").write_bytes(text.encode())
        assert only(tmp_path / "a.md").text == text

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
    def test_utf8_is_given_back_as_it_is(self, text):
        assert decode_text(b"\xef\xbb\xbf" + text.encode()).text == text

    @pytest.mark.parametrize(
        "data",
        [
            b"%PDF-1.7 ...",
            b"\x89PNG\r\n\x1a\n\x00\x00",
            b"PK\x03\x04rest",
            bytes(range(256)) * 40,
            b"abc\x00\x01\x02" * 99,
        ],
    )
    def test_binary_named_txt_is_left_out(self, tmp_path, data):
        (tmp_path / "a.txt").write_bytes(data)
        left_out(tmp_path / "a.txt")

    @pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf"])
    def test_empty_file_is_left_out(self, tmp_path, data):
        (tmp_path / "a.txt").write_bytes(data)
        assert "no text" in left_out(tmp_path / "a.txt").message

    def test_too_long_text_is_left_out_and_says_how_long(self, tmp_path):
        (tmp_path / "a.txt").write_text("Nothing happened. " * 1_200_000)
        assert "21,600,000 characters" in left_out(tmp_path / "a.txt").message

    def test_unknown_ending_is_left_out(self, tmp_path):
        (tmp_path / "a.rtf").write_text("{\\rtf1 Nine died.}")
        assert ".txt .md .html" in left_out(tmp_path / "a.rtf").to_do


class TestHead:
    def test_headline_and_outlet_come_from_the_first_lines(self, tmp_path):
        (tmp_path / "a.txt").write_text(f"Nine die at wool market | Plain News\n\nPlain News\n — \n\n{BODY}")
        article = only(tmp_path / "a.txt")
        assert (article.title, article.outlet) == ("Nine die at wool market", "Plain News")

    def test_a_first_sentence_is_no_headline(self, tmp_path):
        (tmp_path / "a.txt").write_text(f"PNN  — \n\n{BODY}")
        article = only(tmp_path / "a.txt")
        assert (article.title, article.outlet) == ("", "PNN")

    def test_date_is_inferred_where_none_is_given(self, tmp_path):
        (tmp_path / "a.txt").write_text("The market was hit in 2018.\n\nIt was hit again in May.")
        assert only(tmp_path / "a.txt").published == Published(date(2018, 6, 1), date(2018, 7, 31), "inferred")
        (tmp_path / "a.txt").write_text(BODY)
        assert only(tmp_path / "a.txt").published is None


class TestInputs:
    def test_files_come_in_the_order_of_their_names(self, tmp_path):
        for name in ("b.txt", "a/z.txt", "a/b/y.txt", "c.txt", ".hidden.txt", "a/~$lock.docx"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(f"{name}: nine died in the market on Monday, the police said.")
        articles, issues = read(tmp_path)
        assert issues == []
        assert [article.source for article in articles.values()] == ["a/b/y.txt", "a/z.txt", "b.txt", "c.txt"]

    def test_no_input_means_the_projects_own_articles(self, monkeypatch, tmp_path):
        (tmp_path / "own.txt").write_text(BODY)
        monkeypatch.setattr("pipeline.intake.inputs.ARTICLES", tmp_path)
        assert list(read()[0]) == ["own"]

    def test_a_file_named_twice_is_read_once(self, tmp_path):
        (tmp_path / "a.txt").write_text(BODY)
        assert list(read(tmp_path / "a.txt", tmp_path)[0]) == ["a"]

    def test_empty_folder_is_an_issue(self, tmp_path):
        (tmp_path / "news").mkdir()
        articles, (issue,) = read(tmp_path / "news")
        assert articles == {}
        assert (issue.kind, issue.message) == ("unreadable", "The folder news holds no article.")

    def test_missing_input_stops(self, tmp_path):
        with pytest.raises(SeedError, match="There is no file or folder"):
            read(tmp_path / "nowhere")

    def test_links_in_a_circle_do_no_harm(self, tmp_path):
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
        (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
        articles, issues = read(tmp_path)
        assert list(articles) == ["a"]
        assert [issue.message.split(" was ")[0] for issue in issues] == ["gone.txt", "self.txt"]

    def test_second_text_under_one_id_is_named_by_its_hash(self, tmp_path):
        (tmp_path / "a.txt").write_text(BODY)
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "a.txt").write_text(THIRD)
        (tmp_path / "c").mkdir()
        (tmp_path / "c" / "a.md").write_text(BODY)
        articles, (issue,) = read(tmp_path)
        first, second = articles
        assert first == "a"
        assert second.startswith("a~")
        assert len(second) == 10
        assert (issue.kind, issue.article_id) == ("conflict", second)

    def test_ids_are_kept_unless_they_break_lists(self, tmp_path):
        records = [{"id": name, "text": f"{name}. {BODY}"} for name in ("../up", "wire/7:1", "a|b", "ok-1.2 x", 17)]
        (tmp_path / "r.json").write_text(json.dumps(records))
        articles, issues = read(tmp_path)
        assert issues == []
        assert len(articles) == 5
        assert {"../up", "wire/7:1", "ok-1.2 x", "17"} < set(articles)
        assert not any("|" in name for name in articles)

    def test_a_file_name_that_is_no_utf8_can_be_told(self, tmp_path):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(BODY)
        ((name, article),) = read(tmp_path)[0].items()
        assert name.startswith("caf_~")
        assert article.source == "caf?.txt"


RECORD = {
    "id": "r1",
    "title": "Nine die",
    "text": BODY,
    "published": "2021-03-04T23:59:00-05:00",
    "outlet": "Plain News",
    "url": "https://news.example/1",
    "author": ["Ann Lee", "Bo Ray"],
    "gold": [{"x": 1}],
}


class TestRecords:
    @pytest.mark.parametrize("shape", [lambda r: [r], lambda r: r, lambda r: {"articles": [r]}])
    def test_json_records(self, tmp_path, shape):
        (tmp_path / "r.json").write_text(json.dumps(shape(RECORD)))
        article = only(tmp_path / "r.json")
        assert article.text == BODY
        assert (article.article_id, article.title, article.outlet) == ("r1", "Nine die", "Plain News")
        assert (article.author, article.url) == ("Ann Lee | Bo Ray", "https://news.example/1")
        assert article.published == Published.on("2021-03-04")

    def test_a_broken_line_costs_itself_only(self, tmp_path):
        good = json.dumps(RECORD)
        lines = [
            good,
            '{"id": "r2", "text": "cut of',
            "",
            "[1]",
            '{"id": "r3"}',
            '{"text": "  "}',
            good.replace("r1", "r9"),
        ]
        (tmp_path / "r.jsonl").write_text("\n".join(lines))
        articles, issues = read(tmp_path)
        assert list(articles) == ["r1", "r9"]
        assert articles["r9"].source == "r.jsonl:7"
        assert [issue.message.split(" was ")[0] for issue in issues] == [f"r.jsonl:{line}" for line in (2, 4, 5, 6)]

    def test_lines_may_have_a_mark_and_any_line_end(self, tmp_path):
        good = json.dumps({"id": "r1", "text": "A\u2028B went off, killing nine."}, ensure_ascii=False)
        (tmp_path / "r.jsonl").write_bytes(b"\xef\xbb\xbf" + good.encode() + b"\r\n")
        assert only(tmp_path / "r.jsonl").text == "A\u2028B went off, killing nine."

    def test_records_without_id_share_the_files_name(self, tmp_path):
        (tmp_path / "r.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in (FIRST, SECOND, FIRST)))
        articles, (issue,) = read(tmp_path)
        assert [name[:2] for name in articles] == ["r", "r~"]
        assert issue.kind == "conflict"

    def test_half_a_surrogate_can_be_written_again(self, tmp_path):
        (tmp_path / "r.json").write_text('{"text": "Nine \\ud83d died in the market.", "title": "\\udc00 x"}')
        article = only(tmp_path / "r.json")
        assert article.text == "Nine � died in the market."
        article.title.encode()

    @pytest.mark.parametrize(
        ("words", "window"),
        [("2021", ("2021-01-01", "2021-12-31")), ("2021-02", ("2021-02-01", "2021-02-28")), ("20210304T10", None)],
    )
    def test_dates_in_part(self, tmp_path, words, window):
        (tmp_path / "r.json").write_text(json.dumps({"text": FIRST, "published": words}))
        articles, issues = read(tmp_path)
        found = articles["r"].published
        assert (found and (str(found.first), str(found.last))) == window
        assert [issue.kind for issue in issues] == ([] if window else ["limit"])

    @pytest.mark.parametrize("words", ["{", "[" * 100_000, "nine", ""])
    def test_no_json_is_left_out(self, tmp_path, words):
        (tmp_path / "r.json").write_text(words)
        left_out(tmp_path / "r.json")


class TestSources:
    def write(self, folder, *rows, header="file,title,outlet,author,url,published,added_on"):
        (folder / "sources.csv").write_text("\n".join([header, *rows]) + "\n")

    def test_a_row_completes_what_the_file_does_not_say(self, tmp_path):
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "a.txt").write_text(BODY)
        (tmp_path / "articles" / "r.json").write_text(json.dumps({"text": FIRST, "outlet": "Ledger"}))
        self.write(
            tmp_path,
            "a.txt,Nine die,Plain News,Ann Lee,https://news.example/a,2021-03-04,2024-01-02",
            "articles/r.json,,Plain News,,,2021-03-05,",
        )
        articles, issues = read(tmp_path / "articles")
        assert issues == []
        a, r = articles["a"], articles["r"]
        assert (a.title, a.outlet, a.author, a.url) == ("Nine die", "Plain News", "Ann Lee", "https://news.example/a")
        assert (a.published, a.added_on) == (Published.on("2021-03-04"), "2024-01-02")
        assert (r.outlet, r.published) == ("Ledger", Published.on("2021-03-05"))

    def test_a_row_without_its_file_is_a_doubt_and_the_rest_is_read(self, tmp_path):
        (tmp_path / "a.txt").write_text(BODY)
        self.write(tmp_path, "a.txt,,Plain News,,,,", "b.txt,,Plain News,,,,")
        articles, (issue,) = read(tmp_path)
        assert articles["a"].outlet == "Plain News"
        assert (issue.kind, issue.message) == ("conflict", "sources.csv names b.txt, and there is no such file.")

    @pytest.mark.parametrize(
        ("row", "header", "message"),
        [
            ("a.txt,x", "file,titel", 'sources.csv, line 1: unknown column "titel"'),
            ("x", "title", 'sources.csv, line 1: the column "file" is missing'),
            ("a.txt,x", "file,published", 'sources.csv, line 2: published "x" is no date: write YYYY-MM-DD.'),
            ("a.txt,2021-02-30", "file,added_on", 'sources.csv, line 2: added_on "2021-02-30" is no date'),
            ("a.txt,x,y", "file,title", "sources.csv, line 2: the row has 3 cells, the header 2"),
            (",x", "file,title", 'sources.csv, line 2: the cell "file" is empty'),
            ('a.txt,"x', "file,title", "sources.csv, line 2: the line is no CSV"),
            ("a.txt,x\na.txt,y", "file,title", 'sources.csv, line 3: "a.txt" stands in line 2 too'),
        ],
    )
    def test_a_malformed_file_stops_with_one_sentence(self, tmp_path, row, header, message):
        (tmp_path / "a.txt").write_text(BODY)
        self.write(tmp_path, row, header=header)
        with pytest.raises(SeedError) as error:
            read(tmp_path)
        assert str(error.value).startswith(message)
        assert "\n" not in str(error.value)

    def test_a_file_that_is_not_utf8_stops(self, tmp_path):
        (tmp_path / "sources.csv").write_bytes("file,title\na.txt,Loré\n".encode("cp1252"))
        (tmp_path / "a.txt").write_text(BODY)
        with pytest.raises(SeedError, match="not UTF-8"):
            read(tmp_path)


SAID = [
    {"@type": "WebPage", "datePublished": "2001-01-01"},
    {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2002-02-02"}]},
    {
        "@type": ["NewsArticle"],
        "headline": "Nine die at wool market",
        "datePublished": "2021-03-05T08:00:00+04:30",
        "author": [{"@type": "Person", "name": "Ann Lee"}],
        "publisher": {"@type": "Organization", "name": "PN Ltd"},
    },
]
NEWS_PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Nine die at wool market | Plain News</title>
<link rel="canonical" href="https://news.example/wool-market"><meta property="og:site_name" content="Plain News">
<meta property="article:published_time" content="2021-03-06T01:00:00Z">
<script type="application/ld+json">{json.dumps({"@graph": SAID})}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Nine die at wool market</h1><p>{FIRST}</p>
<figure><img src="a.jpg" alt="x"><figcaption>Guards at the wool market of Selmeh on March 1.
<span>Photo: Bo Ray</span></figcaption></figure>
<p>{SECOND}</p><h2>What is known</h2><p>{THIRD}</p>
<ul><li>The cart was bought in Garmsar.</li><li>The guards left on Friday.</li></ul></article>
<aside><h3>Most read</h3><p>Five hundred people were killed in a flood, says this list of other news.</p></aside>
<div class="comments" id="comments"><p>I think 4000 people were killed, wrote a reader who was not there.</p></div>
<footer>© 2021 Plain News. All rights reserved.</footer></body></html>"""
BLOG_PAGE = f"""<html><head><title>Nine die at wool market</title>
<meta property="og:site_name" content="Nine die at wool market"><meta name="application-name" content="Valley Watch">
</head><body><div id="page"><header><h1 class="entry-title">Nine die at wool market</h1>
<time class="entry-date" datetime="2021-03-07T10:00:00+00:00">March 7</time></header>
<div class="entry-content"><p>{FIRST}</p><p class="wp-caption-text">The burned cart.</p>
<p>{SECOND}</p><p>{THIRD}</p></div>
<section class="comments"><time datetime="1999-01-01">1999</time><p>A reader wrote this and nobody asked for it.</p>
</section></div></body></html>"""
COLUMN_PAGE = f"""<html><head><title>Selmeh Gazette</title></head><body>
<table><tr><td><a href="x">Home</a></td><td><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr></table>
<p>Copyright 2021 Selmeh Gazette</p></body></html>"""
PLAIN_PAGE = f"<html><body><p>{FIRST}<p>{SECOND}<p>{THIRD}</body></html>"
LIST_PAGE = f"""<html><body><h1>Attacks in the valley</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>
<table><tr><th>Day</th><th>Place</th></tr><tr><td>1 March</td><td>Selmeh</td></tr></table></body></html>"""


class TestHtml:
    def page(self, tmp_path, page, encoding="utf-8"):
        (tmp_path / "p.html").write_bytes(page.encode(encoding))
        return only(tmp_path / "p.html")

    @pytest.mark.parametrize("page", [NEWS_PAGE, BLOG_PAGE, COLUMN_PAGE, PLAIN_PAGE])
    def test_the_article_is_kept_and_the_rest_is_not(self, tmp_path, page):
        text = self.page(tmp_path, page).text
        assert all(words in text.split("\n\n") for words in (FIRST, SECOND, THIRD))
        assert not any(words in text for words in ("Five hundred", "4000 people", "All rights", "nobody asked"))

    def test_what_a_news_page_says_of_itself(self, tmp_path):
        article = self.page(tmp_path, NEWS_PAGE)
        assert (article.title, article.outlet, article.author) == ("Nine die at wool market", "Plain News", "Ann Lee")
        assert article.url == "https://news.example/wool-market"
        assert article.published == Published(date(2021, 3, 5), date(2021, 3, 5), "metadata")

    def test_captions_are_kept_and_known(self, tmp_path):
        article = self.page(tmp_path, NEWS_PAGE)
        (span,) = article.caption_spans
        assert article.text[slice(*span)] == "Guards at the wool market of Selmeh on March 1. Photo: Bo Ray"

    def test_a_row_of_a_table_is_a_line(self, tmp_path):
        assert "1 March | Selmeh" in self.page(tmp_path, LIST_PAGE).text.split("\n\n")

    def test_list_items_are_lines(self, tmp_path):
        assert "- The guards left on Friday." in self.page(tmp_path, NEWS_PAGE).text.split("\n\n")

    def test_a_site_named_like_the_headline_is_no_outlet(self, tmp_path):
        article = self.page(tmp_path, BLOG_PAGE)
        assert (article.title, article.outlet) == ("Nine die at wool market", "Valley Watch")
        assert article.published == Published(date(2021, 3, 7), date(2021, 3, 7), "metadata")

    def test_a_copyright_year_is_no_date(self, tmp_path):
        assert self.page(tmp_path, COLUMN_PAGE).published is None
        dated = COLUMN_PAGE.replace("<head>", '<head><meta name="date" content="2021-01-01">')
        assert self.page(tmp_path, dated).published is None
        new_year = dated.replace(THIRD, f"{THIRD} Posted on January 1, 2021.")
        assert self.page(tmp_path, new_year).published.basis == "metadata"

    def test_declared_encoding_holds_where_it_is_not_utf8(self, tmp_path):
        page = PLAIN_PAGE.replace("<html>", '<html><head><meta charset="windows-1250"></head>').replace("Loré", "Łoś")
        assert "Ann Łoś" in self.page(tmp_path, page, "cp1250").text

    def test_a_row_of_sources_beats_metadata(self, tmp_path):
        (tmp_path / "p.html").write_text(NEWS_PAGE)
        (tmp_path / "sources.csv").write_text("file,outlet,published\np.html,Plain News Kabul,2021-03-04\n")
        article = only(tmp_path / "p.html")
        assert (article.outlet, article.published) == ("Plain News Kabul", Published.on("2021-03-04"))

    @pytest.mark.parametrize(
        "page", ["", "<html></html>", "<html><body><script>x()</script></body></html>", "\x00\x01"]
    )
    def test_a_page_without_text_is_left_out(self, tmp_path, page):
        (tmp_path / "p.html").write_text(page)
        left_out(tmp_path / "p.html")


class TestPdf:
    def write(self, path, paragraphs, title="", head=""):
        style = getSampleStyleSheet()["BodyText"]

        def number(canvas, document):
            canvas.drawString(40, 560, head)
            canvas.drawCentredString(200, 20, f"{document.page}")

        flow = [part for words in paragraphs for part in (Paragraph(words, style), Spacer(1, 6))]
        SimpleDocTemplate(str(path), pagesize=A5, title=title).build(flow, onFirstPage=number, onLaterPages=number)

    def test_lines_are_joined_to_paragraphs(self, tmp_path):
        self.write(tmp_path / "a.pdf", [FIRST, SECOND, THIRD])
        assert only(tmp_path / "a.pdf").text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"

    def test_sentences_run_on_over_pages(self, tmp_path):
        words = " ".join((FIRST, SECOND, THIRD)).split()
        paragraphs = [
            f"Witness {number} said: {' '.join(words[number % 20 : 30 + number * 7 % 31])} {number * 7}."
            for number in range(1, 60)
        ]
        self.write(tmp_path / "a.pdf", paragraphs, head="Report of the Valley Watch")
        assert len(PdfReader(tmp_path / "a.pdf").pages) > 3
        text = only(tmp_path / "a.pdf").text
        assert "Report of the Valley Watch" not in text
        assert " ".join(text.split()) == " ".join(paragraphs)
        starts = {words.split(":")[0] for words in paragraphs}
        found = text.split("\n\n")
        assert all(words.split(":")[0] in starts for words in found), "no paragraph may be broken"
        assert len(found) > 0.6 * len(paragraphs), (
            "a paragraph whose last line is full may run into the next, others not"
        )

    def test_a_title_counts_where_the_document_shows_it(self, tmp_path):
        self.write(tmp_path / "a.pdf", ["Nine die at wool market", FIRST, SECOND], title="Nine die at wool market")
        assert only(tmp_path / "a.pdf").title == "Nine die at wool market"
        self.write(tmp_path / "a.pdf", [FIRST, SECOND], title="Microsoft Word - draft7.docx")
        assert only(tmp_path / "a.pdf").title == ""

    def test_date_of_the_file_is_not_trusted(self, tmp_path):
        self.write(tmp_path / "a.pdf", [FIRST])
        assert PdfReader(tmp_path / "a.pdf").metadata.creation_date
        assert only(tmp_path / "a.pdf").published is None

    def test_locked_by_a_password(self, tmp_path):
        self.write(tmp_path / "plain.pdf", [FIRST])
        writer = PdfWriter(clone_from=tmp_path / "plain.pdf")
        writer.encrypt("secret", algorithm="RC4-128")
        (tmp_path / "in").mkdir()
        writer.write(tmp_path / "in" / "a.pdf")
        assert "password" in left_out(tmp_path / "in" / "a.pdf").message

    def test_broken_or_without_text(self, tmp_path):
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing more")
        assert "damaged" in left_out(tmp_path / "a.pdf").message
        writer = PdfWriter()
        writer.add_blank_page(300, 300)
        writer.write(tmp_path / "a.pdf")
        assert "OCR" in left_out(tmp_path / "a.pdf").to_do


class TestDocx:
    def test_paragraphs_and_table_rows(self, tmp_path):
        document = docx.Document()
        document.add_heading("Nine die at wool market")
        document.add_paragraph(FIRST)
        table = document.add_table(rows=2, cols=3)
        for place, words in enumerate(["1 March", "Selmeh", "nine killed", "2 March", "Garmsar", "two killed"]):
            table.rows[place // 3].cells[place % 3].text = words
        table.rows[1].cells[1].merge(table.rows[1].cells[2])
        document.add_paragraph(SECOND)
        document.core_properties.title = "Nine die"
        document.save(tmp_path / "a.docx")
        article = only(tmp_path / "a.docx")
        assert article.title == "Nine die"
        assert article.published is None
        assert article.text.split("\n\n") == [
            "Nine die at wool market",
            FIRST,
            "1 March | Selmeh | nine killed",
            "2 March | Garmsar two killed",
            SECOND,
        ]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"plain words"])
    def test_damaged(self, tmp_path, data):
        (tmp_path / "a.docx").write_bytes(data)
        assert "damaged" in left_out(tmp_path / "a.docx").message


@pytest.mark.skipif("INCIDENT_BENCH" not in os.environ, reason="INCIDENT_BENCH names no folder of outer gold sets")
def test_real_articles_are_read_as_they_are():
    folder = Path(os.environ["INCIDENT_BENCH"]) / "seeds"
    articles, issues = read(folder)
    assert issues == []
    assert [articles[name].outlet for name in sorted(articles)] == ["TheStarsHub", "CNN"]
    for name, article in articles.items():
        assert article.text == (folder / f"{name}.txt").read_bytes().decode()
