"""The closed words that claims are read by: those of all languages that have any, as titles and roles are."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.lexicon import Claims


def _all() -> Claims:
    parts = lexicon.library().every(Claims).values()
    return Claims.model_validate(
        {name: [word for part in parts for word in getattr(part, name)] for name in Claims.model_fields}
    )


WORDS = _all()
