"""The connection: a lock is waited for, and what lasts is an error in words."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests.pipeline.store.conftest import RUN
from tests.waiting import LONG


def test_locked_database_is_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.pipeline.store.connection.BUSY_MS", 10)
    store.count(t.articles)
    other = Store(store.url, retry_seconds=LONG)
    other.count(t.articles)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    tries = itertools.count(1)

    def slept(_: float) -> None:
        if next(tries) == 2:
            blocker.execute("ROLLBACK")

    monkeypatch.setattr("dateline.pipeline.store.connection.time.sleep", slept)
    other.note_inputs(RUN, ["a"])
    assert next(tries) == 3
    blocker.close()
    other.close()


def test_reading_rows_waits_for_no_writer(store: Store) -> None:
    store.note_inputs(RUN, ["a"])
    other = Store(store.url, retry_seconds=0.1)
    other.count(t.articles)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    assert [row["origin"] for row in other.rows(sa.select(t.inputs))] == ["a"]
    assert other.ask(sa.text("SELECT origin FROM inputs"), {})[1] == [("a",)]
    blocker.execute("ROLLBACK")
    blocker.close()
    other.close()


def test_lasting_lock_is_an_error_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.pipeline.store.connection.BUSY_MS", 10)
    store.count(t.articles)
    other = Store(store.url, retry_seconds=0.1)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"events\.db: database is locked"):
        other.note_inputs(RUN, ["a"])
    blocker.execute("ROLLBACK")
    blocker.close()
    other.close()


def test_a_long_wait_says_why(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dateline.pipeline.store.connection.BUSY_MS", 10)
    monkeypatch.setattr("dateline.pipeline.store.connection.TOLD_AFTER", 0.0)
    store.count(t.articles)
    other = Store(store.url, retry_seconds=0.3)
    with contextlib.closing(
        sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    ) as blocker:
        blocker.execute("BEGIN IMMEDIATE")
        with caplog.at_level("WARNING", "dateline"), pytest.raises(StoreError):
            other.note_inputs(RUN, ["a"])
        blocker.execute("ROLLBACK")
    other.close()
    [told] = [r.getMessage() for r in caplog.records if "tried again" in r.getMessage()]
    assert "database is locked" in told


def test_file_that_is_no_database_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_bytes(b"not a database at all, only words" * 99)
    with pytest.raises(StoreError, match="not a database"):
        Store(sqlite_url(tmp_path / "events.db"), retry_seconds=5).count(t.articles)
