"""A run as a function: what it counts, what it leaves, and how it ends when the world changes under it."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from dateline.pipeline.errors import NotConserved, StoreError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.summary import Summary
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.outputs import Outputs
from dateline.pipeline.sources import inputs
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests import pages


def write(folder: Path, count: int) -> Path:
    path = folder / "in.jsonl"
    path.write_bytes(pages.jsonl(pages.page(n, sentences=4) for n in range(count)))
    return path


@pytest.mark.parametrize(
    ("bound", "rejected", "read", "too_many"),
    [(None, 9, 9, False), (0, 0, 9, False), (0, 1, 9, True), (3, 3, 9, False), (3, 4, 9, True), (0.5, 5, 10, False),
     (0.5, 6, 10, True), (0.5, 0, 0, False), (1, 1, 10, False)],
)  # fmt: skip
def test_bound_of_rejects_is_a_count_or_a_share(
    bound: float | None, rejected: int, read: int, too_many: bool
) -> None:
    summary = Summary("r", {"read": read, "dead_letter": rejected}, 1.0, [])
    assert summary.too_many_rejects(bound) is too_many


def test_counts_add_up_and_the_run_is_noted(tmp_path: Path) -> None:
    path = write(tmp_path, 5)
    with path.open("ab") as file:
        file.write(pages.jsonl([pages.page(0, sentences=4)]) + b"{\n")
    seen: list[dict[str, int]] = []
    summary = run([str(path)], str(tmp_path / "out"), Settings(), lambda counts, _: seen.append(counts))
    assert summary.counts["read"] == 7
    assert (summary.counts["article"], summary.counts["duplicate"], summary.counts["dead_letter"]) == (
        5,
        1,
        1,
    )
    assert {p.name for p in summary.files} >= {"events.jsonl", "events.parquet", "dead_letters.jsonl"}
    assert seen
    store = Store(sqlite_url(tmp_path / "out" / "events.db"))
    [row] = store.rows(t.runs.select())
    assert (row["status"], row["run_id"]) == ("done", summary.run_id)
    assert store.count(t.events) == summary.counts["events"]
    assert store.count(t.inputs) == 0
    store.close()


def test_database_by_its_address_gets_no_files(tmp_path: Path) -> None:
    summary = run([str(write(tmp_path, 2))], f"sqlite:///{tmp_path}/x.db", Settings())
    assert summary.files == []
    assert {p.name for p in tmp_path.iterdir()} - {"x.db-wal", "x.db-shm"} == {"in.jsonl", "x.db"}


def test_split_and_whole_files_hold_the_same_articles(tmp_path: Path) -> None:
    path = write(tmp_path, 12)
    hashes = set()
    for n, size in enumerate((700, 5_000, 10**9)):
        run([str(path)], str(tmp_path / f"out{n}"), Settings(split_bytes=size))
        store = Store(sqlite_url(tmp_path / f"out{n}" / "events.db"))
        hashes.add(store.content_hash(places=False))
        store.close()
    assert len(hashes) == 1


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, 30)
    monkeypatch.setattr(inputs, "WORKER_BYTES", 2_000)
    hashes, origins = set(), set()
    for workers in (1, 2, 4):
        run([str(path)], str(tmp_path / f"out{workers}"), Settings(workers=workers))
        store = Store(sqlite_url(tmp_path / f"out{workers}" / "events.db"))
        hashes.add(store.content_hash())
        origins.add(tuple(sorted(row["origin"] for row in store.rows(t.articles.select()))))
        store.close()
    assert len(hashes) == len(origins) == 1


def test_what_was_lost_on_the_way_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Store.write_articles

    def leaky(self: Store, run_id: str, batch: Any) -> None:
        real(self, run_id, batch[:-1])

    monkeypatch.setattr(Store, "write_articles", leaky)
    with pytest.raises(NotConserved, match=r"in\.jsonl#3"):
        run([str(write(tmp_path, 3))], str(tmp_path / "out"), Settings())
    assert not (tmp_path / "out" / "events.jsonl").exists()


def test_file_that_vanishes_during_a_run_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, 3)
    real = Outputs.open

    def vanishing(outputs: Outputs, inputs: Any) -> None:
        path.unlink(missing_ok=True)
        real(outputs, inputs)

    monkeypatch.setattr(Outputs, "open", vanishing)
    with pytest.raises(StoreError, match=r"in\.jsonl"):
        run([str(path)], str(tmp_path / "out"), Settings())


def test_truncated_archive_among_good_files(tmp_path: Path) -> None:
    data = gzip.compress(pages.jsonl(pages.page(n, sentences=4) for n in range(20)))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl.gz").write_bytes(data[:-5])
    pages.write_folder(tmp_path / "in", (pages.page(n, sentences=4) for n in (50, 51)))
    counts = run([str(tmp_path / "in")], str(tmp_path / "out"), Settings()).counts
    assert (counts["article"], counts["dead_letter"], counts["rejected.undecodable"]) == (22, 1, 1)


def test_standard_input_leaves_no_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    data = pages.jsonl([pages.page(1, sentences=4)])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(["-"], str(tmp_path / "out"), Settings()).counts["article"] == 1
    assert not [name for name in os.listdir(tmp_path / "tmp") if name.startswith("dateline-")]
