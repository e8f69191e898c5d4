"""Clock zones: their names, offsets, and the local day of an instant."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.transforms import lexicon

_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d\d)?\Z")

_NO_COUNTRY = frozenset(
    [
        "ac", "ag", "ai", "am", "as", "bz", "cc", "cf", "co", "cx", "dj", "fm", "ga", "gg", "gl", "gq", "im", "io", "je", "la", "lc", "ly", "me", "ml", "ms", "mu", "nu", "pn", "pw", "sc", "sh", "sr", "st", "su", "tk", "tl", "to", "tv", "vc", "vg", "vu", "ws",
    ]
)  # fmt: skip
"""Country domains that sites of the whole world use."""
_OF_COUNTRY = frozenset(["com", "org", "net", "gov", "edu", "gob", "co", "ac"])
"""Names before such an ending that the country itself gives away."""


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, ...]]:
    """The zones of each country by the ending of its domain names; ``zone.tab`` of the time zone database."""
    found: dict[str, tuple[str, ...]] = {}
    for row in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        if not row.startswith("#"):
            code, _, zone = row.split("\t")[:3]
            found[code.lower()] = (*found.get(code.lower(), ()), zone)
    found["uk"] = found.pop("gb")
    return found


def of_host(url: str | None) -> tuple[str, ...]:
    """The zones of the country that the ending of an address names; empty for endings of no country."""
    host = (url or "").partition("://")[2].partition("/")[0].partition(":")[0]
    before, _, ending = host.lower().rpartition(".")
    if ending in _NO_COUNTRY and before.rpartition(".")[2] not in _OF_COUNTRY:
        return ()
    return _countries().get(ending, ())


@lru_cache(maxsize=4)
def _frequent(library: lexicon.Library) -> frozenset[str]:
    return frozenset(library.union(lexicon.Frequent, lambda f: f.words))


def zone_of(words: str) -> str | None:
    """The zone that the words beside a clock time name: an IANA name, ``±HH:MM``, or ``None``."""
    words = words.strip()
    if words.islower() and words in _frequent(lexicon.library()):
        return None  # "à 10h30 et modifié": "et" is not Eastern Time.
    words = words.upper().replace("−", "-")
    if (named := lexicon.zones().by_name.get(words.casefold())) is not None:
        return named.place
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
        return instant  # The first and the last day of the calendar.
