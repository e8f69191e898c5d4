"""How likely a stamp is the day of publication: small trees as arrays, or a table of weights.

The trees are read level by level for all stamps and all trees at once, so that a page costs
a handful of array operations. ``train.py`` makes the model, ``MODEL.md`` is its card.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.transforms.dateline.features import NAMES, Seen

MODEL_FILE = "model.npz"


class Trees:
    """Complete binary trees of one depth: ``feature`` and ``threshold`` ``[trees, 2**depth - 1]``, ``value`` ``[trees, 2**depth]``.

    A row goes right where its feature is greater than the threshold. ``names`` are the features
    that it was trained on, ``least`` the least probability that is an answer. Raises :class:`ValueError` where
    the names are not those of today.
    """

    def __init__(self, model: Mapping[str, NDArray[Any]]) -> None:
        if tuple(model["names"].tolist()) != NAMES:
            raise ValueError("the model was trained on other features: run train.py")
        self.least = float(model["least"])
        feature: NDArray[np.uint8] = model["feature"].astype(np.uint8)
        threshold: NDArray[np.float64] = model["threshold"].astype(np.float64)
        self._value: NDArray[np.float64] = model["value"].astype(np.float64)
        self.depth = self._value.shape[1].bit_length() - 1
        # One array a level, trees by nodes, so that the trees go down together by look-ups in flat arrays.
        levels = [slice((1 << level) - 1, (2 << level) - 1) for level in range(self.depth)]
        self._features = [feature[:, level].reshape(-1) for level in levels]
        self._thresholds = [threshold[:, level].reshape(-1) for level in levels]

    def __call__(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The probability of each row."""
        # An array of rows of truth values and numbers takes ten times as long.
        flat = np.fromiter(chain.from_iterable(rows), np.float64, len(rows) * len(NAMES))
        start = (np.arange(len(rows)) * len(NAMES))[:, None]
        node = np.repeat(np.arange(len(self._value))[None], len(rows), axis=0)
        for features, thresholds in zip(self._features, self._thresholds, strict=True):
            went_right = flat.take(features.take(node) + start) > thresholds.take(node)
            node <<= 1
            node += went_right
        totals = self._value.take(node).sum(axis=1)
        return [1 / (1 + math.exp(-total)) for total in totals.tolist()]


@lru_cache(maxsize=1)
def trees() -> Trees:
    """The trained trees, read once a process."""
    stored = io.BytesIO(files(__package__).joinpath(MODEL_FILE).read_bytes())
    with np.load(stored, allow_pickle=False) as model:
        return Trees(model)


LEAST_BY_RULE = 0.4
"""Score from which the rules answer; below it a page is said to state no day."""
WEIGHTS: Mapping[str, float] = {
    "published_cue": 3.0,
    "published_above": 2.0,
    "updated_cue": 0.6,
    "time": 1.0,
    "byline": 1.2,
    "byline_above": 0.8,
    "byline_below": 0.6,
    "rights": -3.0,
    "access": -4.0,
    "glued": -1.0,
    "event_cue": -1.2,
    "comment": -1.5,
    "caption": -0.8,
    "credit": -3.0,
    "social": -2.5,
    "bracket": -1.0,
    "after_body": -1.5,
    "sentence": -1.0,
    "weather": -2.5,
    "tag_time": 1.0,
    "landmark_side": -2.0,
}
"""The hand rule: what each property adds. It is used where the model is not wanted."""


def by_rule(seen: Seen) -> float:
    """The score of one stamp by the weights and by where it stands; 0 is as likely as not."""
    score: float = sum(weight * getattr(seen.row, name) for name, weight in WEIGHTS.items())
    if seen.row.before_body or (seen.row.to_body >= -4 and seen.row.words < 20):
        score += 2.0 - min(1.5, abs(seen.row.to_body) / 12)
    elif seen.row.in_body:
        score -= 2.5 if seen.row.words >= 25 else 0.5
    if 0 <= seen.row.to_headline <= 6:
        score += 1.2
    if seen.row.below_listing < 12:
        score -= 2.0
    score -= 0.6 * max(0.0, min(4.0, seen.row.days_near - 1))
    if seen.row.weekday and not seen.row.time and seen.row.line < 4 and not seen.row.published_cue:
        score -= 3.0  # a page clock
    score += 0.8 * (seen.row.share > 0.45) - 1.0 * (seen.row.words > 25)
    return score - 1.5


def probabilities(seen: Sequence[Seen], *, rules: bool = False) -> tuple[list[float], float]:
    """The score of each stamp, 0 … 1, and the least that is an answer."""
    if not seen:
        return [], 1.0
    if rules:
        return [1 / (1 + math.exp(-by_rule(s))) for s in seen], LEAST_BY_RULE
    model = trees()
    return model([s.row for s in seen]), model.least
