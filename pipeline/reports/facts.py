"""Turn what was gathered of one incident into a report: its days, place, toll, kind and actors, with their words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.actors.read import Actors, claimant_of, read_actors
from pipeline.actors.stand_ins import name_stand_ins
from pipeline.actors.unlisted import find_unlisted
from pipeline.dates.find import choose_days
from pipeline.kinds.read import Kind, read_kind
from pipeline.model import Article, DateWords, Facts, Figure, Mention, Place, Report, Sentence
from pipeline.people.counts import Toll, count_all
from pipeline.places.find import choose_place
from pipeline.reports.confidence import rate_report
from pipeline.reports.drafts import Draft
from pipeline.reports.mentions import Telling

UNSUMMED = ("missing", "abducted", "arrested", "displaced")  # kept as figures only


def make_report(
    article: Article, draft: Draft, background: Place | None, answers: Sequence[Sentence], alone: bool
) -> Report:
    """Give the report of one draft; its start is the leading sentence's and may be shared with another's.

    `answers` are sentences elsewhere that say who did it. Where the draft is alone, all that the article says of who
    did it is about this incident.
    """
    tellings = sorted(draft.tellings, key=lambda t: t.start)
    lead = leading_telling(tellings)
    ordered = [lead, *(t for t in tellings if t is not lead)]
    kind = read_kind([t.text for t in ordered])
    actors = actors_of(ordered, draft.support, answers, article.text, alone)
    date = draft_date(draft)
    place, place_rule = choose_place(draft.places, background, article.text)
    figures = all_figures(tellings)
    tolls = count_all(figures)
    weighed = [f for m in UNSUMMED for f in figures if f.measure == m]
    weighed += [f for toll in tolls.values() for f in toll.figures]
    mentions = mentions_of(tellings, draft.support, date, draft, weighed)
    report = Report(
        article_id=article.article_id,
        facts=facts_of(kind, actors, date, place, tolls, lead.target),
        mentions=mentions,
        figures=tuple(sorted(weighed, key=lambda f: f.start)),
        lead=next(n for n, m in enumerate(mentions) if m.sentence.no == lead.sentence.no),
        rules=(*kind.rules, *actors.rules, ("place", place_rule), *((("date", date.rule),) if date else ())),
        verifiers=actors.verifiers,
        start=lead.sentence.start,
    )
    return replace(report, confidence=rate_report(report, alone))


def facts_of(
    kind: Kind, actors: Actors, date: DateWords | None, place: Place, tolls: Mapping[str, Toll], target: str
) -> Facts:
    """Put what was read of one incident into its facts; `target` is what it alone attacked of several things."""
    killed, injured = tolls["killed"], tolls["injured"]
    by_state = fought_by_state(kind)
    return Facts(
        event_type=kind.event_type,
        status=kind.status,
        days=date.days if date else None,
        date_text=date.words if date else "",
        date_basis=date.basis if date else "",
        place=place,
        target_type=kind.target_type,
        target_text=target or kind.target_text,
        weapon=kind.weapon,
        suicide=kind.suicide,
        perpetrator=actors.perpetrator,
        attribution=actors.attribution,
        killed=killed.count,
        injured=injured.count,
        casualties=tolls["killed_or_injured"].count,
        killed_attackers=None if by_state else killed.attackers,
        injured_attackers=None if by_state else injured.attackers,
    )


def actors_of(
    tellings: Sequence[Telling], support: Sequence[Sentence], answers: Sequence[Sentence], text: str, alone: bool
) -> Actors:
    """Give who did it, read from the words of an incident; of a whole article where it tells of no other."""
    local = find_unlisted(text)
    told = [(t.sentence.text, t.sentence.start) if t.target else (t.text, t.start) for t in tellings]
    told += [(s.text, s.start) for s in support]
    around = {(t.sentence.text, t.sentence.start) for t in tellings} | {(s.text, s.start) for s in support}
    context = [(text, 0)] if alone else sorted(around, key=lambda pair: pair[1])

    def named(pieces: Iterable[tuple[str, int]]) -> Iterator[str]:
        return (name_stand_ins(words, text[:start], text, local) for words, start in pieces)

    said = named((s.text, s.start) for s in answers)
    return read_actors(list(named(dict.fromkeys(told))), named(context), said, local)


def fought_by_state(kind: Kind) -> bool:
    """Tell whether those killed among the armed are the struck and not the attackers: strikes and raids."""
    return kind.event_type in ("air or drone strike", "raid", "shelling")


def leading_telling(tellings: Sequence[Telling]) -> Telling:
    """Give the telling that says most of the incident: figures, a strong word, and running text before captions."""
    return max(
        tellings,
        key=lambda t: (
            t.sentence.kind != "caption" and not t.general,
            bool(t.figures) + (t.strength == "strong") + (not t.back),
            -t.start,
        ),
    )


def draft_date(draft: Draft) -> DateWords | None:
    """Give the days of a draft: its own words where they are as narrow, else the heading it stands under."""
    chosen = choose_days(draft.dates) if draft.dates else None
    if draft.head is None or draft.head.days is None:
        return chosen
    return draft.head


def all_figures(tellings: Sequence[Telling]) -> list[Figure]:
    """Give the figures of all tellings with who states them."""
    out = []
    for telling in tellings:
        for figure in telling.figures:
            words, kind = claimant_of(telling.sentence.text, figure.start - telling.sentence.start)
            out.append(replace(figure, claimant=words, claimant_type=kind))
    return out


def mentions_of(
    tellings: Sequence[Telling],
    support: Sequence[Sentence],
    date: DateWords | None,
    draft: Draft,
    figures: Sequence[Figure],
) -> tuple[Mention, ...]:
    """Give one mention for each sentence that speaks of the incident, with the fields it supports."""
    triggers = {s.no: (s, "") for s in support} | {t.sentence.no: (t.sentence, t.trigger) for t in tellings}
    out = []
    for no in sorted(triggers):
        sentence, trigger = triggers[no]
        fields = supported(sentence, date, draft, figures)
        if trigger or fields:
            out.append(Mention(sentence=sentence, trigger=trigger, fields=fields))
    return tuple(out)


def supported(sentence: Sentence, date: DateWords | None, draft: Draft, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Give the names of the fields that a sentence supports."""
    fields = []
    if date and sentence.start <= date.start < sentence.end:
        fields.append("date")
    if any(p.role == "event" and sentence.start <= p.start < sentence.end for p in draft.places):
        fields.append("place")
    fields += dict.fromkeys(f.measure for f in figures if f.sentence_no == sentence.no)
    return tuple(fields)
