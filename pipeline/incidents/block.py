"""Put reports of one country together that tell of one incident, and keep apart what does not.

Reports are compared only where they share a key (a province and a week, a named site, one day's toll), each against
incidents rather than against all reports, so a report costs about as much among a million as among a thousand. Reports
of one article are never merged with each other: its reader already decided. Where two incidents fit a report equally
well it joins neither, and a person is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.incidents.doubts import Doubt
from pipeline.incidents.facts import combine_told
from pipeline.incidents.likeness import ENOUGH, Gist, is_definite, weigh_likeness
from pipeline.incidents.retold import Told, gather_told
from pipeline.model import Article, Count, Days, Incident, Reading, Report, Story

CLEARLY = 1.0  # points by which the best partner must lead the next
CROWDED = 200  # incidents that share a name of a site before the name no longer tells them apart
LONGEST_IN_WEEKS = 31  # days: a longer range is looked up by its site, not by its weeks

Key = tuple[str, ...]
Unsure = tuple[Told, list["Cluster"]]


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
class Clusters:
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

    def reopen(self, told: Sequence[Told]) -> None:
        """Take an incident as it was put together before."""
        first = Cluster(len(self.clusters), Gist.of(told[0].report.facts, told[0].published))
        self.clusters.append(first)
        for one in told:
            self.add(first, one, Gist.of(one.report.facts, one.published))

    def near(self, gist: Gist) -> Iterator[Cluster]:
        """Give each incident that this report could be told of, once; one of other days it cannot."""
        seen: set[int] = set()
        days = gist.days
        for key in _keys_to_look_under(gist):
            found = self.by_key.get(key, [])
            if key[0] == "site" and len(found) > CROWDED:
                continue
            for cluster in found:
                if cluster.no in seen:
                    continue
                seen.add(cluster.no)
                theirs = cluster.gist.days
                # Asked here and not while weighing: most incidents of a site are of other years.
                if days is None or theirs is None or (days.first <= theirs.last and theirs.first <= days.last):
                    yield cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Reports that may tell of common incidents, and what is known of their articles."""

    told: tuple[Told, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The incidents that a block tells of, and the merges that a person should decide."""

    incidents: tuple[Incident, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def merge_block(block: Block) -> Merged:
    """Give the incidents of one block; ids are the leading report's until the registry gives the lasting ones.

    The order of the reports does not matter.
    """
    by_id = {article.article_id: article for article in block.articles}
    clusters = Clusters()
    unsure = place_all(clusters, block.told)
    made = [combine_told(cluster.told, by_id) for cluster in clusters.clusters]
    return Merged(incidents=tuple(made), doubts=word_unsure(unsure, made))


def join_unplaced(
    merged: Merged, unplaced: Sequence[Told], articles: Mapping[str, Article], stories: Mapping[str, Story]
) -> Merged:
    """Give the incidents with the reports of no country joined to them: by one day's toll, which is all they share."""
    asked = {key for told in unplaced for key in _report_keys(told.report)}
    clusters, came_from = Clusters(), dict[int, Incident]()
    for incident in merged.incidents:
        if any(key in asked for report in incident.reports for key in _report_keys(report)):
            came_from[len(clusters.clusters)] = incident
            clusters.reopen(gather_again(incident, articles, stories))
    before = [len(cluster.told) for cluster in clusters.clusters]
    unsure = place_all(clusters, unplaced)
    made = [
        came_from[no] if no in came_from and len(cluster.told) == before[no] else combine_told(cluster.told, articles)
        for no, cluster in enumerate(clusters.clusters)
    ]
    now = {incident.incident_id: made[no] for no, incident in came_from.items()}
    kept = [now.get(incident.incident_id, incident) for incident in merged.incidents]
    earlier = [
        Doubt(doubt.report, tuple(now[name].incident_id if name in now else name for name in doubt.among))
        for doubt in merged.doubts
    ]
    return Merged(incidents=(*kept, *made[len(came_from) :]), doubts=(*earlier, *word_unsure(unsure, made)))


def gather_again(incident: Incident, articles: Mapping[str, Article], stories: Mapping[str, Story]) -> list[Told]:
    """Give what was told of an incident, each copy beside its original."""
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in incident.reports:
        by_article[report.article_id].append(report)
    return gather_told(
        [Reading(article_id=name, reports=tuple(ours)) for name, ours in by_article.items()], stories, articles
    )


def place_all(clusters: Clusters, told: Iterable[Told]) -> list[Unsure]:
    """Give each report its incident, those of one article together; give back those that several fit."""
    unsure = list[Unsure]()
    for _, same_article in groupby(sorted(told, key=_turn), key=lambda one: _turn(one)[:3]):
        unsure += _place_reports(clusters, list(same_article))
    return unsure


def word_unsure(unsure: Iterable[Unsure], made: Sequence[Incident]) -> tuple[Doubt, ...]:
    """Name the incidents of which a report may tell."""
    return tuple(Doubt(one.report, tuple(made[cluster.no].incident_id for cluster in among)) for one, among in unsure)


def _turn(told: Told) -> tuple[int, str, str, int]:
    """Sort reports so that the exact ones come first, and those of one article together."""
    days = told.report.facts.days
    span = 10**6 if days is None else len(days)
    tier = next((no for no, most in enumerate((6, LONGEST_IN_WEEKS)) if span <= most), 2)
    return tier, told.published_key, told.report.article_id, told.report.start


def _place_reports(clusters: Clusters, reports: Sequence[Told]) -> list[Unsure]:
    """Give each report of one article its incident, the surest first; give back those that two incidents fit."""
    gists = [Gist.of(told.report.facts, told.published) for told in reports]
    scores = _score(clusters, reports, gists)
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
        clusters.add(placed.get(no), told, gists[no])
    return [(reports[no], among) for no, among in sorted(doubts.items())]


def _score(clusters: Clusters, reports: Sequence[Told], gists: Sequence[Gist]) -> list[tuple[float, int, Cluster]]:
    """Weigh the reports of one article against the incidents near them, and give the likely pairs, best first."""
    pairs = []
    for no, (told, gist) in enumerate(zip(reports, gists, strict=True)):
        for cluster in clusters.near(gist):
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
    yield from _toll_keys(gist.days, gist.killed)


def _keys_to_look_under(gist: Gist) -> Iterator[Key]:
    """Give the keys under which the incident of a report may be filed."""
    country, province = _area(gist)
    if country:
        for week in _weeks(gist.days or _news_days(gist)):
            yield from (("week", country, p, week) for p in ((province, "") if province else ("*",)))
        yield from _site_keys(gist, country)
    yield from _toll_keys(gist.days, gist.killed)


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


def _toll_keys(days: Days | None, killed: Iterable[Count]) -> Iterator[Key]:
    """Give a key for one day's exact toll: it finds an incident whose place one article leaves out."""
    if days is None or len(days) > 2:
        return
    for count in killed:
        if count.best is not None and count.best >= 5 and is_definite(count):
            yield ("toll", str(days.first), str(count.best))


def _report_keys(report: Report) -> Iterator[Key]:
    """Give the keys of the toll of a report."""
    return _toll_keys(report.facts.days, (report.facts.killed,))
