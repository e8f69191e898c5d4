"""Steps that answer from a table: what is left of a run's time is Beam's and the store's."""

from __future__ import annotations

from typing import Any

from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import Step, decode_step, read_steps, walk

_DONE: dict[bytes | str, Envelope] = {}
_FIELDS = {
    "Decode": "page",
    "Clean": "article",
    "Anchor": "anchors",
    "Parse": "parse",
    "Dates": "times",
    "Claims": "claims",
    "Normalize": "events",
}


def read_once(raws: list[RawArticle]) -> None:
    """Fill the table by reading each page in earnest."""
    _DONE.clear()
    _DONE.update((raw.content, walk(raw)) for raw in raws)


def decode(*_: Any) -> Step:
    """Stands in for ``decode_step``."""
    return _replayed(decode_step())


def rest(*_: Any) -> tuple[Step, ...]:
    """Stands in for ``read_steps``."""
    return tuple(map(_replayed, read_steps()))


def _replayed(step: Step) -> Step:
    return Step(step.name, _Replay(_FIELDS.get(step.name)))


class _Replay:
    """A step by the name of its field: small to pickle, the table stays where it is."""

    def __init__(self, field: str | None) -> None:
        self.field = field

    def __call__(self, e: Envelope) -> Envelope:
        if self.field is None:
            return e
        return e.model_copy(update={self.field: getattr(_DONE[e.raw.content], self.field)})
