"""Removes articles with their text, dates, events and dead letters, and keeps a tombstone so that they are
not stored again."""

from __future__ import annotations

import sqlalchemy as sa

from dateline.pipeline.store import articles, exported
from dateline.pipeline.store.connection import now
from dateline.pipeline.store.packed import evidence
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import insert
from dateline.transforms.identity import normalize_url

_BATCH = 400


def forget(c: sa.Connection, name: str) -> list[str]:
    """Remove the articles with this id or address, and return their ids."""
    exported.changed(c)
    url = normalize_url(name)
    match = t.article_rows.c.article_id == name
    if url:
        match = sa.or_(match, t.article_rows.c.url == url)
    ids = sorted(set(c.scalars(sa.select(t.article_rows.c.article_id).where(match))))
    for one in ids:
        _forget_story(c, one)
        for side in (t.link_rows.c.article_a, t.link_rows.c.article_b):
            c.execute(sa.delete(t.link_rows).where(side.in_(evidence.numbers([one]))))
        origins = sa.select(t.article_rows.c.origin).where(t.article_rows.c.article_id == one)
        c.execute(sa.delete(t.dead_letters).where(t.dead_letters.c.origin.in_(origins)))
        articles.remove(
            c, list(c.scalars(sa.select(t.article_rows.c.id).where(t.article_rows.c.article_id == one)))
        )
        for table in (t.ledger, t.story_members, t.story_days):
            c.execute(sa.delete(table).where(table.c.article_id == one))
        c.execute(
            insert(c, t.tombstones).on_conflict_do_nothing(), {"article_id": one, "forgotten_at": now()}
        )
    return ids


def _forget_story(c: sa.Connection, article_id: str) -> None:
    """Delete the rows of a story of which an article is removed; the next run of linking links the other
    articles again."""
    m = t.story_members.c
    mine = sa.select(m.story_id).where(m.article_id == article_id)
    others = list(c.scalars(sa.select(m.article_id).where(m.story_id.in_(mine))))
    for table in (t.story_members, t.story_days, t.linked):
        for n in range(0, len(others), _BATCH):
            some = [x for x in others[n : n + _BATCH] if table is not t.linked or x != article_id]
            c.execute(sa.delete(table).where(table.c.article_id.in_(some)))
