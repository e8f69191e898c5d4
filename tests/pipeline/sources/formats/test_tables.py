"""CSV, TSV and Parquet: good tables and bad ones."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.formats import tables
from tests.pipeline.sources.formats.samples import (
    ROWS,
    TEXTS,
    article,
    message,
    outcome,
    parquet,
    raws,
    table,
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", table()), ("a.csv", table(";")), ("a.tsv", table("\t")), ("a.csv", table(encoding="utf-16")), ("a.csv", b"\xef\xbb\xbf" + table()),
        ("a.csv.gz", gzip.compress(table())), ("a.csv", b"sep=;\r\n" + table(";")), ("a.txt", table("|")), ("a.parquet", parquet(ROWS)), ("a", parquet(ROWS)),
    ],
)  # fmt: skip
def test_each_row_is_an_article(tmp_path: Path, name: str, data: bytes) -> None:
    found = [article(raw) for raw in raws(tmp_path / name, data)]
    assert [a.text for a in found] == TEXTS
    assert [(a.title, a.byline, a.url) for a in found] == [
        (f"Bridge {n}", "Mara Oduya", f"https://h.example/{n}") for n in (0, 1)
    ]


def test_row_groups_are_read_once_over_all_shards(tmp_path: Path) -> None:
    rows = [{"title": f"T{n}", "text": TEXTS[0] + f" Number {n}."} for n in range(50)]
    found = raws(tmp_path / "a.parquet", parquet(rows, 7), Settings(split_bytes=500))
    assert len(found) == 50 and len({raw.origin for raw in found}) == 50


def test_cell_that_opens_with_a_quotation_keeps_its_marks(tmp_path: Path) -> None:
    text = '"We shut it," the mayor of Marren said on Monday.'
    [raw, _] = raws(tmp_path / "a.tsv", f"title\ttext\nBridge\t{text}\nBridge\t{TEXTS[1]}\n".encode())
    assert article(raw).text == text


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_one_cell_over_the_bound_is_one_dead_letter(tmp_path: Path, name: str) -> None:
    rows = [ROWS[0], ROWS[0] | {"text": "x" * 300_000}, ROWS[1]]
    data = parquet(rows) if name == "a.parquet" else table(rows=rows)
    settings = Settings(raw_bytes=100_000)
    kinds = [outcome(raw, settings.decode) for raw in raws(tmp_path / name, data, settings)]
    assert kinds == [TEXTS[0], "too_large", TEXTS[1]]


def test_rows_before_a_broken_one_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell over the reader's own limit ends a table, and what was read ahead for the order of days is not lost."""
    monkeypatch.setattr(tables, "_ROW_BYTES", 200_000)
    rows = [*ROWS, ROWS[0] | {"text": "x" * 300_000}, ROWS[1]]
    found = raws(tmp_path / "a.csv", table(rows=rows), Settings(raw_bytes=100_000))
    assert [outcome(raw) for raw in found] == [*TEXTS, "undecodable"]
    assert found[-1].origin.endswith("#3+") and "more than 200000 characters" in message(found[-1])
    [raw] = raws(tmp_path / "b.csv", b"title,text" + b" " * 200_000, Settings(raw_bytes=100_000))
    assert "more than 200000 characters" in message(raw)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inside", ["\u2028", "\x0b", "\x85", "\x1c"])
def test_only_the_ends_of_lines_end_a_row(tmp_path: Path, end: str, inside: str) -> None:
    lines = ["title\ttext", *(f"Bridge\t{text[:30]}{inside}{text[30:]}" for text in TEXTS)]
    found = raws(tmp_path / "a.tsv", end.join(lines).encode())
    assert [raw.origin.rpartition("#")[2] for raw in found] == ["1", "2"]
    assert [text.split()[-1] for text in map(outcome, found)] == ["Monday.", "Friday."]


def test_a_mapped_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    [raw] = raws(tmp_path / "a.csv", table(), Settings(fields={"content": "body"}))
    assert "without the column 'body' that --map names; it has: title, text, date, url, author" in message(
        raw
    )
