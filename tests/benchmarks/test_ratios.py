"""The ratios of costs are measured, and those that a busy machine leaves steady keep their bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import ratios

BOUNDS = {
    "put": (200, 3.5),
    "second": (600, 0.1),
    "report": (100, 2.0),
    "parquet": (60, 2.4),
    "store": (60, 13.5),
}
"""Pages, and the bound at so few of them; floors are those of the whole size, in ``make bench``."""


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BOUNDS))
def test_a_cost_keeps_its_bound(name: str, tmp_path: Path) -> None:
    pages, bound = BOUNDS[name]
    assert ratios.RATIOS[name].measure(pages, tmp_path) <= bound


def test_what_is_over_its_floor_is_said() -> None:
    assert ratios.lines({"put": 2.0, "second": 1.0})[2:] == [
        "| a put of one page / a page of fifty | 2.00 | 2.5 |  |",
        "| second run / first | 1.00 | 0.04 | missed |",
    ]


def test_rooms_are_compared_with_a_search_for_words(tmp_path: Path) -> None:
    assert ratios.rooms(3, tmp_path) > 1
