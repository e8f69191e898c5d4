"""What the report and explain read: plain records, and the protocol of whoever holds them.

The records repeat what a store keeps; nothing in them is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.pipeline.report.links import Place
from dateline.pipeline.report.stories import StoryDay, StoryRecord
from dateline.transforms.model import Anchor, Anchors, Block, Envelope, Event, TimeExpression, When


@dataclass(frozen=True, slots=True)
class DateRecord:
    """A time expression, and its sentence as ``(start, end)`` in the article's text where that is known."""

    time: TimeExpression
    sentence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article revision with its dates and events. ``text`` is null where the store keeps no text.

    ``place`` is its story and links, where they were asked for.
    """

    article_id: str
    revision: str
    origin: str
    url: str | None
    title: str | None
    byline: str | None
    publisher: str | None
    language: str
    published: str | None
    modified: str | None
    anchors: Anchors
    text: str | None
    blocks: tuple[Block, ...]
    dates: tuple[DateRecord, ...]
    events: tuple[Event, ...]
    pipeline: str
    place: Place | None = None

    def anchor_of(self, time: TimeExpression) -> Anchor | None:
        """The anchor of an expression with its losers, which a store keeps once, with the article."""
        if time.anchor is None or time.anchor.losers:
            return time.anchor
        for anchor in (self.anchors.of(time.section), self.anchors.page, *self.anchors.sections):
            if anchor.model_copy(update={"losers": ()}) == time.anchor:
                return anchor
        return time.anchor

    def time_of(self, when: When) -> TimeExpression | None:
        """The expression that a time of an event was made of: a ``When`` keeps no type and no TIMEX3 value."""
        return next((d.time for d in self.dates if d.time.span == when.span), None)


@dataclass(frozen=True, slots=True)
class Letters:
    """Dead letters of one type and stage, with the newest as an example."""

    type: str
    stage: str
    count: int
    origin: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """The last run, as the store tells it."""

    run_id: str
    started_at: str
    finished_at: str | None
    status: str
    version: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the whole store: current articles, their events and dates, and what was rejected."""

    articles: int
    events: int
    dates: int
    letters: tuple[Letters, ...] = ()
    run: Run | None = None


class Reader(Protocol):
    """Where readings come from."""

    def summary(self) -> Summary:
        """Counts over everything that is held."""

    def newest(self, limit: int) -> Iterable[ArticleRecord]:
        """Current revisions, newest first, at most ``limit``."""

    def find(self, key: str) -> Sequence[ArticleRecord]:
        """Current revisions by article id (or the start of it), URL, or origin (or the end of it)."""

    def stories(self) -> Sequence[StoryRecord]:
        """Stories, newest first."""

    def story_days(self, ids: Sequence[str]) -> Mapping[str, StoryDay]:
        """The days that stories give to those of these articles whose own words give none."""


def reading_of(e: Envelope) -> ArticleRecord:
    """The reading of an envelope that went through every room."""
    assert e.article and e.anchors
    sentences = e.parse.sentences if e.parse else ()

    def sentence(time: TimeExpression) -> tuple[int, int] | None:
        at = time.span.start
        return next(((s.start, s.end) for s in sentences if s.start <= at < s.end), None)

    article, events = e.article, e.events or ()
    return ArticleRecord(
        article_id=article.article_id,
        revision=article.revision,
        origin=article.origin,
        url=article.url,
        title=article.title,
        byline=article.byline,
        publisher=article.publisher,
        language=article.language,
        published=e.anchors.published,
        modified=e.anchors.modified,
        anchors=e.anchors,
        text=article.text,
        blocks=article.blocks,
        dates=tuple(DateRecord(t, sentence(t)) for t in e.times or ()),
        events=events,
        pipeline=events[0].pipeline if events else "",
    )


class ArticleRecords:
    """A :class:`Reader` over readings in memory, newest first."""

    def __init__(self, readings: Sequence[ArticleRecord], letters: tuple[Letters, ...] = ()) -> None:
        self._readings = sorted(
            readings, key=lambda r: (r.modified or r.published or "", r.article_id), reverse=True
        )
        self._letters = letters

    def summary(self) -> Summary:
        """Counts over everything that is held."""
        events = [v for r in self._readings for v in r.events]
        return Summary(
            articles=len(self._readings),
            events=len(events),
            dates=sum(len(r.dates) for r in self._readings),
            letters=self._letters,
        )

    def stories(self) -> Sequence[StoryRecord]:
        """None: readings in memory are not linked."""
        return ()

    def story_days(self, ids: Sequence[str]) -> Mapping[str, StoryDay]:
        """None, for the same reason."""
        return {}

    def newest(self, limit: int) -> Iterable[ArticleRecord]:
        """The first of them."""
        return self._readings[:limit]

    def find(self, key: str) -> Sequence[ArticleRecord]:
        """Those that a key names."""
        return [
            r
            for r in self._readings
            if r.article_id.startswith(key) or key == r.url or r.origin == key or r.origin.endswith("/" + key)
        ]
