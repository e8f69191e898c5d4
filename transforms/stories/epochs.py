"""The epoch of links: which of them were made by the same table, weights and version of profiles."""

from __future__ import annotations

from functools import lru_cache

from dateline.transforms.identity import sha256
from dateline.transforms.stories.columns import FORM
from dateline.transforms.stories.table import DATA

VERDICTS = 2
"""The version of candidates, verdicts and contradictions. It is raised when the same profiles get other links."""


@lru_cache(maxsize=1)
def epoch() -> str:
    """Twelve hex digits that change with the table, the weights, and the versions of profiles and verdicts.

    Links of one epoch can be compared and joined; links of different epochs cannot.
    """
    data = b"".join((DATA / name).read_bytes() for name in ("rarity.npz", "weights.json"))
    return sha256(f"{FORM}|{VERDICTS}|{sha256(data)}")[:12]
