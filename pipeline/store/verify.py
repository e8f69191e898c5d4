"""Whether a store is whole: its file, the records in it, and the words that every span names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from dateline.pipeline.findings import Finding
from dateline.pipeline.store import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.identity import sha256
from dateline.transforms.model import Event, Span, TimeExpression

_SHOWN = 3
"""Faults of one kind that are named."""


def verify(store: Store) -> Iterator[Finding]:
    """One finding for each check. Reads everything once, a few rows in memory at a time. Raises StoreError."""
    yield _file(store)
    yield from _texts(store)
    yield _spans(store, "dates", t.dates, ("article_id", "revision", "n"), _spans_of_date)
    yield _spans(store, "events", t.events, ("event_id", "revision"), _spans_of_event)
    yield _accounted(store)
    yield _runs(store)


def _file(store: Store) -> Finding:
    if not store.is_sqlite:
        return Finding("database", "ok", "PostgreSQL checks its own pages")
    said = [str(next(iter(row.values()))) for row in store.rows(sa.text("PRAGMA integrity_check(3)"))]
    if said == ["ok"]:
        return Finding("database", "ok", "every page of the file is whole")
    return Finding(
        "database", "fail", "; ".join(said)[:300], "restore a copy, or read the inputs into a new output"
    )


def _texts(store: Store) -> Iterator[Finding]:
    checked, without, wrong = 0, 0, []
    columns = (t.articles.c.article_id, t.articles.c.text, t.articles.c.text_sha256)
    for row in store.rows(sa.select(*columns), 100):
        if row["text"] is None:
            without += 1
            continue
        checked += 1
        if sha256(row["text"]) != row["text_sha256"]:
            wrong.append(row["article_id"])
    yield _finding("articles", checked, wrong, "texts have the hash that was stored with them")
    if without:
        yield Finding("articles", "note", f"{without} are stored without text: their spans cannot be checked")


def _spans(store: Store, name: str, table: sa.Table, key: tuple[str, ...], spans: Any) -> Finding:
    """Every record can be read, and its spans say what stands there."""
    checked, wrong = 0, []
    same = sa.and_(table.c.article_id == t.articles.c.article_id, table.c.revision == t.articles.c.revision)
    columns = (
        *(table.c[k] for k in key),
        table.c.record,
        t.articles.c.text.label("whole"),
        t.articles.c.article_id.label("of"),
    )
    for row in store.rows(sa.select(*columns).select_from(table.outerjoin(t.articles, same)), 100):
        checked += 1
        at = ":".join(str(row[k]) for k in key)
        try:
            named = list(spans(row["record"]))
        except (ValidationError, ValueError):
            wrong.append(at)
            continue
        text = row["whole"]
        if row["of"] is None or (text is not None and any(text[s.start : s.end] != s.exact for s in named)):
            wrong.append(at)
    return _finding(name, checked, wrong, "records belong to an article and say what stands in it")


def _spans_of_date(record: str) -> Iterator[Span]:
    yield TimeExpression.model_validate_json(record).span


def _spans_of_event(record: str) -> Iterator[Span]:
    event = Event.model_validate_json(record)
    parties = (event.actor, event.recipient, *event.co_actors)
    yield from (party.span for party in parties if party is not None and party.span is not None)
    yield from event.content
    for span in (event.action.span, event.place, event.when.span if event.when else None):
        if span is not None:
            yield span
    yield from (about.span for about in event.about)


def _accounted(store: Store) -> Finding:
    """Every key of the ledger stands in an article: else its input would be skipped and be nowhere."""
    held = sa.exists().where(
        t.articles.c.article_id == t.ledger.c.article_id, t.articles.c.revision == t.ledger.c.revision
    )
    lost = [row["origin"] for row in store.rows(sa.select(t.ledger.c.origin).where(sa.not_(held)))]
    return _finding("ledger", store.count(t.ledger), lost, "inputs that count as known stand in an article")


def _runs(store: Store) -> Finding:
    ended = sa.select(t.runs.c.run_id, t.runs.c.status, t.runs.c.started_at).order_by(t.runs.c.started_at)
    rows = list(store.rows(ended))
    if not rows:
        return Finding("runs", "note", "none")
    last = rows[-1]
    if last["status"] in ("done", "stopped"):
        return Finding("runs", "ok", f"{len(rows)}, the last one ended well")
    return Finding(
        "runs", "note", f"the last one ({last['started_at']}) is {last['status']}", "run it again: it goes on where it stopped"
    )  # fmt: skip


def _finding(check: str, checked: int, wrong: list[Any], promise: str) -> Finding:
    if not wrong:
        return Finding(check, "ok", f"{checked} {promise}")
    named = ", ".join(map(str, wrong[:_SHOWN]))
    return Finding(
        check, "fail", f"{len(wrong)} of {checked} do not: {named}", "read their inputs again with --force"
    )
