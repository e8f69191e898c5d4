"""Counts records of an archive that cannot be articles (pictures, requests, styles) by their kind."""

from __future__ import annotations

import re
from typing import Any

from apache_beam.metrics import Metrics, MetricsFilter

PREFIX = "passed."
"""The prefix of these counters."""
_NAMESPACE = "dateline"
_SHOWN = 6
_NAME = re.compile(r"[a-z0-9.+/-]{1,40}")


def pass_over(kind: str) -> None:
    """Count one record. ``kind`` is a short word: ``image``, ``request``, ``.css``."""
    kind = kind.lower()
    Metrics.counter(_NAMESPACE, PREFIX + (kind if _NAME.fullmatch(kind) else "other")).inc()


def passed(result: Any) -> dict[str, int]:
    """The counts of a finished run by name; empty if its engine keeps none."""
    try:
        found = result.metrics().query(MetricsFilter().with_namespace(_NAMESPACE))["counters"]
    except (AttributeError, KeyError, NotImplementedError):
        return {}
    counts: dict[str, int] = {}
    for one in found:
        name = one.key.metric.name
        if name.startswith(PREFIX):
            counts[name] = counts.get(name, 0) + int(one.committed or one.attempted or 0)
    return counts


def in_words(counts: dict[str, int]) -> str:
    """``412 records of archives that are no pages: image, request``; empty if there were none."""
    kinds = {name.removeprefix(PREFIX): n for name, n in counts.items() if name.startswith(PREFIX)}
    if not kinds:
        return ""
    total = sum(kinds.values())
    most = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    shown = ", ".join(most[:_SHOWN]) + (", …" if len(most) > _SHOWN else "")
    noun = "record of an archive that is no page" if total == 1 else "records of archives that are no pages"
    return f"{total:,} {noun}: {shown}"
