"""Full disks, locks, places that can not be written: an error in words, and no good page a dead letter."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from dateline.pipeline.store.schema import tables as t
from tests import pages
from tests.faults.conftest import EXPORTS, Drive, content, counted, done, opened, some


def test_full_disk_ends_the_run_in_words_and_makes_no_dead_letters(
    drive: Drive, tmp_path: Path, tiny_disk: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(pages.jsonl(some(300)))
    order = {
        "inputs": [str(tmp_path / "in.jsonl")],
        "output": str(tiny_disk / "out"),
        "settings": {"retry_seconds": 0.5},
    }
    [answer] = drive(order)
    assert answer["code"] == 1
    assert answer["error"].startswith("StoreError: ")
    assert "full" in answer["error"] or "space" in answer["error"], answer["error"]
    assert not EXPORTS & {p.name for p in (tiny_disk / "out").iterdir()}
    subprocess.run(["mount", "-o", "remount,size=64m", tiny_disk], check=True)
    assert counted(tiny_disk / "out")[1] == 0
    done(drive(order))
    assert counted(tiny_disk / "out") == (300, 0)


def test_file_size_limit_ends_the_run_in_words_and_makes_no_dead_letters(
    drive: Drive, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(pages.jsonl(some(120)))
    order = {"inputs": [str(tmp_path / "in.jsonl")], "output": str(tmp_path / "out")}
    [answer] = drive(order | {"file_bytes": 400_000, "settings": {"retry_seconds": 0.2}})
    assert answer["code"] == 1
    assert answer["error"].startswith("StoreError: "), answer
    assert not EXPORTS & {p.name for p in (tmp_path / "out").iterdir()}
    done(drive(order))
    assert counted(tmp_path / "out") == (120, 0)


def test_read_only_output_is_an_error_in_words(drive: Drive, base: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid():
        place.chmod(0o555)
    elif subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("root writes everywhere, and may not mount a read-only place here")
    try:
        for output in (place, place / "out"):
            [answer] = drive({"inputs": [str(base / "in")], "output": str(output)})
            assert answer["code"] == 1
            assert answer["error"].startswith("StoreError: "), answer
            assert str(place) in answer["error"]
    finally:
        if not os.geteuid():
            subprocess.run(["umount", place], check=True)


def test_database_that_became_read_only_is_an_error_in_words(
    drive: Drive, base: Path, tmp_path: Path
) -> None:
    if not os.geteuid():
        pytest.skip("root may write to files that say read-only")
    order = {"inputs": [str(base / "in")], "output": str(tmp_path / "out")}
    done(drive(order))
    before = content(tmp_path / "out")
    (tmp_path / "out" / "events.db").chmod(0o444)
    [answer] = drive(order | {"settings": {"force": True, "retry_seconds": 0.2}})
    assert answer["code"] == 1
    assert "readonly" in answer["error"]
    (tmp_path / "out" / "events.db").chmod(0o644)
    assert content(tmp_path / "out") == before


def test_damaged_database_is_an_error_and_makes_no_dead_letters(
    drive: Drive, base: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "events.db").write_bytes(b"no database, only words\n" * 400)
    [answer] = drive({"inputs": [str(base / "in")], "output": str(tmp_path / "out")})
    assert answer["code"] == 1
    assert "not a database" in answer["error"]


def test_lock_that_passes_is_waited_out_and_one_that_stays_ends_the_run(
    drive: Drive, base: Path, tmp_path: Path
) -> None:
    order = {"inputs": [str(base / "in")], "output": str(tmp_path / "out"), "busy_ms": 50}
    opened(tmp_path / "out") if (tmp_path / "out").exists() else (tmp_path / "out").mkdir()
    store = opened(tmp_path / "out")
    store.count(t.articles)
    store.close()
    blocker = sqlite3.connect(tmp_path / "out" / "events.db", isolation_level=None, check_same_thread=False)
    blocker.execute("BEGIN IMMEDIATE")
    [answer] = drive(order | {"settings": {"retry_seconds": 0.5}})
    assert answer["code"] == 1
    assert "database is locked" in answer["error"]

    def release() -> None:
        time.sleep(1.5)
        blocker.execute("ROLLBACK")

    thread = threading.Thread(target=release)
    thread.start()
    done(drive(order | {"settings": {"retry_seconds": 30}}))
    thread.join()
    blocker.close()
    assert content(tmp_path / "out") == content(base / "out")
