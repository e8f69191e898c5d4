"""Article records from a store, read a chunk of articles at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from dateline.pipeline.report.links import place_of
from dateline.pipeline.report.records import ArticleRecord, DateRecord, Letters, Passage, Run, Summary
from dateline.pipeline.report.stories import StoryDay, StoryRecord, days_of, newest
from dateline.pipeline.store import names
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import of_keys
from dateline.transforms.model import Anchors, Event, Record, TimeExpression

_current = names.current
M = TypeVar("M", bound=Record)
_TIMES = TypeAdapter(tuple[TimeExpression, ...])
_EVENTS = TypeAdapter(tuple[Event, ...])


class StoreReader:
    """A :class:`~dateline.pipeline.report.records.Reader` over an SQLite or PostgreSQL store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def summary(self) -> Summary:
        """Counts over the current revisions, open dead letters by type and stage, and the last run."""
        return self._database.read(_summary)

    def newest(self, limit: int) -> Iterator[ArticleRecord]:
        """Current revisions, newest first."""
        c = _current.c
        query = sa.select(c.article_id, c.revision).order_by(c.order_at.desc(), c.article_id).limit(limit)
        return map(_record, readings.shown(self._database, query))

    def find(self, key: str) -> Sequence[ArticleRecord]:
        """Current revisions by any name that :func:`~dateline.pipeline.store.names.ids_of` accepts."""
        ids = names.ids_of(self._database, key)[: names.MATCHES]
        query = sa.select(_current.c.article_id, _current.c.revision).where(_current.c.article_id.in_(ids))
        found = map(
            _record, readings.shown(self._database, query.order_by(_current.c.origin, _current.c.article_id))
        )
        return [replace(r, place=place_of(self._database, r.article_id)) for r in found]

    def stories(self) -> Sequence[StoryRecord]:
        """Stories, newest first."""
        return newest(self._database)

    def story_days(self, ids: Sequence[str]) -> Mapping[str, StoryDay]:
        """The days that stories give to those of these articles that state none."""
        return days_of(self._database, ids)


def _record(one: readings.Shown) -> ArticleRecord:
    row, told = one.article, one.readings
    return ArticleRecord(
        article_id=row["article_id"],
        revision=row["revision"],
        origin=row["origin"],
        url=row["url"],
        title=row["title"],
        byline=row["byline"],
        publisher=row["publisher"],
        language=row["language"] or "und",
        published=row["published"],
        modified=row["modified"],
        anchors=_model(Anchors, told.columns["anchors"]),
        text=row["text"],
        blocks=tuple(
            Passage(kind, start, end, section)
            for kind, start, end, _, section in _list(told.columns["blocks"])
        ),
        dates=tuple(map(_date, _models(_TIMES, TimeExpression, told.dates), one.sentences)),
        events=_models(_EVENTS, Event, told.events),
        pipeline=row["pipeline"],
        notes=tuple(_list(told.columns["notes"])),
    )


def _date(time: TimeExpression, sentence: tuple[int | None, int | None]) -> DateRecord:
    start, end = sentence
    known = (start, end) if start is not None and end is not None else None
    return DateRecord(time, known)


def _models(every: TypeAdapter[tuple[M, ...]], kind: type[M], values: Sequence[Any]) -> tuple[M, ...]:
    """The records of an article, all at once unless a store keeps some letter for letter."""
    if any(isinstance(value, str) for value in values):
        return tuple(_model(kind, value) for value in values)
    return every.validate_python(values)


def _model(kind: type[M], value: Any) -> M:
    """A record of a JSON value, or of its text where a store keeps that letter for letter."""
    return kind.model_validate_json(value) if isinstance(value, str) else kind.model_validate(value)


def _list(value: Any) -> list[Any]:
    made: list[Any] = json.loads(value) if isinstance(value, str) else value or []
    return made


def _summary(connection: sa.Connection) -> Summary:
    def count(query: sa.Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    superseded = _superseded(connection)

    def current(table: sa.Table) -> int:
        """A condition for rows of current revisions: all but those that a later revision replaced."""
        found = count(sa.select(sa.func.count()).select_from(table))
        for n in range(0, len(superseded), readings.CHUNK):
            mine = of_keys(table, superseded[n : n + readings.CHUNK])
            found -= count(sa.select(sa.func.count()).select_from(table).where(mine))
        return found

    run = connection.execute(
        sa.select(t.runs).order_by(t.runs.c.started_at.desc(), t.runs.c.run_id).limit(1)
    ).first()
    return Summary(
        articles=current(t.articles),
        events=current(t.events),
        dates=current(t.dates),
        letters=_letters(connection),
        run=Run(run.run_id, run.started_at, run.finished_at, run.status, run.version) if run else None,
    )


def _superseded(connection: sa.Connection) -> list[tuple[str, str]]:
    """Revisions that are not current. Only articles with several revisions are ranked; ranking all costs 0.1
    ms an article."""
    a = t.articles.c
    several = sa.select(a.article_id).group_by(a.article_id).having(sa.func.count() > 1)
    every = sa.select(a.article_id, a.revision).where(a.article_id.in_(several))
    newest = sa.select(_current.c.article_id, _current.c.revision).where(_current.c.article_id.in_(several))
    held = {(r.article_id, r.revision) for r in connection.execute(every)}
    if not held:
        return []
    return sorted(held.difference((r.article_id, r.revision) for r in connection.execute(newest)))


def _letters(connection: sa.Connection) -> tuple[Letters, ...]:
    d = t.dead_letters.c
    ranked = sa.select(
        d.type,
        d.stage,
        d.origin,
        d.message,
        sa.func.count().over(partition_by=(d.type, d.stage)).label("many"),
        sa.func.row_number()
        .over(partition_by=(d.type, d.stage), order_by=(d.first_failed_at.desc(), d.dead_letter_id))
        .label("place"),
    ).where(d.resolved_at.is_(None)).subquery()  # fmt: skip
    rows = connection.execute(
        sa.select(ranked)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.many.desc(), ranked.c.type, ranked.c.stage)
    )
    return tuple(Letters(r.type, r.stage, r.many, r.origin, r.message) for r in rows)
