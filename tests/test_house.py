"""The rules of the house that a machine can check: who imports what, who touches the disk, how long things are."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 340
LONGEST_FUNCTION = 37
PIPELINE = sorted((ROOT / "pipeline").rglob("*.py"))
PAGE = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py"))]
SERVICE = sorted((ROOT / "dashboard" / "service").rglob("*.py"))
ALL = [*PIPELINE, *PAGE]

# What the page may know of the pipeline: the filter, the published tables and sums over them, never how they are made.
# and what people decide, which the page writes.
SEEN_BY_THE_PAGE = ("pipeline.view", "pipeline.tables", "pipeline.brief", "pipeline.curation")

# Who may touch the disk: the two ends of the flow, the loaders of what people write, the caches, the gazetteer.
TOUCH_DISK = frozenset(
    "brief/basemap brief/drawing brief/standalone_files brief_command cache correct explain history log_commands "
    "intake/formats intake/inputs intake/keep intake/records intake/remote intake/sources intake/web "
    "curation/bag curation/database curation/editions curation/ids curation/kept_places curation/ledger curation/log "
    "curation/place curation/releases curation/restore places/gazetteer_build places/online "
    "reports/language publish tables/eras tables/folder tables/load tables/seal tables/shelf tables/source "
    "text/words".split()
)
DISK_CALLS = frozenset(
    "open read_text write_text read_bytes write_bytes mkdir unlink rename iterdir glob rglob exists is_file is_dir "
    "stat rmtree copyfile copytree mkdtemp TemporaryDirectory read_csv read_parquet to_csv to_parquet".split()
)
OUTSIDE = ("streamlit", "dashboard", "pydeck", "app")
MACHINE = re.compile(r"(?<![\w.])/(?:work|home|Users|root|mnt)/\w")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def step_of(path):
    """Give the name of a step: its package and its file."""
    return path.relative_to(ROOT / "pipeline").with_suffix("").as_posix()


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=map(name_of, paths))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path):
    """Give the modules that a file imports, those for checking types only too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@each(PAGE)
def test_the_page_sees_only_what_is_published(path):
    ours = [name for name in imports_of(path) if name.split(".")[0] == "pipeline"]
    wrong = [name for name in ours if not name.startswith(SEEN_BY_THE_PAGE)]
    assert not wrong, f"{name_of(path)} imports {', '.join(wrong)}: let the page read the published tables instead"


@each(SERVICE)
def test_the_server_knows_no_page(path):
    ours = [name for name in imports_of(path) if name.split(".")[0] in ("dashboard", "app")]
    wrong = [name for name in ours if not name.startswith("dashboard.service")]
    assert not wrong, f"{name_of(path)} imports {', '.join(wrong)}: the server starts before any page is drawn"


def test_no_two_packages_need_each_other():
    needs = {}
    for path in PIPELINE:
        package = step_of(path).split("/")[0]
        of = {n.split(".")[1] for n in imports_of(path) if n.startswith("pipeline.")}
        needs.setdefault(package, set()).update(of - {package})
    order = []
    while ready := sorted(p for p in needs if p not in order and not needs[p] - set(order)):
        order += ready
    circle = sorted(set(needs) - set(order))
    assert not circle, f"{', '.join(circle)} need each other, or need one that does: move the piece that both use below"


@each(PIPELINE)
def test_the_pipeline_knows_no_page(path):
    wrong = [name for name in imports_of(path) if name.split(".")[0] in OUTSIDE]
    assert not wrong, f"{name_of(path)} imports {', '.join(wrong)}: the pipeline makes tables, the page draws"


@each([path for path in PIPELINE if step_of(path) not in TOUCH_DISK])
def test_a_step_leaves_the_disk_alone(path):
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    wrong = [f"{called(call)} in line {call.lineno}" for call in calls if called(call) in DISK_CALLS]
    assert not wrong, f"{name_of(path)} touches the disk ({', '.join(wrong)}): hand it what it needs as records"


def called(call):
    """Give the last name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_whoever_may_touch_the_disk_does():
    done = {
        step_of(p)
        for p in PIPELINE
        for n in ast.walk(tree_of(p))
        if isinstance(n, ast.Call) and called(n) in DISK_CALLS
    }
    assert not TOUCH_DISK - done, f"{sorted(TOUCH_DISK - done)} need the disk no more: take them off the list"


@each(ALL)
def test_a_file_fits_on_a_few_screens(path):
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_FILE, f"{name_of(path)} has {length} lines: split it by topic"


@each(ALL)
def test_a_function_fits_on_a_screen(path):
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = [
        f"{f.name} ({f.end_lineno - f.lineno + 1})" for f in functions if f.end_lineno - f.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"{name_of(path)}: {', '.join(long)} is too long: give a part of it a name of its own"


@each(ALL)
def test_everything_says_what_it_gives(path):
    tree = tree_of(path)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [n for n in tree.body if isinstance(n, kinds)]
    inner = [n for c in top if isinstance(c, ast.ClassDef) for n in c.body if isinstance(n, kinds) and n.name[0] != "_"]
    dumb = [n.name for n in [*top, *inner] if not ast.get_docstring(n)]
    assert ast.get_docstring(tree) is not None, f"{name_of(path)}: say in two sentences what the file promises"
    assert not dumb, f"{name_of(path)}: {', '.join(dumb)} has no docstring: one sentence is enough"


@each(ALL)
def test_no_banner_and_nothing_left_for_later(path):
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"^\s*#\s*[-=#*]{4,}.*$|\b(?:TODO|FIXME|XXX|HACK)\b", text, re.MULTILINE)
    assert not found, (
        f"{name_of(path)}: {found[0].strip()!r}: a heading is a file of its own, a to-do is done or an issue"
    )


def test_no_file_knows_this_machine():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    kinds = (
        ".py",
        ".md",
        ".csv",
        ".toml",
        ".json",
        ".jsonl",
        ".yml",
        ".yaml",
        ".txt",
        ".in",
        ".html",
        ".js",
        ".css",
        "",
    )
    paths = [ROOT / name for name in listed if name and Path(name).suffix in kinds and (ROOT / name).is_file()]
    found = [
        f"{name_of(path)}: {m.group()}" for path in paths if (m := MACHINE.search(path.read_text("utf-8", "replace")))
    ]
    assert not found, f"paths of one machine: {found}"


def test_no_module_is_a_drawer():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "core", "tools", "lib"}
    found = [name_of(path) for path in ALL if path.stem in drawers or path.parent.name in drawers]
    assert not found, f"{found}: name a file for the one thing it does"
