"""EDTF in words."""

from __future__ import annotations

import pytest

from dateline.pipeline.report.wording import bounds_in_words, in_words
from dateline.transforms.model import Bounds


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-09-15", "Monday 15 September 2025"),
        ("2025-09-15T14:30", "Monday 15 September 2025"),
        ("2025-09", "September 2025"),
        ("2025", "2025"),
        ("198X", "1980s"),
        ("2025-35", "third quarter of 2025"),
        ("2025-22", "summer of 2025"),
        ("2025-13", "2025-13"),
        ("XXXX-10-07", "7 October, year unknown"),
        ("XXXX-10", "October, year unknown"),
        ("2025-09-13/2025-09-14", "13–14 September 2025"),
        ("2025-10-30/2025-11-02", "30 October 2025 to 2 November 2025"),
        ("2019/..", "from 2019"),
        ("../2025-11-07", "until Friday 7 November 2025"),
        ("2025-02-30", "30 February 2025"),
        ("in the year dot", "in the year dot"),
    ],
)
def test_in_words(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


def test_bounds() -> None:
    assert bounds_in_words(None) == ""
    assert bounds_in_words(Bounds(not_after="2026-02-11")) == "not after Wednesday 11 February 2026"
    both = Bounds(not_before="2025-01-01", not_after="2025-01-31")
    assert bounds_in_words(both) == "not before Wednesday 1 January 2025, not after Friday 31 January 2025"
