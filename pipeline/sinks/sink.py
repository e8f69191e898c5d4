"""The interfaces of outputs, which a run opens, and of sinks, which the graph writes to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self

import apache_beam as beam

from dateline.pipeline.errors import OutputError
from dateline.pipeline.findings import Finding
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Envelope, RawArticle


class Run(NamedTuple):
    """The run for which an output is opened."""

    run_id: str
    inputs: Sequence[str]
    settings: Settings
    bounded: bool = True
    """Whether it ends by itself; a stream does not."""


class Sink(ABC):
    """Writes articles within the graph. All its transforms are idempotent in effect.

    Errors of the environment are raised after retries (DoFns that write derive from
    :class:`~dateline.pipeline.environment.EnvironmentDoFn`). Only a row that is refused because of its own
    data becomes a dead letter.
    """

    name: str
    """Stable and short: it is part of step names."""

    has_ledger: ClassVar[bool] = False
    """Whether the sink knows its articles, so that known ones can be skipped."""

    @abstractmethod
    def write(self) -> beam.PTransform:
        """Finished Envelope → DeadLetter of each one that was refused for its own data."""

    @abstractmethod
    def write_dead_letters(self) -> beam.PTransform:
        """DeadLetter → nothing."""

    def note_inputs(self) -> beam.PTransform:
        """RawArticle → the same; records the inputs that the reader found. Without a ledger it does nothing."""
        return beam.Map(_same).with_output_types(RawArticle)

    def skip_known(self, others: Sequence[Any] = ()) -> beam.PTransform:
        """Decoded Envelope → those that the sink, or one of the ``others``, does not have. Without a ledger:
        all."""
        return beam.Map(_same).with_output_types(Envelope)


def _same(element: Any) -> Any:
    return element


class Output(ABC):
    """One ``--output``. It is parsed before the run, opened when the run begins, and exports when it has ended."""

    address: str
    """The address as given; two outputs of one run have different addresses."""

    keeps_store: ClassVar[bool] = False
    """Whether it is a database of our own tables, which counts the run and proves that nothing is lost."""

    endless: ClassVar[bool] = True
    """Whether a stream can write to it."""

    one_machine: bool = False
    """Whether its sink writes to a file of one machine."""

    store: Store | None = None
    """Set by :meth:`open` where it :attr:`keeps_store`."""

    @classmethod
    @abstractmethod
    def parse(cls, address: str) -> Self:
        """Parse an ``--output``. Creates nothing. Raises :class:`~dateline.pipeline.errors.OutputError`."""

    @abstractmethod
    def open(self, run: Run) -> Sink | None:
        """Create what is missing; returns the sink, if the output takes part in the graph. Raises StoreError."""

    def export(self, store: Store) -> list[Path]:
        """Write files at the end of a run from ``store``, its own or that of the run; returns the local ones."""
        return []

    def letters(self, kind: str | None, since: str | None) -> Iterator[dict[str, Any]]:
        """Its open dead letters of one type that first failed since a time (UTC text)."""
        raise OutputError(f"{self.address}: dead letters are read from databases, BigQuery and .jsonl files")

    def resolve(self, ids: Sequence[str]) -> None:
        """Note that dead letters have become articles. Raises StoreError."""
        raise NotImplementedError

    def forget(self, name: str) -> list[str]:
        """Remove the articles with this id or address; gives their ids. Raises StoreError. A database has its own way."""
        raise OutputError(f"{self.address}: articles are taken down from databases and BigQuery")

    def check(self) -> Iterator[Finding]:
        """The findings of ``dateline doctor`` about it. Changes nothing."""
        yield Finding("output", "note", self.address, "it can only be checked by a run")


class Topic(ABC):
    """A topic to which ``dateline publish`` sends raw articles, for another stream to read."""

    @classmethod
    @abstractmethod
    def parse(cls, address: str) -> Self:
        """Parse a ``--to``. Raises :class:`~dateline.pipeline.errors.OutputError`."""

    @abstractmethod
    def put(self, raws: Sequence[RawArticle]) -> None:
        """Send articles and return when all are stored. After a StoreError all are sent again, and readers
        recognize repeats."""

    @abstractmethod
    def check(self) -> Iterator[Finding]:
        """The findings of ``dateline doctor`` about it. Sends nothing."""
