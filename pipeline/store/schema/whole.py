"""Whole rows of articles, dates and events: every value in a column, and records as JSON.

Rows have this shape between an article and its store, and in BigQuery. No store has these tables; what it holds of them
is in :mod:`dateline.pipeline.store.schema.tables`, and :mod:`dateline.pipeline.store.packed.compact` converts both ways.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Text, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("publisher", Text),
    Column("agency", Text),
    Column("language", Text),
    Column("published", Text),
    Column("modified", Text),
    Column("fetched_at", Text),
    Column("order_at", Text, nullable=False),
    Column("anchors", Text, nullable=False),
    Column("text", Text),
    Column("blocks", Text),
    Column("text_sha256", Text, nullable=False),
    Column("profile", Text),
    Column("story_day", Integer),
    Column("carrier", Text),
    Column("notes", Text),
    Column("pipeline", Text, nullable=False),
    Column("pipeline_order", BigInteger, nullable=False),
    Column("settings", Text, nullable=False),
    Column("run_id", Text, nullable=False),
)

dates = Table(
    "dates",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("type", Text, nullable=False),
    Column("value", Text),
    Column("edtf", Text),
    Column("day_start", Text),
    Column("day_end", Text),
    Column("precision", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("partial", Text),
    Column("rule", Text, nullable=False),
    Column("anchor_kind", Text),
    Column("anchor_value", Text),
    Column("record", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("revision", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text),
    Column("role", Text),
    Column("co_actors", Text),
    Column("lemma", Text, nullable=False),
    Column("plover", Text),
    Column("recipient", Text),
    Column("place", Text),
    Column("content", Text),
    Column("quotation", Text),
    Column("modality", Text, nullable=False),
    Column("within", Text),
    Column("when_edtf", Text),
    Column("when_start", Text),
    Column("when_end", Text),
    Column("when_mod", Text),
    Column("certainty", Text),
    Column("rule", Text),
    Column("content_key", Text),
    Column("about_edtf", Text),
    Column("about_start", Text),
    Column("about_end", Text),
    Column("reported", Text),
    Column("reported_kind", Text),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("record", Text, nullable=False),
)
