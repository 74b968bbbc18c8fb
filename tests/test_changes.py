"""What changed between two states of the incidents, told in words, by kind and by whom; and the states kept."""

import csv
import io
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from case_tables import cases
from generate import write
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.curation.changes import KINDS, MACHINE, MATTERS, Change, compare_editions, count_kinds, write_changes
from pipeline.curation.editions import (
    MOST,
    Kept,
    choose_old,
    find_seal,
    keep_edition,
    list_editions,
    list_exports,
    note_export,
)
from pipeline.curation.releases import ReleaseError
from pipeline.curation.since import NoStateError, State, choose_usual, find_state, load_changes, offer_states
from pipeline.tables.columns import INCIDENTS
from pipeline.text.words import SeedError

NOW = datetime(2026, 11, 22, 7, 40, tzinfo=UTC)
NUMBERS = {"int": int, "float": float, "date": date.fromisoformat}


def read_rows(text):
    """Read "a city=Testa;killed_low=3 | b" as rows of incidents."""
    rows = []
    for part in text.split(" | ") if text else []:
        name, _, cells = part.partition(" ")
        row = {"incident_id": name}
        for cell in filter(None, cells.split(";")):
            column, value = cell.split("=")
            row[column] = NUMBERS.get(INCIDENTS.column(column).type, str)(value)
        rows.append(row)
    return rows


def read_removed(text):
    """Read "a merged b 0.1.0 | b rejected" as rows of `removed`."""
    names = ("incident_id", "reason", "merged_into", "since")
    return [
        dict(zip(names, [*(cell.replace("-", "", cell == "-") for cell in part.split()), "", ""], strict=False))
        for part in text.split(" | ") if text
    ]  # fmt: skip


def tell(change):
    by = "" if change.by == MACHINE else f" by {change.by}"
    if change.column:
        return f"{change.kind} {change.incident_id} {change.column}: {change.before} -> {change.after}{by}"
    return f"{change.kind} {change.incident_id}{f' into {change.after}' if change.after else ''}{by}"


@pytest.mark.parametrize("case", list(cases("changes.csv")))
def test_what_changed_is_told(case):
    found = compare_editions(read_rows(case["old"]), read_rows(case["new"]), read_removed(case["removed"]))
    wanted = case["changes"].split(" | ") if case["changes"] else []
    assert sorted(map(tell, found)) == sorted(wanted)


COUNTS = st.sampled_from([None, 0, 2, 19, 24])
CELLS = {
    "killed_low": COUNTS, "killed_best": COUNTS, "killed_high": COUNTS, "injured_low": COUNTS,
    "killed_state": st.sampled_from(["exact", "approximate", "vague"]),
    "date_start": st.sampled_from([None, date(2023, 3, 1), date(2023, 3, 27)]),
    "date_end": st.sampled_from([None, date(2023, 3, 27), date(2023, 3, 31)]),
    "city": st.sampled_from(["", "Testa", "Oldtown"]), "latitude": st.sampled_from([None, 1.5, 1.25]),
    "longitude": st.sampled_from([None, 2.5]), "perpetrator": st.sampled_from(["", "The Front", "The Guard"]),
    "attribution": st.sampled_from(["claimed", "unknown", "denied"]),
    "verification": st.sampled_from(["single_source", "corroborated"]),
    "status": st.sampled_from(["occurred", "alleged"]), "event_type": st.sampled_from(["bombing", "shooting"]),
    "corrected": st.sampled_from(["", "city", "killed_low"]), "reviewer": st.sampled_from(["", "Ana"]),
}  # fmt: skip
ROWS = st.dictionaries(st.sampled_from("abcdef"), st.fixed_dictionaries(CELLS)).map(
    lambda rows: [{"incident_id": name, "title": f"Incident {name}"} | row for name, row in rows.items()]
)
REMOVED = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from(["merged", "rejected", "withdrawn"]), st.sampled_from("abcdef")),
).map(
    lambda gone: [
        {"incident_id": i, "reason": reason, "merged_into": into if reason == "merged" else ""}
        for i, (reason, into) in gone.items()
    ]
)


def in_words(rows):
    return {row["incident_id"]: {matter.name: matter.say(row) for matter in MATTERS} for row in rows}


@settings(deadline=None)  # other checks may run beside this one
@given(ROWS, REMOVED)
def test_nothing_changes_between_a_state_and_itself(rows, removed):
    assert compare_editions(rows, rows, removed) == []


@settings(deadline=None)  # other checks may run beside this one
@given(ROWS, ROWS, REMOVED)
def test_the_changes_lead_from_the_old_state_to_the_new(old, new, removed):
    state, wanted = in_words(old), in_words(new)
    for change in compare_editions(old, new, removed):
        if change.kind == "new":
            state[change.incident_id] = wanted[change.incident_id]
        elif not change.column:
            assert change.kind in {"merged", "withdrawn", "rejected"}
            del state[change.incident_id]
        else:
            assert state[change.incident_id][change.column] == change.before != change.after
            after = "claimed" if change.kind == "newly claimed" else change.after
            state[change.incident_id][change.column] = after
    assert state == wanted


@settings(deadline=None)  # other checks may run beside this one
@given(ROWS, ROWS, REMOVED)
def test_every_change_is_of_one_kind_and_counted_once(old, new, removed):
    found = compare_editions(old, new, removed)
    counts = count_kinds(found)
    assert list(counts) == list(KINDS)
    assert sum(counts.values()) == len({(change.kind, change.incident_id) for change in found})
    assert len(set(map(tell, found))) == len(found)


def test_who_decided_on_a_cell_is_named():
    old, new = read_rows("a killed_low=3"), read_rows("a killed_low=5;corrected=killed_low;reviewer=Ben")
    (change,) = compare_editions(old, new, (), {("a", "killed_low"): "Ana"})
    assert change.by == "person: Ana", "who set the cell, not who looked at the incident last"


def test_no_spreadsheet_reckons_with_what_is_downloaded():
    content = write_changes([Change("revised", "a:1", '=HYPERLINK("http://example.org")', "", "place", "+1", "-2")])
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert [row["title"], row["before"], row["after"]] == ['\'=HYPERLINK("http://example.org")', "'+1", "'-2"]
    assert write_changes([]).decode("utf-8-sig") == "kind,incident_id,title,days,column,before,after,by\n"


@pytest.fixture
def tables(tmp_path):
    return write(tmp_path / "tables", 40)


def revise(tables, **cells):
    """Set cells of the first incident of generated tables."""
    frame = pd.read_parquet(tables / "incidents.parquet")
    for name, value in cells.items():
        frame.loc[0, name] = value
    frame.to_parquet(tables / "incidents.parquet")
    return str(frame.loc[0, "incident_id"])


def test_a_build_that_changes_nothing_keeps_nothing(tables, tmp_path):
    first = keep_edition(tables, tmp_path / "curation", NOW)
    assert first is not None and keep_edition(tables, tmp_path / "curation", NOW + timedelta(days=1)) is None
    assert first.name == f"20261122T074000-{find_seal(tables)[:8]}.parquet"
    pd.testing.assert_frame_equal(pd.read_parquet(first), pd.read_parquet(tables / "incidents.parquet"))


def test_what_returns_to_an_earlier_state_is_kept_anew(tables, tmp_path):
    for killed in (3, 5, 3):
        revise(tables, killed_best=killed)
        keep_edition(tables, tmp_path, NOW)
    kept = list_editions(tmp_path)
    assert [one.at - NOW for one in kept] == [timedelta(seconds=n) for n in range(3)], (
        "one after the other, by name too"
    )


def test_tables_without_parquet_are_kept_with_their_types(tables, tmp_path):
    there = write(tmp_path / "csv", 40, form="csv")
    kept = keep_edition(there, tmp_path, NOW)
    assert load_changes(State("", kept, ""), tables) == []


def test_a_folder_that_cannot_be_written_costs_the_edition_only(tables, tmp_path):
    (tmp_path / "curation").write_text("a file, no folder", encoding="utf-8")
    assert keep_edition(tables, tmp_path / "curation", NOW) is None
    assert note_export(tmp_path / "curation", "Ana", "0" * 64, "") is False


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 900 * 24 * 60), min_size=1, max_size=700, unique=True), st.integers(0, 699))
def test_the_newest_stay_and_the_last_of_each_day_of_a_year(minutes, exported):
    kept = [Kept(Path(f"{m}.parquet"), NOW + timedelta(minutes=m), f"{m:08}") for m in sorted(minutes)]
    wanted = kept[exported % len(kept)].digits
    gone = choose_old(kept, wanted)
    stays = [one for one in kept if one not in gone]
    assert stays[-MOST:] == kept[-MOST:]
    assert any(one.digits == wanted for one in stays), "what the last export was taken from"
    days = {one.at.astimezone().date() for one in kept if kept[-1].at - one.at < timedelta(days=365)}
    assert days <= {one.at.astimezone().date() for one in stays}
    assert len(stays) <= MOST + 367 + 1


def test_exports_are_noted_whole_whatever_ended_the_one_before(tmp_path):
    assert note_export(tmp_path, "Ana", "a" * 64, "city=Kabul,x", NOW)
    with (tmp_path / "exports.csv").open("a", encoding="utf-8") as file:
        file.write("2026-11-22T08:00:00+00:00,Ana,half of a")
    assert note_export(tmp_path, 'Ben "B"', "b" * 64, "", NOW + timedelta(hours=1))
    assert [(one.by, one.hash[0], one.view) for one in list_exports(tmp_path)] == [
        ("Ana", "a", "city=Kabul,x"), ('Ben "B"', "b", ""),
    ]  # fmt: skip


def test_a_malformed_list_of_exports_is_one_sentence(tmp_path):
    (tmp_path / "exports.csv").write_text("at,by,hash,view\nyesterday,Ana,x,\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r'exports.csv, line 2: at is "yesterday"'):
        list_exports(tmp_path)


def test_two_who_export_at_once_are_both_noted(tmp_path):
    code = (
        "import sys; from pathlib import Path; from pipeline.curation.editions import note_export\n"
        "for n in range(50): assert note_export(Path(sys.argv[1]), sys.argv[2], str(n), '')"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path, name], cwd=Path(__file__).parents[1], env=os.environ)
        for name in ("Ana", "Ben")
    ]
    assert [one.wait(60) for one in started] == [0, 0]
    noted = [(one.by, one.hash) for one in list_exports(tmp_path)]
    assert sorted(noted) == sorted((name, str(n)) for name in ("Ana", "Ben") for n in range(50))


def test_a_day_is_compared_with_the_state_when_it_began(tables, tmp_path):
    noon = datetime(2026, 11, 20, 12).astimezone()
    for days, killed in enumerate((3, 5, 7)):
        name = revise(tables, killed_low=killed, killed_best=killed, killed_high=killed)
        keep_edition(tables, tmp_path, noon + timedelta(days=days))

    def ask(day):
        state = find_state(tmp_path, day)
        return [(c.incident_id, c.before, c.after) for c in load_changes(state, tables)], state.note

    assert ask("2026-11-21") == ([(name, "3", "7")], "")
    assert ask("2026-11-22") == ([(name, "5", "7")], "")
    assert ask("2026-11-23") == ([], "")
    changed, note = ask("2020-01-01")
    assert changed == [(name, "3", "7")] and note == "No state before 20 November 2026, 12:00 is kept."


def test_the_last_export_is_the_state_it_was_taken_from(tables, tmp_path):
    with pytest.raises(NoStateError, match="Nothing was exported yet"):
        find_state(tmp_path, "last-export")
    name = revise(tables, killed_low=3, killed_best=3, killed_high=3)
    keep_edition(tables, tmp_path, NOW)
    note_export(tmp_path, "Ana", find_seal(tables), "city=Kabul", NOW)
    revise(tables, killed_low=4, killed_best=4, killed_high=4)
    keep_edition(tables, tmp_path, NOW + timedelta(hours=1))
    state = find_state(tmp_path, "last-export")
    assert [(c.incident_id, c.before, c.after) for c in load_changes(state, tables)] == [(name, "3", "4")]
    assert state.words.endswith(" by Ana")
    assert choose_usual(tmp_path) == "last-export" == offer_states(tmp_path)[0][0]
    state.path.unlink()
    with pytest.raises(NoStateError, match="not kept any more"):
        find_state(tmp_path, "last-export")


@pytest.mark.parametrize("asked", ["soon", "", "../../data", "2026-13-01"])
def test_what_names_no_state_is_one_sentence(tmp_path, asked):
    with pytest.raises(ReleaseError, match=r"is no day .* no release and not “last-export”: name one of them\.$"):
        find_state(tmp_path, asked)
    assert choose_usual(tmp_path) == ""


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_tells_and_writes_what_changed(tables, tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    done = run("changes", "--data", tables)
    assert (done.exit_code, done.stderr) == (1, "Nothing was exported yet: name a day or a release instead.\n")
    name = revise(tables, killed_low=19, killed_best=19, killed_high=19, attribution="unknown")
    keep_edition(tables, tmp_path / "curation", NOW)
    revise(tables, killed_low=24, killed_best=24, killed_high=24, attribution="claimed", perpetrator="The Front")
    done = run("changes", "--since", "2030-01-01", "--data", tables)
    assert done.exit_code == 0, done.output
    assert "killed 19 -> 24" in done.stdout and "claimed by The Front" in done.stdout
    done = run("changes", "--since", "2030-01-01", "--data", tables, "--out", tmp_path / "new" / "changes.csv")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader((tmp_path / "new" / "changes.csv").open(encoding="utf-8-sig", newline="")))
    assert {"kind": "revised", "incident_id": name, "column": "killed", "before": "19", "after": "24"}.items() <= next(
        row for row in rows if row["column"] == "killed"
    ).items()


def test_two_builds_of_articles_tell_what_the_second_added(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.readings.READINGS", tmp_path / "cache")
    monkeypatch.delenv("INCIDENT_CURATION", raising=False)
    articles, out = tmp_path / "articles", tmp_path / "data"
    articles.mkdir()
    blast = "A suicide bomber killed 19 people at a school in Kabul on 30 September 2022, police said.\n"
    (articles / "blast.txt").write_text(blast, encoding="utf-8")
    assert run("build", articles, "--out", out, "-q").exit_code == 0
    assert run("release", "first", "--data", out, "--articles", articles, "--by", "Ana").exit_code == 0
    (articles / "more.txt").write_text("Gunmen shot dead four traders in Herat on 5 October 2022.\n", encoding="utf-8")
    assert run("build", articles, "--out", out, "-q").exit_code == 0, "what curation keeps is no article"
    done = run("changes", "--since", "first", "--data", out, "--articles", articles)
    assert done.stdout.startswith("Since release first of "), done.output
    assert ": 1 new.\n" in done.stdout and "more:0" in done.stdout
    assert len(list_editions(articles / "curation")) == 2
