"""The cells of one incident as the review shows them: what stands there, what the machine reads, from which words.

A cell is the text that the CSV has. Where a person set it, what the machine reads stands beside it.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.facts import PRECISIONS, Row, read_rows
from dashboard.standing import Known, Standing
from pipeline.curation.edits import EDITABLE, TOLLS, family
from pipeline.curation.upload_now import read_frame
from pipeline.tables.codes import CODES
from pipeline.tables.load import Tables

Cells = Mapping[str, str]
GROUPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "When": (("date_start", "First day"), ("date_end", "Last day"), ("date_basis", "Known from")),
    "Where": (
        ("city", "Town"), ("admin1", "Province"), ("country", "Country"), ("venue", "Building or site"),
        ("latitude", "Latitude"), ("longitude", "Longitude"), ("geo_precision", "Point stands for"),
        ("geo_radius_km", "± km"), ("admin2", "District"), ("country_code", "Country code"), ("geo_id", "Gazetteer id"),
    ),
    "What": (
        ("event_type", "Type"), ("status", "Status"), ("target_type", "Target"), ("target_text", "Target in words"),
        ("weapon", "Means"), ("suicide", "Suicide attack"),
    ),
    "Who": (("perpetrator", "Perpetrator"), ("attribution", "Attribution")),
    "How many": (
        *((f"{m}_{end}", name) for m, name in
          (("killed", "Killed"), ("injured", "Injured"), ("casualties", "Killed or injured"))
          for end in ("low", "best", "high", "state")),
        ("killed_attackers", "Attackers killed"), ("injured_attackers", "Attackers injured"),
    ),
    "In words": (("title", "Title"), ("verification", "Verification"), ("notes", "Notes")),
}  # fmt: skip
RARE = frozenset({"admin2", "country_code", "geo_id", "killed_attackers", "injured_attackers", "date_basis"})
PLACED = frozenset("country country_code admin1 admin2 city venue geo_id place_text point".split())
RULED = {"days": ("date_start", "date"), "target_text": ("target_type",), "point": ("city", "place")}


def list_groups(tables: Tables, incident_id: str, standing: Standing) -> list[Row]:
    """Give the groups of cells of an incident for the form."""
    stands = read_cells(tables, incident_id)
    pending = standing.cells(incident_id)
    known = {one.column: one for one in standing.known.values()
             if one.incident_id == incident_id and one.state in ("holds", "conflict")}  # fmt: skip
    set_by = {row.column: row for row in standing.rows if row.row_id not in standing.undone
              and row.column in {*known, *pending} and _is_about(row.incident_id, incident_id, standing)}  # fmt: skip
    words, rules = find_words(tables, stands), find_rules(tables, stands)
    groups = []
    for name, columns in GROUPS.items():
        cells = []
        for column, label in columns:
            cell = _describe(column, label, {**stands, **pending}, known.get(column))
            cell |= {"words": find_of(words, column), "rule": find_of(rules, column)}
            if column in pending and column not in known:
                cell["machine"] = stands.get(column, "")
            if column in {*known, *pending} and (row := set_by.get(column)):
                cell["by"] = f"{row.by}, {row.day}: {row.reason}"
            cells.append(cell)
        groups.append({"name": name, "cells": cells})
    groups[0]["note"] = PRECISIONS.get(stands.get("date_precision", ""), "") if stands["date_start"] else "no day known"
    return groups


def _is_about(named: str, incident_id: str, standing: Standing) -> bool:
    """Say whether a row of the log is about an incident, by the id of it now or what it became."""
    return named == incident_id or any(row.incident_id == named for row in standing.pending.get(incident_id, ()))


def read_cells(tables: Tables, incident_id: str) -> Cells:
    """Give the cells of an incident as the CSV writes them."""
    return read_frame(tables.incidents[tables.incidents["incident_id"] == incident_id]).get(incident_id, {})


def _describe(column: str, label: str, stands: Cells, known: Known | None) -> Row:
    """Describe a cell: its kind, its value, and what the machine reads where a person set it."""
    declared = EDITABLE[column]
    cell: Row = {
        "column": column, "label": label, "kind": declared.type, "value": stands.get(column, ""),
        "rare": column in RARE, "about": declared.about, "toll": family(column) if family(column) in TOLLS else "",
    }  # fmt: skip
    if declared.type == "code":
        cell["options"] = [[code.word, code.about] for code in CODES[declared.codes]]
        cell["required"] = declared.required
    if known is not None:
        cell["machine"] = known.machine
    return cell


def find_of(of: Mapping[str, str], column: str) -> str:
    """Give what is known under a cell's own name, or that of its family."""
    kind = family(column)
    if column in of:
        return of[column]
    return of.get("point" if column in PLACED else kind, "")


def find_words(tables: Tables, stands: Cells) -> dict[str, str]:
    """Give the words of the articles behind each family of cells."""
    said = {"days": stands.get("date_text", ""), "point": stands.get("place_text", ""),
            "target_type": stands.get("target_text", "")}  # fmt: skip
    figures = tables.figures[tables.figures["counts"] == "yes"] if len(tables.figures) else tables.figures
    for measure in TOLLS:
        asked = "killed_or_injured" if measure == "casualties" else measure
        found = [str(one["words"]) for one in read_rows(figures) if one["measure"] == asked and one["words"]]
        said[measure] = " | ".join(dict.fromkeys(found))
    return said


def find_rules(tables: Tables, stands: Cells) -> dict[str, str]:
    """Give the rule that read each cell: of a toll which figure is best, else that of the leading article."""
    ours = tables.reports[tables.reports["article_id"] == stands.get("source_article_id", "")]
    pairs = [pair.partition(": ") for cell in ours["rules"].head(1) for pair in str(cell).split(" | ")]
    read = {name: rule for name, _, rule in pairs if rule}
    found: dict[str, str] = dict(read)
    for kind, names in RULED.items():
        found[kind] = next((read[name] for name in names if name in read), "")
    found |= {m: stands.get(f"{m}_rule", "") for m in ("killed", "injured")}
    return {name: rule.replace("_", " ") for name, rule in found.items()}


def list_conflicts(incident_id: str, standing: Standing) -> list[Row]:
    """Give the decisions about an incident that the machine's reading contradicts, both values and whose they are."""
    by_id = {row.row_id: row for row in standing.rows}
    pairs = [(by_id[key], one) for key, one in standing.known.items()
             if one.incident_id == incident_id and one.state == "conflict" and key in by_id]  # fmt: skip
    return [
        {"row": row.row_id, "column": row.column, "theirs": row.now, "machine": one.machine, "by": row.by,
         "day": row.day, "reason": row.reason, "words": one.words, "rule": one.rule.replace("_", " "),
         "was": row.was}
        for row, one in pairs if row.row_id not in standing.undone
    ]  # fmt: skip


def list_reports(tables: Tables, incident_id: str) -> list[Row]:
    """Give the reports of an incident, each by its sentence, to choose one to split off."""
    outlets = {row["article_id"]: row for row in read_rows(tables.articles)}
    ours = tables.reports[tables.reports["incident_id"] == incident_id]
    return [
        {"id": one["report_id"], "sentence": one["sentence"], "copy": bool(_get(outlets, one, "copy_of")),
         "outlet": _get(outlets, one, "outlet") or one["article_id"]}
        for one in read_rows(ours)
    ]  # fmt: skip


def _get(articles: Mapping[str, Row], report: Row, name: str) -> Any:  # noqa: ANN401  a cell of any column
    """Give a cell of the article of a report."""
    return articles.get(report["article_id"], {}).get(name, "")
