"""The periods that charts count by, those of the files too."""

from dashboard.load import Shown
from pipeline.brief import periods
from pipeline.brief.periods import MONTHS, STEPS, Periods

__all__ = ["MONTHS", "STEPS", "Periods", "find_periods"]


def find_periods(shown: Shown, step: str, most: int) -> Periods | None:
    """Give the periods that the days shown reach over, None where no incident shown has a day."""
    return periods.find_periods(shown.counts(), shown.view, step, most)
