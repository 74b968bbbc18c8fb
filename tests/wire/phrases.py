"""Fill the sentences of sentences.csv: `[one|another]` is a choice, `{town}` a slot."""

import csv
import random
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SMALL = "zero one two three four five six seven eight nine".split()
CHOICE = re.compile(r"\[([^\[\]]*)\]")
NAMES = [f"{first} {last}" for first in "Amo Bela Dario Edun Farro Ginta Hadu Ilko Jaro Kemi Lutan Miro".split()
         for last in "Adero Bantu Corvel Denga Elmar Fosso Grunel Harko Istov Jemba Kolter Lunde".split()]  # fmt: skip
MONTHS = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]


@cache
def load_sentences() -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the sentences of each class and kind."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with (Path(__file__).parent / "sentences.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["class"], row["kind"]
            found[key] = (*found.get(key, ()), row["sentence"])
    return found


def fill_sentence(rng: random.Random, sentence: str, slots: Mapping[str, str]) -> str:
    """Make the choices of a sentence and fill its slots."""
    chosen = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), sentence)
    filled = chosen.format_map({**slots, **draw_slots(rng)})
    return filled[0].upper() + filled[1:]


def draw_slots(rng: random.Random) -> dict[str, str]:
    """Draw what any sentence may need beside its incident."""
    name, other = rng.sample(NAMES, 2)
    return {
        "name": name, "name2": other, "number": str(rng.randrange(11, 90)), "small": str(rng.randrange(0, 11)),
        "thousands": f"{rng.randrange(2, 900)},000", "digits": str(rng.randrange(100_000, 999_999)),
        "weekday": f"{date(2024, 1, 1) + timedelta(days=rng.randrange(7)):%A}", "month": rng.choice(MONTHS),
        "year": str(rng.randrange(1950, 2000)),
    }  # fmt: skip


def say_number(number: int) -> str:
    """Write a small number in letters, as wires do."""
    return SMALL[number] if number < len(SMALL) else str(number)


def count_people(number: int) -> str:
    """Write a number of people.

    >>> count_people(1), count_people(12)
    ('one person', '12 people')
    """
    return f"{say_number(number)} {'person' if number == 1 else 'people'}"


def say_day(rng: random.Random, day: date, published: date) -> str:
    """Say a day as an article of a later one does: the weekday within a week, else the date."""
    if (published - day).days > 6 or rng.random() < 0.2:
        return f"on {day.day} {day:%B}"
    return rng.choice(("on {}", "on {}", "late on {}", "early on {}", "on {} morning")).format(f"{day:%A}")
