"""What the graph asks of a sink: one interface, chosen by ``--output``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import apache_beam as beam


class Sink(Protocol):
    """A place for events. All transforms are idempotent in effect."""

    name: str
    """Stable and short: it is part of step names."""

    has_ledger: bool
    """Whether the sink can say what it holds, so that known articles may be skipped."""

    def note_inputs(self) -> beam.PTransform:
        """RawArticle → the same; notes what the reader enumerated."""
        ...

    def skip_known(self, others: Sequence[Any] = ()) -> beam.PTransform:
        """Decoded Envelope → those that the sink, or one of the ``others``, does not hold."""
        ...

    def write(self) -> beam.PTransform:
        """Finished Envelope → DeadLetter of each one that was refused for its own data."""
        ...

    def write_dead_letters(self) -> beam.PTransform:
        """DeadLetter → nothing."""
        ...
