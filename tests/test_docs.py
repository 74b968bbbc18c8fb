"""What the documents name is there: commands, files, settings, links, scores; and no file names a host unmeant."""

import re
import runpy
import shlex
import subprocess
from pathlib import Path

import pytest
import typer

from pipeline.__main__ import BUILT, FAILED, LEFT_OUT, OURS_WRONG, app
from pipeline.curation import decisions
from pipeline.intake import sources

ROOT = Path(__file__).parents[1]
TRACKED = subprocess.run(
    ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    capture_output=True,
    text=True,
    check=False,
).stdout.split("\0")
FILES = [name for name in TRACKED if (ROOT / name).is_file()]
NAMES = {Path(name).name for name in FILES}
DOCUMENTS = [name for name in FILES if name.endswith(".md") and not name.startswith(("seeds/articles/", "data/"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUALITY = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

MADE = {"build/data/", ".cache/", ".venv", ".venv/bin/python"}
OUTSIDE = {"score.py"}  # lies with the outer gold sets
TOKEN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
ENDINGS = (".py", ".csv", ".md", ".toml", ".txt", ".in", ".json", ".jsonl", ".geojson", ".png")
SETTING = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b|\bPORT\b|\bARTICLES\b|\bPYTHON\b")
READ_BY_CODE = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
SCORES = re.compile(r"<!-- scores: [^\n]*-->\n(.*?)<!-- scores: end -->", re.DOTALL)
SHOWN = ("set", "incidents", "date", "city", "killed", "injured", "event type", "perpetrator")

# Whom we credit, what formats are named by, and names that lead nowhere. No test and no page may ask any other host.
HOSTS = re.compile(
    r"(www\.)?(geonames\.org|naturalearthdata\.com|openstreetmap\.org|creativecommons\.org|adobe\.com|apache\.org)"
    r"|datapackage\.org|schemas\.openxmlformats\.org|schema\.org|www\.w3\.org|www\.opengis\.net|scripts\.sil\.org"
    r"|openoffice\.org|localhost|127\.0\.0\.1"
    r"|([\w-]+\.)*(example|test|invalid)(\.(org|com|net))?"
)


def blocks(text):
    return re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def prose(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def commands(text):
    return [line.split("#")[0].strip() for block in blocks(text) for line in block.splitlines()]


def anchors(path):
    """Give the anchors of the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("line", sorted({c for c in commands(README) if c.startswith("make")}))
def test_every_make_command_has_its_target(line):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets, settings = (
        set(re.findall(r"^([a-z]+):", makefile, re.M)),
        set(re.findall(r"^([A-Z]+) \?=", makefile, re.M)),
    )
    for word in line.split()[1:]:
        known = settings if "=" in word else targets
        assert word.split("=")[0] in known, f"README.md says `{line}`: the Makefile has only {sorted(known)}"


@pytest.mark.parametrize("line", sorted({c for c in commands(README) if c.startswith("python")}))
def test_every_command_of_the_pipeline_is_there(line):
    words = shlex.split(line)
    assert words[:3] == ["python", "-m", "pipeline"], f"README.md says `{line}`: only the pipeline is called like that"
    known = typer.main.get_command(app).commands
    assert words[3] in known, f"README.md says `{line}`: there is only {sorted(known)}"
    options = {name for parameter in known[words[3]].params for name in parameter.opts} | {"--help"}
    wrong = {word for word in words[4:] if word.startswith("-")} - options
    assert not wrong, f"README.md says `{line}`: there is only {sorted(options)}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document):
    home = (ROOT / document).parent
    for token in TOKEN.findall(prose((ROOT / document).read_text(encoding="utf-8"))):
        if token in MADE | OUTSIDE or " " in token or "<" in token or not token.endswith((*ENDINGS, "/")):
            continue
        if token.startswith(".") and token in ENDINGS:
            continue
        found = (
            any(list(place.glob(token)) for place in (home, ROOT)) if "/" in token or "*" in token else token in NAMES
        )
        assert found, f"{document} names `{token}`, which is not there"


def test_the_readme_shows_the_pictures_we_take(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))  # the scripts of pictures share what saves them small
    scripts = [runpy.run_path(str(ROOT / f"docs/{name}.py")) for name in ("shots", "brief_shots")]
    wanted = {f"docs/{name}.png" for script in scripts for name in script["list_shots"]()}
    assert wanted == {name for name in FILES if name.startswith("docs/") and name.endswith(".png")}, "run `make shots`"
    briefs = (ROOT / "docs" / "briefs.md").read_text(encoding="utf-8")
    shown = {
        *re.findall(r"docs/[\w-]+\.png", README),
        *(f"docs/{name}" for name in re.findall(r"brief-[\w-]+\.png", briefs)),
    }
    assert wanted <= shown, "show or link every picture, or take it out of docs/"
    heavy = [name for name in wanted if (ROOT / name).stat().st_size > 400_000]
    assert not heavy, f"{heavy} are over 400 kB: a clone carries every version of them"


def test_every_setting_is_read_and_every_setting_read_is_told():
    code = "".join(
        (ROOT / name).read_text("utf-8") for name in FILES if name.endswith(".py") and name != "tests/test_docs.py"
    )
    read = set(READ_BY_CODE.findall(code)) | {"PORT", "ARTICLES", "PYTHON"}
    told = {name for token in TOKEN.findall(README) for name in SETTING.findall(token)}
    assert told == read, f"not told in README.md: {sorted(read - told)}; told, but read nowhere: {sorted(told - read)}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_resolve(document):
    path = ROOT / document
    text = prose(path.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?:src|srcset|href)=\"([^\"]+)\"", text)
    for link in links:
        if link.startswith("https://"):
            continue
        place, _, anchor = link.partition("#")
        target = path.parent / place if place else path
        assert target.exists(), f"{document} links to {link}, which is not there"
        assert not anchor or anchor in anchors(target), f"{document} links to {link}: no heading there is called so"


def test_the_exit_codes_are_those_of_the_command_line():
    told = [int(code) for code in re.findall(r"^\| (\d) \| ", README, re.MULTILINE)]
    assert sorted(told) == sorted([BUILT, FAILED, LEFT_OUT, OURS_WRONG])


def test_the_examples_hold():
    told = set(commands(README))
    assert ",".join(decisions.COLUMNS) in told and ",".join(sources.COLUMNS) in told, "columns changed: mend README.md"
    known = {row.split(",")[0] for row in (ROOT / "data" / "incidents.csv").read_text("utf-8").splitlines()}
    named = set(re.findall(r"(?:explain |^1,[\d-]+,)([\w-]+:\d+)", "\n".join(told), re.MULTILINE))
    assert named and named <= known, f"{named - known} is no incident of data/: name another one in README.md"


def newest_scores():
    """Give the scores of the newest run of each set, as the table of README.md shows them."""
    lines = [line.strip("| ").split(" | ") for line in QUALITY.splitlines() if line.startswith("| 20")]
    names = next(line for line in QUALITY.splitlines() if line.startswith("| run | set |")).strip("| ").split(" | ")
    newest = {}
    for line in lines:
        row = dict(zip(names, line, strict=False))
        newest.setdefault(row["set"], row)
    rows = [[f"`{row['set']}`", *(row.get(name, "").strip() for name in SHOWN[1:])] for row in newest.values()]
    return "".join(f"| {' | '.join(row)} |\n" for row in [SHOWN, ["---"] * len(SHOWN), *rows])


def test_the_readme_tells_the_newest_scores():
    shown = SCORES.search(README)
    assert shown and shown[1] == newest_scores(), (
        f"put these lines between the marks in README.md:\n\n{newest_scores()}"
    )


def test_no_file_names_a_host_that_we_do_not_mean():
    named = []
    for name in FILES:
        text = b"" if "/vendor/" in name else (ROOT / name).read_bytes()
        for host in re.findall(rb"https?://([A-Za-z0-9.-]+)", text if b"\0" not in text else b""):
            if not HOSTS.fullmatch(host.decode().lower().rstrip(".")):
                named.append(f"{name}: {host.decode()}")
    assert not named, f"{named}: name no registry; add a host to HOSTS only if we credit it or a format is named by it"
