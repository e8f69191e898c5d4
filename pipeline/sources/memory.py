"""Raw articles in memory as a source: the batches of a stream, fetched pages.

Beam's ``Create`` would encode every article into the pipeline and shuffle it. This source puts only a key
into the pipeline, so that one pipeline can run batch after batch. The articles and their reader must be in
one process.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam

from dateline.transforms.model import RawArticle
from dateline.transforms.steps import InspectedDoFn

_held: dict[int, Sequence[RawArticle]] = {}
_next = itertools.count()


class InMemory(beam.PTransform):
    """The articles of the last call of :meth:`hold`."""

    def __init__(self, raws: Sequence[RawArticle] = ()) -> None:
        super().__init__()
        self.key = next(_next)
        self.hold(raws)

    def hold(self, raws: Sequence[RawArticle]) -> None:
        """Set the articles of the next run. An empty sequence releases the last ones."""
        _held[self.key] = raws

    def expand(self, pbegin: Any) -> Any:
        return pbegin | "Begin" >> beam.Impulse() | "Give" >> beam.ParDo(_Read(self.key))


class _Read(InspectedDoFn):
    def __init__(self, key: int) -> None:
        self.key = key

    def process(self, _: bytes) -> Iterator[RawArticle]:
        yield from _held[self.key]
