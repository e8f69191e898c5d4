"""The dates that the carrier and the markup of a page state, as days and instants in order of trust."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from dateline.transforms.dateline import readings
from dateline.transforms.dateline.names import names
from dateline.transforms.dateline.stamps import Stamp, find
from dateline.transforms.dateline.zones import in_zone
from dateline.transforms.model import Evidence, Page, Span

TRUST = ("carrier", "json-ld", "opengraph", "meta", "time", "url")
"""Sources in order of trust: the carrier, then machine-readable fields, then the path of the address, which
may be older than the page."""
EASTMOST = 14
"""Hours by which the most advanced time zones are ahead of UTC."""
OTHERS_TRIED = 5
"""Values of a page that are tried in its own language, when none could be read otherwise."""
FIRST_DAY = datetime.date(1900, 1, 1)
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,:]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?\s*\Z",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(?:\d\d)?(?:\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?)?\s*\Z"
)
"""ISO 8601 without its marks (``20240514``, ``20240514T093000Z``)."""
_CTIME = re.compile(
    r"\s*[^\W\d_]{3,9},?\s([^\W\d_]{3,9})\s{1,2}(\d{1,2})\s(\d\d):(\d\d)(?::\d\d)?\s(?:(UTC|GMT|[+-]\d{4})\s|[A-Z]{3,4}\s)?((?:19|20)\d\d)\s*\Z"
)
"""The format of C and of the APIs of social networks: ``Wed Jun 12 09:30:00 +0000 2024``."""
_WRITTEN = re.compile(r"\d{4}.*[^\W\d_]{2}|[^\W\d_].*\d{4}", re.DOTALL)
"""A year and letters; dates without words have been parsed before."""
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?\s*\Z")
_URL_DAY = re.compile(
    r"[/=_-]((?:19|20)\d\d)(?:([/_-]?)(\d\d|[a-z]{3})\2|-(\d\d)/|/(\d\d)-?)(\d\d)(?=[/_.?&-]|\Z)"
    r"|/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3,9})/(\d{1,2})(?=/)",
    re.IGNORECASE,
)


class StatedDate(NamedTuple):
    """A date that is stated outside of running text; ``instant`` if it has a time and an offset."""

    source: str
    role: str
    day: datetime.date
    value: str
    instant: datetime.datetime | None = None
    time: str | None = None
    zone: str | None = None
    span: Span | None = None

    @property
    def universal(self) -> bool:
        """Whether a machine wrote it in UTC, so that it is not a local day."""
        return self.instant is not None and self.instant.utcoffset() == datetime.timedelta(0)


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        number = int(month) if month.isdecimal() else names().months[month.lower()]
        found = datetime.date(int(year), number, int(day))
    except (KeyError, ValueError):
        return None
    return found if found >= FIRST_DAY else None


def url_day(url: str) -> datetime.date | None:
    """The day in the path of an address (``/2024/05/13/``, ``/2024/5/13/``, ``/2024/may/13/``, ``-20240513``)."""
    for m in _URL_DAY.finditer(url[:2_000]):
        found = _day(m[7], m[8], m[9]) if m[7] else _day(m[1], m[3] or m[4] or m[5], m[6])
        if found is not None:
            return found
    return None


def _read(evidence: Evidence, order: Callable[[], float]) -> StatedDate | None:
    source, role, value = evidence.source, evidence.role, evidence.value[:200]
    if source == "url":
        path_day = url_day(evidence.value)
        return StatedDate(source, "published", path_day, value) if path_day else None
    if (m := _EPOCH.match(value)) is not None:
        moment = datetime.datetime.fromtimestamp(int(m[1]), datetime.UTC)
        return StatedDate(source, role, moment.date(), value, moment, f"{moment:%H:%M}", "UTC", evidence.span)
    if (m := _COMPACT.match(value)) is not None:
        clock = f"T{m[4]}:{m[5]}{m[6] or ''}" if m[4] else ""
        iso = f"{m[1]}-{m[2]}-{m[3]}{clock}"
    elif (m := _CTIME.match(value)) is not None and (written := _day(m[6], m[1], m[2])) is not None:
        iso = f"{written.isoformat()}T{m[3]}:{m[4]}{m[5] or ''}"
    else:
        iso = value
    if (m := _ISO.match(iso)) is not None:
        day = _day(m[1], m[2], m[3])
        if day is None:
            return None
        time = f"{m[4]}:{m[5]}" if m[4] else None
        instant = None
        if m[7]:
            offset = "+00:00" if m[7].upper() in ("Z", "UTC", "GMT") else m[7]
            try:
                instant = datetime.datetime.fromisoformat(f"{day.isoformat()}T{time}:{m[6] or '00'}{offset}")
            except ValueError:
                time = None  # 25 o'clock
        zone = (
            None
            if instant is None
            else "UTC"
            if not instant.utcoffset()
            else f"{instant:%z}"[:3] + ":" + f"{instant:%z}"[3:5]
        )
        return StatedDate(source, role, day, value, instant, time, zone, evidence.span)
    for stamp in find(value)[:1]:
        if len(stamp.days) == 2 and stamp.weekday not in {day.weekday() for day in stamp.days}:
            if abs(votes := order()) <= readings.UNSURE:
                return None  # 05/06 is in May or June, and nothing decides between them.
            stamp = readings.in_order(value, stamp, votes > 0)
        universal = stamp.zone in ("UTC", "+00:00") and stamp.time is not None
        instant = (
            datetime.datetime.fromisoformat(f"{stamp.day.isoformat()}T{stamp.time}:00+00:00")
            if universal
            else None
        )
        return StatedDate(source, role, stamp.day, value, instant, stamp.time, stamp.zone, evidence.span)
    return None


@lru_cache(maxsize=64)
def _reader(language: str) -> Any:
    """dateparser for one language."""
    from dateparser.date import DateDataParser  # It takes a third of a second to load, and few pages need it.

    # Only whole dates with all three parts: a guessed month or "today" would be worse than no day.
    rules = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=rules)


def _other_language(evidence: Evidence, language: str) -> StatedDate | None:
    """A date written in a language beyond our own ten: dateparser knows two hundred."""
    value = evidence.value[:60].strip()
    if evidence.source == "url" or not _WRITTEN.search(value) or find(value):
        return None
    try:
        found = _reader(language).get_date_data(value).date_obj
    except ValueError:  # it knows no language of this name
        return None
    if found is None or found.date() < FIRST_DAY:
        return None
    return StatedDate(evidence.source, evidence.role, found.date(), evidence.value[:200], span=evidence.span)


def _own_address(page: Page) -> list[StatedDate]:
    """The day in the address that the page gives itself, where that by which it was read has none."""
    for name in ("canonical", "og_url"):
        if (address := page.metadata.get(name)) and (day := url_day(address)):
            return [StatedDate("url", "published", day, address[:200])]
    return []


def stated_dates(page: Page, language: str | None = None, printed: Sequence[Stamp] = ()) -> list[StatedDate]:
    """Everything told of the page, most trusted first, the first of equal ones first.

    ``language`` is that of the article and ``printed`` the dates of the page: they and its address say whether 05/06
    is in May or June. A value of which nothing says it is left out.
    """

    def order() -> float:
        url, region = page.url or page.metadata.get("canonical"), page.metadata.get("region")
        return readings.order(page.text, printed, language, url, region)

    found = [t for e in page.evidence[:100] if (t := _read(e, order)) is not None]
    if not any(t.source == "url" for t in found):
        found += _own_address(page)
    if not found and (language := page.metadata.get("language") or language):
        # Naming the language keeps this to milliseconds; without one, dateparser would load them all (3.5 s).
        code = language.replace("_", "-").partition("-")[0].lower()[:12]
        tried = (_other_language(e, code) for e in page.evidence[:OTHERS_TRIED])
        found = [t for t in tried if t is not None]
    return sorted(found, key=lambda t: TRUST.index(t.source))


def local(
    one: StatedDate, zone: str | None, printed: Iterable[datetime.date] = (), country: Sequence[str] = ()
) -> datetime.datetime | datetime.date:
    """The local moment or day of what was told.

    A machine's UTC is moved to the day that the page itself prints beside it, where that lies
    within a day; else to ``zone``. 02:30 UTC on the 14th is the evening of the 13th in Chicago.
    ``country``: the zones of the site's country. Its clocks may rule a printed day out, and where no zone is known they
    tell the day if all of them agree.
    """
    if one.instant is None or not one.universal:
        return one.day
    there = {in_zone(one.instant, name).date() for name in country}
    for day in printed:
        beside = day != one.day and abs((day - one.day).days) == 1 and _possible(one.instant, day)
        if beside and (not there or day in there):
            return day
    if any(day == one.day for day in printed):
        return one.day
    if zone is None and len(there) == 1 and one.day not in there:
        return in_zone(one.instant, country[0])
    return in_zone(one.instant, zone)


def latest_day(one: StatedDate, zone: str | None) -> datetime.date:
    """The last local day that a moment can be: in its zone, or where that is not known, east of everything."""
    if one.instant is None or not one.universal:
        return one.day
    if zone:
        return in_zone(one.instant, zone).date()
    return (
        one.day
        if one.instant.hour < 24 - EASTMOST or one.day == datetime.date.max
        else one.day + datetime.timedelta(1)
    )


def _possible(instant: datetime.datetime, day: datetime.date) -> bool:
    """Whether some inhabited zone (UTC-10 … UTC+13) has this day at this instant."""
    hour = instant.hour + instant.minute / 60
    return hour < 10 if day < instant.date() else hour >= 11
