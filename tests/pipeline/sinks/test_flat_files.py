"""The flat tables as files: one content in every format, readable by others, no formula in a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.pipeline.sinks import flat_files
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows
from dateline.pipeline.store.schema import flat
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk
from tests.pages import page


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path_factory.mktemp("flat") / "events.db"))
    for n in range(3):
        raw = RawArticle(content=page(n).html(), origin=f"=cmd({n})", url=page(n).url)
        one.write_articles("r", [article_rows(walk(raw), "s", "r")])
    yield one
    one.close()


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file as text, so that formats can be compared."""
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("name", flat.TABLES)
def test_every_format_says_the_same(store: Store, tmp_path: Path, name: str) -> None:
    for form in flat_files.FORMATS:
        flat_files.write(store, flat.TABLES[name], form, tmp_path / f"{name}.{form}")
    parquet, jsonl, table = (read(tmp_path / f"{name}.{form}") for form in ("parquet", "jsonl", "csv"))
    assert parquet == jsonl
    assert len(parquet) > 0
    assert list(table[0]) == flat.TABLES[name].names
    for ours, cells in zip(parquet, table, strict=True):
        assert cells["origin"] == "'" + ours["origin"]  # a spreadsheet would run it
        for column in ("published", "pipeline", "language"):
            assert cells[column] == ours[column]


def test_days_are_days_and_offsets_are_numbers(store: Store) -> None:
    table = flat_files.table_of(store, flat.EVENTS)
    assert table.schema.field("when_start").type == pa.date32()
    assert table.schema.field("verb_start").type == pa.int64()
    assert b"offset of the verb" in table.schema.field("verb_start").metadata[b"help"]
    row = next(row for row in table.to_pylist() if row["when_start"])
    assert isinstance(row["when_start"], date)


def test_an_empty_store_gives_empty_tables_with_columns(tmp_path: Path) -> None:
    one = Store(sqlite_url(tmp_path / "events.db"))
    for name, table in flat.TABLES.items():
        for form in flat_files.FORMATS:
            flat_files.write(one, table, form, tmp_path / f"{name}.{form}")
        assert pq.read_schema(tmp_path / f"{name}.parquet").names == table.names
        assert (tmp_path / f"{name}.csv").read_text("utf-8").strip() == ",".join(table.names)
    one.close()


def test_more_rows_than_a_chunk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flat_files.table_of(store, flat.DATES)
    monkeypatch.setattr(flat_files, "CHUNK", 2)
    assert flat_files.table_of(store, flat.DATES).equals(whole)
