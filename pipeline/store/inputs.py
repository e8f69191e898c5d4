"""The inputs of a run in a store: those that the reader found, and the outcome of each.

The check of conservation compares the two: an input is lost if it has no outcome, or if its article or dead
letter is not in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store import exported
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import built, insert

SHOWN = 20
"""The most origins of lost inputs that are named."""
ARTICLE, DUPLICATE, KNOWN, DEAD, FORGOTTEN = "article", "duplicate", "known", "dead_letter", "forgotten"


_OF_RUN = t.inputs.c.run_id == sa.bindparam("run")
_OUTCOMES = sa.select(t.inputs.c.outcome, sa.func.count()).where(_OF_RUN).group_by(t.inputs.c.outcome)
_SETTLED = sa.delete(t.inputs).where(_OF_RUN)


def note(c: sa.Connection, run_id: str, origins: Iterable[str]) -> None:
    """Record the origins that the reader found. An origin that already has an outcome keeps it."""
    rows = [{"run_id": run_id, "origin": o} for o in dict.fromkeys(origins)]
    c.execute(built(c, _note), rows)


def _note(c: sa.Connection) -> Any:
    return insert(c, t.inputs).on_conflict_do_nothing()


def note_outcomes(c: sa.Connection, run_id: str, outcomes: Iterable[tuple[str, str, str, str]]) -> None:
    """Record ``(origin, outcome, key_a, key_b)``; the keys are those of the article, or the id of the dead
    letter."""
    rows = {
        origin: {"run_id": run_id, "origin": origin, "outcome": outcome, "key_a": a, "key_b": b}
        for origin, outcome, a, b in outcomes
    }
    if rows:
        c.execute(built(c, _note_outcome), list(rows.values()))


def _note_outcome(c: sa.Connection) -> Any:
    new = insert(c, t.inputs)
    change = {name: new.excluded[name] for name in ("outcome", "key_a", "key_b")}
    return new.on_conflict_do_update(index_elements=["run_id", "origin"], set_=change)


def outcomes(c: sa.Connection, run_id: str) -> dict[str, int]:
    """The number of inputs of a run by outcome; ``read`` counts all of them, ``open`` those without an
    outcome."""
    rows = c.execute(_OUTCOMES, {"run": run_id})
    found = {outcome or "open": int(n) for outcome, n in rows}
    return {"read": sum(found.values())} | found


def unaccounted(c: sa.Connection, run_id: str, limit: int) -> list[str]:
    """At most ``limit`` origins of a run that are in no article, duplicate or dead letter of the store."""
    return list(c.scalars(_unaccounted(), {"run": run_id, "most": limit}))


def settle(c: sa.Connection, run_id: str, expected: int) -> tuple[list[str], dict[str, int]]:
    """Some origins that were lost, and the inputs by outcome. They are deleted if all that were ``expected`` came and
    none was lost."""
    lost, found = unaccounted(c, run_id, SHOWN), outcomes(c, run_id)
    if not lost and found["read"] == expected:
        c.execute(_SETTLED, {"run": run_id})
    return lost, found


@cache
def _unaccounted() -> sa.Select[tuple[str]]:
    """The query, built once: a stream runs it after each batch, and building it takes as long as running it."""
    i, a, d = t.inputs, t.article_rows, t.dead_letters
    in_articles = sa.exists().where(a.c.article_id == i.c.key_a, a.c.revision == i.c.key_b)
    in_dead = sa.exists().where(d.c.dead_letter_id == i.c.key_a)
    stands = sa.or_(
        sa.and_(i.c.outcome.in_([ARTICLE, DUPLICATE, KNOWN]), in_articles),
        sa.and_(i.c.outcome == DEAD, in_dead),
        i.c.outcome == FORGOTTEN,
    )
    lost = sa.or_(i.c.outcome.is_(None), sa.not_(stands))
    query = sa.select(i.c.origin).where(i.c.run_id == sa.bindparam("run"), lost)
    return query.order_by(i.c.origin).limit(sa.bindparam("most"))


def write_dead_letters(c: sa.Connection, run_id: str, rows: Sequence[Row]) -> None:
    """Insert or update dead letters. The first failure and the payload are kept; attempts are counted once a
    run."""
    exported.changed(c)
    new = insert(c, t.dead_letters)
    change = {n: new.excluded[n] for n in ("stage", "type", "message", "version", "run_id", "resolved_at")}
    again = t.dead_letters.c.run_id != new.excluded.run_id
    change["attempts"] = t.dead_letters.c.attempts + sa.case((again, 1), else_=0)
    upsert = new.on_conflict_do_update(index_elements=["dead_letter_id"], set_=change)
    c.execute(upsert, list({r["dead_letter_id"]: r for r in rows}.values()))
    note_outcomes(c, run_id, [(r["origin"], DEAD, r["dead_letter_id"], "") for r in rows])
