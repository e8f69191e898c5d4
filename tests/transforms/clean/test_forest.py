"""Trees as arrays: the walk reaches the leaf that each tree means, and other features are refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from dateline.transforms.clean import forest
from dateline.transforms.clean.features import NAMES


def _arrays(names: tuple[str, ...] = NAMES) -> dict[str, npt.NDArray[Any]]:
    """One tree of depth 2: the first feature, then the second or the third; the last leaf can not be reached."""
    return {
        "names": np.array(names),
        "features": np.array([[0, 1, 2]]),
        "thresholds": np.array([[0.5, 0.5, np.inf]]),
        "leaves": np.array([[1.0, 2.0, 4.0, 8.0]]),
    }


def test_each_row_reaches_its_leaf() -> None:
    rows = np.zeros((3, len(NAMES)), dtype=np.float32)
    rows[1, 1] = 1.0
    rows[2, [0, 2]] = 1.0, 9.0
    assert forest.odds(forest.of(_arrays()), rows).tolist() == [1.0, 2.0, 4.0]


def test_a_forest_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="train"):
        forest.of(_arrays(("other", *NAMES[1:])))


def test_the_packaged_forest_is_whole() -> None:
    stored = forest.load()
    assert [len(level) for level in stored.features] == [stored.trees << d for d in range(stored.depth)]
    assert len(stored.leaves) == stored.trees << stored.depth
    assert np.isfinite(stored.leaves).all()
