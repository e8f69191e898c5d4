"""The records that the report and ``explain`` show, and the protocol of their source. They contain what a
store keeps; nothing is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dateline.pipeline.report.links import Place
from dateline.pipeline.report.stories import StoryDay, StoryRecord
from dateline.transforms.model import Anchor, Anchors, BlockKind, Envelope, Event, TimeExpression, When


@dataclass(frozen=True, slots=True)
class DateRecord:
    """A time expression, and its sentence as ``(start, end)`` in the article's text if that is known."""

    time: TimeExpression
    sentence: tuple[int, int] | None = None


class Passage(NamedTuple):
    """A block of an article: its kind, ``[start, end)`` in the text, and the number of its section."""

    kind: BlockKind
    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article revision with its dates and events. ``text`` is null if the store keeps no text.

    ``place`` is its story and its links, if they were requested. ``notes`` say what was mended in the page's text
    or is missing from it.
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
    blocks: tuple[Passage, ...]
    dates: tuple[DateRecord, ...]
    events: tuple[Event, ...]
    pipeline: str
    place: Place | None = None
    notes: tuple[str, ...] = ()

    def anchor_of(self, time: TimeExpression) -> Anchor | None:
        """The anchor of an expression with its losers, which a store keeps only with the article."""
        if time.anchor is None or time.anchor.losers:
            return time.anchor
        for anchor in (self.anchors.of(time.section), self.anchors.page, *self.anchors.sections):
            if anchor.model_copy(update={"losers": ()}) == time.anchor:
                return anchor
        return time.anchor

    def time_of(self, when: When) -> TimeExpression | None:
        """The expression from which the time of an event was made; a ``When`` has neither type nor TIMEX3
        value."""
        return next((d.time for d in self.dates if d.time.span == when.span), None)


@dataclass(frozen=True, slots=True)
class Letters:
    """The dead letters of one type and stage, with the newest as an example."""

    type: str
    stage: str
    count: int
    origin: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """The last run that the store recorded."""

    run_id: str
    started_at: str
    finished_at: str | None
    status: str
    version: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the whole store: current articles, their events and dates, and dead letters."""

    articles: int
    events: int
    dates: int
    letters: tuple[Letters, ...] = ()
    run: Run | None = None


class Reader(Protocol):
    """A source of article records."""

    def summary(self) -> Summary:
        """Counts over all articles."""

    def newest(self, limit: int) -> Iterable[ArticleRecord]:
        """Current revisions, newest first, at most ``limit``."""

    def find(self, key: str) -> Sequence[ArticleRecord]:
        """Current revisions by article id (or the start of one), URL, or origin (or the end of one)."""

    def stories(self) -> Sequence[StoryRecord]:
        """Stories, newest first."""

    def story_days(self, ids: Sequence[str]) -> Mapping[str, StoryDay]:
        """The days that stories give to those of these articles that state none."""


def record_of(e: Envelope) -> ArticleRecord:
    """The record of an envelope that has passed every step."""
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
        blocks=tuple(Passage(b.kind, b.start, b.end, b.section) for b in article.blocks),
        dates=tuple(DateRecord(t, sentence(t)) for t in e.times or ()),
        events=events,
        pipeline=events[0].pipeline if events else "",
        notes=article.notes,
    )


class ArticleRecords:
    """A :class:`Reader` over records in memory, newest first."""

    def __init__(self, records: Sequence[ArticleRecord], letters: tuple[Letters, ...] = ()) -> None:
        self._records = sorted(
            records, key=lambda r: (r.modified or r.published or "", r.article_id), reverse=True
        )
        self._letters = letters

    def summary(self) -> Summary:
        """Counts over all articles."""
        events = [v for r in self._records for v in r.events]
        return Summary(
            articles=len(self._records),
            events=len(events),
            dates=sum(len(r.dates) for r in self._records),
            letters=self._letters,
        )

    def stories(self) -> Sequence[StoryRecord]:
        """None: records in memory are not linked."""
        return ()

    def story_days(self, ids: Sequence[str]) -> Mapping[str, StoryDay]:
        """None: records in memory are not linked."""
        return {}

    def newest(self, limit: int) -> Iterable[ArticleRecord]:
        """The first records."""
        return self._records[:limit]

    def find(self, key: str) -> Sequence[ArticleRecord]:
        """The records that a key names."""
        return [
            r
            for r in self._records
            if r.article_id.startswith(key) or key == r.url or r.origin == key or r.origin.endswith("/" + key)
        ]
