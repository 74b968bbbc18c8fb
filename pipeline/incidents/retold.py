"""Set each report of an original article beside the reports of its copies that say the same.

A copy tells nothing new: its reports join those of the original and never count as a second voice. What only a copy
says (a paragraph that its editor added) is told once, by the copy.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Article, Published, Reading, Report, Story
from pipeline.places.names import fold_words

SAME_WORDS = 0.6  # share of words that two sentences need to be one sentence, edited


@dataclass(frozen=True, slots=True)
class Told:
    """One report, the reports of copies that repeat it, and the story that they are."""

    report: Report
    copies: tuple[Report, ...]
    story_id: str
    published: Published | None
    is_copy: bool = False

    @property
    def articles(self) -> set[str]:
        """The articles that tell it in these words."""
        return {report.article_id for report in (self.report, *self.copies)}

    @property
    def published_key(self) -> str:
        """The day of publication, for sorting: articles without one come last."""
        return str(self.published.first) if self.published else "9999"


def gather_told(
    readings: Iterable[Reading], stories: Mapping[str, Story], articles: Mapping[str, Article]
) -> list[Told]:
    """Give what was told, once a story: an article without a story is a story of its own."""
    of_story: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        story = stories.get(reading.article_id)
        of_story[story.story_id if story else reading.article_id].append(reading)
    told: list[Told] = []
    for story_id, members in of_story.items():
        told += _tell_once(story_id, sorted(members, key=lambda r: _standing(r, stories)), articles)
    return told


def _standing(reading: Reading, stories: Mapping[str, Story]) -> tuple[bool, str]:
    """Sort the original before its copies."""
    story = stories.get(reading.article_id)
    return bool(story and story.copy_of), reading.article_id


def _tell_once(story_id: str, members: Sequence[Reading], articles: Mapping[str, Article]) -> list[Told]:
    """Match the reports of each copy to those told before it; what has no match is told by the copy."""
    first: list[Report] = []
    repeats: dict[str, list[Report]] = defaultdict(list)
    for reading in members:
        partner = _match_reports(reading.reports, first)
        for report in reading.reports:
            if report.report_id in partner:
                repeats[partner[report.report_id]].append(report)
        first += [report for report in reading.reports if report.report_id not in partner]
    original = members[0].article_id
    return [
        Told(
            report,
            tuple(repeats[report.report_id]),
            story_id,
            articles[report.article_id].published if report.article_id in articles else None,
            report.article_id != original,
        )
        for report in first
    ]


def _match_reports(copied: Sequence[Report], first: Sequence[Report]) -> dict[str, str]:
    """Pair reports of a copy with reports of its original, best first, each at most once."""
    ours, theirs = ([_fold_sentences(report) for report in reports] for reports in (copied, first))
    word_for_word: dict[frozenset[str], list[int]] = defaultdict(list)
    for o, sentences in enumerate(theirs):
        for sentence in sentences:
            word_for_word[sentence].append(o)
    pairs = sorted(
        (-shared - _share_facts(copy, first[o]), c, o)
        for c, copy in enumerate(copied)
        for o in {o for sentence in ours[c] for o in word_for_word.get(sentence, ())} or range(len(first))
        if (shared := _share_sentences(ours[c], theirs[o]))
    )
    used: set[int] = set()
    partner: dict[str, str] = {}
    for _, c, o in pairs:
        if copied[c].report_id not in partner and o not in used:
            used.add(o)
            partner[copied[c].report_id] = first[o].report_id
    return partner


def _fold_sentences(report: Report) -> list[frozenset[str]]:
    """Give the words of each sentence of a report, the leading one first."""
    mentions = (report.leading, *(mention for mention in report.mentions if mention is not report.leading))
    return [frozenset(fold_words(mention.sentence.text)) for mention in mentions]


def _share_sentences(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> float:
    """Count the sentences that two reports share; the leading one counts most."""
    shared = sum(any(_same_sentence(one, other) for other in theirs) for one in ours)
    return shared + 3.0 * _same_sentence(ours[0], theirs[0]) if shared else 0.0


def _same_sentence(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sentences are one, give or take a few words.

    >>> told, cut, other = (frozenset(s.split()) for s in ("two died near a market", "two died near a", "he fled"))
    >>> _same_sentence(told, cut), _same_sentence(told, other)
    (True, False)
    """
    return one == other or len(one & other) >= SAME_WORDS * len(one | other)


def _share_facts(copy: Report, original: Report) -> float:
    """Weigh the facts that two reports share: they tell apart what one sentence tells of several incidents."""
    ours, theirs = copy.facts, original.facts
    facts = (
        copy.leading.trigger == original.leading.trigger,
        ours.event_type == theirs.event_type,
        ours.days == theirs.days,
        ours.place.venue == theirs.place.venue,
        ours.target_text == theirs.target_text,
        ours.killed == theirs.killed,
    )
    return sum(facts) / 2
