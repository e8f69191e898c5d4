"""Weekdays, full dates, today and yesterday."""

from __future__ import annotations

import datetime
import re

from transforms.model import Anchor, Anchors, Article, Parse, TimeExpression, span_of

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = r"(?P<{0}>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS) + r")\.?"
_FULL = re.compile(
    r"\b(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)\b"
    + rf"|\b{_MONTH.format('m2')} (?P<d2>\d{{1,2}}),? (?P<y2>\d{{4}})\b"
    + rf"|\b(?P<d3>\d{{1,2}}) {_MONTH.format('m3')},? (?P<y3>\d{{4}})\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:on )?(?:(?P<weekday>{'|'.join(_DAYS)})|(?P<word>today|yesterday|tomorrow))\b", re.IGNORECASE
)
_OFFSET = {"today": 0, "yesterday": -1, "tomorrow": 1}


def full_dates(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, YYYY-MM-DD)`` of each date in a text that carries its own year."""
    found = []
    for m in _FULL.finditer(text):
        year, month, day = next((m[f"y{k}"], m[f"m{k}"], m[f"d{k}"]) for k in "123" if m[f"y{k}"])
        number = int(month) if month.isdigit() else [x[:3] for x in _MONTHS].index(month[:3].lower()) + 1
        try:
            found.append((m.start(), m.end(), datetime.date(int(year), number, int(day)).isoformat()))
        except ValueError:
            continue  # 31 June is no day
    return found


def annotate(article: Article, anchors: Anchors, parse: Parse) -> tuple[TimeExpression, ...]:
    """Every time expression of an article, in order of place."""
    times = []
    for block in article.blocks:
        anchor = anchors.of(block.section)
        text = article.text[block.start : block.end]
        for start, end, day in full_dates(text):
            times.append(_day(article.text, block.start + start, block.start + end, day, "date.full", None))
        for m in _RELATIVE.finditer(text):
            start, end = block.start + m.start(), block.start + m.end()
            if anchor.day is None:
                times.append(
                    _day(article.text, start, end, None, "weekday" if m["weekday"] else "relative", anchor)
                )
                continue
            base = datetime.date.fromisoformat(anchor.day)
            if m["weekday"]:
                back = (base.weekday() - _DAYS.index(m["weekday"].lower())) % 7
                times.append(
                    _day(
                        article.text,
                        start,
                        end,
                        (base - datetime.timedelta(back)).isoformat(),
                        "weekday.past",
                        anchor,
                    )
                )
            else:
                day = (base + datetime.timedelta(_OFFSET[m["word"].lower()])).isoformat()
                times.append(_day(article.text, start, end, day, "relative.day", anchor))
    return tuple(sorted(times, key=lambda t: t.span.start))


def annotate_text(text: str, day: str | None, language: str = "en") -> tuple[TimeExpression, ...]:
    """The time expressions of a bare text, counted from a day."""
    from transforms.model import Block

    article = Article(
        article_id="",
        revision="",
        origin="",
        language=language,
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text), page_start=0),),
    )
    anchor = Anchor(kind="published" if day else "none", value=day)
    return annotate(article, Anchors(page=anchor), Parse((), (), (), (), (), ()))


def _day(
    text: str, start: int, end: int, day: str | None, rule: str, anchor: Anchor | None
) -> TimeExpression:
    following = (datetime.date.fromisoformat(day) + datetime.timedelta(1)).isoformat() if day else None
    return TimeExpression(
        span=span_of(text, start, end),
        type="DATE",
        value=day,
        edtf=day,
        start=day,
        end=following,
        precision="day" if day else "none",
        certainty="implied" if anchor else "stated",
        rule=rule,
        anchor=anchor,
    )


def timeml(times: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """The same expressions with the spans and values that TimeML corpora write."""
    return times
