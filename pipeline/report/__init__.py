"""The report of a store (one self-contained HTML page) and the stored trace of one article.

``render(reader)`` makes the page, ``explain(reader, key, console)`` prints the trace. Both read through
:class:`Reader` and compute nothing again.
"""

from dateline.pipeline.report.explain import explain
from dateline.pipeline.report.page import render
from dateline.pipeline.report.records import (
    ArticleRecord,
    ArticleRecords,
    DateRecord,
    Letters,
    Reader,
    Run,
    Summary,
    record_of,
)
from dateline.pipeline.report.store import StoreReader

__all__ = [
    "ArticleRecord",
    "ArticleRecords",
    "DateRecord",
    "Letters",
    "Reader",
    "Run",
    "StoreReader",
    "Summary",
    "explain",
    "record_of",
    "render",
]
