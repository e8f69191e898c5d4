"""The tables and views of a store, the same for SQLite and PostgreSQL, and their migrations.

Records travel whole in the ``record`` columns (JSON, the committed schema); the other
columns repeat what people filter and join by.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    text,
    update,
)  # fmt: skip

from dateline.pipeline.errors import StoreError

SCHEMA_VERSION = 3

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

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

LINK_EPOCH = "link_epoch"
"""The key of :data:`meta` that names the newest epoch of links that was written whole."""
_EPOCH = f"(SELECT value FROM meta WHERE key = '{LINK_EPOCH}')"

VIEWS = {
    "current_articles": """
        SELECT * FROM (
            SELECT a.*, ROW_NUMBER() OVER (
                PARTITION BY a.article_id ORDER BY a.order_at DESC, COALESCE(a.fetched_at, '') DESC, a.revision DESC
            ) AS newest
            FROM articles a
        ) ranked WHERE newest = 1""",
    "current_events": """
        SELECT e.*, c.origin, c.url, c.title, c.publisher, c.published, c.order_at
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision = e.revision""",
    "withdrawn": """
        SELECT e.*, c.revision AS current_revision
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision <> e.revision
        WHERE NOT EXISTS (
            SELECT 1 FROM events n WHERE n.event_id = e.event_id AND n.revision = c.revision
        )""",
    "stories": f"""
        SELECT m.story_id, m.article_id, c.origin, c.title, c.publisher, c.url, c.published, m.source, m.text_id,
            MIN(NULLIF(SUBSTR(c.published, 1, 10), '')) OVER s AS first_day,
            COUNT(*) OVER s AS articles,
            (SELECT COUNT(DISTINCT n.text_id) FROM story_members n
                WHERE n.story_id = m.story_id AND n.epoch = m.epoch) AS texts,
            (SELECT COUNT(DISTINCT n.source) FROM story_members n
                WHERE n.story_id = m.story_id AND n.epoch = m.epoch) AS sources
        FROM story_members m JOIN current_articles c ON c.article_id = m.article_id
        WHERE m.epoch = {_EPOCH}
        WINDOW s AS (PARTITION BY m.story_id)""",
    "conflicts": f"""
        SELECT CASE WHEN l.a <> l.article_a THEN l.a END AS event_a, CASE WHEN l.b <> l.article_b THEN l.b END AS event_b,
            ca.origin AS origin_a, cb.origin AS origin_b, l.stated_a AS when_a, l.stated_b AS when_b, l.label AS kind,
            l.article_a, l.article_b, l.score, l.evidence
        FROM links l
        JOIN current_articles ca ON ca.article_id = l.article_a
        JOIN current_articles cb ON cb.article_id = l.article_b
        WHERE l.kind = 'contradicts' AND l.epoch = {_EPOCH}""",
    "inferred_dates": f"""
        SELECT d.article_id, c.origin,
            CASE WHEN d.certainty = 'inferred' THEN d.day_start END AS edtf,
            d.certainty, d.day_start, d.day_end, d.sources, d.evidence
        FROM story_days d JOIN current_articles c ON c.article_id = d.article_id
        WHERE d.certainty <> 'told' AND d.epoch = {_EPOCH}""",
    "main_days": f"""
        SELECT d.article_id, c.origin, d.certainty, d.day_start, d.day_end, d.sources
        FROM story_days d JOIN current_articles c ON c.article_id = d.article_id
        WHERE d.epoch = {_EPOCH}""",
    "who_said_first": f"""
        SELECT m.story_id, e.content_key, e.event_id, e.article_id, e.origin, e.publisher, e.actor, e.lemma, e.published,
            ROW_NUMBER() OVER (
                PARTITION BY m.story_id, e.content_key
                ORDER BY CASE WHEN e.order_at = '' THEN 1 ELSE 0 END, e.order_at, e.article_id, e.event_id
            ) AS place,
            COUNT(*) OVER (PARTITION BY m.story_id, e.content_key) AS tellers
        FROM story_members m JOIN current_events e ON e.article_id = m.article_id
        WHERE m.epoch = {_EPOCH} AND e.content_key IS NOT NULL""",
}
"""Views over the current revisions; those of links read the newest epoch that was written whole. Order of revisions: (modified or published, fetched_at, revision)."""


def _to_links(connection: Connection) -> None:
    """1 → 2: what linking stores. Articles of before have no profile until they are read again (``--force``)."""
    for name in ("withdrawn", "current_events", "current_articles"):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    for table, column, kind in (
        ("articles", "profile", "TEXT"),
        ("articles", "story_day", "INTEGER"),
        ("events", "content_key", "TEXT"),
    ):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))
    connection.execute(text("CREATE INDEX articles_story_day ON articles (story_day)"))
    connection.execute(text("DROP TABLE links"))  # it was never written to


def _to_parties(connection: Connection) -> None:
    """2 → 3: columns of events for parties, place, content, subject times and the day of the anchor; empty in older rows."""
    for name in (
        "role", "co_actors", "recipient", "place", "content", "when_mod", "about_edtf", "about_start", "about_end",
        "reported", "reported_kind",
    ):  # fmt: skip
        connection.execute(text(f"ALTER TABLE events ADD COLUMN {name} TEXT"))


MIGRATIONS: dict[int, Callable[[Connection], None]] = {1: _to_links, 2: _to_parties}
"""What brings a store of version n to n + 1, by n."""


def create(connection: Connection) -> None:
    """Make or migrate tables and views in one transaction. Raises StoreError for a store that a newer release wrote."""
    found = inspect(connection).has_table("meta")
    version = None
    if found:
        version = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if version is not None:
        at = int(version)
        if at > SCHEMA_VERSION:
            raise StoreError(f"the store has schema {at}, this release knows {SCHEMA_VERSION}: upgrade it")
        if at == SCHEMA_VERSION:
            return
        for step in range(at, SCHEMA_VERSION):
            MIGRATIONS[step](connection)
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))
    metadata.create_all(connection, checkfirst=True)
    if version is None:
        connection.execute(meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    for name, body in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {body}"))
