"""Checks that a store is whole: its file, its records, and the words at every span."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from dateline.pipeline.findings import Finding
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.identity import sha256
from dateline.transforms.model import Event, Span, TimeExpression

_SHOWN = 3
"""The most faults of one kind that are named."""


def verify(store: Store) -> Iterator[Finding]:
    """One finding for each check. Everything is read once, with a few rows in memory at a time. Raises
    :class:`StoreError`."""
    yield _file(store)
    yield from _articles(store)
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


def _articles(store: Store) -> Iterator[Finding]:
    """Check that every text is the stored one, that every record can be read, and that its spans have the
    words of the text."""
    without = 0
    checked = {"articles": 0, "dates": 0, "events": 0}
    wrong: dict[str, list[str]] = {name: [] for name in checked}
    a = t.articles.c
    for key, found in readings.checked(
        store, sa.select(a.article_id, a.revision).order_by(a.article_id, a.revision)
    ):
        checked["articles"] += 1
        if isinstance(found, readings.Damaged):
            wrong["articles"].append(key[0])
            continue
        text = found.article["text"]
        if text is None:
            without += 1
        elif sha256(text) != found.article["text_sha256"]:
            wrong["articles"].append(key[0])
        for name, rows, spans in (
            ("dates", found.dates, _spans_of_date),
            ("events", found.events, _spans_of_event),
        ):
            checked[name] += len(rows)
            wrong[name] += (f"{key[0]}:{row['n']}" for row in rows if not _stands(row["record"], text, spans))
    for name, table in (("dates", t.date_rows), ("events", t.event_rows)):
        lost = store.read(partial(_without_article, table=table))
        checked[name] += len(lost)
        wrong[name] += lost
    yield _finding(
        "articles",
        checked["articles"],
        wrong["articles"],
        "can be read, and their texts have the hash that was stored with them",
    )
    if without:
        yield Finding("articles", "note", f"{without} are stored without text: their spans cannot be checked")
    for name in ("dates", "events"):
        yield _finding(
            name, checked[name], wrong[name], "records belong to an article and say what stands in it"
        )


def _stands(record: str, text: str | None, spans: Callable[[str], Iterator[Span]]) -> bool:
    try:
        return all(text is None or text[s.start : s.end] == s.exact for s in spans(record))
    except (ValidationError, ValueError):
        return False


def _without_article(c: sa.Connection, table: sa.Table) -> list[str]:
    held = sa.exists().where(t.article_rows.c.id == table.c.article)
    rows = c.execute(sa.select(table.c.article, table.c.n).where(sa.not_(held)))
    return [f"{row.article}:{row.n}" for row in rows]


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
    """Check that every key of the ledger is that of an article; otherwise its input would be skipped and
    lost."""
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
