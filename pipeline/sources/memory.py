"""A micro-batch as a source: raw articles that this process already holds in memory.

Beam's ``Create`` would encode every article into the pipeline itself and shuffle it; this
puts only a key there, so one built pipeline runs batch after batch. The batch and its
readers must share one process.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam

from transforms.model import RawArticle

_held: dict[int, Sequence[RawArticle]] = {}
_next = itertools.count()


class Given(beam.PTransform):
    """Whatever :meth:`hold` was last given → raw articles."""

    def __init__(self) -> None:
        super().__init__()
        self.key = next(_next)

    def hold(self, raws: Sequence[RawArticle]) -> None:
        """The articles of the next run; an empty sequence lets the last ones go."""
        _held[self.key] = raws

    def expand(self, pbegin: Any) -> Any:
        return pbegin | "Begin" >> beam.Impulse() | "Give" >> beam.ParDo(_Give(self.key))


class _Give(beam.DoFn):
    def __init__(self, key: int) -> None:
        self.key = key

    def process(self, _: bytes) -> Iterator[RawArticle]:
        yield from _held[self.key]
