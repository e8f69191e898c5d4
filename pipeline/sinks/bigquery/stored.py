"""Reads dead letters from a BigQuery dataset for ``dateline replay``, and takes articles down.

BigQuery cannot delete rows that were inserted in the last 90 minutes; rows of load jobs can be deleted at
once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.pipeline.errors import StoreError
from dateline.pipeline.sinks.bigquery.client import Dataset
from dateline.transforms.identity import normalize_url

BATCH = 100
_LATER = "rows that were inserted within the last 90 minutes cannot be deleted yet: run it again later"
_STREAMING = "streaming buffer"


def letters(dataset: Dataset, kind: str | None, since: str | None) -> Iterator[dict[str, Any]]:
    """Dead letters as ``dateline replay`` takes them, each once: of one type, and first failed since (UTC text)."""
    where = "WHERE (@kind = '' OR type = @kind) AND first_failed_at >= @since"
    values = {"kind": kind or "", "since": since or ""}
    found = dataset.query(
        f"SELECT dead_letter_id FROM `{{dataset}}.current_dead_letters` {where} ORDER BY dead_letter_id",
        values,
    )
    ids = [row["dead_letter_id"] for row in found]
    for n in range(0, len(ids), BATCH):
        query = "SELECT * FROM `{dataset}.current_dead_letters` WHERE dead_letter_id IN UNNEST(@ids)"
        for row in dataset.query(query, {"ids": ids[n : n + BATCH]}):
            yield row | {"carrier": json.loads(row.get("carrier") or "{}")}


def remove_letters(dataset: Dataset, ids: Sequence[str]) -> None:
    """Remove dead letters that have become articles. Raises StoreError."""
    if ids:
        _delete(
            dataset, "DELETE FROM `{dataset}.dead_letters` WHERE dead_letter_id IN UNNEST(@ids)", list(ids)
        )


def forget(dataset: Dataset, name: str) -> list[str]:
    """Remove all revisions of the articles with this id or address, and their dead letters; gives their ids.

    Nothing keeps them from coming back: a dataset has no ledger. Raises StoreError.
    """
    query = (
        "SELECT DISTINCT article_id, origin FROM `{dataset}.articles` "
        "WHERE article_id = @name OR (@url <> '' AND url = @url)"
    )
    rows = dataset.query(query, {"name": name, "url": normalize_url(name) or ""})
    if not rows:
        return []
    origins = sorted({row["origin"] for row in rows})
    ids = sorted({row["article_id"] for row in rows})
    # The articles last: until they are gone, running it again finds what is left.
    _delete(dataset, "DELETE FROM `{dataset}.dead_letters` WHERE origin IN UNNEST(@ids)", origins)
    _delete(dataset, "DELETE FROM `{dataset}.articles` WHERE article_id IN UNNEST(@ids)", ids)
    return ids


def _delete(dataset: Dataset, statement: str, ids: list[str]) -> None:
    try:
        dataset.query(statement, {"ids": ids})
    except StoreError as error:
        if _STREAMING in str(error):
            raise StoreError(f"{dataset.url}: {_LATER}") from error
        raise
