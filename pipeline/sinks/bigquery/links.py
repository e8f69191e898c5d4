"""The links, stories and days of a database as a snapshot in a BigQuery dataset, for its views.

A snapshot is written whole, and its own row last: until that row is there, the views show the snapshot before.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.sinks.bigquery.client import Dataset
from dateline.pipeline.sinks.bigquery.output import BATCH_BYTES, parse
from dateline.pipeline.sinks.bigquery.rows import Keyed, keyed
from dateline.pipeline.sinks.bigquery.tables import LINKED, SNAPSHOTS
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store

ROWS = 500


def copy_links(store: Store, output: str, retry_seconds: float) -> int:
    """Copy what the views of links read in a database to ``bigquery://PROJECT/DATASET``; gives the number of rows.

    Raises :class:`~dateline.pipeline.errors.OutputError` for another address, and
    :class:`~dateline.pipeline.errors.StoreError` where a row is refused: the views then stay as they were.
    """
    dataset = Dataset(*parse(output), retry_seconds)
    epoch = store.read(
        lambda c: c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == t.LINK_EPOCH)).scalar()
    )
    snapshot = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    copied = 0
    try:
        dataset.make_tables()
        for name, table in LINKED.items():
            rows = store.rows(sa.select(table).where(table.c.epoch == epoch))
            for batch in _batches(_keyed(name, snapshot, rows)):
                _insert(dataset, name, batch)
                copied += len(batch)
        _insert(dataset, SNAPSHOTS, [keyed(snapshot, {"snapshot": snapshot, "epoch": epoch or ""})])
    finally:
        dataset.close()
    return copied


def _keyed(name: str, snapshot: str, rows: Iterable[dict[str, Any]]) -> Iterator[Keyed]:
    keys = [c.name for c in LINKED[name].primary_key]
    for row in rows:
        key = json.dumps([name, snapshot, *(row[k] for k in keys)])
        yield keyed(key, {"snapshot": snapshot} | {k: v for k, v in row.items() if v is not None})


def _batches(rows: Iterable[Keyed]) -> Iterator[list[Keyed]]:
    batch: list[Keyed] = []
    size = 0
    for row in rows:
        if batch and (len(batch) >= ROWS or size + row.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row.size
    if batch:
        yield batch


def _insert(dataset: Dataset, table: str, batch: list[Keyed]) -> None:
    refused = dataset.insert(table, [(row.insert_id, row.row) for row in batch])
    if refused:
        raise StoreError(f"{dataset.url}/{table}: refuses a row: {refused[0][1]}")
