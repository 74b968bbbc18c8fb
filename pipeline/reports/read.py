"""Read one article: gather what its sentences and captions say of each incident into reports.

Reading is a pure function of the article and the loaded tools, so it runs in this process, in worker processes or on a
cluster, and gives the same reading everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.dates.find import find_dates
from pipeline.dates.heads import head_dates
from pipeline.dates.others import note_other_days
from pipeline.model import Article, Figure, Issue, Reading, Report
from pipeline.people.aggregates import find_aggregates
from pipeline.places.find import article_country, find_places
from pipeline.reports.answerable import find_answers
from pipeline.reports.facts import make_report
from pipeline.reports.gather import gather_tellings
from pipeline.reports.language import Tools, parse_sentences
from pipeline.reports.limits import Clock, bound_article, say_cut, say_slow, take_told, until_over
from pipeline.reports.mentions import find_tellings
from pipeline.reports.settings import Layout
from pipeline.text.sentences import split_blocks, split_sentences


def read_article(article: Article, tools: Tools) -> Reading:
    """Give all that one article reports: incidents, totals, and what could not be read or was too long to be."""
    clock, bounded = Clock(), bound_article(article)
    article = bounded.article
    blocks = split_blocks(article)
    sentences = split_sentences(article, blocks)
    gated = [s for s in sentences if s.kind != "boilerplate" and tools.gate.passes(s.text)]
    gated, cuts = take_told(article, gated)
    unread = [*bounded.issues, *(say_cut(article, cut, bounded.place(cut.start)) for cut in cuts)]
    if not gated:
        return Reading(article_id=article.article_id, issues=tuple(unread))
    dates = find_dates(article.text, article.published, blocks)
    places = find_places(article.text, tools.gazetteer, article.title)
    heads = head_dates(blocks, article.text, article.published)
    tellings = find_tellings(list(until_over(parse_sentences(gated, tools), clock)), dates, places, tools)
    drafts = gather_tellings(tellings, Layout(sentences, blocks, dates, places, heads))
    background = article_country(places)
    answers = until_over(zip(drafts, find_answers(sentences, drafts), strict=True), clock)
    alone = len(drafts) == 1
    found = [make_report(article, draft, background, said, alone) for draft, said in answers]
    reports = number_reports([bounded.report(note_other_days(report, dates)) for report in found])
    told = {telling.sentence.no for telling in tellings}
    quiet = [s for s in sentences if s.kind != "boilerplate" and s.no not in told]
    totals = [total for telling in tellings for total in telling.totals]
    totals += [total for s in until_over(quiet, clock) for total in find_aggregates(s, (), dates, places)]
    placed = [replace(bounded.total(total), article_id=article.article_id) for total in totals]
    unread += [say_slow(article)] if clock.ran_out else []
    return Reading(
        article_id=article.article_id,
        reports=tuple(reports),
        aggregates=tuple(sorted(placed, key=lambda t: t.start)),
        issues=(*unread, *(i for r in reports for i in find_gaps(r))),
    )


def number_reports(reports: Sequence[Report]) -> list[Report]:
    """Give each report a start of its own: its leading sentence's, or the next characters of it where that is taken."""
    taken: set[int] = set()
    out = []
    for report in sorted(reports, key=lambda r: r.leading.sentence.start):
        start = report.start
        while start in taken:
            start += 1
        taken.add(start)
        out.append(replace(report, start=start))
    return out


def find_gaps(report: Report) -> Iterator[Issue]:
    """Give an issue for each thing that a report needs and its article does not say, or not readably."""
    facts, sentence = report.facts, report.leading.sentence
    gap = Issue(
        kind="no_date",
        message="",
        to_do="Set date_start and date_end in corrections.csv if another source gives them.",
        article_id=report.article_id,
        report_id=report.report_id,
        start=sentence.start,
        end=sentence.end,
    )
    if facts.days is None:
        words = f'the words "{facts.date_text}" name no day' if facts.date_text else "no words name a day"
        yield replace(gap, message=f"No date: {words}.", words=facts.date_text)
    if facts.place.precision in ("unknown", "country"):
        message = f"No place nearer than {facts.place.country or 'the world'} was read."
        to_do = "Set city, latitude and longitude in corrections.csv if another source gives them."
        yield replace(gap, kind="no_place", message=message, to_do=to_do, words=facts.place.text)
    for figure in report.figures:
        if figure.count.low is None and figure.count.high is None:
            yield unread_figure(gap, figure)


def unread_figure(gap: Issue, figure: Figure) -> Issue:
    """Give the issue of a figure that does not say how many."""
    measure = figure.measure.replace("_", " ")
    return replace(
        gap,
        kind="figure_unread",
        message=f'"{figure.words}" says that people were {measure}, but not how many.',
        to_do="Set the number in corrections.csv if another source gives it.",
        start=figure.start,
        end=figure.end,
        words=figure.words,
    )
