"""The content hash of a store: the same inputs give the same hash, in any order, database and layout."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import evidence, readings
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.schema import tables as t

_CLOCKS = {"run_id", "first_failed_at", "attempts", "resolved_at"}
"""Columns that a second run may change."""
_ADDED = "notes"
"""A column that is new in this release. If it is empty, the hash is that of a release without the column."""
_PLACES = {"origin", "dead_letter_id"}
_BATCH = 500
_SORTED = "SELECT line FROM rows ORDER BY a, b"


def digest(database: Database, places: bool = True) -> str:
    """SHA-256 over everything that the inputs determine; without ``places`` it leaves out where the inputs
    were."""
    leave = _CLOCKS if places else _CLOCKS | _PLACES
    made = hashlib.sha256()
    for line in _lines(database, leave):
        made.update(line)
    return made.hexdigest()


def _lines(database: Database, leave: set[str]) -> Iterator[bytes]:
    a = t.articles.c
    keys = sa.select(a.article_id, a.revision).order_by(a.article_id, a.revision)
    # Rows of three tables are read together but hashed one table after another, so two of them wait in a
    # file.
    with closing(_sorter()) as dates, closing(_sorter()) as events:
        for n, one in enumerate(readings.every(database, keys)):
            yield _line("articles", one.article, leave)
            dates.executemany(
                _INSERT, ((n, k, _line("dates", row, leave)) for k, row in enumerate(one.dates))
            )
            events.executemany(
                _INSERT,
                ((row["event_id"], row["revision"], _line("events", row, leave)) for row in one.events),
            )
        for sorter in (dates, events):
            yield from (line for (line,) in sorter.execute(_SORTED))
    x = t.link_rows.c
    for row in database.rows(evidence.rows_of().order_by(x.kind, x.a, x.b, x.epoch)):
        yield _line("links", evidence.row_of(row), leave)
    for table in (t.story_members, t.story_days, t.dead_letters, t.ledger):
        for row in database.rows(_ordered(table, leave)):
            yield _line(table.name, row, leave)


_INSERT = "INSERT INTO rows VALUES (?, ?, ?)"


def _sorter() -> sqlite3.Connection:
    """A table of SQLite, which moves to a temporary file when it grows large."""
    made = sqlite3.connect("")
    made.execute("CREATE TABLE rows (a, b, line)")
    return made


def _line(table: str, row: Row, leave: set[str]) -> bytes:
    kept = {
        name: value
        for name, value in row.items()
        if name not in leave and (value is not None or name != _ADDED)
    }
    return json.dumps([table, kept], sort_keys=True).encode()


def _ordered(table: sa.Table, leave: set[str]) -> sa.Select[Any]:
    keep = [c for c in table.columns if c.name not in leave]
    return sa.select(*keep).order_by(*([c for c in table.primary_key.columns if c in keep] or keep))
