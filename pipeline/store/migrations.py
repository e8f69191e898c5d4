"""Creates the schema of a store, and migrates that of an older release."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, inspect, select, text, update

from dateline.pipeline.errors import StoreError
from dateline.pipeline.store import unpacked
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import views

SCHEMA_VERSION = 5


def _to_links(connection: Connection) -> None:
    """1 → 2: the tables of linking. Older articles have no profile until they are read again (``--force``)."""
    for table, column, kind in (
        ("articles", "profile", "TEXT"),
        ("articles", "story_day", "INTEGER"),
        ("events", "content_key", "TEXT"),
    ):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))
    connection.execute(text("DROP TABLE links"))  # it was never written to


def _to_parties(connection: Connection) -> None:
    """2 → 3: columns of events for parties, place, content, subject times and the day of the anchor; empty in older rows."""
    for name in (
        "role", "co_actors", "recipient", "place", "content", "when_mod", "about_edtf", "about_start", "about_end",
        "reported", "reported_kind",
    ):  # fmt: skip
        connection.execute(text(f"ALTER TABLE events ADD COLUMN {name} TEXT"))


def _to_sentences(connection: Connection) -> None:
    """3 → 4: the sentence of each event; empty in older rows."""
    for name in ("sentence_start", "sentence_end"):
        connection.execute(text(f"ALTER TABLE events ADD COLUMN {name} INTEGER"))


MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    1: _to_links,
    2: _to_parties,
    3: _to_sentences,
    4: unpacked.set_aside,
}
"""The migration from version n to n + 1, by n."""


def create(connection: Connection) -> None:
    """Create or migrate tables and views in one transaction; :func:`move` does the rest afterwards. Raises
    :class:`StoreError` for a store that a newer release wrote."""
    found = inspect(connection).has_table("meta")
    version = None
    if found:
        version = connection.execute(select(t.meta.c.value).where(t.meta.c.key == "schema")).scalar()
    if version is not None:
        at = int(version)
        if at > SCHEMA_VERSION:
            raise StoreError(f"the store has schema {at}, this release knows {SCHEMA_VERSION}: upgrade it")
        if at == SCHEMA_VERSION:
            views.create(connection)
            return
        views.drop(connection)  # PostgreSQL fixes the columns of SELECT * when a view is created
        for step in range(at, SCHEMA_VERSION):
            MIGRATIONS[step](connection)
        connection.execute(update(t.meta).where(t.meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))
    t.metadata.create_all(connection, checkfirst=True)
    if version is None:
        connection.execute(t.meta.insert().values(key="schema", value=str(SCHEMA_VERSION)))
    views.create(connection)


def move(connection: Connection) -> bool:
    """Move some articles of an older release into the tables of this one; false if none are left.

    Each call is one transaction, so a migration that is killed continues where it stopped.
    """
    if connection.execute(select(t.meta.c.value).where(t.meta.c.key == unpacked.MOVING)).scalar() is None:
        return False
    if unpacked.move(connection):
        return True
    connection.execute(delete(t.meta).where(t.meta.c.key == unpacked.MOVING))
    return False
