"""Merge the reports of different articles that tell of one incident.

Reports are compared within blocks only (a province and a week, a named site, one day's toll), each against incidents
rather than against all reports, so a report costs about as much among a million as among a thousand. Reports of one
article are never merged with each other: its reader already decided. Where two incidents fit a report equally well it
joins neither, and a person is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.incidents.doubts import Doubt
from pipeline.incidents.facts import combine_told
from pipeline.incidents.likeness import ENOUGH, Gist, weigh_likeness
from pipeline.incidents.relations import relate_incidents
from pipeline.incidents.retold import Told, gather_told
from pipeline.model import Article, Days, Incident, Reading, Story

CLEARLY = 1.0  # points by which the best partner must lead the next
CROWDED = 200  # incidents that share a name of a site before the name no longer tells them apart
LONGEST_IN_WEEKS = 31  # days: a longer range is looked up by its site, not by its weeks

Key = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Cluster:
    """An incident in the making."""

    no: int
    gist: Gist
    told: list[Told] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)

    def take(self, told: Told, gist: Gist) -> None:
        """Add one more report to this incident."""
        self.gist = self.gist.meet(gist)
        self.told.append(told)
        self.articles |= told.articles


@dataclass(slots=True)
class Blocks:
    """The incidents so far, under every key by which a report may look for them."""

    clusters: list[Cluster] = field(default_factory=list)
    by_key: dict[Key, list[Cluster]] = field(default_factory=lambda: defaultdict(list))

    def add(self, cluster: Cluster | None, told: Told, gist: Gist) -> None:
        """Give a report to an incident, or let it begin one of its own."""
        if cluster is None:
            cluster = Cluster(len(self.clusters), gist)
            self.clusters.append(cluster)
        cluster.take(told, gist)
        for key in _keys_to_be_found(gist):
            if cluster not in self.by_key[key][-CROWDED:]:
                self.by_key[key].append(cluster)

    def near(self, gist: Gist) -> Iterator[Cluster]:
        """Give each incident that this report could be told of, once."""
        seen: set[int] = set()
        for key in _keys_to_look_under(gist):
            found = self.by_key.get(key, [])
            if key[0] == "site" and len(found) > CROWDED:
                continue
            for cluster in found:
                if cluster.no not in seen:
                    seen.add(cluster.no)
                    yield cluster


def merge_reports(
    readings: Iterable[Reading], articles: Iterable[Article], stories: Iterable[Story]
) -> tuple[list[Incident], list[Doubt]]:
    """Give the incidents that all readings tell of, and the merges that a person should decide.

    The order of the input does not matter; ids are the leading report's until the registry gives the lasting ones.
    """
    by_id = {article.article_id: article for article in articles}
    told = gather_told(readings, {story.article_id: story for story in stories}, by_id)
    blocks, unsure = Blocks(), list[tuple[Told, list[Cluster]]]()
    for _, same_article in groupby(sorted(told, key=_turn), key=lambda one: _turn(one)[:3]):
        unsure += _place_reports(blocks, list(same_article))
    made = [combine_told(cluster.told, by_id) for cluster in blocks.clusters]
    doubts = [Doubt(one.report, tuple(made[cluster.no].incident_id for cluster in among)) for one, among in unsure]
    return relate_incidents(sorted(made, key=_by_day)), doubts


def _turn(told: Told) -> tuple[int, str, str, int]:
    """Sort reports so that the exact ones come first, and those of one article together."""
    days = told.report.facts.days
    span = 10**6 if days is None else len(days)
    tier = next((no for no, most in enumerate((6, LONGEST_IN_WEEKS)) if span <= most), 2)
    return tier, told.published_key, told.report.article_id, told.report.start


def _place_reports(blocks: Blocks, reports: Sequence[Told]) -> list[tuple[Told, list[Cluster]]]:
    """Give each report of one article its incident, the surest first; give back those that two incidents fit."""
    gists = [Gist.of(told.report.facts, told.published) for told in reports]
    scores = _score(blocks, reports, gists)
    placed: dict[int, Cluster] = {}
    doubts: dict[int, list[Cluster]] = {}
    for score, no, cluster in scores:
        if no in placed or no in doubts or cluster in placed.values():
            continue
        free = [c for s, n, c in scores if n == no and s > score - CLEARLY and c not in placed.values()]
        if len(free) > 1:
            doubts[no] = free
        else:
            placed[no] = cluster
    for no, told in enumerate(reports):
        blocks.add(placed.get(no), told, gists[no])
    return [(reports[no], among) for no, among in sorted(doubts.items())]


def _score(blocks: Blocks, reports: Sequence[Told], gists: Sequence[Gist]) -> list[tuple[float, int, Cluster]]:
    """Weigh the reports of one article against the incidents near them, and give the likely pairs, best first."""
    pairs = []
    for no, (told, gist) in enumerate(zip(reports, gists, strict=True)):
        for cluster in blocks.near(gist):
            if cluster.articles & told.articles:
                continue
            score = weigh_likeness(gist, cluster.gist)
            if score is not None and score >= ENOUGH:
                pairs.append((score, no, cluster))
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].no))


def _keys_to_be_found(gist: Gist) -> Iterator[Key]:
    """Give the keys under which an incident is filed."""
    country, province = _area(gist)
    for week in _weeks(gist.days or _news_days(gist)):
        yield ("week", country, province, week)
        yield ("week", country, "*", week)
    yield from _site_keys(gist, country)
    yield from _toll_keys(gist)


def _keys_to_look_under(gist: Gist) -> Iterator[Key]:
    """Give the keys under which the incident of a report may be filed."""
    country, province = _area(gist)
    if country:
        for week in _weeks(gist.days or _news_days(gist)):
            yield from (("week", country, p, week) for p in ((province, "") if province else ("*",)))
        yield from _site_keys(gist, country)
    yield from _toll_keys(gist)


def _area(gist: Gist) -> tuple[str, str]:
    """Give the country and the province of a gist, as keys."""
    return gist.place.country_code or gist.place.country.casefold(), gist.place.admin1.casefold()


def _weeks(days: Days | None) -> list[str]:
    """Give the weeks that some days lie in; none for a range too long to be looked up by its weeks.

    >>> _weeks(Days.parse("2023-03-27")), len(_weeks(Days.parse("2023-03-01/2023-03-31")))
    (['105515'], 5)
    """
    if days is None or len(days) > LONGEST_IN_WEEKS:
        return []
    return [str(week) for week in range(days.first.toordinal() // 7, days.last.toordinal() // 7 + 1)]


def _news_days(gist: Gist) -> Days | None:
    """Give the days of publication of a report without a day: the news it tells may be theirs."""
    return Days(gist.known_by.first, gist.known_by.last) if gist.known_by else None


def _site_keys(gist: Gist, country: str) -> Iterator[Key]:
    """Give a key for each word of a named site."""
    for word in sorted({word for site in gist.sites for word in site.words}):
        yield ("site", country, word[:6])


def _toll_keys(gist: Gist) -> Iterator[Key]:
    """Give a key for one day's exact toll: it finds an incident whose place one article leaves out."""
    if gist.days is None or len(gist.days) > 2:
        return
    for count in gist.killed:
        if count.best is not None and count.best >= 5:
            yield ("toll", str(gist.days.first), str(count.best))


def _by_day(incident: Incident) -> tuple[str, str, str]:
    """Sort incidents by their days; those without come last."""
    days = incident.facts.days
    return str(days.first) if days else "9999", str(days.last) if days else "9999", incident.incident_id
