"""EDTF dates in English words: ``2025-35`` is the third quarter of 2025."""

from __future__ import annotations

import datetime
import re

from dateline.transforms.model import Bounds

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# EDTF level 2 codes in the place of a month: seasons, quarters, halves.
_PARTS = {
    21: "spring of", 22: "summer of", 23: "autumn of", 24: "winter of",
    33: "first quarter of", 34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of",
    40: "first half of", 41: "second half of",
}  # fmt: skip
_EDTF = re.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?[~?%]?")


def weekday(day: str) -> str:
    """``2025-09-15`` → Monday; empty for a day that does not exist."""
    try:
        return _DAYS[datetime.date.fromisoformat(day).weekday()]
    except ValueError:
        return ""


def month_name(number: str) -> str:
    """``09`` → September; empty beyond twelve."""
    return _MONTHS[int(number) - 1] if number.isdigit() and 1 <= int(number) <= 12 else ""


def in_words(edtf: str, with_weekday: bool = True) -> str:
    """An EDTF date or interval in English; unchanged if there are no plain words for it."""
    if "/" in edtf:
        return _interval(edtf)
    found = _EDTF.fullmatch(edtf.partition("T")[0])
    if found is None:
        return edtf
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return f"{year[:3]}0s" if year[:3].isdigit() and year.endswith("X") else year
    if month.isdigit() and int(month) in _PARTS:
        return f"{_PARTS[int(month)]} {year}"
    name = month_name(month)
    if not name:
        return edtf
    of_year = "" if year == "XXXX" else f" {year}"
    if day is None:
        return f"{name}{of_year}" if of_year else f"{name}, year unknown"
    if not day.isdigit():
        return edtf
    if not of_year:
        return f"{int(day)} {name}, year unknown"
    named = weekday(f"{year}-{month}-{day}") if with_weekday else ""
    head = f"{named} " if named else ""
    return f"{head}{int(day)} {name}{of_year}"


def _interval(edtf: str) -> str:
    first, _, last = edtf.partition("/")
    if first in ("", ".."):
        return f"until {in_words(last)}"
    if last in ("", ".."):
        return f"from {in_words(first)}"
    if len(first) == len(last) == 10 and first[:7] == last[:7] and month_name(first[5:7]):
        return f"{int(first[8:])}–{int(last[8:])} {month_name(first[5:7])} {first[:4]}"
    return f"{in_words(first, with_weekday=False)} to {in_words(last, with_weekday=False)}"


def bounds_in_words(bounds: Bounds | None) -> str:
    """The bounds of an unknown day, in words."""
    if bounds is None:
        return ""
    parts = []
    if bounds.not_before:
        parts.append(f"not before {in_words(bounds.not_before[:10])}")
    if bounds.not_after:
        parts.append(f"not after {in_words(bounds.not_after[:10])}")
    return ", ".join(parts)
