"""Reading what is packed in a store: records of dates and events, anchors, blocks, profiles; a few articles in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import compact
from dateline.pipeline.store.packed.compact import Readings
from dateline.pipeline.store.rows import Row, json_of, record_of
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import whole
from dateline.pipeline.store.statements import of_keys

CHUNK = 50
"""The number of articles that are unpacked at a time."""
Key = tuple[str, str]
_UNEQUAL = "its dates or events are not as many as their records"


class Damaged(StoreError):
    """The packed part of an article that cannot be read."""

    def __init__(self, article_id: str, why: str) -> None:
        super().__init__(f"article {article_id} is damaged: {why}; dateline verify lists all that are")


class Stored(NamedTuple):
    """A revision with the rows of its dates and events as the views show them, their ``record`` beside them."""

    article: Row
    dates: list[Row]
    events: list[Row]


class Shown(NamedTuple):
    """What people are shown of a revision: its row without the profile, what is packed of it, and the sentence of each
    date as ``(start, end)``."""

    article: Row
    readings: Readings
    sentences: list[tuple[int | None, int | None]]


def records(c: sa.Connection, keys: Sequence[Key]) -> dict[Key, list[str]]:
    """The records of the events of these ``(article_id, revision)`` as text. Raises StoreError where they are damaged."""
    found = {}
    for key, (row, ids) in _packed(c, keys).items():
        try:
            found[key] = list(map(record_of, compact.events_of(row, ids)))
        except ValueError as error:
            raise Damaged(row["article_id"], str(error)) from error
    return found


def articles(c: sa.Connection, keys: Sequence[Key]) -> dict[Key, Stored]:
    """The rows of these revisions with all that is packed of them. Raises StoreError where it is damaged."""
    parts = {table.name: _rows(c, table, keys) for table in (t.dates, t.events)}
    found = {}
    for key, (row, ids) in _packed(c, keys).items():
        made = _unpacked(row, ids)
        article = {c.name: row[c.name] for c in whole.articles.columns if c.name in row}
        article |= {name: json_of(name, value) for name, value in made.columns.items()}
        article["profile"] = _profile(row, ids)
        dates, events = (parts[name].get(key, []) for name in ("dates", "events"))
        for some, told in ((dates, made.dates), (events, made.events)):
            if len(some) != len(told):
                raise Damaged(key[0], _UNEQUAL)
            for one, record in zip(some, told, strict=True):
                one["record"] = record_of(record)
        found[key] = Stored(_ordered(article, whole.articles), dates, events)
    return found


def every(database: Database, keys: sa.Executable) -> Iterator[Stored]:
    """The revisions that a query of ``(article_id, revision)`` names, in its order."""
    for chunk in _chunks(database, keys):
        found = database.read(partial(articles, keys=chunk))
        yield from (found[key] for key in chunk if key in found)


def shown(database: Database, keys: sa.Executable) -> Iterator[Shown]:
    """The same as :func:`every`, without what follows from the readings: a third of its cost."""
    for chunk in _chunks(database, keys):
        found = database.read(partial(_shown, keys=chunk))
        yield from (found[key] for key in chunk if key in found)


def _shown(c: sa.Connection, keys: Sequence[Key]) -> dict[Key, Shown]:
    packed = _packed(c, keys)
    d = t.date_rows.c
    sentences: dict[int, list[tuple[int | None, int | None]]] = {row["id"]: [] for row, _ in packed.values()}
    query = sa.select(d.article, d.sentence_start, d.sentence_end).where(d.article.in_(list(sentences)))
    for article, start, end in c.execute(query.order_by(d.article, d.n)):
        sentences[article].append((start, end))
    found = {}
    for key, (row, ids) in packed.items():
        made = Shown(row, _unpacked(row, ids), sentences[row["id"]])
        if (len(made.sentences), len(ids)) != (len(made.readings.dates), len(made.readings.events)):
            raise Damaged(key[0], _UNEQUAL)
        found[key] = made
    return found


def checked(database: Database, keys: sa.Executable) -> Iterator[tuple[Key, Stored | Damaged]]:
    """The same with their keys; in place of one that is damaged, what is wrong with it."""
    for chunk in _chunks(database, keys):
        for key in chunk:
            try:
                yield key, database.read(partial(articles, keys=[key]))[key]
            except Damaged as error:
                yield key, error


def records_of(database: Database, keys: sa.Executable) -> Iterator[list[str]]:
    """The records of events of each revision that a query of ``(article_id, revision)`` names, in its order."""
    for chunk in _chunks(database, keys):
        found = database.read(partial(records, keys=chunk))
        yield from (found[key] for key in chunk if key in found)


def _chunks(database: Database, keys: sa.Executable) -> Iterator[list[Key]]:
    chunk: list[Key] = []
    for row in database.rows(keys):
        chunk.append((row["article_id"], row["revision"]))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _unpacked(row: Row, ids: Sequence[str]) -> Readings:
    try:
        return compact.readings(row, ids)
    except ValueError as error:
        raise Damaged(row["article_id"], str(error)) from error


def _profile(row: Row, ids: Sequence[str]) -> str | None:
    try:
        return compact.profile_of(row, ids)
    except ValueError as error:
        raise Damaged(row["article_id"], str(error)) from error


def _packed(c: sa.Connection, keys: Sequence[Key]) -> dict[Key, tuple[Row, list[str]]]:
    """The rows of ``article_rows``, and the ids of their events in order."""
    if not keys:
        return {}
    e = t.event_rows.c
    query = sa.select(t.article_rows).where(of_keys(t.article_rows, keys))
    rows = [dict(row) for row in c.execute(query).mappings()]
    ids: dict[int, list[str]] = {row["id"]: [] for row in rows}
    for row in c.execute(
        sa.select(e.article, e.event_id).where(e.article.in_(list(ids))).order_by(e.article, e.n)
    ):
        ids[row.article].append(row.event_id)
    return {(row["article_id"], row["revision"]): (row, ids[row["id"]]) for row in rows}


def _rows(c: sa.Connection, view: sa.Table, keys: Sequence[Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    v = view.c
    query = sa.select(view).where(of_keys(view, keys))
    for row in c.execute(query.order_by(v.article_id, v.revision, v.n)).mappings():
        found.setdefault((row["article_id"], row["revision"]), []).append(dict(row))
    return found


def _ordered(row: Row, table: sa.Table) -> Row:
    return {c.name: row[c.name] for c in table.columns}
