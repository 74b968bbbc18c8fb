"""Write the articles of a wire as JSONL, and beside them the truth: one line for each incident that is told of."""

import json
from pathlib import Path
from typing import IO

from wire.articles import Piece
from wire.stream import PER_DAY, stream_pieces

EVERY = 101  # where new articles are set apart: every one hundred and first, so that they fall on all days


def write_wire(folder: Path, articles: int, seed: int = 7, per_day: int = PER_DAY) -> Path:
    """Write `articles` and 1 % more: articles.jsonl, new.jsonl and truth.jsonl under `folder`, each whole or not there.

    The new ones are for a second build; the truth speaks of both.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = ("truth.jsonl", "new.jsonl", "articles.jsonl")
    aside = [folder / f"{name}.part" for name in names]
    with (
        aside[0].open("w", encoding="utf-8", newline="\n") as truth,
        aside[1].open("w", encoding="utf-8", newline="\n") as new,
        aside[2].open("w", encoding="utf-8", newline="\n") as old,
    ):
        told = given = 0
        for found in stream_pieces(articles + articles // (EVERY - 1), seed, per_day):
            if isinstance(found, Piece):
                given += 1
                write_line(new if given % EVERY == 0 else old, file_piece(found, given))
            elif found.articles:
                told += 1
                write_line(truth, found.as_truth(told))
    for path, name in zip(aside, names, strict=True):
        path.replace(folder / name)
    return folder


def file_piece(piece: Piece, number: int) -> dict[str, str]:
    """Give an article the next id, and tell its incidents that it tells of them."""
    article_id = f"w{number:08d}"
    for one in piece.happenings:
        one.articles.append(article_id)
        one.told_later |= piece.later
    return {
        "id": article_id, "title": piece.title, "text": piece.text, "published": str(piece.published),
        "outlet": piece.outlet, "url": f"https://example.org/{article_id}",
    }  # fmt: skip


def write_line(file: IO[str], row: dict[str, object] | dict[str, str]) -> None:
    """Write one record."""
    file.write(json.dumps(row, ensure_ascii=False) + "\n")
