"""The views of a store: the current revision of each article, its events, stories, and what sources disagree on.

The current revision is the last by (modified or published, fetched_at, revision). Views of links read the
newest epoch that was written whole.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    exists,
    func,
    inspect,
    not_,
    select,
    text,
    tuple_,
)

from dateline.pipeline.store.schema import derived, flat
from dateline.pipeline.store.schema.tables import LINK_EPOCH, meta

_EPOCH = f"(SELECT value FROM meta WHERE key = '{LINK_EPOCH}')"

LINK_VIEWS = {
    "stories": """
        SELECT m.story_id, m.article_id, c.origin, c.title, c.publisher, c.url, c.published, m.source, m.text_id,
            MIN(NULLIF(SUBSTR(c.published, 1, 10), '')) OVER s AS first_day,
            COUNT(*) OVER s AS articles,
            (SELECT COUNT(DISTINCT n.text_id) FROM {story_members} n
                WHERE n.story_id = m.story_id) AS texts,
            (SELECT COUNT(DISTINCT n.source) FROM {story_members} n
                WHERE n.story_id = m.story_id) AS sources
        FROM {story_members} m JOIN {current_articles} c ON c.article_id = m.article_id
        WINDOW s AS (PARTITION BY m.story_id)""",
    "conflicts": """
        SELECT CASE WHEN l.a <> l.article_a THEN l.a END AS event_a, CASE WHEN l.b <> l.article_b THEN l.b END AS event_b,
            ca.origin AS origin_a, cb.origin AS origin_b, l.stated_a AS when_a, l.stated_b AS when_b, l.label AS kind,
            l.article_a, l.article_b, l.score, l.evidence
        FROM {links} l
        JOIN {current_articles} ca ON ca.article_id = l.article_a
        JOIN {current_articles} cb ON cb.article_id = l.article_b
        WHERE l.kind = 'contradicts'""",
    "inferred_dates": """
        SELECT d.article_id, c.origin,
            CASE WHEN d.certainty = 'inferred' THEN d.day_start END AS edtf,
            d.certainty, d.day_start, d.day_end, d.sources, d.evidence
        FROM {story_days} d JOIN {current_articles} c ON c.article_id = d.article_id
        WHERE d.certainty <> 'told'""",
    "main_days": """
        SELECT d.article_id, c.origin, d.certainty, d.day_start, d.day_end, d.sources
        FROM {story_days} d JOIN {current_articles} c ON c.article_id = d.article_id""",
    "who_said_first": """
        SELECT m.story_id, e.content_key, e.event_id, e.article_id, e.origin, e.publisher, e.actor, e.lemma, e.published,
            ROW_NUMBER() OVER (
                PARTITION BY m.story_id, e.content_key
                ORDER BY CASE WHEN e.order_at = '' THEN 1 ELSE 0 END, e.order_at, e.article_id, e.event_id
            ) AS place,
            COUNT(*) OVER (PARTITION BY m.story_id, e.content_key) AS tellers
        FROM {story_members} m JOIN {current_events} e ON e.article_id = m.article_id
        WHERE e.content_key IS NOT NULL""",
}
"""The SELECT of each view of links, for databases and BigQuery: ``{links}`` and the like are replaced by the
rows of the newest links that were written whole."""
_TABLES = {
    name: f"(SELECT * FROM {name} WHERE epoch = {_EPOCH})"
    for name in ("links", "story_members", "story_days")
} | {name: name for name in ("current_articles", "current_events")}

VIEWS = {
    "current_articles": """
        SELECT a.*, 1 AS newest FROM articles a WHERE NOT EXISTS (
            SELECT 1 FROM article_rows n WHERE n.article_id = a.article_id
            AND (n.order_at, COALESCE(n.fetched_at, ''), n.revision) > (a.order_at, COALESCE(a.fetched_at, ''), a.revision)
        )""",
    "current_events": """
        SELECT e.*, c.origin, c.url, c.title, c.publisher, c.published, c.order_at
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision = e.revision""",
    "withdrawn": """
        SELECT e.*, c.revision AS current_revision
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision <> e.revision
        WHERE NOT EXISTS (
            SELECT 1 FROM events n WHERE n.event_id = e.event_id AND n.revision = c.revision
        )""",
} | {name: body.format_map(_TABLES) for name, body in LINK_VIEWS.items()}
"""The SELECT of each view by its name. A view comes after those that it reads, and the flat tables come last."""


def is_current(articles: Table) -> ColumnElement[bool]:
    """Whether a row of ``articles`` is a current revision. The rows are those of the view
    ``current_articles``, for queries that can use an index first."""
    newer = articles.alias()

    def order(a: FromClause) -> ColumnElement[Any]:
        return tuple_(a.c.order_at, func.coalesce(a.c.fetched_at, ""), a.c.revision)

    later = and_(newer.c.article_id == articles.c.article_id, order(newer) > order(articles))
    return not_(exists().where(later))


def _every(dialect: str) -> dict[str, str]:
    return derived.views(dialect) | VIEWS | flat.views(dialect)


MADE = "views"
"""The key of ``meta`` with the hash of the text from which the views of a store were made."""


def create(connection: Connection) -> None:
    """Create the views, and replace those of an earlier release. Does nothing if they are those of this
    release."""
    every = _every(connection.dialect.name)
    version = hashlib.sha256(json.dumps(every).encode()).hexdigest()[:16]
    held = connection.execute(select(meta.c.value).where(meta.c.key == MADE)).scalar()
    if held == version:
        return
    drop(connection)
    for name, body in every.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {body}")
    connection.execute(meta.delete().where(meta.c.key == MADE))
    connection.execute(meta.insert().values(key=MADE, value=version))


def drop(connection: Connection) -> None:
    """Drop every view, so that the tables can change."""
    held = set(inspect(connection).get_view_names())  # some views were tables in an earlier release
    for name in reversed(_every(connection.dialect.name)):
        if name in held:
            connection.execute(text(f"DROP VIEW {name}"))
    connection.execute(meta.delete().where(meta.c.key == MADE))
