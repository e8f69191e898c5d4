"""Conditions that find what they name, by an index."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import of_keys
from dateline.pipeline.store.store import Store
from tests.pipeline.store.conftest import RUN, rows


@pytest.mark.parametrize("table", [t.article_rows, t.articles, t.dates, t.events])
def test_articles_are_looked_up_by_their_ids(store: Store, table: sa.Table) -> None:
    store.write_articles(RUN, [rows(n, f"origin-{n}") for n in range(3)])
    keys = [(r["article_id"], r["revision"]) for r in store.rows(sa.select(t.article_rows))]
    query = sa.select(table.c.article_id, table.c.revision).where(of_keys(table, keys[:2]))
    told = query.compile(store.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True})
    plan = [row["detail"] for row in store.rows(sa.text(f"EXPLAIN QUERY PLAN {told}"))]
    assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step], plan
    assert {tuple(row.values()) for row in store.rows(query)} == set(keys[:2])


def test_a_key_is_a_pair(store: Store) -> None:
    store.write_articles(RUN, [rows(n, f"origin-{n}") for n in range(2)])
    first, second = ((r["article_id"], r["revision"]) for r in store.rows(sa.select(t.article_rows)))
    crossed = [(first[0], second[1]), (second[0], first[1])]
    assert list(store.rows(sa.select(t.article_rows.c.id).where(of_keys(t.article_rows, crossed)))) == []
