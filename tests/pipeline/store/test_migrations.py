"""The schema: older stores are migrated, newer ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.store import migrations
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import views
from dateline.pipeline.store.store import Store
from tests.pipeline.store.conftest import held, whole
from tests.pipeline.store.test_unpacked import old_file


def test_store_of_a_newer_release_is_refused(store: Store, tmp_path: Path) -> None:
    store.count(t.articles)
    store.transact(lambda c: c.execute(sa.update(t.meta).values(value="99")))
    with pytest.raises(StoreError, match="schema 99"):
        Store(store.url).count(t.articles)


def test_older_store_is_migrated_step_by_step(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.count(t.articles)
    steps: list[int] = []
    now = migrations.SCHEMA_VERSION
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", now + 2)
    monkeypatch.setattr(migrations, "MIGRATIONS", {n: lambda _, n=n: steps.append(n) for n in (now, now + 1)})
    other = Store(store.url)
    other.count(t.articles)
    assert steps == [now, now + 1]
    assert {"key": "schema", "value": str(now + 2)} in held(other, t.meta)
    assert len(held(other, "current_events")) == 0
    other.close()


def test_failed_migration_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(c: sa.Connection) -> None:
        c.execute(sa.text("CREATE TABLE half (a)"))
        raise OSError("disk")

    store.count(t.articles)
    now = migrations.SCHEMA_VERSION
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", now + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", {now: broken})
    other = Store(store.url, retry_seconds=0)
    with pytest.raises(StoreError):
        other.count(t.articles)
    other.close()
    assert {"key": "schema", "value": str(now)} in held(store, t.meta)
    assert "half" not in {row["name"] for row in store.rows(sa.text("SELECT name FROM sqlite_master"))}


def test_store_of_schema_2_gets_the_parties_of_events(store: Store) -> None:
    old_file(Path(sa.make_url(store.url).database or ""))
    added = ("role", "co_actors", "recipient", "place", "content", "when_mod", "about_edtf", "about_start")
    added += ("about_end", "reported", "reported_kind")

    def schema_2(c: sa.Connection) -> None:
        views.drop(c)
        for name in (*added, "sentence_start", "sentence_end"):
            c.execute(sa.text(f"ALTER TABLE events DROP COLUMN {name}"))
        c.execute(sa.update(t.meta).where(t.meta.c.key == "schema").values(value="2"))

    with store.engine.begin() as connection:
        schema_2(connection)
    other = Store(store.url)
    other.count(t.articles)
    [events] = other.rows(
        sa.text("SELECT COUNT(*) AS n, COUNT(content) AS told, COUNT(verb) AS verbs FROM events")
    )
    assert (events["told"], events["verbs"]) == (0, events["n"]) and events["n"] > 0
    assert all(row["recipient"] is None for row in whole(other, "events"))
    other.close()


def test_views_of_an_older_release_are_made_anew(store: Store) -> None:
    """A store of this schema whose views were made by other words, as a development version leaves it."""
    store.count(t.articles)

    def older(c: sa.Connection) -> None:
        views.drop(c)
        c.execute(sa.text("CREATE VIEW flat_events AS SELECT 1 AS one"))
        c.execute(t.meta.insert().values(key=views.MADE, value="older"))

    store.transact(older)
    other = Store(store.url)
    assert held(other, "flat_events") == []
    other.close()
