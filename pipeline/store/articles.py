"""Writing articles to a store: which of two rows of one revision stands, and what the ledger knows of it.

Order changes nothing: of equal contents the smallest origin is kept, of equal revisions the newest
pipeline version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store import exported, inputs
from dateline.pipeline.store import tables as t
from dateline.pipeline.store.connection import insert
from dateline.pipeline.store.inputs import ARTICLE, DUPLICATE, FORGOTTEN
from dateline.pipeline.store.rows import ArticleRows, Row


def write(c: sa.Connection, run_id: str, batch: Sequence[ArticleRows]) -> None:
    """Write whole articles with their dates, events, ledger and outcomes. One that was forgotten is not written again."""
    exported.changed(c)
    ids = sorted({rows.key[0] for rows in batch})
    _wait_for_other_writers(c, ids)
    held = {
        (r.article_id, r.revision): r
        for r in c.execute(
            sa.select(
                t.articles.c.article_id, t.articles.c.revision, t.articles.c.origin, t.articles.c.pipeline_order,
                t.articles.c.settings, t.articles.c.run_id,
            ).where(t.articles.c.article_id.in_(ids))
        )
    }  # fmt: skip
    forgotten = set(c.scalars(sa.select(t.tombstones.c.article_id).where(t.tombstones.c.article_id.in_(ids))))
    seen = [rows for rows in batch if rows.key[0] not in forgotten]
    chosen: dict[tuple[str, str], ArticleRows] = {}
    for rows in seen:
        rival = chosen.get(rows.key)
        if rival is not None and rival.article["origin"] <= rows.article["origin"]:
            continue
        if _replaces(rows.article, held.get(rows.key)):
            chosen[rows.key] = rows
    _put(c, chosen.values())
    _note_ledger(c, chosen.values(), seen)
    outcomes = []
    for rows in batch:
        kind = FORGOTTEN
        if rows.key[0] not in forgotten:
            winner = chosen.get(rows.key)
            origin = winner.article["origin"] if winner else held[rows.key].origin
            kind = ARTICLE if origin == rows.article["origin"] else DUPLICATE
        outcomes.append((rows.article["origin"], kind, *rows.key))
    inputs.note_outcomes(c, run_id, outcomes)


def known(c: sa.Connection, keys: Sequence[tuple[str, str, str, str]]) -> set[int]:
    """Of ``(article_id, revision, fingerprint, origin)``, the indexes that the ledger holds under that or a smaller origin."""
    ids = sorted({k[0] for k in keys})
    rows = c.execute(sa.select(t.ledger).where(t.ledger.c.article_id.in_(ids)))
    held = {(r.article_id, r.revision, r.fingerprint): r.origin for r in rows}
    return {n for n, (a, r, f, o) in enumerate(keys) if (x := held.get((a, r, f))) is not None and x <= o}


def _wait_for_other_writers(c: sa.Connection, ids: Iterable[str]) -> None:
    """Writers of one article wait for one another. SQLite has one writer at a time already."""
    if c.dialect.name != "sqlite":
        for one in ids:
            c.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(one, 0))))


def _replaces(new: Row, held: Any) -> bool:
    """Whether a row replaces the one that the store holds under its key."""
    if held is None:
        return True
    if new["pipeline_order"] != held.pipeline_order:
        return bool(new["pipeline_order"] > held.pipeline_order)
    if new["settings"] != held.settings and new["run_id"] != held.run_id:
        return True  # read anew under other settings
    return bool(new["origin"] <= held.origin)


def _put(c: sa.Connection, articles: Collection[ArticleRows]) -> None:
    """Put articles in place of the rows that stand under their keys."""
    if not articles:
        return
    keys = [{"a": rows.key[0], "r": rows.key[1]} for rows in articles]
    for table in (t.dates, t.events, t.articles):
        same = sa.and_(table.c.article_id == sa.bindparam("a"), table.c.revision == sa.bindparam("r"))
        c.execute(sa.delete(table).where(same), keys)
    c.execute(sa.insert(t.articles), [rows.article for rows in articles])
    for table, many in (
        (t.dates, [d for rows in articles for d in rows.dates]),
        (t.events, [e for rows in articles for e in rows.events]),
    ):
        if many:
            c.execute(sa.insert(table), many)


def _note_ledger(c: sa.Connection, written: Iterable[ArticleRows], seen: Iterable[ArticleRows]) -> None:
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
        new = insert(c, t.ledger)
        keep_smallest = new.on_conflict_do_update(
            index_elements=["article_id", "revision", "fingerprint"],
            set_={"origin": new.excluded.origin},
            where=new.excluded.origin < t.ledger.c.origin,
        )
        c.execute(keep_smallest, list(rows.values()))
