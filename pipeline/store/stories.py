"""The stories of a store for ``dateline stories``: one row for each article, in order of the stories' first
days."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.store import Store

COLUMNS = (
    "story_id", "first_day", "articles", "texts", "sources", "published", "publisher", "title", "origin", "article_id",
    "copy_of", "conflicts",
)  # fmt: skip
ON_SCREEN = ("story_id", "first_day", "articles", "texts", "sources", "conflicts", "origin", "title")
"""The columns of a table on a screen. With all twelve a line of 100 characters has no room for a title."""
_SHORT = 8
_QUERY = sa.text(
    """
    WITH of_article AS (
        SELECT article_a AS article_id FROM conflicts WHERE kind NOT LIKE '%soft%'
        UNION ALL
        SELECT article_b FROM conflicts WHERE kind NOT LIKE '%soft%' AND article_b <> article_a
    ), counted AS (SELECT article_id, COUNT(*) AS conflicts FROM of_article GROUP BY article_id)
    SELECT s.*, COALESCE(k.conflicts, 0) AS conflicts
    FROM stories s LEFT JOIN counted k ON k.article_id = s.article_id
    ORDER BY CASE WHEN s.first_day IS NULL THEN 1 ELSE 0 END, s.first_day DESC, s.story_id,
        CASE WHEN s.published IS NULL THEN 1 ELSE 0 END, s.published, s.article_id
    """
)


def stories_of(store: Store, short: bool = False) -> Iterator[Row]:
    """The rows of :data:`COLUMNS`; ``short`` cuts ids to their first digits, for a screen."""
    for row in store.rows(_QUERY):
        copied = row["text_id"] if row["text_id"] != row["article_id"] else None
        made = {name: row.get(name) for name in COLUMNS} | {"copy_of": copied}
        if short:
            for name in ("story_id", "article_id", "copy_of"):
                made[name] = (made[name] or "")[:_SHORT] or None
        yield made
