"""A run killed again and again: nothing is lost, nothing is doubled, one batch is redone."""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests import pages
from tests.faults.conftest import EXPORTS, Drive, content, counted, done, every_format, some, wal
from tests.faults.driver import KILLS


@pytest.mark.parametrize(
    ("count", "kills", "batch"), [(150, 7, 20), pytest.param(2_000, 20, 50, marks=pytest.mark.slow)]
)
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
    assert {p.name for p in output.iterdir()} == EXPORTS | {"events.db"} | wal(output)
    for name in ("events.jsonl", "dead_letters.jsonl"):
        assert (output / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


@pytest.mark.parametrize(("each", "kills"), [(2, 4), pytest.param(20, 20, marks=pytest.mark.slow)])
@pytest.mark.timeout(1800)
def test_kills_amid_files_of_every_format_lose_nothing(
    drive: Drive, tmp_path: Path, each: int, kills: int
) -> None:
    folder, output = every_format(tmp_path / "in", each), tmp_path / "out"
    dice = random.Random(each)
    order = {"inputs": [str(folder)], "output": str(output), "settings": {"commit_every": each}}
    done(drive(order | {"output": str(tmp_path / "plain")}))
    for _ in range(kills):
        kind = dice.choice([k for k in KILLS if k not in ("in export", "before rename", "before end")])
        [answer] = drive(order | {"kill": kind, "at": dice.randint(1, 3)})
        assert answer.get("signal") == signal.SIGKILL or answer.get("code") == 0, (kind, answer)
    done(drive(order))
    articles, letters = counted(output)
    assert (articles, letters) == counted(tmp_path / "plain")
    assert articles >= 9 * each and letters >= 4
    assert content(output) == content(tmp_path / "plain")
