"""A store: one SQLite or PostgreSQL database. Every write is idempotent and commits whole.

Order changes nothing: of equal contents the smallest origin is kept, of equal
revisions the newest pipeline version. Two processes may write one store at once.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dateline.pipeline.store import tables as t
from dateline.pipeline.store.connection import Database, RowRefused
from dateline.pipeline.store.rows import ArticleRows, Row
from dateline.transforms.identity import normalize_url
from dateline.transforms.version import VERSION

ARTICLE, DUPLICATE, KNOWN, DEAD, FORGOTTEN = "article", "duplicate", "known", "dead_letter", "forgotten"
KEEP_INPUTS = datetime.timedelta(days=7)


@lru_cache(maxsize=32)
def open_store(url: str, retry_seconds: float = 30.0) -> Store:
    """The store at an SQLAlchemy URL, one object a process."""
    return Store(url, retry_seconds)


def now() -> str:
    """The time as UTC text."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


class Store(Database):
    """See the module. ``url`` is an SQLAlchemy URL without a password."""

    def insert(self, table: sa.Table) -> Any:
        """An insert of this database's dialect, which can say what to do on a conflict."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    # ------------------------------------------------------------- articles

    def write_articles(self, run_id: str, batch: Sequence[ArticleRows]) -> None:
        """Write whole articles with their dates, events, ledger and outcomes in one transaction."""
        self.transact(lambda c: self._write_articles(c, run_id, batch))

    def write_or_refuse(self, run_id: str, batch: Sequence[ArticleRows]) -> list[tuple[int, str]]:
        """Write a batch; where the database refuses it, find the article to blame, one by one.

        Returns ``(index in batch, message)`` of the refused.
        """
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

    def _write_articles(self, c: sa.Connection, run_id: str, batch: Sequence[ArticleRows]) -> None:
        self._serialize(c, sorted({rows.key[0] for rows in batch}))
        ids = sorted({rows.key[0] for rows in batch})
        held = {
            (r.article_id, r.revision): r
            for r in c.execute(
                sa.select(
                    t.articles.c.article_id, t.articles.c.revision, t.articles.c.origin, t.articles.c.pipeline_order,
                    t.articles.c.settings, t.articles.c.run_id,
                ).where(t.articles.c.article_id.in_(ids))
            )
        }  # fmt: skip
        gone = set(c.scalars(sa.select(t.tombstones.c.article_id).where(t.tombstones.c.article_id.in_(ids))))
        chosen: dict[tuple[str, str], ArticleRows] = {}
        for rows in batch:
            if rows.key[0] in gone:
                continue
            rival = chosen.get(rows.key)
            if rival is not None and rival.article["origin"] <= rows.article["origin"]:
                continue
            if _wins(rows.article, held.get(rows.key)):
                chosen[rows.key] = rows
        keys = [{"a": a, "r": r} for a, r in chosen]
        if keys:
            for table in (t.dates, t.events, t.articles):
                gone_rows = sa.delete(table).where(
                    table.c.article_id == sa.bindparam("a"), table.c.revision == sa.bindparam("r")
                )
                c.execute(gone_rows, keys)
            c.execute(sa.insert(t.articles), [rows.article for rows in chosen.values()])
            for table, many in (
                (t.dates, [d for rows in chosen.values() for d in rows.dates]),
                (t.events, [e for rows in chosen.values() for e in rows.events]),
            ):
                if many:
                    c.execute(sa.insert(table), many)
        self._note_ledger(c, chosen.values(), [rows for rows in batch if rows.key[0] not in gone])
        outcomes = []
        for rows in batch:
            winner = chosen.get(rows.key)
            origin = winner.article["origin"] if winner else getattr(held.get(rows.key), "origin", None)
            kind = (
                FORGOTTEN
                if rows.key[0] in gone
                else ARTICLE
                if origin == rows.article["origin"]
                else DUPLICATE
            )
            outcomes.append((rows.article["origin"], kind, *rows.key))
        self._note_outcomes(c, run_id, outcomes)

    def _serialize(self, c: sa.Connection, ids: Iterable[str]) -> None:
        """Writers of one article wait for one another. SQLite has one writer at a time already."""
        if not self.is_sqlite:
            for one in ids:
                c.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(one, 0))))

    def _note_ledger(self, c: sa.Connection, written: Iterable[ArticleRows], seen: list[ArticleRows]) -> None:
        # What was read under other settings stands no more: it must not be known when they come back.
        stale = sa.delete(t.ledger).where(
            t.ledger.c.article_id == sa.bindparam("a"),
            t.ledger.c.revision == sa.bindparam("r"),
            t.ledger.c.settings != sa.bindparam("s"),
        )
        keys = [{"a": w.key[0], "r": w.key[1], "s": w.article["settings"]} for w in written]
        if keys:
            c.execute(stale, keys)
        rows: dict[tuple[str, ...], Row] = {}
        for one in sorted(seen, key=lambda s: s.article["origin"], reverse=True):
            row = {name: one.article[name] for name in ("article_id", "revision", "settings", "origin")}
            rows[*one.key, one.fingerprint] = row | {"fingerprint": one.fingerprint}
        if rows:
            insert = self.insert(t.ledger)
            keep_smallest = insert.on_conflict_do_update(
                index_elements=["article_id", "revision", "fingerprint"],
                set_={"origin": insert.excluded.origin},
                where=insert.excluded.origin < t.ledger.c.origin,
            )
            c.execute(keep_smallest, list(rows.values()))

    def _note_outcomes(
        self, c: sa.Connection, run_id: str, outcomes: list[tuple[str, str, str, str]]
    ) -> None:
        rows = {
            origin: {"run_id": run_id, "origin": origin, "outcome": kind, "key_a": a, "key_b": b}
            for origin, kind, a, b in outcomes
        }
        if rows:
            insert = self.insert(t.inputs)
            new = {name: insert.excluded[name] for name in ("outcome", "key_a", "key_b")}
            c.execute(
                insert.on_conflict_do_update(index_elements=["run_id", "origin"], set_=new),
                list(rows.values()),
            )

    # ------------------------------------------------------------- what is known

    def known(self, keys: Sequence[tuple[str, str, str, str]]) -> set[int]:
        """Of ``(article_id, revision, fingerprint, origin)``, the indexes that the ledger holds under that or a smaller origin."""

        def look(c: sa.Connection) -> set[int]:
            ids = sorted({k[0] for k in keys})
            rows = c.execute(sa.select(t.ledger).where(t.ledger.c.article_id.in_(ids)))
            held = {(r.article_id, r.revision, r.fingerprint): r.origin for r in rows}
            return {
                n for n, (a, r, f, o) in enumerate(keys) if (x := held.get((a, r, f))) is not None and x <= o
            }

        return self.read(look)

    def note_known(self, run_id: str, outcomes: list[tuple[str, str, str, str]]) -> None:
        """Note ``(origin, outcome, article_id, revision)`` of inputs that need no work."""
        self.transact(lambda c: self._note_outcomes(c, run_id, outcomes))

    def note_inputs(self, run_id: str, origins: Sequence[str]) -> None:
        """Note what the reader enumerated. An origin that already has an outcome keeps it."""
        rows = [{"run_id": run_id, "origin": o} for o in dict.fromkeys(origins)]
        self.transact(lambda c: c.execute(self.insert(t.inputs).on_conflict_do_nothing(), rows))

    # ------------------------------------------------------------- dead letters

    def write_dead_letters(self, run_id: str, rows: Sequence[Row]) -> None:
        """Upsert dead letters: first failure and payload are kept, attempts counted once a run."""

        def write(c: sa.Connection) -> None:
            insert = self.insert(t.dead_letters)
            change = {
                n: insert.excluded[n]
                for n in ("stage", "type", "message", "version", "run_id", "resolved_at")
            }
            again = t.dead_letters.c.run_id != insert.excluded.run_id
            change["attempts"] = t.dead_letters.c.attempts + sa.case((again, 1), else_=0)
            statement = insert.on_conflict_do_update(index_elements=["dead_letter_id"], set_=change)
            c.execute(statement, list({r["dead_letter_id"]: r for r in rows}.values()))
            self._note_outcomes(c, run_id, [(r["origin"], DEAD, r["dead_letter_id"], "") for r in rows])

        if rows:
            self.transact(write)

    # ------------------------------------------------------------- runs

    def begin_run(self, fingerprint: str, inputs: Sequence[str], run_id: str | None = None) -> str:
        """Open a run; what old runs left half done is swept."""
        run_id = run_id or uuid.uuid4().hex
        old = (datetime.datetime.now(datetime.UTC) - KEEP_INPUTS).isoformat(timespec="seconds")
        row = {
            "run_id": run_id, "started_at": now(), "status": "running", "version": VERSION,
            "fingerprint": fingerprint, "inputs": json.dumps(list(inputs)),
        }  # fmt: skip

        def begin(c: sa.Connection) -> None:
            stale = sa.select(t.runs.c.run_id).where(t.runs.c.started_at < old)
            c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id.in_(stale)))
            c.execute(self.insert(t.runs).on_conflict_do_nothing(), row)

        self.transact(begin)
        return run_id

    def end_run(self, run_id: str, status: str, counts: dict[str, int]) -> None:
        """Close a run. The inputs of one that conserved all are swept."""

        def end(c: sa.Connection) -> None:
            done = {"finished_at": now(), "status": status, "counts": json.dumps(counts, sort_keys=True)}
            c.execute(sa.update(t.runs).where(t.runs.c.run_id == run_id).values(done))
            if status == "done":
                c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id == run_id))

        self.transact(end)

    def outcomes(self, run_id: str) -> dict[str, int]:
        """How many inputs of a run came to which outcome; ``read`` is all of them, ``open`` those without one."""

        def count(c: sa.Connection) -> dict[str, int]:
            rows = c.execute(
                sa.select(t.inputs.c.outcome, sa.func.count())
                .where(t.inputs.c.run_id == run_id)
                .group_by(t.inputs.c.outcome)
            )
            found = {outcome or "open": int(n) for outcome, n in rows}
            return {"read": sum(found.values())} | found

        return self.read(count)

    def unaccounted(self, run_id: str, limit: int = 20) -> list[str]:
        """Origins of a run that are in no article, duplicate or dead letter of the store: empty when all is conserved."""
        i, a, d = t.inputs, t.articles, t.dead_letters
        in_articles = sa.exists().where(a.c.article_id == i.c.key_a, a.c.revision == i.c.key_b)
        in_dead = sa.exists().where(d.c.dead_letter_id == i.c.key_a)
        stands = sa.or_(
            sa.and_(i.c.outcome.in_([ARTICLE, DUPLICATE, KNOWN]), in_articles),
            sa.and_(i.c.outcome == DEAD, in_dead),
            i.c.outcome == FORGOTTEN,
        )
        query = sa.select(i.c.origin).where(
            i.c.run_id == run_id, sa.or_(i.c.outcome.is_(None), sa.not_(stands))
        )
        return self.read(lambda c: list(c.scalars(query.order_by(i.c.origin).limit(limit))))

    # ------------------------------------------------------------- reading

    def count(self, table: sa.FromClause) -> int:
        """Rows in a table or view."""
        return self.transact(
            lambda c: int(c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        )

    @staticmethod
    def _forget_story(c: sa.Connection, article_id: str) -> None:
        """Take a story's rows away with one of its articles; what is left of it is linked anew by the next run."""
        m = t.story_members.c
        mine = sa.select(m.story_id).where(m.article_id == article_id)
        others = list(c.scalars(sa.select(m.article_id).where(m.story_id.in_(mine))))
        for table in (t.story_members, t.story_days, t.linked):
            for n in range(0, len(others), 400):
                some = [x for x in others[n : n + 400] if table is not t.linked or x != article_id]
                c.execute(sa.delete(table).where(table.c.article_id.in_(some)))

    def link_counts(self) -> tuple[int, int]:
        """Links and stories of the newest epoch."""

        def count(c: sa.Connection) -> tuple[int, int]:
            links = c.execute(sa.select(sa.func.count()).select_from(t.links)).scalar_one()
            members = sa.func.count(sa.distinct(t.story_members.c.story_id))
            return int(links), int(c.execute(sa.select(members)).scalar_one())

        return self.read(count)

    def content_hash(self, places: bool = True) -> str:
        """SHA-256 over everything that inputs determine: equal inputs give equal hashes, in any order, on any machine.

        Without ``places`` it leaves out where inputs stood, so that lines may change places and files names.
        """
        digest = hashlib.sha256()
        leave = {"run_id", "first_failed_at", "attempts", "resolved_at"}
        if not places:
            leave |= {"origin", "dead_letter_id"}
        for table in (
            t.articles, t.dates, t.events, t.links, t.story_members, t.story_days, t.dead_letters, t.ledger,
        ):  # fmt: skip
            keep = [c for c in table.columns if c.name not in leave]
            order = [c for c in table.primary_key.columns if c in keep] or keep
            for row in self.rows(sa.select(*keep).order_by(*order)):
                digest.update(json.dumps([table.name, row], sort_keys=True).encode())
        return digest.hexdigest()

    # ------------------------------------------------------------- takedown

    def forget(self, name: str) -> list[str]:
        """Remove the articles with this id or address: text, dates, events and failed tries gone, a tombstone kept.

        What was removed is overwritten in an SQLite file, not only unlinked.
        """

        def drop(c: sa.Connection) -> list[str]:
            url = normalize_url(name)
            match = t.articles.c.article_id == name
            if url:
                match = sa.or_(match, t.articles.c.url == url)
            ids = sorted(set(c.scalars(sa.select(t.articles.c.article_id).where(match))))
            for one in ids:
                self._forget_story(c, one)
                for side in (t.links.c.article_a, t.links.c.article_b):
                    c.execute(sa.delete(t.links).where(side == one))
                origins = sa.select(t.articles.c.origin).where(t.articles.c.article_id == one)
                c.execute(sa.delete(t.dead_letters).where(t.dead_letters.c.origin.in_(origins)))
                for table in (t.dates, t.events, t.articles, t.ledger, t.story_members, t.story_days):
                    c.execute(sa.delete(table).where(table.c.article_id == one))
                c.execute(
                    self.insert(t.tombstones).on_conflict_do_nothing(),
                    {"article_id": one, "forgotten_at": now()},
                )
            return ids

        ids = self.transact(drop)
        if ids and self.is_sqlite:
            with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds the old pages
        return ids


def _wins(new: Row, held: Any) -> bool:
    """Whether a row replaces the one that the store holds under its key."""
    if held is None:
        return True
    if new["pipeline_order"] != held.pipeline_order:
        return bool(new["pipeline_order"] > held.pipeline_order)
    if new["settings"] != held.settings and new["run_id"] != held.run_id:
        return True  # read anew under other settings
    return bool(new["origin"] <= held.origin)
