"""Rejections: exceptions for inputs that cannot become an article.

A :class:`Rejection` is caused by the input, which becomes a dead letter. :mod:`dateline.transforms.steps`
wraps any other exception of a pure step as ``internal``. Errors of the environment (disk, network, memory)
are not rejections: they are raised, retried, and in the end stop the run.
"""

from __future__ import annotations

from dateline.transforms.model import DeadLetterType


class Rejection(Exception):
    """An input that cannot become an article.

    ``type`` is one of :data:`dateline.transforms.model.DeadLetterType`; ``stage`` and the payload
    are filled in by the wrapper, which knows the raw article.
    """

    type: DeadLetterType = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TooLarge(Rejection):
    """The input exceeds a limit of size, ratio or depth."""

    type: DeadLetterType = "too_large"


class Undecodable(Rejection):
    """The bytes are not text, or the archive or JSON is broken."""

    type: DeadLetterType = "undecodable"


class Empty(Rejection):
    """The input has no text."""

    type: DeadLetterType = "empty"


class NotAnArticle(Rejection):
    """The page is not an article: an index, an error page, a form."""

    type: DeadLetterType = "not_an_article"


class SchemaViolation(Rejection):
    """A sink refused the record because of its data, or the carrier's record has the wrong shape."""

    type: DeadLetterType = "schema_violation"


class DeadlinePassed(Rejection):
    """The page took longer than the time limit."""

    type: DeadLetterType = "deadline"
