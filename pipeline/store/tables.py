"""The tables of a store, the same for SQLite and PostgreSQL.

Records travel whole in the ``record`` columns (JSON, the committed schema); the other
columns repeat what people filter and join by.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, Table, Text

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
LINK_EPOCH = "link_epoch"
"""The key of :data:`meta` that names the newest epoch of links that was written whole."""

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
    Column("pipeline", Text, nullable=False),
    Column("pipeline_order", BigInteger, nullable=False),
    Column("settings", Text, nullable=False),
    Column("run_id", Text, nullable=False),
)
Index("articles_url", articles.c.url)
Index("articles_origin", articles.c.origin)
Index("articles_story_day", articles.c.story_day)

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
Index("events_article", events.c.article_id, events.c.revision)
Index("events_when", events.c.when_start)

# Ends are articles, of ``contradicts`` events where both have one; ``article_a`` and ``article_b`` are always articles.
links = Table(
    "links",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("article_a", Text, nullable=False),
    Column("article_b", Text, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("label", Text),
    Column("stated_a", Text),
    Column("stated_b", Text),
    Column("evidence", Text, nullable=False),
)
Index("links_bucket", links.c.epoch, links.c.bucket)
Index("links_article_a", links.c.article_a)
Index("links_article_b", links.c.article_b)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text_id", Text, nullable=False),
)
Index("story_members_story", story_members.c.story_id)

# The day of what an article tells: ``told`` by its own words, ``inferred`` from two sources of its story, ``bound`` by one.
story_days = Table(
    "story_days",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("certainty", Text, nullable=False),
    Column("day_start", Text, nullable=False),
    Column("day_end", Text, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("evidence", Text, nullable=False),
)

# Which revision of an article was linked in which epoch, and in which bucket: what is left is still to be linked.
linked = Table(
    "linked",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("story_day", Integer),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("dead_letter_id", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("first_failed_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_encoding", Text, nullable=False),
    Column("payload_sha256", Text, nullable=False),
    Column("carrier", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("resolved_at", Text),
)

ledger = Table(
    "ledger",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("settings", Text, nullable=False),
    Column("origin", Text, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("forgotten_at", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("status", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("counts", Text),
)

# What the reader of an unfinished run enumerated, and what became of each: the two sides of conservation.
inputs = Table(
    "inputs",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("outcome", Text),
    Column("key_a", Text),
    Column("key_b", Text),
)
