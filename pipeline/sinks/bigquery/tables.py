"""The BigQuery tables and views as data, made out of the tables of the store, so that the two cannot drift apart.

One row is one article revision with its dates and events inside, so an article is whole or
absent. Rows may be there twice (a retried request, an at-least-once job); the views take one.
"""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import whole
from dateline.pipeline.store.schema.views import LINK_VIEWS

_KEYS = ("article_id", "revision")
_KINDS: dict[type, str] = {
    sa.Text: "STRING",
    sa.Integer: "INTEGER",
    sa.BigInteger: "INTEGER",
    sa.Float: "FLOAT",
}
ARTICLES, DEAD_LETTERS = "articles", "dead_letters"
LINKED = {"links": t.links, "story_members": t.story_members, "story_days": t.story_days}
"""What ``dateline link OUT --to`` copies: all of it each time, under a new snapshot."""
SNAPSHOTS = "link_snapshots"
"""The table with one row a snapshot that was written whole; the views read the last."""
TABLES = (ARTICLES, DEAD_LETTERS, *LINKED, SNAPSHOTS)

_NEWEST = "order_at DESC, IFNULL(fetched_at, '') DESC, revision DESC, pipeline_order DESC, origin"
_TABLES = {
    name: f"(SELECT * FROM `{{dataset}}.{name}` WHERE snapshot = (SELECT MAX(snapshot) FROM `{{dataset}}.{SNAPSHOTS}`))"
    for name in LINKED
} | {name: f"`{{dataset}}.{name}`" for name in ("current_articles", "current_events")}
# Rows that were just inserted belong to no partition yet.
_INGESTED = "IFNULL(DATE(_PARTITIONTIME), CURRENT_DATE()) AS ingested_on"
VIEWS: dict[str, str] = {
    "current_articles": f"""
SELECT * EXCEPT (newest) FROM (
  SELECT *, {_INGESTED}, ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY {_NEWEST}) AS newest
  FROM `{{dataset}}.articles`
) WHERE newest = 1""",
    "current_events": """
SELECT a.article_id, a.revision, a.url, a.title, a.publisher, a.published, a.order_at, a.origin, a.ingested_on, e.*
FROM `{dataset}.current_articles` AS a, UNNEST(a.events) AS e""",
    "withdrawn": """
SELECT DISTINCT o.article_id, o.revision, c.revision AS current_revision, e.event_id, e.record
FROM `{dataset}.articles` AS o
JOIN `{dataset}.current_articles` AS c ON c.article_id = o.article_id AND c.revision <> o.revision,
UNNEST(o.events) AS e
WHERE e.event_id NOT IN (SELECT n.event_id FROM UNNEST(c.events) AS n)""",
    "current_dead_letters": f"""
SELECT * EXCEPT (newest) FROM (
  SELECT *, {_INGESTED}, ROW_NUMBER() OVER (PARTITION BY dead_letter_id ORDER BY version DESC, first_failed_at) AS newest
  FROM `{{dataset}}.dead_letters`
) WHERE newest = 1""",
} | {name: "\n" + cleandoc(body).format_map(_TABLES) for name, body in LINK_VIEWS.items()}
"""Views by name, in the order in which they can be made; ``{dataset}`` is ``project.dataset``."""

Field = dict[str, Any]
_SNAPSHOT: Field = {"name": "snapshot", "type": "STRING", "mode": "REQUIRED"}
_CLUSTERED = {ARTICLES: "article_id", DEAD_LETTERS: "type"}


def _fields(table: sa.Table, leave: tuple[str, ...] = ()) -> list[Field]:
    return [
        {"name": c.name, "type": _KINDS[type(c.type)], "mode": "NULLABLE" if c.nullable else "REQUIRED"}
        for c in table.columns
        if c.name not in leave
    ]


def schema(table: str) -> list[Field]:
    """The fields of a table as BigQuery's REST interface writes them."""
    if table == SNAPSHOTS:
        return [_SNAPSHOT, {"name": "epoch", "type": "STRING", "mode": "REQUIRED"}]
    if table in LINKED:
        return [_SNAPSHOT, *_fields(LINKED[table])]
    if table == DEAD_LETTERS:
        return _fields(t.dead_letters, ("resolved_at",))
    inner = [
        {"name": name, "type": "RECORD", "mode": "REPEATED", "fields": _fields(part, _KEYS)}
        for name, part in (("dates", whole.dates), ("events", whole.events))
    ]
    return _fields(whole.articles) + inner


def definition(project: str, dataset: str, table: str) -> dict[str, Any]:
    """The request that makes a table: partitioned by the day of ingestion, clustered by its key."""
    return {
        "tableReference": {"projectId": project, "datasetId": dataset, "tableId": table},
        "schema": {"fields": schema(table)},
        "timePartitioning": {"type": "DAY"},
        "clustering": {"fields": [_CLUSTERED.get(table, "snapshot")]},
    }


def view_definition(project: str, dataset: str, name: str) -> dict[str, Any]:
    """The request that makes a view."""
    query = VIEWS[name].format(dataset=f"{project}.{dataset}").strip()
    return {
        "tableReference": {"projectId": project, "datasetId": dataset, "tableId": name},
        "view": {"query": query, "useLegacySql": False},
    }


_ALIASES = {"INT64": "INTEGER", "FLOAT64": "FLOAT", "BOOL": "BOOLEAN", "STRUCT": "RECORD"}


def merged(there: list[Field], ours: list[Field], path: str = "") -> list[Field]:
    """The fields of a table that is there, with ours that it lacks added and ours that may be empty relaxed.

    Raises ValueError where a field is of another type, or is repeated in one of both alone.
    """
    known = {field["name"].lower(): field for field in there}
    found = {name: dict(field) for name, field in known.items()}
    for field in ours:
        name, place = field["name"].lower(), f"{path}{field['name']}"
        if name not in known:
            found[name] = field | {"mode": "REPEATED" if field["mode"] == "REPEATED" else "NULLABLE"}
            continue
        old = found[name]
        kinds = [_ALIASES.get(f["type"], f["type"]) for f in (old, field)]
        repeated = ["REPEATED" in f.get("mode", "NULLABLE") for f in (old, field)]
        if kinds[0] != kinds[1] or repeated[0] != repeated[1]:
            raise ValueError(
                f"{place} is {old.get('mode', 'NULLABLE')} {kinds[0]} and must be {field['mode']} {kinds[1]}"
            )
        if field["mode"] == "NULLABLE" and old.get("mode") == "REQUIRED":
            old["mode"] = "NULLABLE"
        if kinds[0] == "RECORD":
            old["fields"] = merged(old["fields"], field["fields"], f"{place}.")
    return list(found.values())


def files() -> dict[str, str]:
    """What is committed under ``deploy/schema``, by file name."""
    made = {f"bigquery.{name}.json": json.dumps(schema(name), indent=1) + "\n" for name in TABLES}
    sql = (
        f"CREATE OR REPLACE VIEW `PROJECT.DATASET.{name}` AS{body.format(dataset='PROJECT.DATASET')};\n"
        for name, body in VIEWS.items()
    )
    return made | {"bigquery.views.sql": "\n".join(sql)}
