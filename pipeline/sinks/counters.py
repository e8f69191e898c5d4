"""The counters of written articles, the same in every sink, which are shown during a run and used by alerts."""

from __future__ import annotations

from apache_beam.metrics import Metrics

from dateline.pipeline.store.rows import ArticleRows


def count(rows: ArticleRows) -> None:
    """Count an article: ``accepted``, ``claims``, and each date as ``dated.ANCHOR`` or ``undated``."""
    Metrics.counter("dateline", "accepted").inc()
    Metrics.counter("dateline", "claims").inc(len(rows.events))
    for date in rows.dates:
        kind = date["anchor_kind"] or "stated"
        Metrics.counter("dateline", f"dated.{kind}" if date["edtf"] else "undated").inc()
