"""Articles and files that are made to cost far more than they should, by name, for the tests and `make bench-bombs`.

Texts are written as `text(size)`; files are made in a folder of the test. Every word is our own.
"""

import io
import json
import zipfile
import zlib

HARM = "A bomb killed four people in Kabul on May 3, 2021, police said."
LONG = 1_900  # characters of a sentence that is just short enough to be read


def fill(words, size):
    """Repeat words up to a number of characters."""
    return (words * (size // len(words) + 1))[:size]


FILLS = {  # what a sentence about a bomb is filled with
    "dates": "May 3, 2021, on June 4, 2020 and ",
    "days": "last Monday, two days later, ",
    "years": "in 2021, ",
    "months": "May ",
    "since": "since May ",
    "numbers": "12, 13 and 1,400 ",
    "number words": "one hundred and twenty ",
    "figures": "killed 12 soldiers and wounded 14 civilians and ",
    "tolls": "attack which killed 3, including 2, ",
    "places": "Kabul, Herat, Kandahar and ",
    "unknown places": "Zabrok, Mikfas, Lorban and ",
    "near places": "near Kabul, in the Herat district of ",
    "far": "north of Kabul ",
    "words": "killed people and then ",
    "attacks": "the attack that killed the attack ",
    "groups": "Islamic State claimed the Taliban attack and ",
    "claims": "attack claimed by ISIS, killing 3, ",
    "said": "police said ",
    "a long word": "a",
    "A LONG WORD": "A",
    "digits": "1",
    "digits and commas": "1,111",
    "hyphens": "a-",
    "Hyphens": "Ab-Cd ",
    "names": "Abc Def Ghi ",
    "listed names": "Abc, Def, Ghi, ",
    "CAPITALS": "ABC DEF GHI ",
    "titles": "Gen. ",
    "commas": ",",
    "and": "and ",
    "the": "the ",
    "in": "in ",
    "dashes": "- ",
    "full stops": ".",
    "spaced full stops": ". ",
    "quotes": '"',
    "open": "(",
    "apostrophes": "'s ",
    "accents": "e\u0301",
    "zero width": "\u200b",
    "signs": "a: b, c; d - e (f) 1 2/3 4% $5 ",
    "blanks": " ",
    "lines": "\n",
    "lines of blanks": " \n",
    "tabs": "\t",
    "right to left": "\u202e\u0627 ",
    "semicolons": "; ",
}
LINES = {  # what a text of short lines is filled with
    "short lines": "a\n",
    "bombs": "A bomb.\n",
    "items": "- A bomb killed 4\n",
    "headings": "# Killed\n",
    "tolls of paragraphs": "A bomb killed 4.\n\n",
    "heads of years": "2021\nA bomb killed 4 in May.\n",
    "prose": HARM + " ",
    "paragraphs": HARM + "\n\n",
    "of its own": "Gunmen killed 2 men in Ab on May 3, 2021.\n\n",
}


def one_sentence(name, size):
    """Give one sentence of harm, as long as asked for."""
    return f"A bomb killed people {fill(FILLS[name], size)} four."


def many_sentences(name, size):
    """Give a text of sentences that are each just short enough to be read."""
    return fill(one_sentence(name, LONG) + "\n\n", size)


def short_lines(name, size):
    """Give a text of short lines."""
    return fill(LINES[name], size)


def write_zip(path, parts):
    """Write an archive of parts, each bytes or an iterator of them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = "application/vnd.openxmlformats"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{PARTS}-package.relationships+xml"/><Override '
    f'PartName="/word/document.xml" ContentType="{PARTS}-officedocument.wordprocessingml.document.main+xml"/></Types>'
).encode()
RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    b"</Relationships>"
)


def write_word(path, body, before=""):
    """Write a Word document of a body, words or an iterator of bytes."""
    whole = f"{before}<w:document {W}><w:body>{body}</w:body></w:document>".encode() if isinstance(body, str) else body
    write_zip(path, {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": whole})


def write_pdf(path, objects, root=1):
    """Write a PDF of objects numbered from one, each bytes."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.5\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, table))
    path.write_bytes(out.getvalue())


FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def stream(data, extra=b"", rounds=1):
    """Give a stream that is packed, more than once where `rounds` says so."""
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    filters = b"[" + b"/FlateDecode " * rounds + b"]"
    return b"<</Length %d/Filter %s%s>>stream\n%s\nendstream" % (len(data), filters, extra, data)


def one_page(content, more=b""):
    """Give the objects of a PDF with one page that shows the fourth object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<%s" + FONT + b">>>>"
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page % more, content]


def pdf_flate(path):
    """A stream of 400 kB that unpacks to 400 MB."""
    write_pdf(path, one_page(stream(b"BT /F 9 Tf (a) Tj ET " * 20_000_000)))


def pdf_twice(path):
    """A stream of a few kB that unpacks twice, to 100 MB."""
    write_pdf(path, one_page(stream(b" " * 100_000_000, rounds=2)))


def pdf_pages(path):
    """Thirty thousand pages."""
    pages = b" ".join([b"3 0 R"] * 30_000)
    objects = one_page(stream(b"BT /F 9 Tf (A bomb killed four.) Tj ET"))
    write_pdf(path, [objects[0], b"<</Type/Pages/Kids[%s]/Count 30000>>" % pages, *objects[2:]])


def pdf_circle(path):
    """A tree of pages whose branch is its own root."""
    objects = one_page(stream(b"BT ET"))
    write_pdf(path, [objects[0], b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>", *objects[2:]])


def pdf_deep(path):
    """Arrays within arrays."""
    write_pdf(path, [b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 200_000 + b"]" * 200_000 + b">>", *one_page(b"")[1:]])


def pdf_forms(path):
    """Drawings that each show the next one twenty times."""
    shown = b"/G Do " * 20
    more = b"/XObject<</G 5 0 R>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</G %d 0 R>>" + FONT + b">>"
    forms = [stream(shown if n < 14 else b"BT /F 9 Tf (a) Tj ET", form % (n + 1)) for n in range(5, 15)]
    write_pdf(path, [*one_page(stream(shown), more), *forms])


def word_big(path):
    """A document of a few MB that unpacks to a gigabyte."""
    write_word(path, (b" " * 10_000_000 for _ in range(100)))


def word_many(path):
    """As many paragraphs as fit."""
    write_word(path, "<w:p/>" * 2_600_000)


def word_deep(path):
    """Tables within tables."""
    write_word(path, "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000)


def word_wide(path):
    """A cell that spans a thousand million columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
    write_word(path, f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def word_entities(path):
    """Entities that each stand for ten of the one before."""
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    before = f'<!DOCTYPE d [<!ENTITY e0 "bombbombbomb">{names}]>'
    write_word(path, "<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", before)


def word_nested(path):
    """Archives within an archive."""
    inner = b" " * 50_000_000
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(4):
                archive.writestr(f"{n}.zip", inner)
        inner = out.getvalue()
    path.write_bytes(inner)


def html_deep(path):
    """A hundred thousand levels."""
    path.write_text("<html><body>" + "<div>" * 100_000 + HARM + "</div>" * 100_000, encoding="utf-8")


def html_formats(path):
    """Marks that are opened over and over and never closed, which a reader of HTML must open again in each block."""
    path.write_text("<b><i><a href=x>" * 2_000 + f"<p>{HARM}" * 2_000, encoding="utf-8")


def html_flat(path):
    """As many elements as are read."""
    path.write_text(f"<html><body>{'<p>a bomb killed 4</p>' * 24_000}", encoding="utf-8")


def html_many(path):
    """A million elements."""
    path.write_text("<html><body>" + "<p>a" * 1_000_000, encoding="utf-8")


def html_attributes(path):
    """One element with a hundred thousand attributes, and one that is very long."""
    path.write_text(f"<p {' '.join(f'a{n}=b' for n in range(100_000))} z='{'x' * 5_000_000}'>{HARM}", encoding="utf-8")


def html_captions(path):
    """Thousands of captions."""
    path.write_text(f"<body><p>{HARM}</p>" + "<figure><figcaption>a b c</figcaption></figure>" * 12_000, "utf-8")


def json_deep(path):
    """A hundred thousand levels."""
    path.write_text('{"text": "A bomb", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")


def json_number(path):
    """A number of a million digits."""
    path.write_text('{"text": "A bomb killed four.", "id": ' + "1" * 1_000_000 + "}", encoding="utf-8")


def sparse(path, head=b"", size=1_000_000_000, tail=b""):
    """Write a file with a hole in it, which takes no room on the disk."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
        file.seek(0, 2)
        file.write(tail)


def jsonl_line(path):
    """A line of a gigabyte between two records."""
    record = json.dumps({"id": "a", "text": HARM}).encode()
    sparse(path, record + b"\n", tail=b"\n" + record.replace(b'"a"', b'"b"'))


FILES = {  # name -> the ending of its file, what makes it
    "a gigabyte of text": (".txt", sparse),
    "a line of a gigabyte": (".jsonl", jsonl_line),
    "deep JSON": (".json", json_deep),
    "a number of a million digits": (".json", json_number),
    "PDF: flate": (".pdf", pdf_flate),
    "PDF: flate twice": (".pdf", pdf_twice),
    "PDF: 30,000 pages": (".pdf", pdf_pages),
    "PDF: circle": (".pdf", pdf_circle),
    "PDF: deep arrays": (".pdf", pdf_deep),
    "PDF: forms in forms": (".pdf", pdf_forms),
    "Word: a gigabyte": (".docx", word_big),
    "Word: paragraphs": (".docx", word_many),
    "Word: deep tables": (".docx", word_deep),
    "Word: wide cell": (".docx", word_wide),
    "Word: entities": (".docx", word_entities),
    "Word: archives in archives": (".docx", word_nested),
    "HTML: 100,000 levels": (".html", html_deep),
    "HTML: open marks": (".html", html_formats),
    "HTML: 24,000 paragraphs": (".html", html_flat),
    "HTML: a million elements": (".html", html_many),
    "HTML: attributes": (".html", html_attributes),
    "HTML: captions": (".html", html_captions),
}
