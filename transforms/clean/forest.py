"""Gradient-boosted trees as plain arrays, read from JSON and walked with numpy.

Each tree is complete to one depth, so that all lines go down all trees together, a level at a
time. Trained by LightGBM (Ke et al., NIPS 2017); see ``train.py`` and ``MODEL_CARD.md``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.clean.features import NAMES
from transforms.clean.rules import Column

_Floats = npt.NDArray[np.float32]
_Ints = npt.NDArray[np.int32]
FOLDS = 4
_FIRST = 24
"""Trees after which lines that are plainly no body are let go."""
_HOPELESS = -2.0
"""Log-odds after the first trees below which no line is known to come back."""


@dataclass(frozen=True, slots=True)
class Forest:
    """``features`` and ``thresholds``: one array a level, ``trees * 2**level`` long; ``leaves`` the last."""

    depth: int
    trees: int
    features: tuple[_Ints, ...]
    thresholds: tuple[_Floats, ...]
    leaves: _Floats

    def part(self, first: int, last: int) -> Forest:
        """The trees ``[first, last)``."""
        return Forest(
            self.depth,
            last - first,
            tuple(level[first << d : last << d] for d, level in enumerate(self.features)),
            tuple(level[first << d : last << d] for d, level in enumerate(self.thresholds)),
            self.leaves[first << self.depth : last << self.depth],
        )

    def sums(self, rows: _Floats) -> Column:
        """The sum of the leaves that each row reaches."""
        size, width = rows.shape
        flat = np.ascontiguousarray(rows).reshape(-1)
        start = (np.arange(size, dtype=np.int32) * width)[:, None]
        node = np.zeros((size, self.trees), dtype=np.int32)
        tree = np.arange(self.trees, dtype=np.int32)
        for level in range(self.depth):
            at = (tree << level) + node
            node = (node << 1) + (
                flat.take(self.features[level].take(at) + start) > self.thresholds[level].take(at)
            )
        total: Column = self.leaves.take((tree << self.depth) + node).sum(axis=1)
        return total


@lru_cache(maxsize=8)
def load(name: str = "forest.json") -> Forest:
    """The forest that is packaged under this name."""
    return parse(json.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8")))


def parse(stored: dict[str, Any]) -> Forest:
    """A forest from its JSON. Raises :class:`ValueError` if it was trained on other features."""
    if tuple(stored["names"]) != NAMES:
        raise ValueError("the model was trained on other features: run train.py")
    depth, trees = stored["depth"], len(stored["trees"])
    features: list[list[int]] = [[] for _ in range(depth)]
    thresholds: list[list[float]] = [[] for _ in range(depth)]
    leaves: list[float] = []
    for tree in stored["trees"]:
        for level in range(depth):
            span = slice((1 << level) - 1, (2 << level) - 1)
            features[level] += tree["features"][span]
            thresholds[level] += [np.inf if t is None else t for t in tree["thresholds"][span]]
        leaves += tree["leaves"]
    return Forest(
        depth,
        trees,
        tuple(np.array(level, dtype=np.int32) for level in features),
        tuple(np.array(level, dtype=np.float32) for level in thresholds),
        np.array(leaves, dtype=np.float32),
    )


def fold_of(site: str) -> int:
    """The fold of a site in cross-validation: all of its pages are learnt from or tested on together."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def odds(forest: Forest, rows: _Floats) -> Column:
    """Log-odds that each line is body."""
    if forest.trees <= _FIRST:
        return forest.sums(rows)
    found = forest.part(0, _FIRST).sums(rows)
    open_ = np.flatnonzero(found > _HOPELESS)
    if len(open_):
        found[open_] += forest.part(_FIRST, forest.trees).sums(rows[open_])
    return found
