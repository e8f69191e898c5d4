"""The errors of the library.

A page that is not an article raises a :class:`Rejection`, whose type says why: :class:`NotAnArticle`,
:class:`Empty`, :class:`Undecodable`, :class:`TooLarge`, :class:`SchemaViolation` or :class:`DeadlinePassed`.
An argument in the wrong form, such as ``published="yesterday"``, raises :class:`HintError`, which is a
:class:`ValueError`. Something that cannot be opened or queried raises a :class:`PipelineError`. A library
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
    """An optional library is not installed."""


class NotFound(LookupError):
    """No article, or more than one, has this name. The message suggests others."""


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
