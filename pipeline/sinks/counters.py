"""The counters of written articles, the same in every sink, which are shown during a run and used by alerts."""

from __future__ import annotations

from collections import Counter

from apache_beam.metrics import Metrics

from dateline.pipeline.store.rows import ArticleRows


def count(rows: ArticleRows) -> None:
    """Count an article: ``accepted``, ``claims``, and each date as ``dated.ANCHOR`` or ``undated``."""
    found = Counter(
        "undated" if not d["edtf"] else f"dated.{d['anchor_kind'] or 'stated'}" for d in rows.dates
    )
    found["accepted"], found["claims"] = 1, len(rows.events)
    for name, many in found.items():
        Metrics.counter("dateline", name).inc(many)
