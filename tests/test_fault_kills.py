"""A build that is killed at any step of writing, or any moment: tables of before or after, whole, and a next build.

The process kills itself (SIGKILL, which nothing catches) at a step that makes, moves, writes or removes a file.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults import BLAST, SHOOTING, Runner, check_package, snapshot, start_runner
from log_writer import ANA, open_at

from pipeline.curation.drafts import Draft
from pipeline.curation.ids import load_registry

KILLED = -9
MANY = {"other articles": 26, "own articles": 26}  # kills; the others are done by `make soak`
SOAK = {"other articles": 1000, "own articles": 100}  # all steps there are, and so many


@dataclass(frozen=True)
class Stage:
    """A collection with tables of before; `words` build those of after."""

    name: str
    runner: Runner
    folder: Path  # what the build changes lies in two folders below it
    data: Path
    words: tuple[object, ...]
    registry: Path
    before: Path  # a copy of `folder` as it was
    old: dict[str, bytes]
    new: dict[str, bytes]
    writes: int

    def reset(self) -> None:
        """Put everything back as it was before."""
        for name in (self.data.name, *(path.name for path in self.before.iterdir())):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for leftover in self.folder.glob(".data.*"):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        shutil.copytree(self.before, self.folder, symlinks=True, dirs_exist_ok=True)


def set_stage(name: str, runner: Runner, folder: Path, words: tuple[object, ...], registry: Path) -> Stage:
    """Build once to know what comes out, count the steps of writing, and go back."""
    data = folder / "data"
    before, old = folder.with_name(f"{folder.name}-before"), snapshot(data)
    for part in ("articles", "seeds", "data"):
        if (folder / part).exists():
            shutil.copytree(folder / part, before / part, symlinks=True)
    runner.run(*words)  # keeps the readings
    stage = Stage(name, runner, folder, data, words, registry, before, old, snapshot(data), 0)
    stage.reset()
    done = runner.run(*words)
    assert (done.code, snapshot(data)) == (0, stage.new), done
    assert old != stage.new, "the build changes nothing: no kill can be seen"
    stage.reset()
    return Stage(name, runner, folder, data, words, registry, before, old, stage.new, done.writes)


OWN = pytest.param("own articles", marks=pytest.mark.soak)  # reads them all, in a copy of the project


@pytest.fixture(scope="module", params=["other articles", OWN])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Other articles with a decision, whose ids lie beside their tables; our own, whose ids lie in `seeds/`."""
    if request.param == "other articles":
        runner = request.getfixturevalue("runner")
        home = runner.home / "place"
        (home / "articles").mkdir(parents=True)
        (home / "articles" / "blast.txt").write_text(BLAST, "utf-8")
        words = ("build", home / "articles", "--out", home / "data", "--quiet")
        assert runner.run(*words).code == 0
        log = open_at(str(home / "articles" / "curation" / "corrections.csv"))
        log.append([Draft("blast:0", "city", "Kabul", "Testa", "told")], ANA)
        (home / "articles" / "shooting.txt").write_text(SHOOTING, "utf-8")
        yield set_stage(request.param, runner, home, words, home / "data" / "ids.csv")
        return
    with start_runner(loaded=True, copied=True) as runner:
        home = runner.home / "project"
        article = home / "seeds" / "articles" / "balkh-governor.txt"
        text = article.read_bytes()
        article.unlink()
        ids = home / "seeds" / "ids.csv"
        ids.write_text("".join(line for line in ids.open(encoding="utf-8") if not line.startswith("balkh")), "utf-8")
        assert runner.run("build", "--quiet").code in (0, 3)
        article.write_bytes(text)
        yield set_stage(request.param, runner, home, ("build", "--quiet"), ids)


def look_after_kill(stage: Stage, why: str) -> None:
    """After a kill: whole tables of before or after, every decision, and a next build that makes those of after."""
    now = snapshot(stage.data)
    assert now in (stage.old, stage.new), f"{why}: the tables are neither those of before nor those of after"
    check_package(stage.data)
    load_registry(stage.registry)
    held = stage.before / stage.registry.relative_to(stage.folder)
    assert stage.registry.read_bytes().startswith(held.read_bytes()), f"{why}: an id was lost"
    log = stage.folder / "articles" / "curation" / "corrections.csv"
    if log.exists():
        assert log.read_bytes() == (stage.before / log.relative_to(stage.folder)).read_bytes()
    done = stage.runner.run(*stage.words)
    assert done.code == 0, f"{why}: the next build failed: {done}"
    assert snapshot(stage.data) == stage.new, f"{why}: the next build gives other bytes"
    left = [path.name for path in stage.data.parent.glob(".data.*")]
    assert not left, f"{why}: {left} is left beside the tables"


@pytest.mark.parametrize("many", [MANY, pytest.param(SOAK, marks=pytest.mark.soak)], ids=["some", "soak"])
def test_a_build_killed_at_a_step_of_its_writing(stage: Stage, many: dict[str, int]) -> None:
    assert stage.writes > 20, "hardly a step of writing is seen"
    kills = min(many[stage.name], stage.writes)
    steps = sorted(random.Random(kills).sample(range(1, stage.writes + 1), kills))
    for step in steps:
        stage.reset()
        assert stage.runner.run(*stage.words, at=step).code == KILLED, f"step {step} of {stage.writes} was not reached"
        look_after_kill(stage, f"killed at step {step} of {stage.writes}")
    stage.reset()


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.soak)])
def test_a_build_killed_at_a_moment(stage: Stage, kills: int) -> None:
    chance, killed = random.Random(kills), 0
    for turn in range(kills):
        stage.reset()
        seconds = 0.02 + chance.random() ** 2
        killed += stage.runner.run(*stage.words, after=seconds).code == KILLED
        look_after_kill(stage, f"turn {turn}, killed after {seconds:.3f} s")
    stage.reset()
    assert killed, "every build ended before its kill: kill sooner"
