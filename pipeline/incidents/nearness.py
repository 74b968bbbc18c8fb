"""Compare the places and sites of two reports, however exactly each names them.

Two places agree at the coarser of their levels; names count without case and accents, and points by their distance.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geopy.distance import great_circle

from pipeline.model import Place
from pipeline.places.names import fold_words, spell_key

NEAR_KM = 20.0  # two points of one town as gazetteers have them
SAME_NAME_KM = 50.0  # further apart, one name stands for two towns
RANKS = ("unknown", "country", "province", "district", "city", "site")
FILLERS = frozenset("the a an of in at near for and on s its his her their building site area".split())
CREEDS = frozenset(  # of a kind of building, not of one: "the Shia mosque"
    "shia shiite sunni sufi muslim islamic christian catholic protestant orthodox coptic jewish hindu sikh "
    "buddhist".split()
)
APART = -9.0  # these are two places
UNPLACED = -1.0  # one has none
NAMED_ALIKE = 3.0  # both name one building or site


@dataclass(frozen=True, slots=True)
class Site:
    """The words of a building's name, and whether it has a name of its own ("hotel" has none)."""

    words: frozenset[str]
    is_named: bool


def compare_places(one: Place, other: Place) -> float:
    """Weigh two places: 2 for one town, 1 for one province, 0 for one country, APART for two places.

    >>> kabul = Place(precision="city", country_code="AF", admin1="Kabul", city="Kabul")
    >>> compare_places(kabul, Place(precision="country", country_code="AF"))
    0.0
    >>> compare_places(kabul, Place(precision="province", country_code="AF", admin1="Balkh"))
    -9.0
    """
    return next((found for rule in PLACE_RULES if (found := rule(one, other)) is not None), 0.0)


def _unplaced(one: Place, other: Place) -> float | None:
    """Hold it against them that one has no place at all."""
    return UNPLACED if "unknown" in (_level(one), _level(other)) else None


def _other_country(one: Place, other: Place) -> float | None:
    """Keep countries apart."""
    codes = {one.country_code or _key(one.country), other.country_code or _key(other.country)} - {""}
    return APART if len(codes) > 1 else None


def _same_town(one: Place, other: Place) -> float | None:
    """Compare two towns by name and by the distance between their points.

    >>> herat = Place(city="Herat", latitude=34.3, longitude=62.2)
    >>> _same_town(herat, Place(city="Herāt")), _same_town(herat, Place(city="Kabul", latitude=34.5, longitude=69.2))
    (2.0, -9.0)
    """
    if not (one.city and other.city):
        return None
    far = _km(one, other)
    if _key(one.city) == _key(other.city):
        return APART if far is not None and far > SAME_NAME_KM else 2.0
    return 2.0 if far is not None and far <= NEAR_KM else APART


def _same_district(one: Place, other: Place) -> float | None:
    """Compare two districts, or a district with a town."""
    if one.admin2 and other.admin2 and _key(one.admin2) == _key(other.admin2) and _same_province(one, other) != APART:
        return 2.0
    return APART if "district" == _level(one) == _level(other) and one.admin2 and other.admin2 else None


def _same_province(one: Place, other: Place) -> float | None:
    """Compare two provinces, or a province with a place in it."""
    if not (one.admin1 and other.admin1):
        return None
    return 1.0 if _key(one.admin1) == _key(other.admin1) else APART


PLACE_RULES: tuple[Callable[[Place, Place], float | None], ...] = (
    _unplaced,
    _other_country,
    _same_town,
    _same_district,
    _same_province,
)


def compare_sites(one: Site, other: Site) -> float:
    """Weigh the names of two buildings or sites; only a name of its own tells one from all others of its kind.

    >>> kabul = Place(city="Kabul")
    >>> ministry, hotel, bus = (read_site(name, kabul) for name in ("Ministry of Foreign Affairs", "hotel", "bus"))
    >>> compare_sites(ministry, read_site("foreign ministry", kabul)), compare_sites(hotel, hotel)
    (3.0, 1.0)
    >>> compare_sites(read_site("Pakistani embassy", kabul), read_site("Russian embassy", kabul))
    -3.0
    """
    common = {a for a in one.words for b in other.words if _same_word(a, b)}
    least = min(len(one.words), len(other.words))
    if len(common) >= min(least, 2):
        return NAMED_ALIKE if len(common) >= 2 and (one.is_named or other.is_named) else 1.0
    return (-3.0 if one.is_named and other.is_named else -1.0) if common else -1.0


def _same_word(one: str, other: str) -> bool:
    """Take Pakistan and Pakistani for one word.

    >>> _same_word("pakistani", "pakistan"), _same_word("port", "portal")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 2)


def read_site(words: str, place: Place) -> Site:
    """Give the words that tell one building from others, without the names of its town.

    >>> site = read_site("the embassies of Pakistan in Kabul", Place(city="Kabul"))
    >>> sorted(site.words), site.is_named
    (['embassy', 'pakistan'], True)
    """
    towns = {word for name in (place.city, place.admin1, place.country) for word in fold_words(name)}
    kept = [word for word in words.split() if not FILLERS.union(towns) & set(fold_words(word))]
    named = any(word[:1].isupper() and word.lower() not in CREEDS for word in kept)
    return Site(frozenset(_singular(fold) for word in kept for fold in fold_words(word)), named)


def _key(name: str) -> str:
    """Give the key by which two spellings of a place name are one."""
    return spell_key(name) or name.casefold()


def _singular(word: str) -> str:
    """Give the singular of an English noun, roughly: both names pass here, so only equality matters."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _level(place: Place) -> str:
    """Give how exact a place is by what is known of it; coordinates are not needed."""
    if place.precision in ("site", "city") or place.city:
        return "city"
    known = (("district", place.admin2), ("province", place.admin1), ("country", place.country or place.country_code))
    return next((name for name, value in known if value), "unknown")


def exactness(place: Place) -> tuple[int, bool, bool]:
    """Rank places by exactness."""
    return RANKS.index(place.precision), bool(place.venue), place.latitude is not None


def rank_exactness(places: Iterable[Place]) -> list[Place]:
    """Sort places, the most exact first; equals keep their order."""
    return sorted(places, key=exactness, reverse=True)


def _km(one: Place, other: Place) -> float | None:
    """Give the distance between two places, where both have a point."""
    if one.latitude is None or other.latitude is None:
        return None
    if (one.latitude, one.longitude) == (other.latitude, other.longitude):
        return 0.0  # as nearly always; the sphere takes a while
    return float(great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km)
