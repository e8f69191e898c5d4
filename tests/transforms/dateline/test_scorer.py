"""The trained trees are read as they were written, and agree with what they were trained on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from dateline.transforms.dateline.features import NAMES, see
from dateline.transforms.dateline.layout import layout
from dateline.transforms.dateline.scorer import Trees, probabilities, trees
from dateline.transforms.dateline.stamps import find
from dateline.transforms.model import Page

TEXT = (
    "Friday, July 17, 2026\nHome\nOld bridge to close for nine weeks\nBy Ana Ruiz\nPublished: 14 May 2026, 01:28\n"
    "The harbour board voted on Tuesday to close the old swing bridge for nine weeks while its bearings are replaced.\n"
    "It was built in 1911, and the board said on 3 March 2026 that its bearings would not last for another winter.\n"
)


def _model(names: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    return {
        "names": np.array(names),
        "least": np.array(0.5),
        "feature": np.array([[0], [1]]),
        "threshold": np.array([[0.5], [0.5]]),
        "value": np.array([[-1.0, 1.0], [0.0, 2.0]]),
    }


def test_two_trees_add_up() -> None:
    row = [0.0] * len(NAMES)
    low, high = Trees(_model(NAMES))([row, [1.0, 1.0, *row[2:]]])
    assert low == pytest.approx(1 / (1 + 2.718281828))
    assert high == pytest.approx(1 / (1 + 2.718281828**-3))


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="train"):
        Trees(_model(("other", *NAMES[1:])))


@pytest.mark.parametrize("rules", [False, True])
def test_the_published_line_beats_clock_and_prose(rules: bool) -> None:
    page = Page(text=TEXT, media_type="text/plain", origin="t")
    stamps = find(TEXT)
    seen = see(TEXT, layout(page, [s.start for s in stamps]), stamps)
    scores, least = probabilities(seen, rules=rules)
    assert all(0 <= s <= 1 for s in scores)
    best = max(range(len(scores)), key=scores.__getitem__)
    assert seen[best].stamp.day.isoformat() == "2026-05-14"
    assert scores[best] > least
    assert all(len(s.row) == len(NAMES) for s in seen)


def test_the_model_is_read_once() -> None:
    assert trees() is trees()


def test_without_stamps_there_is_nothing_to_weigh() -> None:
    assert probabilities([]) == ([], 1.0)
