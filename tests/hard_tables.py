"""Tables with names that are hard to set: long ones, from right to left, in Chinese; and figures that contradict."""

import random

import pandas as pd
import pytest
from generate import write
from pdf_pages import write_single

from pipeline.tables.store import Store

CITIES = (
    "كابول",
    "مزار شريف",
    "喀布尔北部地区人民公社",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Москва-на-Амударье",
)
ANNEX = "the Provincial Directorate for Rural Rehabilitation and Development, eastern annex"
COUNTRIES = {"Afghanistan": "أفغانستان", "Pakistan": "巴基斯坦伊斯兰共和国"}
SAYING = (
    ("a spokesman for the Ministry of the Interior and Reconstruction", "authority", 7),
    ("الطالبان", "perpetrator", 40),
    ("北方通讯社记者", "media", 3),
    ("hospital staff", "hospital", 11),
)


@pytest.fixture(scope="session")
def stores_by_size(tmp_path_factory):
    """Tables of one incident, of some and of many, by how many they are, and the hard ones."""
    folder = tmp_path_factory.mktemp("by-size")
    made = {n: write(folder / str(n), n) for n in (12, 400)}
    made |= {"hard": write_hard(folder / "hard"), 1: write_single(folder / "single")}
    return {name: Store(path) for name, path in made.items()}


def write_hard(folder, incidents=60):
    """Write such tables."""
    write(folder, incidents)
    chance = random.Random(3)
    rows = pd.read_parquet(folder / "incidents.parquet")
    named = rows["city"].fillna("") != ""
    rows["city"] = [chance.choice(CITIES) if has else "" for has in named]
    rows.loc[named, "title"] = [
        f"{kind.capitalize()} in {city}, {ANNEX}" for kind, city in rows.loc[named, ["event_type", "city"]].to_numpy()
    ]
    rows["country"] = rows["country"].replace(COUNTRIES)
    rows["killed_high"] = rows["killed_high"].mask(rows.index % 7 == 0, 1_234_567).astype("Int64")
    rows.to_parquet(folder / "incidents.parquet", index=False)
    figures = pd.read_parquet(folder / "figures.parquet")
    more = []
    for at in range(0, len(figures), 2):
        for place, (claimant, kind, people) in enumerate(SAYING):
            said = {"claimant": claimant, "claimant_type": kind, "words": str(people + at)}
            ends = dict.fromkeys(("low", "best", "high"), people + at)
            row = figures.iloc[at].to_dict()
            more.append({**row, **said, **ends, "figure_id": f"{row['figure_id']}/{place}"})
    both = pd.concat([figures, pd.DataFrame(more)]).astype(dict.fromkeys(("low", "best", "high"), "Int64"))
    both.to_parquet(folder / "figures.parquet", index=False)
    return folder
