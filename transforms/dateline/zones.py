"""Clock zones: abbreviations, offsets, and the local day of an instant."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ZONES: Final = {
    "America/New_York": "EST EDT ET",
    "America/Chicago": "CDT CT",
    "America/Denver": "MST MDT MT",
    "America/Los_Angeles": "PST PDT PT",
    "America/Anchorage": "AKST AKDT",
    "Pacific/Honolulu": "HST",
    "Europe/London": "BST",
    "Europe/Berlin": "CET CEST MEZ MESZ",
    "Europe/Athens": "EET EEST",
    "Europe/Moscow": "MSK",
    "Asia/Tokyo": "JST",
    "Asia/Seoul": "KST",
    "Asia/Hong_Kong": "HKT",
    "Asia/Singapore": "SGT",
    "Asia/Karachi": "PKT",
    "Asia/Manila": "PHT",
    "Asia/Jakarta": "WIB",
    "Australia/Sydney": "AEST AEDT",
    "Australia/Perth": "AWST",
    "Pacific/Auckland": "NZST NZDT",
    "Africa/Johannesburg": "SAST",
    "Africa/Nairobi": "EAT",
    "UTC": "UTC GMT Z",
}
ABBREVIATIONS: Final = {name: zone for zone, names in _ZONES.items() for name in names.split()}
"""Only abbreviations with one meaning: IST is Indian, Irish and Israeli, CST Chicago's and Beijing's."""
OPAQUE: Final = ("IST", "CST", "AST", "WAT", "WIT", "GST")
"""Read as part of a stamp, and their zone left open."""
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d\d)?\Z")


def zone_of(words: str) -> str | None:
    """The zone that the words beside a clock time name: an IANA name, ``±HH:MM``, or ``None``."""
    words = words.strip().upper().replace("−", "-")
    if words in ABBREVIATIONS:
        return ABBREVIATIONS[words]
    if (m := _OFFSET.match(words)) and int(m[2]) <= 14 and int(m[3] or 0) < 60:
        return f"{m[1]}{int(m[2]):02}:{m[3] or '00'}"
    return None


@lru_cache(maxsize=256)
def tzinfo(zone: str) -> datetime.tzinfo | None:
    """The rules of a zone; ``None`` for a name that this machine's zone data does not hold."""
    if m := _OFFSET.match(zone):
        minutes = int(m[2]) * 60 + int(m[3] or 0)
        if minutes >= 24 * 60:
            return None
        return datetime.timezone(datetime.timedelta(minutes=-minutes if m[1] == "-" else minutes))
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def in_zone(instant: datetime.datetime, zone: str | None) -> datetime.datetime:
    """An aware instant on the clocks of a zone; unchanged where the zone is not known."""
    rules = tzinfo(zone) if zone else None
    try:
        return instant.astimezone(rules) if rules else instant
    except (OverflowError, ValueError):
        return instant  # the first and the last day of the calendar
