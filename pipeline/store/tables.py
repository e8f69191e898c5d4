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

from pipeline.errors import StoreError

SCHEMA_VERSION = 1

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
    Column("sketch", Text),
    Column("carrier", Text),
    Column("pipeline", Text, nullable=False),
    Column("pipeline_order", BigInteger, nullable=False),
    Column("settings", Text, nullable=False),
    Column("run_id", Text, nullable=False),
)
Index("articles_url", articles.c.url)
Index("articles_origin", articles.c.origin)

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
    Column("lemma", Text, nullable=False),
    Column("plover", Text),
    Column("quotation", Text),
    Column("modality", Text, nullable=False),
    Column("within", Text),
    Column("when_edtf", Text),
    Column("when_start", Text),
    Column("when_end", Text),
    Column("certainty", Text),
    Column("rule", Text),
    Column("record", Text, nullable=False),
)
Index("events_article", events.c.article_id, events.c.revision)
Index("events_when", events.c.when_start)

links = Table(
    "links",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("evidence", Text, nullable=False),
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

VIEWS = {
    "current_articles": """
        SELECT * FROM (
            SELECT a.*, ROW_NUMBER() OVER (
                PARTITION BY a.article_id ORDER BY a.order_at DESC, COALESCE(a.fetched_at, '') DESC, a.revision DESC
            ) AS newest
            FROM articles a
        ) ranked WHERE newest = 1""",
    "current_events": """
        SELECT e.*, c.origin, c.url, c.title, c.publisher, c.published
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision = e.revision""",
    "withdrawn": """
        SELECT e.*, c.revision AS current_revision
        FROM events e JOIN current_articles c ON c.article_id = e.article_id AND c.revision <> e.revision
        WHERE NOT EXISTS (
            SELECT 1 FROM events n WHERE n.event_id = e.event_id AND n.revision = c.revision
        )""",
}
"""Views that need no links. Order of revisions: (modified or published, fetched_at, revision)."""

MIGRATIONS: dict[int, Callable[[Connection], None]] = {}
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
