"""Envelope → rows: everything that a store keeps of an article.

What a table holds as JSON (:data:`FORMS` and ``record``) is a plain value in a row: the store packs it without reading
a text again. :func:`in_text` writes it for outputs that take text.
"""

from __future__ import annotations

import bisect
import datetime
import json
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import to_json

from dateline.transforms import stories
from dateline.transforms.identity import fold, sha256
from dateline.transforms.model import (
    Anchors,
    Article,
    DeadLetter,
    Envelope,
    Event,
    Evidence,
    EvidenceRole,
    Page,
    Parse,
    Sentence,
    Span,
    TimeExpression,
)
from dateline.transforms.version import VERSION

Row = dict[str, Any]
_TIMES = TypeAdapter(tuple[TimeExpression, ...])
_EVENTS = TypeAdapter(tuple[Event, ...])


def compact_json(value: Any) -> str:
    """A plain value as JSON text, letter for letter as pydantic writes a record: a third of the time of :mod:`json`."""
    return to_json(value).decode()


FORMS: dict[str, Callable[[Any], str]] = {
    "anchors": compact_json,
    "blocks": json.dumps,
    "carrier": partial(json.dumps, sort_keys=True),
    "notes": compact_json,
}
"""How the JSON columns of articles are written; the records of dates and events are written like anchors."""


class ArticleRows(NamedTuple):
    """All rows of one article revision; they are written together or not at all."""

    article: Row
    dates: list[Row]
    events: list[Row]
    fingerprint: str
    """The fingerprint of settings and carrier fields; with the key, the ledger knows an input by it."""

    @property
    def key(self) -> tuple[str, str]:
        """(article_id, revision)."""
        return self.article["article_id"], self.article["revision"]


def version_order(version: str) -> int:
    """A version as a number that sorts: ``1.4.0`` → 1004000."""
    parts = [int("".join(c for c in p if c.isdigit()) or 0) for p in [*version.split("."), "0", "0"][:3]]
    return parts[0] * 1_000_000 + parts[1] * 1_000 + parts[2]


def order_at(*candidates: str | None) -> str:
    """The first date of several as UTC text that sorts; empty when there is none."""
    for candidate in filter(None, candidates):
        try:
            instant = datetime.datetime.fromisoformat(candidate)
            if instant.tzinfo is not None:
                instant = instant.astimezone(datetime.UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):  # no date, or one that its zone moves out of the calendar
            continue
        return instant.isoformat(timespec="seconds")
    return ""


def story_day(anchors: Anchors) -> int | None:
    """The day by which an article is linked, as an ordinal; its profile has the same."""
    return stories.published(anchors)


def input_fingerprint(page: Page, settings: str) -> str:
    """The hash of everything besides the text that can change a reading: settings, metadata and the fields of
    the carrier."""
    known = page.model_dump(include={"url", "media_type", "metadata", "carrier"})
    evidence = sorted((x.source, x.role, x.value) for x in page.evidence if x.role != "fetched")
    return sha256(json.dumps([settings, known, evidence], sort_keys=True, default=str))[:16]


def article_rows(e: Envelope, settings: str, run_id: str, store_text: bool = True) -> ArticleRows:
    """The rows of a finished envelope; ``settings`` is the fingerprint of the run's settings."""
    article, anchors = e.article, e.anchors
    assert article is not None
    assert anchors is not None
    assert e.page is not None
    first = {x.role: x for x in reversed(e.page.evidence)}
    fetched = _value(first.get("fetched"))
    modified = anchors.modified or _value(first.get("modified"))
    row: Row = {
        "article_id": article.article_id,
        "revision": article.revision,
        "origin": article.origin,
        "url": article.url,
        "title": article.title,
        "byline": article.byline,
        "publisher": article.publisher,
        "agency": anchors.agency,
        "language": article.language,
        "published": anchors.published,
        "modified": modified,
        "fetched_at": fetched,
        "order_at": order_at(
            _finer(modified, e.page, "modified"), _finer(anchors.published, e.page, "published"), fetched
        ),
        "anchors": anchors.model_dump(mode="json", exclude_none=True),
        "text": article.text if store_text else None,
        "blocks": [[b.kind, b.start, b.end, b.page_start, b.section] for b in article.blocks],
        "text_sha256": sha256(article.text),
        "profile": e.profile,
        "story_day": story_day(anchors),
        "carrier": dict(sorted(e.page.carrier.items())) or None,
        "notes": list(article.notes) or None,
        "pipeline": VERSION,
        "pipeline_order": version_order(VERSION),
        "settings": settings,
        "run_id": run_id,
    }
    times, told = e.times or (), e.events or ()
    # All of a page at once: record by record it took twice as long. The losers of the anchor are stored once, with the
    # article.
    of_times = _TIMES.dump_python(times, mode="json", exclude={"__all__": {"anchor": {"losers"}}})
    of_events = _EVENTS.dump_python(told, mode="json", by_alias=True)
    dates = [_date(article, n, t, r, e.parse) for n, (t, r) in enumerate(zip(times, of_times, strict=True))]
    events = [_event(n, v, r, e.parse) for n, (v, r) in enumerate(zip(told, of_events, strict=True))]
    return ArticleRows(row, dates, events, input_fingerprint(e.page, settings))


def _finer(day: str | None, page: Page, role: EvidenceRole) -> str | None:
    """A day with the hour that the evidence gives, because two revisions of one day must keep their order."""
    values = [x.value for x in page.evidence if x.role == role]
    if day is None:
        return values[-1] if values else None
    return max((v for v in values if v.startswith(day[:10]) and order_at(v)), key=order_at, default=day)


def _value(evidence: Evidence | None) -> str | None:
    return evidence.value if evidence else None


def _date(article: Article, n: int, t: TimeExpression, record: Any, parse: Parse | None) -> Row:
    sentence = _sentence(parse, t.span)
    return {
        "article_id": article.article_id,
        "revision": article.revision,
        "n": n,
        "text": t.span.exact,
        "start": t.span.start,
        "end": t.span.end,
        "sentence_start": sentence.start if sentence else None,
        "sentence_end": sentence.end if sentence else None,
        "type": t.type,
        "value": t.value,
        "edtf": t.edtf,
        "day_start": t.start,
        "day_end": t.end,
        "precision": t.precision,
        "certainty": t.certainty,
        "partial": t.partial,
        "rule": t.rule,
        "anchor_kind": t.anchor.kind if t.anchor else None,
        "anchor_value": t.anchor.value if t.anchor else None,
        "record": record,
    }


def _sentence(parse: Parse | None, span: Span | None) -> Sentence | None:
    """The sentence that a span begins in."""
    if parse is None or span is None:
        return None
    at = bisect.bisect_right(parse.sentences, span.start, key=lambda s: s.start) - 1
    return parse.sentences[at] if at >= 0 and span.start < parse.sentences[at].end else None


def _event(n: int, v: Event, record: Any, parse: Parse | None) -> Row:
    about = v.about[0] if v.about else None
    sentence = _sentence(parse, v.action.span)
    return {
        "event_id": v.event_id,
        "revision": v.revision,
        "article_id": v.article_id,
        "n": n,
        "kind": v.kind,
        "actor": v.actor.name if v.actor else None,
        "role": v.actor.role if v.actor else None,
        "co_actors": "; ".join(a.name for a in v.co_actors) or None,
        "lemma": v.action.lemma,
        "plover": v.action.plover,
        "recipient": v.recipient.name if v.recipient else None,
        "place": v.place.exact if v.place else None,
        "content": " … ".join(c.exact for c in v.content) or None,
        "quotation": v.quotation,
        "modality": v.modality,
        "within": v.within,
        "when_edtf": v.when.edtf if v.when else None,
        "when_start": v.when.start if v.when else None,
        "when_end": v.when.end if v.when else None,
        "when_mod": v.when.mod if v.when else None,
        "certainty": v.when.certainty if v.when else None,
        "rule": v.when.rule if v.when else None,
        "content_key": _content_key(v),
        "about_edtf": about.edtf if about else None,
        "about_start": about.start if about else None,
        "about_end": about.end if about else None,
        "reported": v.reported.day if v.reported else None,
        "reported_kind": v.reported.kind if v.reported else None,
        "sentence_start": sentence.start if sentence else None,
        "sentence_end": sentence.end if sentence else None,
        "record": record,
    }


_LEAST_CONTENT = 4
"""From this number of words on, two equal contents are no coincidence."""


def _content_key(v: Event) -> str | None:
    """A key that is equal if two articles quote the same words of somebody; ``None`` for few words or none."""
    words = fold(" ".join(span.exact for span in v.content))
    return sha256(words)[:16] if words.count(" ") + 1 >= _LEAST_CONTENT else None


def dead_letter_row(letter: DeadLetter, run_id: str) -> Row:
    """The row of a dead letter."""
    row = letter.model_dump(exclude={"carrier"})
    return row | {
        "carrier": json.dumps(letter.carrier, sort_keys=True),
        "run_id": run_id,
        "resolved_at": None,
    }


_KEYS = ("article_id", "revision")


def article_row(rows: ArticleRows) -> dict[str, Any]:
    """An article with its dates and events inside, JSON as text."""
    rows = in_text(rows)
    inner = {
        name: [{k: v for k, v in part.items() if k not in _KEYS and v is not None} for part in parts]
        for name, parts in (("dates", rows.dates), ("events", rows.events))
    }
    return {k: v for k, v in rows.article.items() if v is not None} | inner


def in_text(rows: ArticleRows) -> ArticleRows:
    """The rows with their JSON as text."""
    article = rows.article | {name: json_of(name, rows.article.get(name)) for name in FORMS}
    dates, events = (
        [row | {"record": record_of(row["record"])} for row in part] for part in (rows.dates, rows.events)
    )
    return rows._replace(article=article, dates=dates, events=events)


def json_of(name: str, value: Any) -> str | None:
    """A JSON column of an article as text."""
    return value if value is None or isinstance(value, str) else FORMS[name](value)


def record_of(value: Any) -> str:
    """The record of a date or an event as text."""
    return value if isinstance(value, str) else compact_json(value)
