"""Rejections: exceptions that carry what failed.

A :class:`Rejection` is the fault of the input and becomes a dead letter. Anything
else that a pure step raises is wrapped as ``internal`` by :mod:`transforms.steps`. Errors of
the environment (disk, network, memory) are never rejections: they are raised, retried
and end the run.
"""

from __future__ import annotations

from transforms.model import DeadLetterType


class Rejection(Exception):
    """An input that can not become an article.

    ``type`` is one of :data:`transforms.model.DeadLetterType`; ``stage`` and the payload
    are filled in by the wrapper, which knows the raw article.
    """

    type: DeadLetterType = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TooLarge(Rejection):
    """Over a bound of size, ratio or depth."""

    type: DeadLetterType = "too_large"


class Undecodable(Rejection):
    """Bytes that are no text, a broken archive, broken JSON."""

    type: DeadLetterType = "undecodable"


class Empty(Rejection):
    """Nothing to read."""

    type: DeadLetterType = "empty"


class NotAnArticle(Rejection):
    """A page without an article: an index, an error page, a bare form."""

    type: DeadLetterType = "not_an_article"


class SchemaViolation(Rejection):
    """A record that a sink refused for its own data, or a carrier record of the wrong shape."""

    type: DeadLetterType = "schema_violation"


class DeadlinePassed(Rejection):
    """A page that took longer than its time."""

    type: DeadLetterType = "deadline"
