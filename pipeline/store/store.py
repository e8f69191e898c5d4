"""A store: one SQLite or PostgreSQL database. Every write is idempotent and one transaction.

Two processes may write to one store at once. The modules ``articles``, ``inputs`` and ``takedown`` hold what
a write does within its transaction.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache

import sqlalchemy as sa

from dateline.pipeline.store import articles, contents, exported, inputs, takedown
from dateline.pipeline.store.connection import Database, RowRefused, now, words
from dateline.pipeline.store.packed.compact import compact
from dateline.pipeline.store.rows import ArticleRows, Row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import insert
from dateline.transforms.version import VERSION

_LETTERS = 100
KEEP_INPUTS = datetime.timedelta(days=7)


@lru_cache(maxsize=32)
def open_store(url: str, retry_seconds: float = 30.0) -> Store:
    """The store at an SQLAlchemy URL, one object a process."""
    return Store(url, retry_seconds)


class Store(Database):
    """A store at ``url``, an SQLAlchemy URL without a password."""

    # ------------------------------------------------------------- writing

    def write_articles(self, run_id: str, batch: Sequence[ArticleRows]) -> None:
        """Write whole articles with their dates, events, ledger and outcomes in one transaction.

        Raises :class:`~dateline.pipeline.store.connection.RowRefused` for rows that the database cannot hold.
        """
        try:
            written = [articles.Written(compact(rows), rows.fingerprint) for rows in batch]
        except (ValueError, LookupError, TypeError) as error:
            raise RowRefused(words(error)) from error
        self.transact(lambda c: articles.write(c, run_id, written))

    def write_or_refuse(self, run_id: str, batch: Sequence[ArticleRows]) -> list[tuple[int, str]]:
        """Write a batch. If the database refuses it, the articles are written one by one. Returns ``(index in
        batch, message)`` of each that is refused."""
        try:
            self.write_articles(run_id, batch)
            return []
        except RowRefused as error:
            if len(batch) == 1:
                return [(0, str(error))]
        refused = []
        for index, one in enumerate(batch):
            try:
                self.write_articles(run_id, [one])
            except RowRefused as error:
                refused.append((index, str(error)))
        return refused

    def write_dead_letters(self, run_id: str, rows: Sequence[Row]) -> None:
        """Insert or update dead letters. The first failure and the payload are kept; attempts are counted
        once a run."""
        if rows:
            self.transact(lambda c: inputs.write_dead_letters(c, run_id, rows))

    def letters(self, kind: str | None = None, since: str | None = None) -> Iterator[Row]:
        """Dead letters that are not resolved, with their carriers decoded: those of one type, and those that
        first failed since a time (UTC text). They may be resolved while they are read."""
        d = t.dead_letters
        chosen = [d.c.resolved_at.is_(None), d.c.first_failed_at >= (since or "")]
        if kind is not None:
            chosen.append(d.c.type == kind)
        query = sa.select(d.c.dead_letter_id).where(*chosen).order_by(d.c.dead_letter_id)
        ids = self.read(lambda c: list(c.scalars(query)))
        for n in range(0, len(ids), _LETTERS):
            for row in self.rows(sa.select(d).where(d.c.dead_letter_id.in_(ids[n : n + _LETTERS]))):
                yield row | {"carrier": json.loads(row["carrier"])}

    def resolve(self, ids: Sequence[str]) -> None:
        """Record that dead letters have become articles."""
        d = t.dead_letters
        open_ones = sa.and_(d.c.dead_letter_id.in_(ids), d.c.resolved_at.is_(None))

        def write(c: sa.Connection) -> None:
            exported.changed(c)
            c.execute(sa.update(d).where(open_ones).values(resolved_at=now()))

        self.transact(write)

    def forget(self, name: str) -> list[str]:
        """Remove the articles with this id or address, with their text, dates, events and dead letters. A
        tombstone is kept. An SQLite file is overwritten where the text was."""
        ids = self.transact(lambda c: takedown.forget(c, name))
        if ids and self.is_sqlite:
            with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )  # the write-ahead log still holds the old pages
        return ids

    # ------------------------------------------------------------- runs and their inputs

    def begin_run(self, fingerprint: str, sources: Sequence[str], run_id: str | None = None) -> str:
        """Open a run, and delete the records of inputs that unfinished old runs left."""
        run_id = run_id or uuid.uuid4().hex
        old = (datetime.datetime.now(datetime.UTC) - KEEP_INPUTS).isoformat(timespec="seconds")
        row = {
            "run_id": run_id, "started_at": now(), "status": "running", "version": VERSION,
            "fingerprint": fingerprint, "inputs": json.dumps(list(sources)),
        }  # fmt: skip

        def begin(c: sa.Connection) -> None:
            stale = sa.select(t.runs.c.run_id).where(t.runs.c.started_at < old)
            c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id.in_(stale)))
            c.execute(insert(c, t.runs).on_conflict_do_nothing(), row)

        self.transact(begin)
        return run_id

    def end_run(self, run_id: str, status: str, counts: dict[str, int]) -> None:
        """Close a run. The records of its inputs are deleted if none was lost."""

        def end(c: sa.Connection) -> None:
            done = {"finished_at": now(), "status": status, "counts": json.dumps(counts, sort_keys=True)}
            c.execute(sa.update(t.runs).where(t.runs.c.run_id == run_id).values(done))
            if status == "done":
                c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id == run_id))

        self.transact(end)

    def known(self, keys: Sequence[tuple[str, str, str, str]]) -> set[int]:
        """The indexes of those ``(article_id, revision, fingerprint, origin)`` that the ledger holds under
        the same or a smaller origin."""
        return self.read(lambda c: articles.known(c, keys))

    def note_inputs(self, run_id: str, origins: Sequence[str]) -> None:
        """Record the origins that the reader found. An origin that already has an outcome keeps it."""
        self.transact(lambda c: inputs.note(c, run_id, origins))

    def note_known(self, run_id: str, outcomes: Sequence[tuple[str, str, str, str]]) -> None:
        """Record ``(origin, outcome, article_id, revision)`` of inputs that need no work."""
        self.transact(lambda c: inputs.note_outcomes(c, run_id, outcomes))

    def outcomes(self, run_id: str) -> dict[str, int]:
        """The number of inputs of a run by outcome; ``read`` counts all of them, ``open`` those without an
        outcome."""
        return self.read(lambda c: inputs.outcomes(c, run_id))

    def settle(self, run_id: str, expected: int) -> tuple[list[str], dict[str, int]]:
        """Origins of a batch that were lost, and its inputs by outcome; the records of its inputs are deleted if all
        that were ``expected`` came and none was lost."""
        return self.transact(lambda c: inputs.settle(c, run_id, expected))

    def unaccounted(self, run_id: str, limit: int = inputs.SHOWN) -> list[str]:
        """Origins of a run that are in no article, duplicate or dead letter of the store; empty if no input
        was lost."""
        return self.read(lambda c: inputs.unaccounted(c, run_id, limit))

    # ------------------------------------------------------------- reading

    def count(self, table: sa.FromClause) -> int:
        """The number of rows in a table or view."""
        return self.transact(
            lambda c: int(c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        )

    def link_counts(self) -> tuple[int, int]:
        """The numbers of links and stories of the newest epoch."""

        def count(c: sa.Connection) -> tuple[int, int]:
            links = c.execute(sa.select(sa.func.count()).select_from(t.link_rows)).scalar_one()
            members = sa.func.count(sa.distinct(t.story_members.c.story_id))
            return int(links), int(c.execute(sa.select(members)).scalar_one())

        return self.read(count)

    def content_hash(self, places: bool = True) -> str:
        """SHA-256 over everything that the inputs determine: equal inputs give equal hashes, in any order and
        on any machine.

        Without ``places`` it leaves out where the inputs were, so that lines may change their order and files
        their names.
        """
        return contents.digest(self, places)
