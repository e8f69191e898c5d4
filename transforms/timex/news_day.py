"""The day of the news of a page without a publication day: that of its photo, or of a line that tells a sentence
again with the full date.

Of 24 photos with a full date on pages with a known day 17 were at most six days old; of those whose caption also
names the weekday ("Tuesday, Nov. 19, 2019", as agencies write of the photo of a day's news) all six. A line of the page
that repeats a sentence and dates what that sentence tells of "Saturday" states its Saturday.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.model import Anchors, Article, Parse, TimeExpression
from dateline.transforms.timex.calendar import Day
from dateline.transforms.timex.grammar import grammar
from dateline.transforms.timex.tense import Tense

FRESH = datetime.timedelta(6)
"""News appears at most so long after the day of its photo."""
BARE = re.compile(r"XXXX-WXX-([1-7])(?!\d)")
"""The TIMEX3 value of a weekday alone."""
REPEATED = 0.7
"""Share of the words of the shorter of two lines that the other one holds, where they tell the same."""
FEWEST = 8
"""Words of the shorter line, at least."""
LINES = 20
"""Dated lines of a page that are compared, at most."""
LONGEST = 600
"""Code points of a line that is compared, at most."""
_WORD = re.compile(r"\w+")


def news_day(
    article: Article,
    anchors: Anchors,
    parse: Parse,
    times: tuple[TimeExpression, ...],
    tenses: Mapping[int, Tense],
    page_text: str,
) -> Day | None:
    """The day of the news of an undated page; ``None`` where the page tells none, or two."""
    told = {*_photos(article, parse, times), *_repeated(article, anchors, parse, times, tenses, page_text)}
    return told.pop() if len(told) == 1 else None


def weekday_of(t: TimeExpression) -> int | None:
    """The weekday that an undated expression names alone, 0 for Monday."""
    m = BARE.match(t.value or "") if t.edtf is None else None
    return int(m[1]) - 1 if m else None


def weekdays_in(article: Article, t: TimeExpression, parse: Parse) -> list[int]:
    """The weekdays that an expression names, beside a day and a month or alone, 0 for Monday."""
    begin, end = bisect_left(parse.starts, t.span.start), bisect_left(parse.starts, t.span.end)
    tokens = grammar(article.language).words.tokens(article.text, parse, begin, end)
    return [int(token.values["WEEKDAY"]) for token in tokens if "WEEKDAY" in token.values]


def _photos(article: Article, parse: Parse, times: tuple[TimeExpression, ...]) -> Iterator[Day]:
    """The day of a photo, with its weekday, where no later day stands in the article."""
    stated = [t for t in times if t.start and t.edtf == t.start and t.certainty == "stated"]
    newest = max((t.start for t in stated if t.start), default=None)
    if newest is None:
        return
    for block in article.blocks:
        caption = article.text[block.start : block.end]
        if block.kind != "caption" or _old_photos(article.language).search(caption):
            continue
        for t in stated:
            if (
                block.start <= t.span.start < block.end
                and t.start == newest
                and weekdays_in(article, t, parse)
            ):
                yield Day.fromisoformat(newest)


@lru_cache(maxsize=64)
def _old_photos(language: str) -> re.Pattern[str]:
    """Words of a caption whose photo was not taken for the news."""
    patterns = lexicon.library().part(lexicon.Calendar, language).old_photos
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)


def _repeated(
    article: Article,
    anchors: Anchors,
    parse: Parse,
    times: tuple[TimeExpression, ...],
    tenses: Mapping[int, Tense],
    page_text: str,
) -> Iterator[Day]:
    """The day in a line that tells again what a sentence tells of its weekday."""
    bare = [
        (number, told := _sentence(article, parse, t), set(_WORD.findall(told.lower())))
        for t in times
        if (number := weekday_of(t)) is not None and tenses.get(t.span.start) == "past"
    ]
    if not bare:
        return
    for loser in anchors.page.losers[:LINES]:
        if loser.span is None or len(loser.value or "") != 10:
            continue
        day = Day.fromisoformat(loser.value or "")
        start = page_text.rfind("\n", 0, loser.span.start) + 1
        end = page_text.find("\n", loser.span.end)
        line = page_text[start : end if end >= 0 else len(page_text)]
        if len(line) > LONGEST:
            continue
        own = set(_WORD.findall(line.lower()))
        for number, told, other in bare:
            fewest = min(len(own), len(other))
            alike = fewest >= FEWEST and len(own & other) >= REPEATED * fewest
            if number == day.weekday() and alike and told not in line:
                yield day


def _sentence(article: Article, parse: Parse, t: TimeExpression) -> str:
    at = max(0, bisect_left(parse.starts, t.span.start + 1) - 1)
    for s in parse.sentences:
        if s.first <= at < s.last:
            return article.text[s.start : s.end][:LONGEST]
    return ""
