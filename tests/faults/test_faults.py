"""Kills, shuffles, full disks: nothing is lost, nothing is doubled, no good page becomes a dead letter."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.sinks import tables as t
from pipeline.sinks.connection import sqlite_url
from pipeline.sinks.store import Store
from tests import pages
from tests.faults.conftest import Drive
from tests.faults.driver import KILLS

SHORT = 3
"""Sentences a page: the floor is tested here, not the rooms."""
slow = pytest.mark.slow
EXPORTS = {"events.jsonl", "events.parquet", "dead_letters.jsonl", "report.html"}


def some(count: int, start: int = 0) -> list[pages.NewsPage]:
    return [pages.page(n, sentences=SHORT) for n in range(start, start + count)]


def mixed(folder: Path, count: int) -> Path:
    """Pages in every format, copies among them, and some that can not be read."""
    made = some(count)
    third = count // 3
    pages.write_folder(folder / "html", made[:third])
    (folder / "b.jsonl").write_bytes(
        pages.jsonl(made[third : 2 * third]) + b"{broken\n" + pages.jsonl(made[third : third + 3])
    )
    (folder / "c.warc.gz").write_bytes(pages.warc(made[2 * third :], gzip=True))
    (folder / "d.txt").write_text(made[0].text())
    (folder / "e.txt").write_text("  ")
    (folder / "f.html").write_bytes(b"\x1f\x8b\x08broken gzip")
    return folder


def opened(output: Path) -> Store:
    return Store(sqlite_url(output / "events.db"))


def content(output: Path, places: bool = True) -> str:
    store = opened(output)
    try:
        return store.content_hash(places)
    finally:
        store.close()


def counted(output: Path) -> tuple[int, int]:
    store = opened(output)
    try:
        return store.count(t.articles), store.count(t.dead_letters)
    finally:
        store.close()


def done(answers: list[dict[str, Any]]) -> dict[str, Any]:
    [answer] = answers
    assert answer.get("code") == 0, answer
    return answer


# ---------------------------------------------------------------- kills


@pytest.mark.parametrize(("count", "kills", "batch"), [(150, 7, 20), pytest.param(2_000, 20, 50, marks=slow)])
@pytest.mark.timeout(1800)
def test_kills_lose_nothing_double_nothing_and_redo_one_batch(
    drive: Drive, tmp_path: Path, count: int, kills: int, batch: int
) -> None:
    (tmp_path / "in.jsonl").write_bytes(pages.jsonl(some(count)))
    output, log = tmp_path / "out", tmp_path / "log"
    dice = random.Random(0)
    order = {
        "inputs": [str(tmp_path / "in.jsonl")],
        "output": str(output),
        "log": str(log),
        "settings": {"commit_every": batch},
    }
    plain = order | {"output": str(tmp_path / "plain"), "log": str(tmp_path / "plain.log")}
    done(drive(plain))

    # Kills while articles are written come first: later ones meet a store that is full.
    writing = [k for k in KILLS if k not in ("before end", "in export", "before rename")]
    ending = [k for k in KILLS if k not in writing]
    plan = [writing[n % len(writing)] for n in range(kills - len(ending))] + ending
    happened: Counter[str] = Counter()
    commits = count // batch
    per_kill = max(1, commits // max(1, len(plan)))
    for kind in plan:
        rows = 2 if kind == "in export" else 1
        at = dice.randint(1, per_kill) if kind in writing else dice.randint(1, rows)
        [answer] = drive(order | {"kill": kind, "at": at})
        assert answer.get("signal") == signal.SIGKILL, (kind, answer)
        happened[kind] += 1
        finished = {p.name for p in output.iterdir()} & EXPORTS
        for name in finished:
            assert (output / name).read_bytes() == (tmp_path / "plain" / name).read_bytes(), name
    assert set(happened) == set(KILLS)
    assert sum(happened.values()) == kills

    counts = done(drive(order))["counts"]
    assert counts["read"] == count
    assert counted(output) == (count, 0)
    assert content(output) == content(tmp_path / "plain")
    seen = Counter(log.read_text().splitlines())
    assert len(seen) == count
    assert sum(seen.values()) - count <= kills * batch
    assert {p.name for p in output.iterdir()} == EXPORTS | {"events.db"} | _wal(output)
    for name in ("events.jsonl", "dead_letters.jsonl"):
        assert (output / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


def _wal(output: Path) -> set[str]:
    return {p.name for p in output.glob("events.db-*")}


# ---------------------------------------------------------------- the same store from the same pages


@pytest.fixture(scope="module")
def base(drive: Drive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of inputs (``in``) and what one run makes of it (``out``)."""
    folder = tmp_path_factory.mktemp("base")
    mixed(folder / "in", 30)
    done(drive({"inputs": [str(folder / "in")], "output": str(folder / "out")}))
    assert counted(folder / "out") == (31, 3)
    return folder


def parts(base: Path) -> list[str]:
    return [str(p) for p in sorted((base / "in").iterdir())]


def test_same_input_twice_changes_nothing(drive: Drive, base: Path, tmp_path: Path) -> None:
    order = {"inputs": [str(base / "in")], "output": str(tmp_path / "out")}
    first = done(drive(order))["counts"]
    before = content(tmp_path / "out")
    again = done(drive(order))["counts"]
    forced = done(drive(order | {"settings": {"force": True}}))["counts"]
    assert before == content(tmp_path / "out") == content(base / "out")
    assert again["known"] == first["article"] + first["duplicate"]
    assert "known" not in forced
    assert first["read"] == again["read"] == forced["read"] == 37


@pytest.mark.parametrize("shuffles", [4, pytest.param(20, marks=slow)])
def test_shuffled_inputs_give_the_same_store(drive: Drive, base: Path, tmp_path: Path, shuffles: int) -> None:
    for seed in range(shuffles):
        dice = random.Random(seed)
        inputs = parts(base)
        dice.shuffle(inputs)
        cut = dice.randrange(len(inputs))
        output = tmp_path / f"out-{seed}"
        settings = {"commit_every": dice.choice([1, 7, 50])}
        for half in filter(None, (inputs[:cut], inputs[cut:])):
            done(drive({"inputs": half, "output": str(output), "settings": settings}))
        assert content(output) == content(base / "out"), seed


@pytest.mark.parametrize("shuffles", [3, pytest.param(20, marks=slow)])
def test_shuffled_lines_and_names_give_the_same_store_but_for_places(
    drive: Drive, base: Path, tmp_path: Path, shuffles: int
) -> None:
    for seed in range(shuffles):
        dice = random.Random(seed)
        folder = tmp_path / f"in-{seed}"
        folder.mkdir()
        for path in (base / "in").rglob("*.*"):
            name = f"{dice.randrange(10**9)}{''.join(path.suffixes)}"
            if path.suffix == ".jsonl":
                lines = path.read_bytes().splitlines(keepends=True)
                dice.shuffle(lines)
                (folder / name).write_bytes(b"".join(lines))
            elif path.is_file():
                (folder / name).write_bytes(path.read_bytes())
        done(drive({"inputs": [str(folder)], "output": str(tmp_path / f"out-{seed}")}))
        assert content(tmp_path / f"out-{seed}", places=False) == content(base / "out", places=False), seed


@pytest.mark.timeout(600)
def test_workers_and_time_zones_give_the_same_store(drive: Drive, base: Path, tmp_path: Path) -> None:
    zones = ["Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"]
    orders = [
        {"inputs": [str(base / "in")], "output": str(tmp_path / f"out-{n}"), "zone": zone}
        for n, zone in enumerate(zones)
    ]
    for order in orders:
        done(drive(order))
    two = {"inputs": [str(base / "in")], "output": str(tmp_path / "two"), "settings": {"workers": 2}}
    done(drive(two))
    assert {content(path) for path in tmp_path.iterdir()} == {content(base / "out")}


def test_two_processes_on_one_output_give_the_same_store(drive: Drive, base: Path, tmp_path: Path) -> None:
    order = {
        "inputs": [str(base / "in")],
        "output": str(tmp_path / "out"),
        "settings": {"commit_every": 3, "force": True},
    }
    for answer in drive(order, order):
        done([answer])
        assert answer["counts"]["read"] == 37
    assert content(tmp_path / "out") == content(base / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} - _wal(tmp_path / "out") == EXPORTS | {"events.db"}


# ---------------------------------------------------------------- one bad page


@pytest.mark.parametrize("count", [200, pytest.param(1_000, marks=slow)])
def test_page_that_raises_is_one_dead_letter_among_all(drive: Drive, tmp_path: Path, count: int) -> None:
    (tmp_path / "in.jsonl").write_bytes(pages.jsonl(some(count)))
    order = {"inputs": [str(tmp_path / "in.jsonl")], "output": str(tmp_path / "out"), "poison": "in.jsonl#77"}
    counts = done(drive(order))["counts"]
    assert (counts["article"], counts["dead_letter"], counts["rejected.internal"]) == (count - 1, 1, 1)
    [letter] = [json.loads(x) for x in (tmp_path / "out" / "dead_letters.jsonl").read_text().splitlines()]
    assert (letter["stage"], letter["type"]) == ("Clean", "internal")
    assert letter["message"] == "ZeroDivisionError: a bug on one page"
    assert json.loads(letter["payload"]) == pages.page(76, sentences=SHORT).record()
    # With the bug mended the same input is read, and its dead letter is resolved or stands as history.
    done(drive({k: v for k, v in order.items() if k != "poison"}))
    assert counted(tmp_path / "out")[0] == count


# ---------------------------------------------------------------- the machine's faults


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("a full disk needs the right to mount one")
    yield place
    subprocess.run(["umount", place], check=True)


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
