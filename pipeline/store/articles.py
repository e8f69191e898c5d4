"""Writes articles to a store, decides which of two rows of one revision is kept, and updates the ledger.

The order of writes makes no difference: of equal contents the smallest origin is kept, and of equal revisions
the newest pipeline version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.pipeline.store import exported, inputs
from dateline.pipeline.store.inputs import ARTICLE, DUPLICATE, FORGOTTEN
from dateline.pipeline.store.packed.compact import CompactRows
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import built, insert, insert_many

Key = tuple[str, str]
# Statements are built once: a batch of one article took as long to build them as to run them.
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_A = t.article_rows.c
_HELD = sa.select(
    _A.id, _A.article_id, _A.revision, _A.origin, _A.pipeline_order, _A.settings, _A.run_id
).where(_A.article_id.in_(_IDS))
_LAST = sa.select(sa.func.max(_A.id))
_FORGOTTEN = sa.select(t.tombstones.c.article_id).where(t.tombstones.c.article_id.in_(_IDS))
_KNOWN = sa.select(t.ledger).where(t.ledger.c.article_id.in_(_IDS))
# The reading under other settings is gone, so the ledger must not know it if those settings return.
_STALE = sa.delete(t.ledger).where(
    t.ledger.c.article_id == sa.bindparam("a"),
    t.ledger.c.revision == sa.bindparam("r"),
    t.ledger.c.settings != sa.bindparam("s"),
)


class Written(NamedTuple):
    """An article as the tables hold it, and the fingerprint and origin under which the ledger knows its
    input."""

    rows: CompactRows
    fingerprint: str

    @property
    def article(self) -> Row:
        """The row of ``article_rows``."""
        return self.rows.article

    @property
    def key(self) -> Key:
        """(article_id, revision)."""
        return self.article["article_id"], self.article["revision"]


def write(c: sa.Connection, run_id: str, batch: Sequence[Written]) -> None:
    """Write whole articles with their dates, events, ledger and outcomes. An article that was forgotten is
    not written."""
    exported.changed(c)
    ids = sorted({one.key[0] for one in batch})
    _wait_for_other_writers(c, ids)
    of_batch = {"ids": ids}
    held = {(r.article_id, r.revision): r for r in c.execute(_HELD, of_batch)}
    forgotten = set(c.scalars(_FORGOTTEN, of_batch))
    seen = [one for one in batch if one.key[0] not in forgotten]
    chosen: dict[Key, Written] = {}
    for one in seen:
        rival = chosen.get(one.key)
        if rival is not None and rival.article["origin"] <= one.article["origin"]:
            continue
        if _replaces(one.article, held.get(one.key)):
            chosen[one.key] = one
    put(c, {key: one.rows for key, one in chosen.items()}, {key: r.id for key, r in held.items()})
    _note_ledger(c, chosen.values(), seen)
    outcomes = []
    for one in batch:
        kind = FORGOTTEN
        if one.key[0] not in forgotten:
            winner = chosen.get(one.key)
            origin = winner.article["origin"] if winner else held[one.key].origin
            kind = ARTICLE if origin == one.article["origin"] else DUPLICATE
        outcomes.append((one.article["origin"], kind, *one.key))
    inputs.note_outcomes(c, run_id, outcomes)


def known(c: sa.Connection, keys: Sequence[tuple[str, str, str, str]]) -> set[int]:
    """The indexes of those ``(article_id, revision, fingerprint, origin)`` that the ledger holds under the
    same or a smaller origin."""
    ids = sorted({k[0] for k in keys})
    rows = c.execute(_KNOWN, {"ids": ids})
    held = {(r.article_id, r.revision, r.fingerprint): r.origin for r in rows}
    return {n for n, (a, r, f, o) in enumerate(keys) if (x := held.get((a, r, f))) is not None and x <= o}


def put(c: sa.Connection, articles: Mapping[Key, CompactRows], held: Mapping[Key, int]) -> None:
    """Replace the rows that have the keys of these articles; ``held`` are the numbers of these rows."""
    if not articles:
        return
    replaced = [held[key] for key in articles if key in held]
    numbers = _numbers(
        c, len(articles) - len(replaced)
    )  # before the old rows are deleted, because their numbers are used again
    remove(c, replaced)
    ids = {key: held[key] if key in held else numbers.pop() for key in articles}
    insert_many(c, t.article_rows, [rows.article | {"id": ids[key]} for key, rows in articles.items()])
    for table, part in ((t.date_rows, "dates"), (t.event_rows, "events")):
        many = [row | {"article": ids[key]} for key, rows in articles.items() for row in getattr(rows, part)]
        insert_many(c, table, many)


def remove(c: sa.Connection, numbers: Sequence[int]) -> None:
    """Remove the articles of these numbers with their dates and events."""
    if numbers:
        gone = [{"article": n} for n in numbers]
        for column in (t.date_rows.c.article, t.event_rows.c.article, t.article_rows.c.id):
            c.execute(sa.delete(column.table).where(column == sa.bindparam("article")), gone)


def _numbers(c: sa.Connection, count: int) -> list[int]:
    """Numbers that no article has, the last one first."""
    if not count:
        return []
    if c.dialect.name == "sqlite":  # one writer at a time
        last = c.execute(_LAST).scalar() or 0
        return list(range(last + count, last, -1))
    number = sa.func.nextval(sa.func.pg_get_serial_sequence(t.article_rows.name, "id"))
    series = sa.func.generate_series(1, count).table_valued("n")
    return sorted(c.scalars(sa.select(number).select_from(series)), reverse=True)


def _wait_for_other_writers(c: sa.Connection, ids: Iterable[str]) -> None:
    """Let writers of the same article wait for each other. SQLite allows only one writer at a time anyway."""
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
        return True  # read again under other settings
    return bool(new["origin"] <= held.origin)


def _note_ledger(c: sa.Connection, written: Iterable[Written], seen: Iterable[Written]) -> None:
    keys = [{"a": w.key[0], "r": w.key[1], "s": w.article["settings"]} for w in written]
    if keys:
        c.execute(_STALE, keys)
    rows: dict[tuple[str, ...], Row] = {}
    for one in sorted(seen, key=lambda s: s.article["origin"], reverse=True):
        row = {name: one.article[name] for name in ("article_id", "revision", "settings", "origin")}
        rows[*one.key, one.fingerprint] = row | {"fingerprint": one.fingerprint}
    if rows:
        c.execute(built(c, _keep_smallest), list(rows.values()))


def _keep_smallest(c: sa.Connection) -> Any:
    new = insert(c, t.ledger)
    return new.on_conflict_do_update(
        index_elements=["article_id", "revision", "fingerprint"],
        set_={"origin": new.excluded.origin},
        where=new.excluded.origin < t.ledger.c.origin,
    )
