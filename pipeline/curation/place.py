"""Say where the decisions about a collection of articles lie: the log, the releases, the kept editions.

For the project's own articles that is `seeds/`, for others a folder `curation` beside or in what was named first. The
build and the page ask the same rule, so that what a person decides on the page is what the next build applies.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.intake.inputs import ARTICLES, CURATION, real
from pipeline.text.words import SEEDS

OWN_TABLES = SEEDS.parent / "data"
NAMED = "INCIDENT_CURATION"


def curation_of(inputs: Sequence[Path], environ: Mapping[str, str] = os.environ, own: Path = SEEDS) -> Path:
    """Give the folder of the decisions about the articles in `inputs`; no inputs are the project's own.

    >>> curation_of([], {}).name, curation_of([Path("seeds/words/weapons.csv")], {}).as_posix()
    ('seeds', 'seeds/words/curation')
    """
    if named := environ.get(NAMED):
        return Path(named)
    if all(real(place) == real(ARTICLES) for place in inputs):
        return own
    first = inputs[0]
    return (first.parent if first.is_file() else first) / CURATION


def curation_of_page(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the folder of the decisions that the page shows and writes, from what `make app` tells it.

    Tables of which no articles are named keep their decisions beside them: those of strangers never go into `seeds`.

    >>> curation_of_page({}).name, curation_of_page({"INCIDENT_DATA": "elsewhere/tables"}).as_posix()
    ('seeds', 'elsewhere/curation')
    """
    articles, tables = environ.get("INCIDENT_ARTICLES"), environ.get("INCIDENT_DATA")
    if articles or environ.get(NAMED) or not tables or real(Path(tables)) == real(OWN_TABLES):
        return curation_of([Path(articles)] if articles else [], environ)
    return Path(tables).parent / CURATION
