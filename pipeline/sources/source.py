"""The interface of sources: a bounded source gives a transform, a stream gives deliveries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple, Self

import apache_beam as beam

from dateline.pipeline.findings import Finding
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.listing import Listing
from dateline.transforms.model import RawArticle


class BoundedSource(ABC):
    """Inputs that end. The class is constructed in the launching process, before the run starts."""

    one_process: ClassVar[bool] = False
    """Whether its transform works only in the process that made it."""

    listing: Listing | None = None
    """The outcome of each file, if the inputs are files."""

    @classmethod
    @abstractmethod
    def open(cls, inputs: Sequence[str], settings: Settings) -> Self:
        """Find the inputs. Raises :class:`~dateline.pipeline.errors.InputError`."""

    @property
    @abstractmethod
    def transform(self) -> beam.PTransform:
        """Nothing → raw articles, each with a unique origin."""

    @classmethod
    @abstractmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """The findings of ``dateline doctor`` about an input. Changes nothing."""

    def close(self) -> None:  # noqa: B027 (most have nothing to release)
        """Release what :meth:`open` acquired."""


class Delivery(NamedTuple):
    """One message of a stream. ``published`` is in Unix seconds; ``ack`` tells the stream that it is stored."""

    raw: RawArticle
    published: float
    ack: Callable[[], None]


class StreamSource(ABC):
    """A stream whose sender keeps each message until it is acknowledged."""

    @classmethod
    @abstractmethod
    def open(cls, name: str) -> Self:
        """Start to receive. Raises :class:`~dateline.pipeline.errors.InputError`."""

    @abstractmethod
    def take(self, most: int, seconds: float) -> list[Delivery]:
        """The next batch: at most ``most`` messages, or those that arrive within ``seconds`` of the first.

        It is empty if no message arrived for a short time. Origins are unique within a batch. Raises
        :class:`~dateline.pipeline.errors.InputError` if the stream is gone or forbidden.
        """

    @property
    @abstractmethod
    def waiting(self) -> int:
        """The number of received messages that no batch has taken yet."""

    @classmethod
    @abstractmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """The findings of ``dateline doctor`` about a stream. Takes no message."""

    @abstractmethod
    def close(self) -> None:
        """Return the messages that no batch took, send outstanding acknowledgements, and disconnect."""
