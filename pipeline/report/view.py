"""Article records → the data of the page: plain values for JSON, an index entry and a full view for each
article.

The index is read when the page opens; it contains what the chronology, the filters and the table of events
need. The full view (text with marks, dates with reasons) is read when somebody opens the article. Empty
fields are left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from dateline.pipeline.report import wording
from dateline.pipeline.report.marks import Mark, Piece, by_range, pieces
from dateline.pipeline.report.records import ArticleRecord, DateRecord
from dateline.pipeline.report.stories import Dispute, StoryDay, StoryRecord
from dateline.transforms.model import Actor, Anchor, Candidate, Event, Span, TimeExpression, When

ARTICLE_TEXT = 60_000
ARTICLE_EVENTS = 300
ARTICLE_DATES = 400
CONTENT = 2_000
"""Characters of the content that an event shows; the article shows all of it."""
TRACE_LINES = 20
CHAIN = 8
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_DAY_LENGTH = len("2026-11-18")

View = dict[str, Any]


def index_entry(record: ArticleRecord) -> View:
    """The fields of an article that lists and filters need: title and publisher, events, and the day of the
    report."""
    anchors, events = record.anchors, record.events[:ARTICLE_EVENTS]
    numbers = {event.event_id: n for n, event in enumerate(events)}
    return _filled(
        id=record.article_id,
        title=title_of(record),
        publisher=record.publisher,
        agency=anchors.agency,
        language=language_of(record),
        published=_day(record.published),
        url=safe_link(record.url),
        origin=record.origin,
        reported=anchors.page.day,
        events=[_event(event, record, _chain(event, events, numbers)) for event in events],
    )


def full_view(record: ArticleRecord) -> View:
    """The fields of an article that the reading pane shows. It says what was left out because of a limit."""
    text = (record.text or "")[:ARTICLE_TEXT]
    dates, events = record.dates[:ARTICLE_DATES], record.events[:ARTICLE_EVENTS]
    blocks = [b for b in record.blocks if b.start < len(text)]
    ranges = [(b.start, min(b.end, len(text))) for b in blocks]
    marks = by_range(ranges, _marks(dates, events))
    anchors = record.anchors
    return _filled(
        byline=record.byline,
        modified=_day(record.modified),
        address=record.url,
        anchor=_anchor(anchors.page),
        bounds=wording.bounds_in_words(anchors.bounds),
        dateline=_filled(words=anchors.dateline.span.exact, zone=anchors.dateline.zone) if anchors.dateline else None,
        sections=_sections(anchors.sections),
        blocks=[
            [b.kind, b.section, [_piece(p) for p in pieces(text, *between, mine)]]
            for b, between, mine in zip(blocks, ranges, marks, strict=True)
        ],
        dates=[_date(record, d) for d in dates],
        traces=[list(event.trace[:TRACE_LINES]) for event in events],
        left_out=list(_left_out(record)),
    )  # fmt: skip


def story_view(story: StoryRecord, folder: str = "") -> View:
    """The fields of a story card. Pages without a title are named by their origin without the common
    ``folder``."""
    return _filled(
        id=story.story_id,
        title=story.title.removeprefix(folder),
        day=story.first_day,
        articles=story.articles,
        texts=story.texts,
        sources=story.sources,
        members=[
            _filled(id=m.article_id, title=m.title.removeprefix(folder), publisher=m.publisher, published=m.published, copies=m.copies)
            for m in story.members
        ],
        disputes=[
            _filled(titles=[d.first.removeprefix(folder), d.second.removeprefix(folder)], stated=_stated(d), words=list(d.words), label=d.label, ids=list(d.articles))
            for d in story.disputes
        ],
        claims=[
            _filled(actor=c.actor, verb=c.lemma, words=c.words, tellers=[[t.event_id, t.publisher, t.published] for t in c.tellers])
            for c in story.claims
        ],
    )  # fmt: skip


def story_day(day: StoryDay) -> View:
    """The day that a story gives an undated article, with the words of its partners."""
    last = (datetime.date.fromisoformat(day.end) - datetime.timedelta(days=1)).isoformat()
    return _filled(
        certainty=day.certainty,
        answer=wording.in_words(day.start if last == day.start else f"{day.start}/{last}"),
        sources=day.sources,
        evidence=[list(pair) for pair in day.evidence],
    )


def _stated(dispute: Dispute) -> list[str]:
    of_days = dispute.label.startswith("day")
    return [wording.in_words(side) if of_days else side for side in dispute.stated]


def title_of(record: ArticleRecord) -> str:
    """The headline, else the last part of the origin."""
    return record.title or record.origin.rsplit("/", 1)[-1][:200]


def language_of(record: ArticleRecord) -> str:
    """The code of the language, ``und`` if a browser does not know it."""
    return record.language if _LANGUAGE.fullmatch(record.language) else "und"


def safe_link(url: str | None) -> str | None:
    """An http(s) address for a link; all other schemes (``javascript:``, ``data:``, ``file:``) are dropped."""
    if not url or len(url) > 2_000 or any(c <= " " for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _filled(**fields: Any) -> View:
    """The fields that are not empty; empty ones would only take room in the page."""
    return {name: value for name, value in fields.items() if value}


def _day(value: str | None) -> str | None:
    return value[:_DAY_LENGTH] if value else None


def _left_out(record: ArticleRecord) -> Iterable[str]:
    if record.text is None:
        yield "this store keeps no text"
    elif len(record.text) > ARTICLE_TEXT:
        yield f"text after {ARTICLE_TEXT:,} of {len(record.text):,} characters"
    if len(record.events) > ARTICLE_EVENTS:
        yield f"{len(record.events) - ARTICLE_EVENTS:,} events"
    if len(record.dates) > ARTICLE_DATES:
        yield f"{len(record.dates) - ARTICLE_DATES:,} dates"


def _event(event: Event, record: ArticleRecord, chain: list[int]) -> View:
    """An event. Defaults are left out: kind ``said``, a lemma equal to the verb, the day of its article."""
    content = " … ".join(span.exact for span in event.content)
    actor, action = event.actor, event.action
    verb = action.span.exact if action.span else action.lemma
    reported = event.reported.day if event.reported else None
    found = _filled(
        id=event.event_id,
        kind=event.kind if event.kind != "said" else None,
        actor=actor.name if actor else None,
        role=actor.role if actor else None,
        written=actor.span.exact if actor and actor.span and actor.span.exact != actor.name else None,
        verb=verb,
        lemma=action.lemma if action.lemma != verb else None,
        root=action.plover,
        others=[a.name for a in event.co_actors],
        recipient=_party(event.recipient),
        place=event.place.exact if event.place else None,
        content=content[:CONTENT] + (" …" if len(content) > CONTENT else ""),
        quotation=event.quotation,
        modality=event.modality if event.modality != "asserted" else None,
        chain=chain,
        when=_when(event.when),
        bounds=wording.bounds_in_words(event.bounds),
        about=[_about(about) for about in event.about],
    )
    if reported != record.anchors.page.day:
        found["reported"] = reported
    return found


def _party(actor: Actor | None) -> View | None:
    return _filled(name=actor.name, role=actor.role) if actor else None


def _chain(event: Event, events: Sequence[Event], numbers: Mapping[str, int]) -> list[int]:
    """Numbers of the events that report this one, innermost first. A cycle ends where it began."""
    chain: list[int] = []
    outer = event.within
    while (
        outer is not None
        and outer != event.event_id
        and (number := numbers.get(outer)) is not None
        and number not in chain
        and len(chain) < CHAIN
    ):
        chain.append(number)
        outer = events[number].within
    return chain


def _when(when: When | None) -> View | None:
    """A time: its words, its date in words, and its position on the axis (``start``) if it names a day."""
    if when is None:
        return None
    anchor = when.anchor
    counted = anchor and anchor.value and when.certainty != "stated"
    return _filled(
        words=when.span.exact,
        answer=wording.in_words(when.edtf or when.partial or ""),
        edtf=when.edtf,
        start=when.start,
        end=when.end,
        time=when.time,
        partial=when.partial,
        certainty=when.certainty if when.edtf or when.partial else None,
        mod=when.mod,
        rule=when.rule,
        anchor=anchor.value[:_DAY_LENGTH] if counted and anchor and anchor.value else None,
        anchor_kind=anchor.kind if counted and anchor else None,
        bounds=wording.bounds_in_words(when.bounds) if not when.edtf else None,
    )


def _about(when: When) -> View:
    """A time of the content, without its derivation, which is shown with the date in the article."""
    found = _when(when) or {}
    return {
        name: value
        for name, value in found.items()
        if name not in ("rule", "anchor", "anchor_kind", "bounds")
    }


def _date(record: ArticleRecord, found: DateRecord) -> View:
    time = found.time
    anchor = record.anchor_of(time)
    of_page = anchor == record.anchors.page
    return _filled(
        words=time.span.exact,
        answer=_answer(time),
        edtf=time.edtf,
        known=bool(time.edtf) or time.type in ("DURATION", "SET"),
        time=" ".join(filter(None, (time.time, time.zone))),
        certainty=time.certainty if time.edtf or time.partial else None,
        rule=time.rule,
        bounds=wording.bounds_in_words(time.bounds),
        of_page=of_page,
        anchor=None if of_page or anchor is None else _anchor(anchor),
        trace=list(time.trace[:TRACE_LINES]),
    )


def _answer(time: TimeExpression) -> str:
    if time.edtf or time.partial:
        return wording.in_words(time.edtf or time.partial or "")
    if time.type == "DURATION" and time.value:
        return f"a length of time ({time.value})"
    if time.type == "SET" and time.value:
        return f"recurring ({time.value})"
    return "undated"


def _anchor(anchor: Anchor) -> View:
    return _filled(
        kind=anchor.kind,
        day=anchor.day,
        clock=anchor.value[_DAY_LENGTH + 1 :] if anchor.value else None,
        zone=anchor.zone,
        words=(anchor.text or "")[:200],
        rule=anchor.rule,
        certainty=anchor.certainty if anchor.certainty != "stated" else None,
        losers=[_loser(loser) for loser in anchor.losers],
    )


def _loser(loser: Candidate) -> View:
    return _filled(
        kind=loser.kind,
        value=loser.value,
        words=(loser.text or "")[:160],
        reason=loser.reason,
        rule=loser.rule,
    )


def _sections(anchors: Sequence[Anchor]) -> list[View]:
    """The anchors of a page of several posts; empty for a page of one."""
    found = [{"n": n, **_anchor(a)} for n, a in enumerate(anchors) if a.kind != "none"]
    return found if len(found) > 1 else []


def _piece(piece: Piece) -> Any:
    """A piece without marks as plain text; others with their roles, events and date."""
    if not piece.roles and piece.date is None:
        return piece.text
    return [piece.text, " ".join(piece.roles), list(piece.events), piece.date]


def _marks(dates: Sequence[DateRecord], events: Sequence[Event]) -> Iterable[Mark]:
    for n, found in enumerate(dates):
        yield Mark(found.time.span.start, found.time.span.end, "date", n)
    for n, event in enumerate(events):
        spans: list[tuple[str, Span | None]] = [("content", span) for span in event.content]
        spans.append(("source", event.actor.span if event.actor else None))
        spans.append(("cue" if event.kind == "said" else "deed", event.action.span))
        spans.append(("recipient", event.recipient.span if event.recipient else None))
        for role, span in spans:
            if span is not None:
                yield Mark(span.start, span.end, role, n)
