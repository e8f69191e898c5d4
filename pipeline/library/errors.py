"""What reading can raise.

A page that is no article raises a :class:`Rejection`, whose type says why:
:class:`NotAnArticle`, :class:`Empty`, :class:`Undecodable`, :class:`TooLarge`, :class:`SchemaViolation` or
:class:`DeadlinePassed`. A value that is not of its kind, such as ``published="yesterday"``, raises
:class:`HintError`, which is a :class:`ValueError`. What cannot be opened or asked raises a :class:`PipelineError`. A library
that is not installed raises :class:`MissingExtra`, which is an :class:`ImportError` and names the extra.
"""

from __future__ import annotations

from dateline.pipeline.errors import InputError, OutputError, PipelineError, SettingsError, StoreError
from dateline.pipeline.hints import HintError
from dateline.transforms.errors import (
    DeadlinePassed,
    Empty,
    NotAnArticle,
    Rejection,
    SchemaViolation,
    TooLarge,
    Undecodable,
)


class MissingExtra(ImportError):
    """A library that is optional is not installed."""


class NotFound(LookupError):
    """No article, or more than one, is called like this. The message suggests others."""


__all__ = [
    "DeadlinePassed",
    "Empty",
    "HintError",
    "InputError",
    "MissingExtra",
    "NotAnArticle",
    "NotFound",
    "OutputError",
    "PipelineError",
    "Rejection",
    "SchemaViolation",
    "SettingsError",
    "StoreError",
    "TooLarge",
    "Undecodable",
]
