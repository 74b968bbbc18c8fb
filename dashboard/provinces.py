"""Incidents by province, as the page draws them; which shape a province is, is found as for the files."""

from dashboard.load import Shown
from pipeline.brief import atlas
from pipeline.brief.atlas import Atlas, Province, RollUp, Shape, find_class, find_classes, load_atlas

__all__ = ["Atlas", "Province", "RollUp", "Shape", "find_class", "find_classes", "load_atlas", "roll_up"]


def roll_up(shown: Shown, shapes: Atlas) -> RollUp:
    """Put what is shown on the provinces of the base map."""
    return atlas.roll_up(shown.ask, shapes)
