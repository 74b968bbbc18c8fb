"""Write an article of 60 to 120 words: of one incident, of several, of a later toll, of none; and copies of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wire.happenings import Happening, World
from wire.phrases import count_people, fill_sentence, load_sentences, say_day, say_number

LEAST, MOST = 60, 120  # words
QUIET = ("weather", "politics", "market", "court", "sport", "health", "accident")
WITH_ARTICLE = ("United", "Philippines", "Central African", "Palestinian")  # "in the Philippines"
OUTLETS = [f"{first} {last}" for first in "Northern Southern Coastal Highland Valley Harbour Prairie Lakeside".split()
           for last in "Wire Courier Herald Dispatch Ledger".split()]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """An article before it has an id: its sentences, and the incidents that it tells of."""

    title: str
    sentences: tuple[str, ...]
    published: date
    outlet: str
    happenings: tuple[Happening, ...] = ()
    later: bool = False  # tells the later toll

    @property
    def text(self) -> str:
        """The text, two sentences to a paragraph."""
        pairs = [self.sentences[start : start + 2] for start in range(0, len(self.sentences), 2)]
        return "\n\n".join(" ".join(pair) for pair in pairs)


class Desk:
    """A newsroom that words what happened."""

    def __init__(self, world: World, rng: random.Random) -> None:
        """Keep the source of chance: the same one gives the same articles."""
        self.world, self.rng = world, rng
        self.lands = {land.code: land for land in world.lands}

    def tell(self, one: Happening, published: date) -> Piece:
        """Write the first telling of an incident, or another one in other words."""
        parts = [("lead", one.kind), ("toll", "")] if one.killed else [("bare", one.kind), ("spared", "")]
        if self.rng.random() < 0.7:
            parts.append((one.stance, ""))
        return self._compose(parts, one, published)

    def tell_later(self, one: Happening, published: date) -> Piece:
        """Write a follow-up with a later toll."""
        return replace(self._compose([("later", ""), (one.stance, "")], one, published), later=True)

    def tell_several(self, several: Sequence[Happening], published: date) -> Piece:
        """Write an article that tells of several incidents."""
        slots = self._slots(several[0], published)
        told = [("lead" if one.killed else "bare", one) for one in several]
        said = [self._fill(part, one.kind, self._slots(one, published)) for part, one in told]
        sentences = [self._fill("round", "", slots), *said]
        while len(sentences) > 3 and count_words(sentences) > MOST:
            sentences.pop()
        return self._finish(sentences, slots, published, tuple(several[: len(sentences) - 1]), "round")

    def tell_quiet(self, published: date) -> Piece:
        """Write an article without any incident."""
        _, town = self.world.draw_town(self.rng)
        slots = self._place_slots(town.name, town.admin1, town.country, town.country_code)
        sentences = [self._fill("quiet", topic, slots) for topic in self.rng.sample(QUIET, 3)]
        return self._finish(sentences, slots, published, (), "quiet")

    def copy(self, piece: Piece, how: str, published: date) -> Piece:
        """Copy an article as another outlet runs it: exactly, with small changes, or cut from its end."""
        sentences = piece.sentences
        if how == "cut":
            while count_words(sentences[:-1]) >= LEAST:
                sentences = sentences[:-1]
        elif how == "near":
            swapped = (sentence.replace(" said.", " told reporters.") for sentence in sentences[1:])
            sentences = (sentences[0], *swapped, self._fill("tail", "", {"outlet": piece.outlet}))
            while count_words(sentences) > MOST:
                sentences = sentences[:-1]
        return replace(piece, sentences=tuple(sentences), outlet=self.rng.choice(OUTLETS), published=published)

    def _compose(self, parts: Sequence[tuple[str, str]], one: Happening, published: date) -> Piece:
        """Write the parts of an article of one incident, and what is beside the point."""
        slots = self._slots(one, published)
        sentences = [self._fill(part, kind, slots) for part, kind in parts]
        return self._finish(sentences, slots, published, (one,), one.kind)

    def _finish(
        self, sentences: list[str], slots: dict[str, str], published: date, told: tuple[Happening, ...], kind: str
    ) -> Piece:
        """Add what is beside the point until the article is long enough, and a title."""
        wanted = self.rng.randrange(LEAST, 106)
        beside = ("detail", "place", "background") if len(told) == 1 else ("background",)
        more = [sentence for part in beside for sentence in load_sentences()[part, ""]]
        for sentence in self.rng.sample(more, len(more)):
            if count_words(sentences) >= wanted:
                break
            filled = fill_sentence(self.rng, sentence, slots)
            if count_words([*sentences, filled]) <= MOST:
                sentences.append(filled)
        return Piece(self._fill("head", kind, slots), tuple(sentences), published, slots["outlet"], told)

    def _fill(self, part: str, kind: str, slots: dict[str, str]) -> str:
        """Draw a sentence of a class and kind, and fill it."""
        return fill_sentence(self.rng, self.rng.choice(load_sentences()[part, kind]), slots)

    def _slots(self, one: Happening, published: date) -> dict[str, str]:
        """Give what the sentences of an incident need."""
        dead, hurt = count_people(one.killed), count_people(one.injured)
        own = {
            "when": say_day(self.rng, one.day, published), "day": f"{one.day:%A}", "today": f"{published:%A}",
            "site": one.site, "spot": f"the {one.site.split(' ', 1)[1]}", "noun": one.noun, "group": one.group,
            "dead": dead, "dead_were": f"{dead} {'was' if one.killed == 1 else 'were'}", "hurt": hurt,
            "dead_body": "the body of one person" if one.killed == 1 else f"the bodies of {dead}",
            "hurt_were": f"{hurt} were", "later": say_number(one.killed_later),
        }  # fmt: skip
        town = one.town
        return self._place_slots(town.name, town.admin1, town.country, town.country_code) | own

    def _place_slots(self, town: str, admin1: str, country: str, code: str) -> dict[str, str]:
        """Give what any sentence of a town needs: itself, another town and another country."""
        other = self.rng.choice(self.lands[code].towns).name
        abroad = self.rng.choice(self.world.lands).towns[0].country
        names = {"town": town, "prov": admin1, "country": call(country), "othercountry": call(abroad), "other": other}
        return names | {"outlet": self.rng.choice(OUTLETS)}


def call(country: str) -> str:
    """Give the name of a country as a sentence has it.

    >>> call("Philippines"), call("Mali")
    ('the Philippines', 'Mali')
    """
    return f"the {country}" if country.startswith(WITH_ARTICLE) else country


def count_words(sentences: Sequence[str]) -> int:
    """Count the words of some sentences."""
    return sum(len(sentence.split()) for sentence in sentences)
