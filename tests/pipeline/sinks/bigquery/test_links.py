"""Links copied to BigQuery: whole snapshots, and views that show what those of the database show."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.errors import StoreError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import client as bigquery_client
from dateline.pipeline.sinks.bigquery.links import copy_links
from dateline.pipeline.sinks.bigquery.tables import LINKED, SNAPSHOTS, VIEWS
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema.views import LINK_VIEWS
from dateline.pipeline.store.store import Store
from tests import stories
from tests.pipeline.bq_fake import BigQuery, serving

DATASET = "paper.news"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[BigQuery]:
    with serving() as (found, address):
        monkeypatch.setenv(bigquery_client.EMULATOR, address)
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output of two stories, and of an undated page of one of them."""
    here = tmp_path_factory.mktemp("links")
    pages = [*stories.story(0, 4), *stories.story(7, 3)]
    undated = {k: v for k, v in pages[0].items() if k != "published"} | {"url": "https://undated.example/0"}
    (here / "in.jsonl").write_text(stories.jsonl([*pages, undated]), "utf-8")
    run([str(here / "in.jsonl")], str(here / "out"), Settings())
    return here / "out"


def stand_in(store: Store, fake: BigQuery) -> sqlite3.Connection:
    """SQLite with BigQuery's tables under their names there: the copied rows, and the current articles and events."""
    database = sqlite3.connect(":memory:")
    rows: dict[str, list[dict[str, Any]]] = {name: fake.rows[name] for name in (*LINKED, SNAPSHOTS)}
    for name in ("current_articles", "current_events"):
        rows[name] = list(store.rows(sa.text(f"SELECT * FROM {name}")))
    for name, held in rows.items():
        columns = (
            [f["name"] for f in fake.tables[name]["schema"]["fields"]] if name in LINKED else list(held[0])
        )
        database.execute(f"CREATE TABLE `{DATASET}.{name}` ({', '.join(f'`{c}`' for c in columns)})")
        marks = ", ".join("?" * len(columns))
        database.executemany(
            f"INSERT INTO `{DATASET}.{name}` VALUES ({marks})", [[r.get(c) for c in columns] for r in held]
        )
    database.row_factory = sqlite3.Row
    return database


def test_the_views_show_what_those_of_the_database_show(folder: Path, fake: BigQuery) -> None:
    store = Store(sqlite_url(folder / "events.db"))
    for _ in range(2):  # the second snapshot takes the place of the first
        copy_links(store, "bigquery://paper/news", 2)
    database = stand_in(store, fake)
    for name in LINK_VIEWS:
        theirs = [dict(r) for r in database.execute(VIEWS[name].format(dataset=DATASET))]
        ours = list(store.rows(sa.text(f"SELECT * FROM {name}")))
        assert theirs and [list(r) for r in theirs] == [list(r) for r in ours], name
        assert sorted(theirs, key=json.dumps) == sorted(ours, key=json.dumps), name
    store.close()


def test_a_snapshot_that_is_not_whole_is_not_shown(folder: Path, fake: BigQuery) -> None:
    store = Store(sqlite_url(folder / "events.db"))
    copy_links(store, "bigquery://paper/news", 2)
    held = {name: list(rows) for name, rows in fake.rows.items()}
    fake.refuse = {row["article_id"] for row in fake.rows["story_members"]}
    with pytest.raises(StoreError, match="refuses a row"):
        copy_links(store, "bigquery://paper/news", 2)
    assert fake.rows[SNAPSHOTS] == held[SNAPSHOTS]
    store.close()


def test_the_command(folder: Path, fake: BigQuery) -> None:
    done = CliRunner().invoke(app, ["link", str(folder), "--to", "bigquery://paper/news"])
    assert done.exit_code == 0, done.output
    assert len(fake.rows["story_members"]) == 8 and len(fake.rows[SNAPSHOTS]) == 1
    wrong = CliRunner().invoke(app, ["link", str(folder), "--to", "elsewhere"])
    assert wrong.exit_code == 2
