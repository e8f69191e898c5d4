"""Bounds of a page without a publication day, and years that follow from weekdays.

A past day with its year bounds the page from below. A weekday beside a day and a month fits few years
("Sunday, Jan. 19"); if the bounds leave one, that day is known and bounds the page in turn. Where the page tells the
day of its news (:mod:`~dateline.transforms.timex.news_day`), the bounds are a week apart, and a past weekday or
a day and month alone can fit one day too. Nothing is guessed: without two bounds no year is chosen.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from dateline.transforms.model import Anchors, Article, Bounds, Parse, TimeExpression
from dateline.transforms.timex.calendar import Day, day_of
from dateline.transforms.timex.grammar import Grammar, grammar
from dateline.transforms.timex.news_day import FRESH, news_day, weekday_of, weekdays_in
from dateline.transforms.timex.tense import Tense, tense_around

PARTIAL = re.compile(r"XXXX-(\d\d)-(\d\d)")
OPEN = frozenset(("BEFORE", "ON_OR_BEFORE", "AFTER"))
"""Mods of a day that the page need not have seen: "by 5 March 2030 they had to leave"."""
NEAR = datetime.timedelta(366)
"""A day without year is at most so far from the day of its page."""
RECENT = datetime.timedelta(300)
"""A past day without year and weekday is at most so old. One a year old lies on either side of the day of the news."""
WEEK = datetime.timedelta(6)
"""A past weekday alone is at most so old."""


def bounded(
    article: Article,
    anchors: Anchors,
    parse: Parse,
    times: tuple[TimeExpression, ...],
    page_text: str = "",
) -> tuple[Anchors, tuple[TimeExpression, ...]]:
    """The anchors of an undated page with the bounds that its own dates set, and its times with those bounds.

    ``page_text`` is the whole page, in which the losers of the anchor stand. A page that has an anchor is given back as
    it is.
    """
    if anchors.page.kind != "none" or not times:
        return anchors, times
    words = grammar(article.language)
    tenses = {t.span.start: _tense(article, t, parse, words) for t in times if _tells(t)}
    last = Day.fromisoformat(anchors.bounds.not_after[:10]) if anchors.bounds.not_after else None
    first = _latest_past(times, tenses, last)
    news = news_day(article, anchors, parse, times, tenses, page_text)
    settled: dict[int, TimeExpression] = {}
    if news is not None and (first is None or news >= first) and (last is None or news <= last):
        # That the page is at most six days younger is an assumption: it settles days, and is no bound of the page.
        first, until = news, min(last or Day.max, news + FRESH)
        for t in times:
            if tenses.get(t.span.start) == "past" and (
                day := _only_day(article, t, parse, news, until, "past")
            ):
                settled[t.span.start] = _dated(t, day, news, until)
    elif first is not None and last is not None:
        settled, first, last = _settle(article, parse, times, tenses, first, last)
    if first is None:
        return anchors, times
    bounds = Bounds(not_before=first.isoformat(), not_after=last.isoformat() if last else None)
    limited = tuple(settled.get(t.span.start) or _limited(t, bounds) for t in times)
    return anchors.model_copy(update={"bounds": bounds}), limited


def _settle(
    article: Article,
    parse: Parse,
    times: tuple[TimeExpression, ...],
    tenses: dict[int, Tense],
    first: Day,
    last: Day,
) -> tuple[dict[int, TimeExpression], Day, Day]:
    """The times, by their start, that fit one day alone of a page between two days, and the bounds that these set."""
    settled: dict[int, TimeExpression] = {}
    for t in times:
        tense = tenses.get(t.span.start)
        day = _only_day(article, t, parse, first, last, tense) if tense else None
        if day is None:
            continue
        settled[t.span.start] = _dated(t, day, first, last)
        if tense == "past":
            first, last = max(first, day), min(last, day + NEAR)
        elif tense == "future":
            first, last = max(first, day - NEAR), min(last, day)
    return settled, first, last


def _tells(t: TimeExpression) -> bool:
    stated = t.certainty == "stated" and t.precision == "day" and t.edtf is not None
    return weekday_of(t) is not None or (t.mod not in OPEN and (stated or t.partial is not None))


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
    article: Article, t: TimeExpression, parse: Parse, first: Day, last: Day, tense: Tense
) -> Day | None:
    """The one day that a weekday, or a day and month, can be of a page between two days."""
    narrow = tense == "past" and last - first <= FRESH
    if narrow and (number := weekday_of(t)) is not None:
        return _one(day for day in _days(first - WEEK, last) if day.weekday() == number)
    m = PARTIAL.fullmatch(t.partial or "")
    if m is None or t.edtf is not None:
        return None
    named = weekdays_in(article, t, parse)
    if len(named) != 1 and not (narrow and not named):
        return None
    low, high = first - (NEAR if named else RECENT), last if tense == "past" else last + NEAR
    units = [day_of(year, int(m[1]), int(m[2])) for year in range(low.year, high.year + 1)]
    days = [u.start for u in units if u and low <= u.start <= high]
    return _one(day for day in days if not named or day.weekday() == named[0])


def _days(first: Day, last: Day) -> Iterator[Day]:
    return (first + datetime.timedelta(n) for n in range((last - first).days + 1))


def _one(days: Iterable[Day]) -> Day | None:
    found = list(days)
    return found[0] if len(found) == 1 else None


def _dated(t: TimeExpression, day: Day, first: Day, last: Day) -> TimeExpression:
    iso = day.isoformat()
    why = f"the page is of {first} to {last}: one day alone fits"
    return t.model_copy(
        update={
            # A part of the day or a clock stays ("XXXX-WXX-2TNI").
            "value": iso + (t.value or "")[len("XXXX-WXX-n") :] if t.partial is None else iso,
            "edtf": iso,
            "start": iso,
            "end": (day + datetime.timedelta(1)).isoformat(),
            "precision": "day" if t.precision == "none" else t.precision,
            "certainty": "assumed",
            "bounds": None,
            "trace": (*t.trace, why),
        }
    )


def _limited(t: TimeExpression, bounds: Bounds) -> TimeExpression:
    leans = t.edtf is None and t.anchor is not None and t.anchor.kind == "none"
    return t.model_copy(update={"bounds": bounds}) if leans else t
