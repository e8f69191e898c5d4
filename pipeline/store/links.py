"""Links in a store: what is still to be linked, a bucket's articles and profiles, and what was found.

An epoch is written whole before the views turn to it. Within one, every write replaces what
it covers, so a run that was killed is simply run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.pipeline.store import exported, unlinked
from dateline.pipeline.store.packed import evidence, profiles
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema.views import is_current
from dateline.pipeline.store.statements import insert
from dateline.pipeline.store.store import Store
from dateline.pipeline.store.unlinked import Work
from dateline.transforms import stories
from dateline.transforms.model import Link
from dateline.transforms.stories.keys import BUCKET, WINDOW

_BATCH = 400


class LinkStore:
    """The links of one :class:`~dateline.pipeline.store.store.Store` in one epoch."""

    def __init__(self, store: Store, epoch: str | None = None) -> None:
        self.store = store
        self.epoch = epoch or stories.epoch()

    # ------------------------------------------------------------- what is to be done

    def work(self, since: int | None = None) -> Work:
        """What is not linked yet; ``since``: only articles of that day (an ordinal) or later, and the undated."""

        return self.store.read(partial(unlinked.look, epoch=self.epoch, since=since))

    # ------------------------------------------------------------- reading

    def articles(self, bucket: int) -> Iterator[tuple[str, int | None, bytes]]:
        """``(article_id, day, packed profile)`` of a bucket's articles, in no order."""
        query, days = _of_bucket(bucket)
        return self._articles(query, days)

    def undated(self) -> Iterator[tuple[str, int | None, bytes]]:
        """The same of the undated articles."""
        return self._articles(_queries().undated, {})

    def _articles(
        self, query: sa.Select[Any], days: Mapping[str, int]
    ) -> Iterator[tuple[str, int | None, bytes]]:
        for row in self.store.rows(query, parameters=days):
            yield row["article_id"], row["story_day"], row["profile"]

    def count(self, buckets: Iterable[int]) -> int:
        """How many articles stand in the buckets; one that stands in two counts twice."""

        def look(c: sa.Connection) -> int:
            found = 0
            for bucket in buckets:
                query, days = _of_bucket(bucket)
                number = sa.select(sa.func.count()).select_from(query.subquery())
                found += c.execute(number, days).scalar_one()
            return found

        return self.store.read(look)

    def profiles(self, ids: Iterable[str], words: bool = True) -> dict[str, stories.Profile]:
        """The profiles of current articles; without their ``words`` they take a tenth of the memory."""
        found: dict[str, stories.Profile] = {}
        wanted = sorted(set(ids))
        for n in range(0, len(wanted), _BATCH):
            look = partial(_profiles, ids=wanted[n : n + _BATCH], named=words)
            for name, packed, events in self.store.read(look):
                one = profiles.read(packed, [*events, name], words)
                if one is not None:
                    found[name] = one
        return found

    def ends(self) -> Iterator[tuple[str, str, int]]:
        """Both articles and the bucket of each ``copy`` and ``same`` link of the epoch."""
        c = t.link_rows.c
        query = sa.select(c.a, c.b, c.bucket).where(c.epoch == self.epoch, c.kind != "contradicts")
        for row in self.store.rows(query, chunk=5_000):
            yield row["a"], row["b"], row["bucket"]

    def edges(self, ids: Sequence[str]) -> Iterator[stories.Edge]:
        """The ``copy`` and ``same`` links of the epoch whose first article is one of ``ids``, in no order."""
        c = t.link_rows.c
        for n in range(0, len(ids), _BATCH):
            query = sa.select(c.kind, c.a, c.b, c.score).where(
                c.epoch == self.epoch, c.kind.in_(("copy", "same")), c.a.in_(ids[n : n + _BATCH])
            )
            for row in self.store.rows(query, chunk=5_000):
                yield stories.Edge(*row.values())

    # ------------------------------------------------------------- writing

    def clear(self, work: Work) -> set[str]:
        """Drop the links of the touched buckets and of what is gone; gives the articles that they joined."""
        c = t.link_rows.c

        def drop(connection: sa.Connection) -> set[str]:
            exported.changed(connection)
            joined: set[str] = set()
            parts: list[sa.ColumnElement[bool]] = [
                c.bucket.in_(work.buckets[n : n + _BATCH]) for n in range(0, len(work.buckets), _BATCH)
            ]
            parts += [
                sa.or_(c.article_a.in_(evidence.numbers(ids)), c.article_b.in_(evidence.numbers(ids)))
                for n in range(0, len(work.gone), _BATCH)
                if (ids := work.gone[n : n + _BATCH])
            ]
            for part in parts:
                where = sa.and_(c.epoch == self.epoch, part)
                for row in connection.execute(evidence.rows_of().where(where)):
                    joined |= {row.article_a, row.article_b}
                connection.execute(sa.delete(t.link_rows).where(where))
            return joined

        return self.store.transact(drop)

    def write(self, rows: Sequence[Row]) -> None:
        """Write links; one that is there is replaced."""

        def put(connection: sa.Connection) -> None:
            exported.changed(connection)
            new = insert(connection, t.link_rows)
            keys = ("kind", "a", "b", "epoch")
            change = {x.name: new.excluded[x.name] for x in t.link_rows.columns if x.name not in keys}
            if made := evidence.numbered(connection, rows):
                connection.execute(new.on_conflict_do_update(index_elements=keys, set_=change), made)

        if rows:
            self.store.transact(put)

    def write_stories(self, ids: Sequence[str], members: Mapping[str, Row], days: Mapping[str, Row]) -> None:
        """Put the stories and days of some articles in place of what stood there."""

        def put(connection: sa.Connection) -> None:
            exported.changed(connection)
            for table, rows in ((t.story_members, members), (t.story_days, days)):
                self._drop(connection, table, ids)
                if rows:
                    connection.execute(sa.insert(table), [rows[k] for k in sorted(rows)])

        self.store.transact(put)

    def finish(self, work: Work) -> None:
        """Note what was linked and drop what is gone, then turn the views to this epoch."""

        def put(connection: sa.Connection) -> None:
            for table in (t.story_members, t.story_days):
                self._drop(connection, table, work.gone)
            for n in range(0, len(work.gone), _BATCH):
                connection.execute(
                    sa.delete(t.linked).where(t.linked.c.article_id.in_(work.gone[n : n + _BATCH]))
                )
            add = insert(connection, t.linked)
            change = {k: add.excluded[k] for k in ("revision", "epoch", "story_day")}
            add = add.on_conflict_do_update(index_elements=["article_id"], set_=change)
            for batch in work.changed.batches():
                rows_ = [
                    {"article_id": a, "revision": r, "epoch": self.epoch, "story_day": d} for a, r, d in batch
                ]
                connection.execute(add, rows_)
            self._turn(connection)

        self.store.transact(put)

    def _drop(self, connection: sa.Connection, table: sa.Table, ids: Sequence[str]) -> None:
        for n in range(0, len(ids), _BATCH):
            some = table.c.article_id.in_(ids[n : n + _BATCH])
            connection.execute(sa.delete(table).where(table.c.epoch == self.epoch, some))

    def _turn(self, connection: sa.Connection) -> None:
        """The views read this epoch from here on; what older ones wrote goes."""
        new = insert(connection, t.meta)
        row = {"key": t.LINK_EPOCH, "value": self.epoch}
        connection.execute(
            new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value}), row
        )
        for table in (t.link_rows, t.story_members, t.story_days):
            connection.execute(sa.delete(table).where(table.c.epoch != self.epoch))


def _profiles(c: sa.Connection, ids: Sequence[str], named: bool) -> list[tuple[str, bytes, list[str]]]:
    """Current articles with their packed profile and, where they are to be ``named``, the ids of their events, which it
    has as numbers."""
    rows = c.execute(_queries().profiles, {"ids": ids}).all()
    events: dict[int, list[str]] = {row.id: [] for row in rows}
    if named:
        for article, event in c.execute(_queries().events, {"articles": list(events)}):
            events[article].append(event)
    return [(row.article_id, row.profile, events[row.id]) for row in rows]


def _of_bucket(bucket: int) -> tuple[sa.Select[Any], dict[str, int]]:
    """A query of the articles that are current, have a profile and stand in a bucket, and its parameters.

    Everybody stands in the bucket of the undated. The view of current articles would number the revisions of all
    articles for each bucket; here the index of days narrows them first.
    """
    if bucket == stories.UNDATED:
        return _queries().every, {}
    first = bucket * BUCKET
    return _queries().within, {"first": first, "last": first + BUCKET + WINDOW - 1}


class _Queries(NamedTuple):
    every: sa.Select[Any]
    within: sa.Select[Any]
    undated: sa.Select[Any]
    profiles: sa.Select[Any]
    events: sa.Select[Any]


@cache
def _queries() -> _Queries:
    """Built once: building the query of each bucket was a quarter of the cost of linking 300 articles."""
    a, e = t.article_rows.c, t.event_rows.c
    known = sa.and_(is_current(t.article_rows), a.profile.is_not(None))
    every = sa.select(a.article_id, a.story_day, a.profile).where(known)
    named = a.article_id.in_(sa.bindparam("ids", expanding=True))
    of_articles = e.article.in_(sa.bindparam("articles", expanding=True))
    return _Queries(
        every,
        every.where(a.story_day.between(sa.bindparam("first"), sa.bindparam("last"))),
        every.where(a.story_day.is_(None)),
        sa.select(a.id, a.article_id, a.profile).where(named, known),
        sa.select(e.article, e.event_id).where(of_articles).order_by(e.article, e.n),
    )


def link_row(link: Link, articles: Mapping[str, str], bucket: int) -> Row:
    """The row of a link; ``articles`` gives the article of each end that is an event."""
    return {
        "kind": link.kind,
        "a": link.a,
        "b": link.b,
        "epoch": link.epoch,
        "article_a": articles.get(link.a, link.a),
        "article_b": articles.get(link.b, link.b),
        "bucket": bucket,
        "score": link.score,
        "evidence": evidence.of_link(link.evidence),
    }
