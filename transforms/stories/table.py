"""The rarity of words in news: document frequencies by word key, made by ``train.py`` and read once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
STEPS = 20
"""Rarities are stored in twentieths, one byte a word."""
DATA = files("dateline.transforms.stories") / "data"


class Table:
    """``rarity(key)`` is the inverse document frequency, in nats: 0 for a word of every page, 8 or more for a rare one."""

    def __init__(self, documents: int, rarities: dict[int, float]) -> None:
        self.documents = documents
        self.unknown = round(STEPS * math.log((documents + 1) / 2)) / STEPS
        self._rarities = rarities

    def rarity(self, key: int) -> float:
        """The rarity of a word. A word that is not in the table is as rare as a word of one document."""
        return self._rarities.get(key, self.unknown)

    def rarities(self, keys: npt.NDArray[np.integer[Any]]) -> Floats:
        """:meth:`rarity` of each word."""
        known, rarities = self._columns
        wanted = keys.astype(np.uint32)
        places = known[:-1].searchsorted(wanted)
        return np.where(known[places] == wanted, rarities[places], self.unknown)

    @cached_property
    def _columns(self) -> tuple[npt.NDArray[np.uint32], Floats]:
        """The keys in order and their rarities, with one more pair behind them for words that would stand there."""
        keys = sorted(self._rarities)
        rarities = [*map(self._rarities.__getitem__, keys), self.unknown]
        return np.array([*keys, 0], np.uint32), np.array(rarities)

    def mass(self, keys: Iterable[int], power: int = 1) -> float:
        """The sum of the rarities of words, or of their squares: the same in any order of the words, to the last bit."""
        found = map(self._rarities.get, keys, repeat(self.unknown))
        return math.fsum(found if power == 1 else [r**power for r in found])

    @classmethod
    def of_counts(cls, documents: int, counts: dict[int, int], least: int = 3) -> Table:
        """A table from document frequencies; words of fewer than ``least`` documents are left out."""
        return cls(
            documents,
            {
                k: round(STEPS * math.log((documents + 1) / (n + 1))) / STEPS
                for k, n in counts.items()
                if n >= least
            },
        )

    def arrays(self) -> dict[str, Any]:
        """The table as plain arrays: ``documents``, sorted ``keys``, ``rarities`` in twentieths."""
        keys = sorted(self._rarities)
        return {
            "documents": np.array(self.documents, np.uint32),
            "keys": np.array(keys, np.uint32),
            "rarities": np.array([round(STEPS * self._rarities[k]) for k in keys], np.uint8),
        }


@lru_cache(maxsize=1)
def load() -> Table:
    """The packaged table."""
    with (DATA / "rarity.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        # Words of one rarity share its float, so that a page's look-ups find it in the processor's cache.
        levels = (np.arange(256, dtype=np.float64) / STEPS).tolist()
        rarities = map(levels.__getitem__, arrays["rarities"].tolist())
        return Table(int(arrays["documents"]), dict(zip(arrays["keys"].tolist(), rarities, strict=True)))


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The packaged weights of the verdicts (``data/weights.json``)."""
    found: dict[str, Any] = json.loads((DATA / "weights.json").read_text("utf-8"))
    return found
