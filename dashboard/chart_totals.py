"""How much of what others count is here: a gauge with words for each total that an article states."""

import html

import streamlit as st

from dashboard.chart_look import count_of, draw_sentence
from dashboard.choice import choose_setting, get_setting
from dashboard.load import Shown
from dashboard.stated_totals import Ours, Stated, count_ours, read_stated
from dashboard.words import escape_html, shorten
from pipeline.view import say_days

FEW, MOST = 8, 100


def draw_totals(shown: Shown) -> None:
    """Draw the section."""
    stated = read_stated(shown)
    if not stated:
        draw_sentence("No article read states a total over many incidents.")
        return
    some = stated[: MOST if get_setting("totals") == "all" else FEW]
    ours = count_ours(shown, some)
    draw_sentence(say_totals(stated, shown))
    gauges = "".join(_write_gauge(one, mine) for one, mine in zip(some, ours, strict=True))
    st.html(f'<div class="gauges">{gauges}</div>')
    if len(stated) > FEW:
        few = get_setting("totals") == "few"
        words = f"Show {min(len(stated), MOST):,} totals" if few else "Show fewer"
        st.button(words, key="totals-more", type="tertiary", on_click=choose_setting,
                  args=("totals", "all" if few else "few"))  # fmt: skip


def say_totals(stated: list[Stated], shown: Shown) -> str:
    """Say, fit for HTML, what is compared with what."""
    compared = sum(one.compared for one in stated)
    asked = shown.view.in_words()
    filters = "" if asked == "all incidents" else f" as the filters stand ({escape_html(shorten(asked, 120))})"
    return (
        f"{count_of(len(stated), 'total')} over many incidents {'is' if len(stated) == 1 else 'are'} stated in the "
        f"articles; {compared:,} can be compared with our incidents{filters}. A low share is what others know and we "
        "do not, or what a side claims and no one else saw."
    )


def say_gauge(one: Stated, ours: Ours) -> str:
    """Say, fit for HTML, how many of a total are here.

    Words of articles are shown as they are; a number of people is compared with our killed.
    """
    who = escape_html(one.claimant) if one.claimant else ""
    rough = f"{one.rough} " if one.rough else ""
    if not one.compared:
        total = f"{rough}{one.count:,} {escape_html(one.unit)}" if one.count else "no number"
        return f"<b>Not compared:</b> {total} are no count of incidents"
    if one.count:
        head = f"<b>{ours.n:,}</b> of the {rough}{one.count:,} {escape_html(one.unit)}"
    else:
        here = f"{max(ours.killed.best, ours.killed.low):,}" if any(ours.killed.figures) else "no figure"
        head = f"<b>{here}</b> of the at least {one.people:,} killed"
    return f"{head} that {who + ' counts' if who else 'are stated'}"


def _say_reach(one: Stated, ours: Ours) -> str:
    """Say, fit for HTML, where, when and what of ours was counted."""
    where = escape_html(one.place) if one.place else "no place read: everywhere"
    if one.since or one.until:
        when = say_days(one.since, one.last)
    else:
        when = (
            f"no first day read: up to {say_days(None, one.last).removeprefix('until ')}"
            if one.last
            else "no days read"
        )
    what = [" or ".join(ours.types)] if ours.types else []
    what += [f"by {escape_html(ours.group)}"] if ours.group else ["whoever did it"]
    return " · ".join([where, when, *what])


def _say_ours(one: Stated, ours: Ours) -> str:
    """Say how ours are attested."""
    if not one.compared:
        return ""
    if not ours.n:
        return "none of ours falls here as the filters stand"
    said = [f"{ours.sure:,} surely within these days" if one.since or one.until else "",
            f"{ours.confirmed:,} confirmed", f"{ours.claimed:,} claimed"]  # fmt: skip
    if one.people and one.count:
        stated = f"at least {one.people:,} killed are stated"
        mine = f"{max(ours.killed.best, ours.killed.low):,}" if any(ours.killed.figures) else "no figure"
        said.append(f"{stated}, ours have {mine}")
    if ours.killed.without and one.people:
        said.append(f"{ours.killed.without:,} of ours without a figure")
    return " · ".join(part for part in said if part)


def find_share(one: Stated, ours: Ours) -> float | None:
    """Give our share of a total, more than 1 where we have more; None where it cannot be said."""
    if not one.compared:
        return None
    if one.count:
        return ours.n / one.count
    return max(ours.killed.best, ours.killed.low) / one.people if one.people and any(ours.killed.figures) else None


def _write_gauge(one: Stated, ours: Ours) -> str:
    """Write the gauge of one total with its words and the sentence it was read from."""
    part = find_share(one, ours)
    bar, percent = "", "–"
    if part is not None:
        sure = (ours.sure / one.count if one.count else part) if one.since or one.until else part
        percent = f"{100 * part:.0f} %" if part <= 1 else "more"
        widths = (f"{100 * min(width, 1):.1f}%" for width in (part, sure))
        bar = "".join(
            f'<i class="{name}" style="width:{w}"></i>' for name, w in zip(("may", "sure"), widths, strict=True)
        )
    origin = " · ".join(escape_html(word) for word in (one.outlet, one.published or "") if word)
    times = f" · in {one.articles:,} articles of one story" if one.articles > 1 else ""
    notes = "".join(
        f"<div class=note>{words}</div>" for words in (_say_reach(one, ours), _say_ours(one, ours)) if words
    )
    return (
        f'<div class="gauge"><div class="gauge-head"><span>{say_gauge(one, ours)}</span><span class="percent">{percent}'
        f'</span></div><div class="track{"" if part is not None else " void"}" aria-hidden="true">{bar}</div>{notes}'
        f'<blockquote title="{html.escape(one.statement)}">{escape_html(shorten(one.statement, 240))}</blockquote>'
        f'<div class="note">{origin}{times}</div></div>'
    )
