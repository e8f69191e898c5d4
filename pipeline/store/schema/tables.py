"""The tables of a store, the same for SQLite and PostgreSQL, and the columns of the four main views.

``articles``, ``dates``, ``events`` and ``links`` are views, which show ids and words. Their data is in
:data:`article_rows`, :data:`date_rows`, :data:`event_rows` and :data:`link_rows`, which take a fifth of the
space: a value that follows from another is not stored (:mod:`dateline.pipeline.store.schema.derived`), and
all records of an article are packed together (:mod:`dateline.pipeline.store.packed.codec`).
"""

from __future__ import annotations

from typing import get_args

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from dateline.pipeline.store.schema import whole
from dateline.pipeline.store.schema.columns import Code, Hex, Id
from dateline.transforms.model import (
    AnchorKind,
    Certainty,
    Modality,
    Precision,
    Quotation,
    TimexType,
)

metadata = MetaData()
"""The tables."""
read = MetaData()
"""The four main views, as tables."""
PACKED = {
    "articles": ("anchors", "blocks", "profile", "carrier", "notes"),
    "dates": ("record",),
    "events": ("record",),
}
"""Columns of whole rows that no view has, by table."""

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
LINK_EPOCH = "link_epoch"
"""The key of :data:`meta` that names the newest epoch of links that was written whole."""


def _view(table: Table) -> Table:
    """The view of a table of whole rows: its columns without those that are packed."""
    packed = PACKED[table.name]
    return Table(
        table.name,
        read,
        *(Column(c.name, c.type, primary_key=c.primary_key) for c in table.columns if c.name not in packed),
    )


articles, dates, events = map(_view, (whole.articles, whole.dates, whole.events))

article_rows = Table(
    "article_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("revision", Text, nullable=False),
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
    Column("anchor_kind", Code(*get_args(AnchorKind))),
    Column("anchor_value", Text),
    Column("anchor_text", Text),
    Column("dateline_place", Text),
    Column("not_before", Text),
    Column("not_after", Text),
    Column("text_sha256", Hex, nullable=False),
    Column("story_day", Integer),
    Column("pipeline", Text, nullable=False),
    Column("pipeline_order", BigInteger, nullable=False),
    Column("settings", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    # Long columns come last, so that the others are read without them.
    Column("text", Text),
    Column("readings", LargeBinary, nullable=False),
    Column("profile", LargeBinary),
    UniqueConstraint("article_id", "revision"),
)
Index("article_rows_url", article_rows.c.url)
Index("article_rows_origin", article_rows.c.origin)
Index("article_rows_story_day", article_rows.c.story_day)


def _part(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows belong to an article and are ordered by its number."""
    return Table(
        name,
        metadata,
        Column("article", Integer, primary_key=True, autoincrement=False),
        Column("n", Integer, primary_key=True, autoincrement=False),
        *columns,
        sqlite_with_rowid=False,
    )


date_rows = _part(
    "date_rows",
    Column("start", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("type", Code(*get_args(TimexType)), nullable=False),
    Column("value", Text),
    Column("edtf", Text),
    Column("precision", Code(*get_args(Precision)), nullable=False),
    Column("certainty", Code(*get_args(Certainty)), nullable=False),
    Column("rule", Text, nullable=False),
    Column("anchor_kind", Code(*get_args(AnchorKind))),
    Column("own", Text),
)

event_rows = _part(
    "event_rows",
    Column("event_id", Id, nullable=False),
    Column("kind", Code("said", "did"), nullable=False),
    Column("lemma", Text, nullable=False),
    Column("plover", Text),
    Column("role", Text),
    Column("quotation", Code(*get_args(Quotation))),
    Column("modality", Code(*get_args(Modality)), nullable=False),
    Column("verb_start", Integer),
    Column("verb_size", Integer),
    Column("actor_start", Integer),
    Column("actor_size", Integer),
    Column("content_start", Integer),
    Column("content_size", Integer),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("when_n", Integer),
    Column("about_n", Integer),
    Column("within_n", Integer),
    Column("bounded", SmallInteger),
    Column("content_key", Hex),
    Column("own", Text),
)

# ``a`` and ``b`` are articles, or for ``contradicts`` events if both sides have one; ``article_a`` and
# ``article_b`` are always articles.
links = Table(
    "links",
    read,
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

link_rows = Table(
    "link_rows",
    metadata,
    Column("kind", Code("contradicts", "copy", "same"), primary_key=True, autoincrement=False),
    Column("a", Id, primary_key=True),
    Column("b", Id, primary_key=True),
    Column("epoch", Text, primary_key=True),
    # Numbers of :data:`article_rows`. A link is between all revisions; the number is that of the first stored
    # one.
    Column("article_a", Integer, nullable=False),
    Column("article_b", Integer, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("evidence", Text, nullable=False),
)
Index("link_rows_bucket", link_rows.c.bucket)
Index("link_rows_article_a", link_rows.c.article_a)
Index("link_rows_article_b", link_rows.c.article_b)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text_id", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("story_members_story", story_members.c.story_id)

# The day of the event of an article: ``told`` by its own words, ``inferred`` from two sources of its story,
# ``bound`` by one.
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
    sqlite_with_rowid=False,
)

# The revision of each article that was linked, with epoch and bucket; all others are still to be linked.
linked = Table(
    "linked",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("story_day", Integer),
    sqlite_with_rowid=False,
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
    sqlite_with_rowid=False,
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("forgotten_at", Text, nullable=False),
    sqlite_with_rowid=False,
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

# The inputs that the reader of an unfinished run found, and their outcomes: the two sides of conservation.
inputs = Table(
    "inputs",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("outcome", Text),
    Column("key_a", Text),
    Column("key_b", Text),
    sqlite_with_rowid=False,
)
