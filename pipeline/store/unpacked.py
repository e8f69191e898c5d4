"""The migration 4 → 5: articles, dates, events and links that had a record in each row become packed rows.

The old tables are renamed and then emptied, a few articles at a time. Each move is one transaction that
writes the new rows and deletes the old ones, so every article is in exactly one of the two forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store import articles
from dateline.pipeline.store.packed import evidence
from dateline.pipeline.store.packed.compact import compact
from dateline.pipeline.store.rows import ArticleRows, Row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import whole
from dateline.pipeline.store.statements import of_keys

MOVING = "moving"
"""The key of ``meta`` that exists while the old tables hold rows; its value is the article that was moved
last."""
ARTICLES, LINKS = 50, 2_000
"""Rows that are moved in one transaction."""
_BEFORE = {name: f"{name}_of_schema_4" for name in ("articles", "dates", "events", "links")}


def set_aside(c: sa.Connection) -> None:
    """Rename the old tables, and record that their rows are to be moved."""
    held = set(sa.inspect(c).get_table_names())
    for name, before in _BEFORE.items():
        if name in held:
            c.execute(sa.text(f"ALTER TABLE {name} RENAME TO {before}"))
    if "articles" in held:
        # Dates and events are looked up by their article, among up to a million.
        for index in (
            "articles_url",
            "articles_origin",
            "articles_story_day",
            "events_when",
            "links_bucket",
            "links_article_a",
            "links_article_b",
        ):
            c.execute(sa.text(f"DROP INDEX IF EXISTS {index}"))
        c.execute(sa.insert(t.meta).values(key=MOVING, value=""))


def move(c: sa.Connection) -> bool:
    """Move some rows. Returns false and drops the old tables if none were left. Waits for other processes
    that move rows."""
    held = set(sa.inspect(c).get_table_names())
    if _BEFORE["articles"] in held and _move_articles(c):
        return True
    if _BEFORE["links"] in held and _move_links(c):
        return True
    for before in _BEFORE.values():
        c.execute(sa.text(f"DROP TABLE IF EXISTS {before}"))
    return False


def _before(name: str) -> sa.Table:
    source = t.links if name == "links" else whole.metadata.tables[name]
    columns = (sa.Column(c.name, c.type) for c in source.columns if c.name != "notes")
    return sa.Table(_BEFORE[name], sa.MetaData(), *columns)


def _move_articles(c: sa.Connection) -> bool:
    before = {name: _before(name) for name in ("articles", "dates", "events")}
    a = before["articles"].c
    # PostgreSQL keeps deleted rows for a while; without the last article each batch would scan all of them.
    last = sa.select(t.meta.c.value).where(t.meta.c.key == MOVING).scalar_subquery()
    query = sa.select(before["articles"]).where(a.article_id >= last).order_by(a.article_id, a.revision)
    rows = c.execute(query.limit(ARTICLES)).mappings().all()
    if not rows:
        return False
    keys = [(row["article_id"], row["revision"]) for row in rows]
    parts = {name: _parts(c, before[name], keys) for name in ("dates", "events")}
    made = {}
    for row, key in zip(rows, keys, strict=True):
        dates, events = (parts[name].get(key, []) for name in ("dates", "events"))
        made[key] = compact(ArticleRows({**row, "notes": None}, dates, events, ""))
    articles.put(c, made, {})
    for table in before.values():
        same = sa.and_(table.c.article_id == sa.bindparam("a"), table.c.revision == sa.bindparam("r"))
        c.execute(sa.delete(table).where(same), [{"a": a, "r": r} for a, r in keys])
    c.execute(sa.update(t.meta).where(t.meta.c.key == MOVING).values(value=keys[-1][0]))
    return True


def _parts(
    c: sa.Connection, table: sa.Table, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in c.execute(sa.select(table).where(of_keys(table, keys)).order_by(table.c.n)).mappings():
        found.setdefault((row["article_id"], row["revision"]), []).append(dict(row))
    return found


def _move_links(c: sa.Connection) -> bool:
    table = _before("links")
    keys = ("kind", "a", "b", "epoch")
    rows = c.execute(sa.select(table).limit(LINKS)).mappings().all()
    if not rows:
        return False
    if made := evidence.numbered(c, [_link(row) for row in rows]):
        c.execute(sa.insert(t.link_rows), made)
    same = sa.and_(*(table.c[name] == sa.bindparam(f"of_{name}") for name in keys))
    c.execute(sa.delete(table).where(same), [{f"of_{name}": row[name] for name in keys} for row in rows])
    return True


def _link(row: Any) -> Row:
    kept = {c.name: row[c.name] for c in t.link_rows.columns}
    return kept | {"evidence": evidence.pack(json.loads(row["evidence"]))}
