"""Corrections by hand, as data: an entry of ``corrections.toml`` is applied as a named rule.

A ``corrections.toml`` is a list of entries; the first whose pattern matches wins::

    [[correction]]
    name = "courier-reprints"                        # the rule is named correction.courier-reprints
    match = ["https://courier.example/old/*", "courier_*.txt"]
    day = 2025-09-15                                 # the day that relative words are counted from
    zone = "Europe/Oslo"
    publisher = "Aldmere Courier"
    reason = "reprints carry the day of the reprint"

    [[correction]]
    name = "courier-index"
    match = "https://courier.example/index*"
    reject = "an index of headlines, not an article"

All functions here are pure; the caller reads the file. The idea to keep fixes of data in data is
from zavod, the crawler framework of OpenSanctions.
"""

from __future__ import annotations

import datetime
import difflib
import fnmatch
import re
import tomllib
import zoneinfo
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError, field_validator, model_validator

from dateline.transforms.errors import NotAnArticle
from dateline.transforms.identity import page_url
from dateline.transforms.model import (
    Anchor,
    Anchors,
    Bounds,
    Candidate,
    Envelope,
    Page,
    RawArticle,
    Record,
)

MAX_ENTRIES = 10_000
MAX_PATTERNS = 100
MAX_PATTERN = 500
MAX_SUBJECT = 4_000
"""Characters of an origin or URL on which a pattern is tried; real ones are far shorter."""

_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d){1,2}\b|\b\d{1,2} ?h ?\d\d\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Pattern = Annotated[str, StringConstraints(min_length=1, max_length=MAX_PATTERN)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class CorrectionsError(ValueError):
    """A corrections file that cannot be used; the message names the file, the entry and the field."""


class Correction(Record):
    """One entry. ``match`` are globs (``*``, ``?``, ``[...]``; case counts) tried on the whole URL and origin, and, if
    they have no slash, on the last part of each, which is the file name of a page.

    ``day`` is ``YYYY-MM-DD``, ``zone`` an IANA name or ``±HH:MM``, ``reject`` the reason
    for which a matching page becomes a dead letter instead of an article.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
    match: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=MAX_PATTERNS)]
    day: str | None = None
    zone: str | None = None
    publisher: Words | None = None
    reject: Words | None = None
    reason: Words | None = None

    @field_validator("match", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("day", mode="before")
    @classmethod
    def _a_day(cls, value: Any) -> Any:
        """A TOML date, or text in the same form."""
        if isinstance(value, datetime.datetime):
            raise ValueError("a day is wanted, without a time")
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, str):
            if not _DAY.fullmatch(value):
                raise ValueError(f"{value!r} is not YYYY-MM-DD")
            datetime.date.fromisoformat(value)
        return value

    @field_validator("zone")
    @classmethod
    def _a_zone(cls, value: str | None) -> str | None:
        if value is None or _OFFSET.fullmatch(value) or value in _zones():
            return value
        raise ValueError(f"{value!r} is neither an IANA zone nor ±HH:MM")

    @model_validator(mode="after")
    def _does_something(self) -> Correction:
        fields = [name for name in ("day", "zone", "publisher") if getattr(self, name) is not None]
        if self.reject is None and not fields:
            raise ValueError("it corrects nothing: give day, zone, publisher or reject")
        if self.reject is not None and fields:
            raise ValueError(f"a rejected page can not be corrected as well: {', '.join(fields)}")
        return self

    @property
    def rule(self) -> str:
        """The rule name under which dates and their trace show this entry."""
        return f"correction.{self.name}"


class Corrections(Record):
    """The entries of a file, in order."""

    entries: tuple[Correction, ...] = ()


NONE = Corrections()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def parse(text: str, name: str = "corrections.toml") -> Corrections:
    """Read and check the text of a corrections file. Raises :class:`CorrectionsError`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionsError(f"{name}: not TOML: {error}") from error
    if unknown := sorted(set(data) - {"correction"}):
        raise CorrectionsError(f"{name}: unknown: {', '.join(unknown)}; entries are [[correction]]")
    rows = data.get("correction", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CorrectionsError(f"{name}: entries are written [[correction]], with two brackets")
    if len(rows) > MAX_ENTRIES:
        raise CorrectionsError(f"{name}: {len(rows)} entries, over the bound of {MAX_ENTRIES}")
    entries: list[Correction] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        where = f"{name}: entry {number} ({row.get('name', 'without a name')!s:.64})"
        try:
            entry = Correction.model_validate(row)
        except ValidationError as error:
            raise CorrectionsError(f"{where}: {_first_fault(error)}") from error
        if entry.name in first:
            raise CorrectionsError(f"{where}: entry {first[entry.name]} has this name already")
        first[entry.name] = number
        entries.append(entry)
    return Corrections(entries=tuple(entries))


_MEANT = {
    "published": "day",
    "date": "day",
    "timezone": "zone",
    "source": "publisher",
    "url": "match",
    "file": "match",
    "path": "match",
    "pattern": "match",
    "why": "reason",
    "note": "reason",
}
"""Names that are used elsewhere for fields of an entry."""
_MISSING = {
    "name": "an entry needs a name of its own, such as courier-reprints",
    "match": "an entry needs the pages that it corrects, by file name or address, such as courier_*.txt",
}


def _first_fault(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    # A field that is written with another name is missing too.
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    field = ".".join(str(part) for part in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        ours = tuple(Correction.model_fields)
        near = _MEANT.get(field.lower()) or next(
            iter(difflib.get_close_matches(field.lower(), ours, 1)), None
        )
        meant = f"did you mean {near}?" if near else f"an entry has {', '.join(ours)}"
        message = f"no field has this name; {meant}"
    elif fault["type"] == "missing":
        message = _MISSING[field]
    elif field == "name":
        message = "small letters, digits, '-', '_' and '.', at most 64, such as courier-reprints"
    return f"{field}: {message}" if field else message


@lru_cache(maxsize=MAX_ENTRIES)
def _compiled(pattern: str) -> re.Pattern[str]:
    # fnmatch makes each star an atomic group, so a match takes at most length × stars steps.
    return re.compile(fnmatch.translate(re.sub(r"\*{2,}", "*", pattern)))


def find(corrections: Corrections, *subjects: str | None) -> Correction | None:
    """The first entry with a pattern that matches all of one of the subjects (URL, origin), or the last part of one."""
    if not corrections.entries:
        return None
    whole = [subject[:MAX_SUBJECT] for subject in subjects if subject]
    # A pattern with a slash cannot match a last part, and one without matches file names, as in .gitignore.
    tried = (*whole, *(subject.rpartition("/")[2] for subject in whole))
    for entry in corrections.entries:
        for pattern in entry.match:
            if any(_compiled(pattern).match(subject) for subject in tried):
                return entry
    return None


def entry_of(corrections: Corrections, page: Page, raw: RawArticle) -> Correction | None:
    """The entry that :func:`correct` will apply to a decoded page."""
    return find(corrections, page_url(page), raw.url, raw.origin)


def correct(envelope: Envelope, corrections: Corrections = NONE) -> Envelope:
    """Apply the entry that matches an anchored envelope, if there is one.

    Raises :class:`~dateline.transforms.errors.NotAnArticle` with the reason of an entry that rejects. What an
    entry replaces stays visible: the old anchor, zone or publisher becomes a losing candidate of the page's
    anchor, with the entry's name and reason.
    """
    assert envelope.article and envelope.anchors
    article, anchors = envelope.article, envelope.anchors
    entry = find(corrections, article.url, envelope.raw.url, envelope.raw.origin)
    if entry is None:
        return envelope
    if entry.reject is not None:
        raise NotAnArticle(f"{entry.rule}: {entry.reject}")
    losers: list[Candidate] = []
    because = f"{entry.rule}: {entry.reason}" if entry.reason else entry.rule
    if entry.publisher is not None:
        losers.append(_replaced("publisher", article.publisher, entry.publisher, because))
        article = article.model_copy(update={"publisher": entry.publisher})
    if entry.zone is not None:
        losers.append(_replaced("zone", anchors.page.zone, entry.zone, because))
    if entry.day is not None:
        anchors = _moved(anchors, entry.day, entry.rule, because)
    page = anchors.page.model_copy(
        update={"zone": entry.zone or anchors.page.zone, "losers": (*anchors.page.losers, *losers)}
    )
    return envelope.model_copy(
        update={"article": article, "anchors": anchors.model_copy(update={"page": page})}
    )


def _replaced(kind: str, old: str | None, new: str, because: str) -> Candidate:
    return Candidate(
        kind=kind, value=old, rule=because.partition(":")[0], reason=f"set to {new} by {because}"
    )


def _moved(anchors: Anchors, day: str, rule: str, because: str) -> Anchors:
    """The anchors with another day for the page, and for posts that state only a clock."""
    old = anchors.page
    loser = _loser(old, because)
    page = Anchor(
        kind="dateline" if old.kind == "dateline" else "published",
        value=day,
        zone=old.zone,
        text=because,
        rule=rule,
        losers=(loser, *old.losers),
    )
    # A dateline's day is not the publication day; correcting one does not correct the other.
    published = anchors.published if old.kind == "dateline" else day
    bounds = anchors.bounds
    if (bounds.not_after and bounds.not_after[:10] < day) or (
        bounds.not_before and bounds.not_before[:10] > day
    ):
        bounds = Bounds()
    sections = tuple(_moved_section(section, old, day, rule, because) for section in anchors.sections)
    return anchors.model_copy(
        update={"page": page, "published": published, "bounds": bounds, "sections": sections}
    )


def _moved_section(section: Anchor, old: Anchor, day: str, rule: str, because: str) -> Anchor:
    """A post that states only a clock has its day from the page, so it changes with the page."""
    if not (section.day and old.day and section.text and _CLOCK.search(section.text)):
        return section
    if any(letter.isdigit() for letter in _CLOCK.sub("", section.text)):
        return section  # It names its own day.
    shift = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(old.day)
    try:
        new_day = (datetime.date.fromisoformat(section.day) + shift).isoformat()
    except OverflowError:
        return section
    assert section.value
    return section.model_copy(
        update={
            "value": new_day + section.value[10:],
            "rule": rule,
            "losers": (_loser(section, because), *section.losers),
        }
    )


def _loser(anchor: Anchor, because: str) -> Candidate:
    return Candidate(
        kind=anchor.kind,
        value=anchor.value,
        rule=anchor.rule,
        reason=f"replaced by {because}",
        span=anchor.span,
        text=anchor.text,
    )
