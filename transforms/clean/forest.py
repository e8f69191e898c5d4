"""Gradient-boosted trees as plain arrays, read from ``.npz`` and evaluated with numpy.

All trees are complete and of the same depth, so all lines descend all trees together, one level at a time.
Trained by LightGBM (Ke et al., NIPS 2017); see ``train.py`` and ``MODEL_CARD.md``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.transforms import core
from dateline.transforms.clean.features import NAMES
from dateline.transforms.clean.lines import Column

_Floats = npt.NDArray[np.float32]
_Numbers = npt.NDArray[np.uint8]
"""Numbers of features. A page walks all trees, and with wider numbers they are twice as much memory to fetch."""
FILE = "forest.npz"
FOLDS = 4
_FIRST = 24
"""Number of trees after which hopeless lines are dropped."""
_HOPELESS = -2.0
"""Log-odds after the first trees below which a line is hopeless: no known line recovers."""


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """``features`` and ``thresholds``: one array a level, ``trees * 2**level`` long; ``leaves`` the last."""

    depth: int
    trees: int
    features: tuple[_Numbers, ...]
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
        if core.compiled is not None:
            reached = np.empty((size, self.trees), dtype=np.float32)
            held = np.ascontiguousarray(rows)
            core.compiled.leaves(held, size, self.features, self.thresholds, self.leaves, reached)
            summed: Column = reached.sum(axis=1)
            return summed
        flat = np.ascontiguousarray(rows).reshape(-1)
        start = (np.arange(size) * width)[:, None]
        # The node that each row has reached in each tree; its children are at twice its index, and one after.
        node = np.repeat(np.arange(self.trees)[None], size, axis=0)
        for features, thresholds in zip(self.features, self.thresholds, strict=True):
            right = flat.take(features.take(node) + start) > thresholds.take(node)
            node <<= 1
            node += right
        total: Column = self.leaves.take(node).sum(axis=1)
        return total


@lru_cache(maxsize=1)
def load() -> Forest:
    """The packaged forest, read once a process."""
    return parse(resources.files(__package__).joinpath(FILE).read_bytes())


def parse(stored: bytes) -> Forest:
    """A forest from its file. Raises :class:`ValueError` if it was trained on other features."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        return of(arrays)


def of(arrays: Mapping[str, npt.NDArray[Any]]) -> Forest:
    """A forest from ``names``, and ``features``, ``thresholds`` and ``leaves``, a row a tree in heap order."""
    if tuple(arrays["names"].tolist()) != NAMES:
        raise ValueError("the model was trained on other features: run train.py")
    features, thresholds, leaves = arrays["features"], arrays["thresholds"], arrays["leaves"]
    trees, size = leaves.shape
    depth = size.bit_length() - 1
    levels = [slice((1 << level) - 1, (2 << level) - 1) for level in range(depth)]
    return Forest(
        depth,
        trees,
        tuple(features[:, level].astype(np.uint8).reshape(-1) for level in levels),
        tuple(thresholds[:, level].astype(np.float32).reshape(-1) for level in levels),
        leaves.astype(np.float32).reshape(-1),
    )


def fold_of(site: str) -> int:
    """The fold of a site in cross-validation, so that all of its pages are in one fold."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def odds(forest: Forest, rows: _Floats) -> Column:
    """The log-odds that each line is body."""
    if forest.trees <= _FIRST:
        return forest.sums(rows)
    first, rest = _parts(forest)
    found = first.sums(rows)
    open_ = np.flatnonzero(found > _HOPELESS)
    if len(open_):
        found[open_] += rest.sums(rows[open_])
    return found


@lru_cache(maxsize=8)
def _parts(forest: Forest) -> tuple[Forest, Forest]:
    return forest.part(0, _FIRST), forest.part(_FIRST, forest.trees)
