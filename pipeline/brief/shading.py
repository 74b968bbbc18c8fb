"""How dark each province is: classes of their numbers, each darker (on a dark page brighter) than the one before.

A province for which no figure is stated has no shade, and never that of zero.
"""

from collections.abc import Sequence

from pipeline.brief.atlas import Province, find_classes

RAMPS = {
    ("incidents", False): ("#dcebee", "#a8ced8", "#6aa9bb", "#307f97", "#0a4f64"),
    ("incidents", True): ("#1f424e", "#2b6576", "#418ea3", "#74bdd0", "#bdeaf5"),
    ("killed", False): ("#f6e0d8", "#e8b5a6", "#d0796a", "#a9413d", "#701a1d"),
    ("killed", True): ("#4b2a2b", "#7d3a38", "#b35149", "#e28a79", "#fbcfc2"),
}
ZERO = {False: "#eceae4", True: "#2a333b"}
BORDER = {False: "#8d9196", True: "#6d7984"}


def value_of(province: Province, measure: str) -> int | None:
    """Give the number that a province is shaded by."""
    return province.count if measure == "incidents" else province.people


def shade_classes(provinces: Sequence[Province], measure: str, dark: bool) -> tuple[list[tuple[int, int]], list[str]]:
    """Give the classes of the provinces' values, each with its colour; few classes are spread over the whole ramp."""
    classes = find_classes(value_of(one, measure) for one in provinces)
    ramp = RAMPS[measure, dark]
    rising = [one for one in classes if one != (0, 0)]
    steps = [round(i * (len(ramp) - 1) / max(len(rising) - 1, 1)) for i in range(len(rising))]
    colours = [ramp[step] for step in steps] if len(rising) > 1 else [ramp[2]] * len(rising)
    return classes, [ZERO[dark]] * (len(classes) - len(rising)) + colours
