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
each_many = pytest.mark.parametrize("kills", [15, pytest.param(100, marks=pytest.mark.soak)])


@dataclass(frozen=True)
class Stage:
    """A collection with tables of before; `words` build those of after."""

    runner: Runner
    folder: Path  # what the build changes lies below it
    data: Path
    words: tuple[object, ...]
    registry: Path
    before: Path  # a copy of `folder` as it was
    old: dict[str, bytes]
    new: dict[str, bytes]
    writes: int

    def reset(self) -> None:
        """Put everything back as it was before."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder, symlinks=True)


def set_stage(runner: Runner, folder: Path, data: Path, words: tuple[object, ...], registry: Path) -> Stage:
    """Build once to know what comes out, count the steps of writing, and go back."""
    before, old = folder.with_name(f"{folder.name}-before"), snapshot(data)
    shutil.copytree(folder, before, symlinks=True)
    runner.run(*words)  # keeps the readings
    stage = Stage(runner, folder, data, words, registry, before, old, snapshot(data), 0)
    stage.reset()
    done = runner.run(*words)
    assert (done.code, snapshot(data)) == (0, stage.new), done
    assert old != stage.new, "the build changes nothing: no kill can be seen"
    stage.reset()
    return Stage(runner, folder, data, words, registry, before, old, stage.new, done.writes)


@pytest.fixture(scope="module", params=["other articles", "own articles"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Other articles with a decision, whose ids lie beside their tables; our own, whose ids lie in `seeds/`."""
    if request.param == "other articles":
        with start_runner(loaded=True) as runner:
            home = runner.home / "place"
            (home / "articles").mkdir(parents=True)
            (home / "articles" / "blast.txt").write_text(BLAST, "utf-8")
            words = ("build", home / "articles", "--out", home / "data", "--quiet")
            assert runner.run(*words).code == 0
            log = open_at(str(home / "articles" / "curation" / "corrections.csv"))
            log.append([Draft("blast:0", "city", "Kabul", "Testa", "told")], ANA)
            (home / "articles" / "shooting.txt").write_text(SHOOTING, "utf-8")
            yield set_stage(runner, home, home / "data", words, home / "data" / "ids.csv")
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
        yield set_stage(runner, home, home / "data", ("build", "--quiet"), ids)


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


@each_many
def test_a_build_killed_at_a_step_of_its_writing(stage: Stage, kills: int) -> None:
    assert stage.writes > 20, "hardly a step of writing is seen"
    steps = sorted(random.Random(kills).sample(range(1, stage.writes + 1), min(kills, stage.writes)))
    for step in steps:
        stage.reset()
        assert stage.runner.run(*stage.words, at=step).code == KILLED, f"step {step} of {stage.writes} was not reached"
        look_after_kill(stage, f"killed at step {step} of {stage.writes}")
    stage.reset()


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_a_build_killed_at_a_moment(stage: Stage, kills: int) -> None:
    chance, killed = random.Random(kills), 0
    for turn in range(kills):
        stage.reset()
        seconds = 0.02 + chance.random() ** 2
        killed += stage.runner.run(*stage.words, after=seconds).code == KILLED
        look_after_kill(stage, f"turn {turn}, killed after {seconds:.3f} s")
    stage.reset()
    assert killed, "every build ended before its kill: kill sooner"
