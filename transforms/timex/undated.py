"""Bounds of a page without a publication day, and years that follow from weekdays.

A past day with its year bounds the page from below. A weekday beside a day and a month fits few years
("Sunday, Jan. 19"); if the bounds leave one, that day is known and bounds the page in turn. Nothing is
guessed: without two bounds no year is chosen.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left

from dateline.transforms.model import Anchors, Article, Bounds, Parse, TimeExpression
from dateline.transforms.timex.calendar import Day, day_of
from dateline.transforms.timex.grammar import Grammar, grammar
from dateline.transforms.timex.tense import Tense, tense_around

PARTIAL = re.compile(r"XXXX-(\d\d)-(\d\d)")
OPEN = frozenset(("BEFORE", "ON_OR_BEFORE", "AFTER"))
"""Mods of a day that the page need not have seen: "by 5 March 2030 they had to leave"."""
NEAR = datetime.timedelta(366)
"""A day without year is at most so far from the day of its page."""


def bounded(
    article: Article, anchors: Anchors, parse: Parse, times: tuple[TimeExpression, ...]
) -> tuple[Anchors, tuple[TimeExpression, ...]]:
    """The anchors of an undated page with the bounds that its own dates set, and its times with those bounds.

    A page that has an anchor is given back as it is.
    """
    if anchors.page.kind != "none" or not times:
        return anchors, times
    words = grammar(article.language)
    tenses = {t.span.start: _tense(article, t, parse, words) for t in times if _tells(t)}
    last = Day.fromisoformat(anchors.bounds.not_after[:10]) if anchors.bounds.not_after else None
    first = _latest_past(times, tenses, last)
    settled: dict[int, TimeExpression] = {}
    if first is not None and last is not None:
        for t in times:
            tense = tenses.get(t.span.start)
            day = _only_day(article, t, parse, words, first, last, tense) if tense else None
            if day is None:
                continue
            settled[t.span.start] = _dated(t, day, first, last)
            if tense == "past":
                first, last = max(first, day), min(last, day + NEAR)
            elif tense == "future":
                first, last = max(first, day - NEAR), min(last, day)
    if first is None:
        return anchors, times
    bounds = Bounds(not_before=first.isoformat(), not_after=last.isoformat() if last else None)
    limited = tuple(settled.get(t.span.start) or _limited(t, bounds) for t in times)
    return anchors.model_copy(update={"bounds": bounds}), limited


def _tells(t: TimeExpression) -> bool:
    return t.mod not in OPEN and (
        (t.certainty == "stated" and t.precision == "day" and t.edtf is not None) or t.partial is not None
    )


def _tense(article: Article, t: TimeExpression, parse: Parse, words: Grammar) -> Tense:
    return tense_around(article.text, t.span.start, t.span.end, parse, words)[0]


def _latest_past(times: tuple[TimeExpression, ...], tenses: dict[int, Tense], last: Day | None) -> Day | None:
    """The latest day with its own year and a verb of the past."""
    days = [
        Day.fromisoformat(t.start)
        for t in times
        if t.start is not None and t.edtf is not None and tenses.get(t.span.start) == "past"
    ]
    return max((d for d in days if last is None or d <= last), default=None)


def _only_day(
    article: Article, t: TimeExpression, parse: Parse, words: Grammar, first: Day, last: Day, tense: Tense
) -> Day | None:
    """The one day that a weekday, a day and a month can be of a page between two days."""
    m = PARTIAL.fullmatch(t.partial or "")
    if m is None or t.edtf is not None:
        return None
    begin, end = bisect_left(parse.starts, t.span.start), bisect_left(parse.starts, t.span.end)
    tokens = words.words.tokens(article.text, parse, begin, end)
    named = [int(token.values["WEEKDAY"]) for token in tokens if "WEEKDAY" in token.values]
    if len(named) != 1:
        return None
    low, high = first - NEAR, last if tense == "past" else last + NEAR
    units = [day_of(year, int(m[1]), int(m[2])) for year in range(low.year, high.year + 1)]
    fitting = [u.start for u in units if u and low <= u.start <= high and u.start.weekday() == named[0]]
    return fitting[0] if len(fitting) == 1 else None


def _dated(t: TimeExpression, day: Day, first: Day, last: Day) -> TimeExpression:
    value = day.isoformat()
    why = f"between {first} and {last} its weekday fits one year alone"
    return t.model_copy(
        update={
            "value": value,
            "edtf": value,
            "start": value,
            "end": (day + datetime.timedelta(1)).isoformat(),
            "precision": "day",
            "certainty": "assumed",
            "bounds": None,
            "trace": (*t.trace, why),
        }
    )


def _limited(t: TimeExpression, bounds: Bounds) -> TimeExpression:
    leans = t.edtf is None and t.anchor is not None and t.anchor.kind == "none"
    return t.model_copy(update={"bounds": bounds}) if leans else t
