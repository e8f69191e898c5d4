"""An article, its dates and its events, for programs and notebooks.

The classes are views of the records of the pipeline and never change them. The attribute ``record`` is the
whole record.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from dateline.transforms.model import Event as EventRecord
from dateline.transforms.model import TimeExpression, When

if TYPE_CHECKING:
    from dateline.pipeline.report import ArticleRecord

_SHOWN = 50
"""Rows of a table in a notebook."""


@dataclass(frozen=True, slots=True)
class Date:
    """A time expression: its words, their meaning, and how it was found.

    ``start`` and ``end`` are days, ``end`` exclusive, and ``None`` if the words name no calendar time or
    cannot be resolved. ``span`` is the position of the words in the article's text, in Unicode code points,
    half open. ``language`` is the language by whose rules the words were read, ``und`` for whole dates that
    mean the same in all.
    """

    record: TimeExpression | When = field(repr=False)
    language: str = "und"

    @property
    def text(self) -> str:
        """The words, as written."""
        return self.record.span.exact

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand: ``article.text[start:end]``."""
        return self.record.span.start, self.record.span.end

    @property
    def type(self) -> str | None:
        """The TIMEX3 type, ``DATE``, ``TIME``, ``DURATION`` or ``SET``; ``None`` for a time of an event."""
        return self.record.type if isinstance(self.record, TimeExpression) else None

    @property
    def value(self) -> str | None:
        """The TIMEX3 value; ``None`` for a time of an event."""
        return self.record.value if isinstance(self.record, TimeExpression) else None

    @property
    def edtf(self) -> str | None:
        """The date in EDTF, as precise as the words: ``2026-11-18``, ``2026-11``, ``../2027-03-03``."""
        return self.record.edtf

    @property
    def start(self) -> datetime.date | None:
        """The first day."""
        return _day(self.record.start)

    @property
    def end(self) -> datetime.date | None:
        """The day after the last day."""
        return _day(self.record.end)

    @property
    def time(self) -> str | None:
        """The time of day, ``HH:MM``, if one is named."""
        return self.record.time

    @property
    def zone(self) -> str | None:
        """The time zone of :attr:`time`."""
        return self.record.zone

    @property
    def precision(self) -> str:
        """The precision of the date: ``day``, ``month``, ``year``, …"""
        return self.record.precision

    @property
    def certainty(self) -> str:
        """``stated`` by the words, ``implied`` by the anchor, or ``assumed``."""
        return self.record.certainty

    @property
    def partial(self) -> str | None:
        """The known part of a date that cannot be resolved, such as ``XXXX-10-07``."""
        return self.record.partial

    @property
    def rule(self) -> str:
        """The name of the rule that read the words."""
        return self.record.rule

    @property
    def anchor(self) -> str | None:
        """The day or instant from which the words were counted."""
        return self.record.anchor.value if self.record.anchor else None

    @property
    def trace(self) -> tuple[str, ...]:
        """How the date was found, in words."""
        return self.record.trace if isinstance(self.record, TimeExpression) else ()

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data: for a date of an article a ``news.date/1``."""
        return self.record.model_dump(mode="json", by_alias=True)

    def __str__(self) -> str:
        return self.edtf or self.partial or self.value or "undated"

    def __repr__(self) -> str:
        return f"<Date {self.text!r}: {self}, {self.certainty}, {self.rule}>"


@dataclass(frozen=True, slots=True)
class Event:
    """An event: somebody said or did something. ``when`` is the time of the act, ``about`` are the times in
    its content."""

    record: EventRecord = field(repr=False)
    language: str = "und"

    @property
    def event_id(self) -> str:
        """The id, equal in every run."""
        return self.record.event_id

    @property
    def kind(self) -> str:
        """``said`` or ``did``."""
        return self.record.kind

    @property
    def actor(self) -> str | None:
        """Who said or did it."""
        return self.record.actor.name if self.record.actor else None

    @property
    def role(self) -> str | None:
        """The role or title of the actor."""
        return self.record.actor.role if self.record.actor else None

    @property
    def lemma(self) -> str:
        """The base form of the verb."""
        return self.record.action.lemma

    @property
    def plover(self) -> str | None:
        """The PLOVER root of the verb, if there is one."""
        return self.record.action.plover

    @property
    def recipient(self) -> str | None:
        """To whom it was said or done."""
        return self.record.recipient.name if self.record.recipient else None

    @property
    def place(self) -> str | None:
        """Where it was said or done."""
        return self.record.place.exact if self.record.place else None

    @property
    def content(self) -> str:
        """What was said or done, as written; parts are joined by ``…``."""
        return " … ".join(span.exact for span in self.record.content)

    @property
    def modality(self) -> str:
        """``asserted``, ``negated``, ``future`` or ``hypothetical``."""
        return self.record.modality

    @property
    def when(self) -> Date | None:
        """When it was said or done; ``None`` if the article does not say."""
        return Date(self.record.when, self.language) if self.record.when else None

    @property
    def about(self) -> tuple[Date, ...]:
        """The times in the content."""
        return tuple(Date(time, self.language) for time in self.record.about)

    @property
    def reported(self) -> datetime.date | None:
        """The day of the report, never the day of the act."""
        return _day(self.record.reported.day) if self.record.reported else None

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, as in ``events.jsonl``."""
        return self.record.model_dump(mode="json", by_alias=True)

    def __repr__(self) -> str:
        when = f" [{self.when}]" if self.when else ""
        return f"<Event {self.actor or 'no one named'}: {self.lemma}{when} {_short(self.content, 60)!r}>"


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its dates and events."""

    record: ArticleRecord = field(repr=False)

    @property
    def article_id(self) -> str:
        """The id, equal in every run."""
        return self.record.article_id

    @property
    def title(self) -> str | None:
        """The title."""
        return self.record.title

    @property
    def byline(self) -> str | None:
        """The authors, as written."""
        return self.record.byline

    @property
    def publisher(self) -> str | None:
        """Who published it."""
        return self.record.publisher

    @property
    def url(self) -> str | None:
        """The address."""
        return self.record.url

    @property
    def origin(self) -> str:
        """The input: a file and the position in it, or ``page`` for content that was passed directly."""
        return self.record.origin

    @property
    def published(self) -> datetime.date | None:
        """The publication day; ``None`` if the page does not say."""
        return _day(self.record.published)

    @property
    def modified(self) -> datetime.date | None:
        """The day of the last change."""
        return _day(self.record.modified)

    @property
    def language(self) -> str:
        """The language, ISO 639-1."""
        return self.record.language

    @property
    def anchor(self) -> str | None:
        """The day or instant from which relative words such as "on Monday" are counted."""
        return self.record.anchors.page.value

    @property
    def text(self) -> str | None:
        """The text to which spans refer; ``None`` if the store keeps no text."""
        return self.record.text

    @property
    def dates(self) -> tuple[Date, ...]:
        """Every time expression, in the order of the text."""
        return tuple(Date(found.time, self.language) for found in self.record.dates)

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in the order of the text."""
        return tuple(Event(event, self.language) for event in self.record.events)

    def to_dict(self) -> dict[str, Any]:
        """The article as plain data, with the records of its dates and events; days are ISO text."""
        names = ("article_id", "title", "byline", "publisher", "url", "origin", "published", "modified", "language", "anchor", "text")  # fmt: skip
        told = {name: getattr(self, name) for name in names}
        return {
            **{
                name: value.isoformat() if isinstance(value, datetime.date) else value
                for name, value in told.items()
            },
            "dates": [date.to_dict() for date in self.dates],
            "events": [event.to_dict() for event in self.events],
        }

    def explain(self) -> str:
        """How each date and event was found, as ``dateline explain`` prints it."""
        from dateline.pipeline.report.explain import text_of

        return text_of(self.record)

    def __repr__(self) -> str:
        day = self.published.isoformat() if self.published else "undated"
        counts = f"{_many(len(self.record.dates), 'date')}, {_many(len(self.record.events), 'event')}"
        return f"<Article {_short(self.title or self.origin.rpartition('/')[2], 60)!r}, {day}, {counts}>"

    def _repr_html_(self) -> str:
        return "".join(self._html())

    def _html(self) -> Iterator[str]:
        yield f"<h3>{escape(self.title or self.origin)}</h3>"
        facts = (self.publisher, str(self.published or "undated"), self.language, self.url)
        yield f"<p>{escape(' · '.join(fact for fact in facts if fact))}</p>"
        yield from table_html(
            ("when", "who", "verb", "what", "speaks of"),
            [
                (
                    str(event.when) if event.when else f"(told {event.reported})" if event.reported else "",
                    ", ".join(part for part in (event.actor, event.role) if part),
                    event.lemma,
                    _short(event.content, 160),
                    ", ".join(str(time) for time in event.about),
                )
                for event in self.events[:_SHOWN]
            ],
            len(self.record.events),
        )
        yield from table_html(
            ("words", "date", "certainty", "rule"),
            [(date.text, str(date), date.certainty, date.rule) for date in self.dates[:_SHOWN]],
            len(self.record.dates),
        )


def table_html(head: tuple[str, ...], rows: list[tuple[str, ...]], total: int) -> Iterator[str]:
    """A table for a notebook; everything in it is text."""
    yield "<table><thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in row) + "</tr>"
    yield "</tbody></table>"
    if total > len(rows):
        yield f"<p>{total - len(rows):,} more rows</p>"


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10]) if value else None
    except ValueError:  # A carrier may give anything as the last change.
        return None


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _many(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
