"""How a view can be ordered: by one of four usual orders, or by a column, rising or ("-city") falling.

Every order is total: days and then the id settle ties, so that a view has one order only. What is not stated comes
last, whichever way an order goes.
"""

from pipeline.view.filters import figure_of

# Columns that can be sorted by, as what they hold.
TEXTS = (
    "incident_id", "title", "event_type", "status", "date_precision", "country", "country_code", "admin1", "admin2",
    "city", "venue", "geo_precision", "target_type", "weapon", "suicide", "perpetrator", "attribution",
    "killed_state", "injured_state", "verification", "source_outlet", "source_published", "source_sentence",
    "review_state",
)  # fmt: skip
NUMBERS = (
    "date_start", "date_end", "latitude", "longitude", "geo_radius_km", "killed_low", "killed_best", "killed_high",
    "killed_attackers", "injured_low", "injured_best", "injured_high", "n_articles", "n_stories", "confidence",
)  # fmt: skip
# The nearest place that is known is the one that is shown.
NEAREST = "coalesce(nullif(city, ''), nullif(admin2, ''), nullif(admin1, ''), country)"
_TIES = "date_start DESC NULLS LAST, incident_id"


def sort_text(sql: str) -> str:
    """Give the SQL that sorts texts whatever their case and accents, "" being not stated."""
    return f"nullif(lower(strip_accents({sql})), '')"


_KEYS = (
    {name: sort_text(name) for name in TEXTS}
    | {name: name for name in NUMBERS}
    | {"where": sort_text(NEAREST)}
    | {measure: figure_of(measure) for measure in ("killed", "injured")}
)
# How each order sorts.
ORDERS = (
    {
        "newest": "date_start DESC NULLS LAST, date_end DESC, incident_id",
        "oldest": "date_start NULLS LAST, date_end, incident_id",
        "deadliest": f"{figure_of('killed')} DESC NULLS LAST, {_TIES}",
        "doubtful": f"confidence, {_TIES}",
    }
    | {name: f"{key} NULLS LAST, {_TIES}" for name, key in _KEYS.items()}
    | {f"-{name}": f"{key} DESC NULLS LAST, {_TIES}" for name, key in _KEYS.items()}
)
USUAL_ORDERS = ("newest", "oldest", "deadliest", "doubtful")
# What a column's order is called where it has a name of its own.
NAMED_ORDERS = {"when": "oldest", "-when": "newest", "-killed": "deadliest", "confidence": "doubtful"}
