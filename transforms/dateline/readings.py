"""Decides whether 05/06 is in May or June, once for a page, from all of its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.transforms.dateline.stamps import Stamp

_DAY_FIRST_DOMAINS = (
    ".uk", ".au", ".in", ".ie", ".nz", ".za", ".ng", ".ke", ".pk", ".my", ".sg", ".eu", ".de", ".fr", ".es", ".it", ".pt",
    ".br", ".mx", ".ar", ".nl", ".be", ".ch", ".at", ".pl", ".ru", ".tr", ".gr", ".il", ".eg", ".hk", ".vn", ".id", ".bd",
)  # fmt: skip
_EITHER_REGIONS = frozenset(["US", "PH", "CA"])
"""Regions of English that write the month first or either way; "en-US" is also what a site says that never chose."""
_PATH_REGION = re.compile(r"/en-([a-z]{2})/", re.IGNORECASE)
_MONTH_FIRST_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_WITNESS, _STYLE, _HOME = 3.0, 1.0, 0.5
"""Weights: a date with only one reading counts most, then the style of dates with names of months, then the URL."""

UNSURE = _HOME
"""The weight of English alone, which is written in London and in Chicago."""


def _host(url: str | None) -> str:
    return (url or "").partition("//")[2].partition("/")[0].partition(":")[0].lower()


def _english(text: str) -> bool:
    head = text[:20_000].lower()
    return head.count(" the ") >= head.count(" de ") + head.count(" la ") + head.count(" il ")


def month_first(
    text: str, stamps: Sequence[Stamp], language: str | None, url: str | None, region: str | None = None
) -> bool:
    """Whether the page writes the month before the day in numeric dates. ``region``: that of its English, as it says."""
    return order(text, stamps, language, url, region) > 0


def order(
    text: str, stamps: Sequence[Stamp], language: str | None, url: str | None, region: str | None = None
) -> float:
    """The evidence for the month before the day: positive for, negative against; up to :data:`UNSURE` it is a
    guess."""
    votes = 0.0
    named = {s.day for s in stamps if len(s.days) == 1}
    for stamp in stamps:
        if stamp.form == "name-day":
            votes += _STYLE / 2
        elif stamp.form == "day-name":
            votes -= _STYLE / 2
        elif stamp.form.startswith("numeric") and len(stamp.days) == 1:
            number = int("".join(c for c in text[stamp.start : stamp.start + 2] if c.isdecimal()))
            if stamp.day.day != stamp.day.month:
                votes += -_WITNESS if number == stamp.day.day else _WITNESS
        if len(stamp.days) == 2:
            day_first, by_month = sorted(stamp.days, key=lambda d: _leads(text, stamp, d.day))[::-1]
            if stamp.weekday is not None and day_first.weekday() != by_month.weekday():
                votes += (stamp.weekday == by_month.weekday()) * _WITNESS - (
                    stamp.weekday == day_first.weekday()
                ) * _WITNESS
            votes += ((by_month in named) - (day_first in named)) * _WITNESS
            if stamp.zone in _MONTH_FIRST_ZONES:
                votes += _STYLE
    votes = max(-50.0, min(50.0, votes))
    host = _host(url)
    if host.endswith(_DAY_FIRST_DOMAINS):
        votes -= _STYLE + _HOME
    elif (found := _PATH_REGION.search(url or "")) is not None:
        region = found[1].upper()
    if region is not None and region not in _EITHER_REGIONS:
        votes -= _STYLE + _HOME
    english = (language or "en") == "en" and _english(text)
    return votes + (_HOME if english else -_STYLE)


def _leads(text: str, stamp: Stamp, day: int) -> bool:
    number = int("".join(c for c in text[stamp.start : stamp.start + 2] if c.isdecimal()))
    return number == day


def likelier_first(
    text: str, stamps: Sequence[Stamp], language: str | None, url: str | None, region: str | None = None
) -> list[Stamp]:
    """The stamps, each with its more likely reading first."""
    if all(len(s.days) == 1 for s in stamps):
        return list(stamps)
    by_month = month_first(text, stamps, language, url, region)
    return [in_order(text, stamp, by_month) for stamp in stamps]


def in_order(text: str, stamp: Stamp, by_month: bool) -> Stamp:
    """A stamp with its likelier reading first: that of the order, unless its weekday speaks against it."""
    if len(stamp.days) < 2:
        return stamp
    days = tuple(sorted(stamp.days, key=lambda d: _leads(text, stamp, d.day) == by_month))
    if stamp.weekday is not None and days[1].weekday() == stamp.weekday != days[0].weekday():
        days = days[::-1]
    return stamp._replace(days=days)
