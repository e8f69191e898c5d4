"""Exports: whole files under their names or none, readable by others, equal to the store."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dateline.pipeline.errors import StoreError
from dateline.pipeline.sinks import exports
from dateline.pipeline.sinks.replacing import replacing
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows, dead_letter_row
from dateline.pipeline.store.schema import flat
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms import errors
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import reject
from dateline.transforms.walk import walk
from tests.pages import page


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path / "events.db"))
    for n in range(4):
        raw = RawArticle(content=page(n).html(), origin=f"o{n}", url=page(n).url)
        one.write_articles("r", [article_rows(walk(raw), "s", "r")])
    bad = reject(RawArticle(content=b"\xff\x00", origin="bad"), "Decode", errors.Undecodable("no"))
    one.write_dead_letters("r", [dead_letter_row(bad, "r")])
    yield one
    one.close()


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_jsonl_holds_every_current_event_as_it_was_written(store: Store, tmp_path: Path) -> None:
    exports.export(store, tmp_path)
    found = lines(tmp_path / "events.jsonl")
    assert len(found) == store.count(t.events) > 0
    assert all(event["schema"] == "news.event/1" for event in found)
    [letter] = lines(tmp_path / "dead_letters.jsonl")
    assert (letter["origin"], letter["payload_encoding"]) == ("bad", "base64")
    assert "run_id" not in letter


def test_equal_stores_give_equal_bytes(store: Store, tmp_path: Path) -> None:
    first = {p.name: p.read_bytes() for p in exports.export(store, tmp_path) if p.suffix == ".jsonl"}
    for path in tmp_path.glob("*.jsonl"):
        path.unlink()
    again = {p.name: p.read_bytes() for p in exports.export(store, tmp_path) if p.suffix == ".jsonl"}
    assert first == again


def test_files_are_left_until_the_store_changes_or_one_is_not_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = exports.export(store, tmp_path)
    written: list[str] = []
    for name, real in list(exports._WRITERS.items()):

        def noting(one: Store, path: Path, name: str = name, real: Any = real) -> None:
            written.append(name)
            real(one, path)

        monkeypatch.setitem(exports._WRITERS, name, noting)

    def again() -> int:
        written.clear()
        assert exports.export(store, tmp_path) == made
        return len(written)

    assert again() == 0
    store.begin_run("s", ["in.jsonl"], "later")
    store.end_run("later", "done", {})
    assert again() == 0
    made[0].write_text("edited", "utf-8")
    assert again() == len(made)
    made[-1].unlink()
    assert again() == len(made)
    store.forget(page(0).url)
    assert again() == len(made)
    raw = RawArticle(content=page(7).html(), origin="o7", url=page(7).url)
    store.write_articles("r", [article_rows(walk(raw), "s", "r")])
    assert again() == len(made)
    assert again() == 0


def test_change_while_files_are_written_is_not_taken_for_shown(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exports._WRITERS["report.html"]

    def late(one: Store, path: Path) -> None:
        real(one, path)
        store.forget(page(1).url)

    monkeypatch.setitem(exports._WRITERS, "report.html", late)
    exports.export(store, tmp_path)
    monkeypatch.setitem(exports._WRITERS, "report.html", real)
    exports.export(store, tmp_path)
    assert len(lines(tmp_path / "events.jsonl")) == store.count(t.events)


def test_parquet_says_what_jsonl_says(store: Store, tmp_path: Path) -> None:
    exports.export(store, tmp_path)
    table = pq.read_table(tmp_path / "events.parquet")
    events = lines(tmp_path / "events.jsonl")
    assert table.column_names == [name for name in flat.EVENTS.names if name != flat.RECORD]
    assert table.num_rows == len(events)
    for row, event in zip(table.to_pylist(), events, strict=True):
        assert row["event_id"] == event["event_id"]
        assert row["kind"] == event["kind"]
        when = event["when"] or {}
        assert isinstance(when, dict)
        assert row["when_start"] == (
            datetime.date.fromisoformat(when["start"]) if when.get("start") else None
        )
        assert row["url"].startswith("https://news.example.org/")


def test_empty_store_exports_empty_files(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path / "events.db"))
    exports.export(store, tmp_path)
    store.close()
    assert (tmp_path / "events.jsonl").read_bytes() == b""
    assert pq.read_table(tmp_path / "events.parquet").num_rows == 0


def test_failure_leaves_the_old_file_and_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("old")
    with pytest.raises(StoreError, match="No space"), replacing(path) as file:
        file.write("half")
        raise OSError(28, "No space left on device")
    with pytest.raises(KeyError), replacing(path) as file:
        file.write("half")
        raise KeyError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["events.jsonl"]


def test_what_a_killed_export_left_is_swept(store: Store, tmp_path: Path) -> None:
    gone = 2**22 + 7  # over the largest process id
    dead = tmp_path / f".events.jsonl.{gone}.1.part"
    old = tmp_path / f".events.jsonl.{os.getppid()}.1.part"
    living = tmp_path / f".events.jsonl.{os.getppid()}.2.part"
    other = tmp_path / "notes.part"
    for path in (dead, old, living, other):
        path.write_text("x")
    os.utime(old, (time.time() - 90_000,) * 2)
    exports.export(store, tmp_path)
    assert not dead.exists()
    assert not old.exists()
    assert living.exists()
    assert other.exists()
