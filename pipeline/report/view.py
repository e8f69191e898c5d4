"""Readings → what the page shows: days with their events, the shelf of the undated, articles with marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from dateline.pipeline.report import wording
from dateline.pipeline.report.marks import Mark, Piece, pieces
from dateline.pipeline.report.reading import DateReading, Reading
from dateline.transforms.model import Anchor, Event, Span, When

QUOTE = 320
"""Characters of a claim that its card shows; the article shows it whole."""
ARTICLE_TEXT = 60_000
ARTICLE_EVENTS = 300
ARTICLE_DATES = 400
TRACE_LINES = 20
BARS = 120
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True)
class EventView:
    """An event as cards and lists show it. ``at`` is the id of its place in the page."""

    at: str
    article_at: str
    event: Event
    actor: str
    role: str | None
    verb: str
    words: str
    cut: bool
    when: str
    start: str
    end: str
    reporters: tuple[EventView, ...]
    article_title: str
    publisher: str


class About(NamedTuple):
    """A time that a claim speaks of."""

    when: When
    view: EventView


@dataclass
class Group:
    """A heading of the timeline: the events of one day, week, month …, and who speaks of it."""

    edtf: str
    start: str
    end: str
    label: str
    numeral: str
    sub: str
    events: list[EventView] = field(default_factory=list)
    about: list[About] = field(default_factory=list)

    @property
    def at(self) -> str:
        """The id of the heading."""
        return "t-" + re.sub(r"[^0-9A-Za-z-]", "_", self.edtf)


class DateView(NamedTuple):
    """A time expression with its answer in words and where it was counted from."""

    at: str
    reading: DateReading
    answer: str
    known: str
    anchor: Anchor | None
    is_page_anchor: bool


class BlockView(NamedTuple):
    """A block of the article, cut into marked pieces."""

    kind: str
    section: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ArticleView:
    """An article as the reading pane shows it."""

    at: str
    reading: Reading
    title: str
    language: str
    link: str | None
    anchor: Anchor
    bounds: str
    sections: tuple[tuple[int, Anchor], ...]
    blocks: tuple[BlockView, ...]
    dates: tuple[DateView, ...]
    events: tuple[EventView, ...]
    left_out: tuple[str, ...]


def article_view(reading: Reading, number: int) -> ArticleView:
    """The view of one reading; what is over a bound is left out and said."""
    at = f"a{number}"
    left_out = []
    text = reading.text or ""
    if reading.text is None:
        left_out.append("this store keeps no text")
    if len(text) > ARTICLE_TEXT:
        left_out.append(f"text after {ARTICLE_TEXT:,} of {len(text):,} characters")
    if len(reading.events) > ARTICLE_EVENTS:
        left_out.append(f"{len(reading.events) - ARTICLE_EVENTS:,} events")
    if len(reading.dates) > ARTICLE_DATES:
        left_out.append(f"{len(reading.dates) - ARTICLE_DATES:,} dates")
    dates = tuple(_date(reading, d, f"{at}d{n}") for n, d in enumerate(reading.dates[:ARTICLE_DATES]))
    events = _events(reading, at)
    marks = list(_marks(reading.dates[:ARTICLE_DATES], reading.events[:ARTICLE_EVENTS]))
    shown = text[:ARTICLE_TEXT]
    blocks = tuple(
        BlockView(b.kind, b.section, tuple(pieces(shown, b.start, min(b.end, len(shown)), marks)))
        for b in reading.blocks
        if b.start < len(shown)
    )
    return ArticleView(
        at=at,
        reading=reading,
        title=title_of(reading),
        language=reading.language if _LANGUAGE.fullmatch(reading.language) else "und",
        link=safe_link(reading.url),
        anchor=reading.anchors.page,
        bounds=wording.bounds_in_words(reading.anchors.bounds),
        sections=tuple((n, a) for n, a in enumerate(reading.anchors.sections) if a.kind != "none"),
        blocks=blocks,
        dates=dates,
        events=events,
        left_out=tuple(left_out),
    )


def title_of(reading: Reading) -> str:
    """The headline, else the last part of where the page came from."""
    return reading.title or reading.origin.rsplit("/", 1)[-1][:200]


def safe_link(url: str | None) -> str | None:
    """An http(s) address that may stand in a link; nothing else may (``javascript:``, ``data:``, ``file:``)."""
    if not url or len(url) > 2_000 or any(c <= " " for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _date(reading: Reading, found: DateReading, at: str) -> DateView:
    time = found.time
    if time.edtf or time.partial:
        answer = wording.in_words(time.edtf or time.partial or "")
    elif time.type == "DURATION" and time.value:
        answer = f"a length of time ({time.value})"
    elif time.type == "SET" and time.value:
        answer = f"recurring ({time.value})"
    else:
        answer = "undated"
    anchor = reading.anchor_of(time)
    return DateView(
        at, found, answer, wording.bounds_in_words(time.bounds), anchor, anchor == reading.anchors.page
    )


def _marks(dates: tuple[DateReading, ...], events: tuple[Event, ...]) -> Iterable[Mark]:
    for n, found in enumerate(dates):
        yield Mark(found.time.span.start, found.time.span.end, "date", n)
    for n, event in enumerate(events):
        spans: list[tuple[str, Span | None]] = [("content", span) for span in event.content]
        spans.append(("source", event.actor.span if event.actor else None))
        spans.append(("cue", event.action.span))
        for role, span in spans:
            if span is not None:
                yield Mark(span.start, span.end, role, n)


def _events(reading: Reading, at: str) -> tuple[EventView, ...]:
    """Views of the events, each with the chain of those that report it, innermost first."""
    events = reading.events[:ARTICLE_EVENTS]
    by_id = {event.event_id: n for n, event in enumerate(events)}
    plain = [_event(reading, event, at, n, ()) for n, event in enumerate(events)]
    views = []
    for n, event in enumerate(events):
        chain: list[EventView] = []
        outer = event.within
        # A chain cannot be longer than the article has events, so a ring ends too.
        while outer in by_id and len(chain) < len(events) and by_id[outer] != n:
            chain.append(plain[by_id[outer]])
            outer = events[by_id[outer]].within
        views.append(_event(reading, event, at, n, tuple(chain[:8])))
    return tuple(views)


def _event(reading: Reading, event: Event, at: str, n: int, chain: tuple[EventView, ...]) -> EventView:
    words = " … ".join(span.exact for span in event.content)
    return EventView(
        at=f"{at}e{n}",
        article_at=at,
        event=event,
        actor=event.actor.name if event.actor else "",
        role=event.actor.role if event.actor else None,
        verb=event.action.span.exact if event.action.span else event.action.lemma,
        words=words[:QUOTE].rsplit(" ", 1)[0] if len(words) > QUOTE else words,
        cut=len(words) > QUOTE,
        when=wording.in_words(event.when.edtf or event.when.partial or "undated") if event.when else "",
        start=event.when.start or "" if event.when else "",
        end=event.when.end or "" if event.when else "",
        reporters=chain,
        article_title=title_of(reading),
        publisher=reading.publisher or event.source.agency or "",
    )


def timeline(articles: Iterable[ArticleView]) -> tuple[list[Group], list[EventView], list[EventView]]:
    """Groups newest first, then events whose words name no day, then events that no words date."""
    groups: dict[str, Group] = {}
    words_only: list[EventView] = []
    bare: list[EventView] = []
    for article in articles:
        for view in article.events:
            when = view.event.when
            if when is None:
                bare.append(view)
            elif when.edtf and when.start:
                _group(groups, when).events.append(view)
            else:
                words_only.append(view)
            for about in view.event.about:
                if about.edtf and about.start:
                    _group(groups, about).about.append(About(about, view))
    # A day stands above the week or month that it opens: the shorter first, as it is the surer.
    ordered = sorted(groups.values(), key=lambda g: (g.start, _reversed(g.end), g.edtf), reverse=True)
    return ordered, words_only, bare


def _reversed(text: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in text)


def _group(groups: dict[str, Group], when: When) -> Group:
    assert when.edtf and when.start
    edtf = when.edtf.partition("T")[0]
    if edtf not in groups:
        label = wording.in_words(edtf)
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) is not None
        groups[edtf] = Group(
            edtf=edtf,
            start=when.start,
            end=when.end or when.start,
            label=label,
            numeral=str(int(edtf[8:10])) if is_day else "",
            sub=f"{wording.month_name(edtf[5:7])} {edtf[:4]}" if is_day else "",
        )
    return groups[edtf]


@dataclass(frozen=True)
class Bar:
    """A bar of the overview: a stretch of days, its events, and the heading it leads to."""

    label: str
    count: int
    height: int
    at: str


def bars(groups: list[Group]) -> list[Bar]:
    """Events by day, oldest first; by month or year where there are more than fit."""
    dated = [g for g in reversed(groups) if g.events]
    for width in (None, 7, 4):
        counts: dict[str, tuple[int, str]] = {}
        for group in dated:
            key = group.start[:width] if width else group.edtf
            count, _ = counts.get(key, (0, ""))
            counts[key] = (count + len(group.events), group.at)
        if len(counts) <= BARS or width == 4:
            break
    kept = list(counts.items())[-BARS:]
    top = max((count for _, (count, _) in kept), default=1)
    return [
        Bar(wording.in_words(key), count, max(6, round(100 * count / top)), at) for key, (count, at) in kept
    ]
