"""The same pages again, in any order, with any workers, in any zone: the same store."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.conftest import EXPORTS, Drive, content, done, wal

pytestmark = pytest.mark.timeout(1800)
"""Twenty shuffles are forty runs, which take 300 seconds on a machine that does other work too."""


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


@pytest.mark.parametrize("shuffles", [4, pytest.param(20, marks=pytest.mark.slow)])
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


@pytest.mark.parametrize("shuffles", [3, pytest.param(20, marks=pytest.mark.slow)])
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
    assert {p.name for p in (tmp_path / "out").iterdir()} - wal(tmp_path / "out") == EXPORTS | {"events.db"}
