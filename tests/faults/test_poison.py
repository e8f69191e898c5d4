"""A page that a room fails on is one dead letter, and the run goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import pages
from tests.faults.conftest import SHORT, Drive, counted, done, some


@pytest.mark.parametrize("count", [200, pytest.param(1_000, marks=pytest.mark.slow)])
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
