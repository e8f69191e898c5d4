"""What an input names: files, folders, globs, metadata tables, standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import inputs
from dateline.pipeline.sources.files import read
from tests import pages
from tests.pipeline.sources.conftest import put, raws, texts


def test_folder_is_read_to_its_depth_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "deep/er/c.htm", "notes.pdf", ".hidden.txt", ".git/d.txt", "e.meta.json"):
        put(tmp_path / name, "some words")
    names = [Path(raw.origin).relative_to(tmp_path).as_posix() for raw in raws(tmp_path)]
    assert names == ["a.html", "b.txt", "deep/er/c.htm"]
    assert raws(f"{tmp_path}/") == raws(tmp_path)


def test_glob_and_a_file_named_twice_count_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        put(tmp_path / name, name)
    found = raws(tmp_path / "*.txt", tmp_path / "a.txt")
    assert [Path(raw.origin).name for raw in found] == ["a.txt", "b.txt"]


def test_file_that_is_named_is_read_whatever_its_ending(tmp_path: Path) -> None:
    assert texts(raws(put(tmp_path / "page.aspx", "<html><p>words</p>"))) == ["words"]
    assert texts(raws(put(tmp_path / ".page", "words"))) == ["words"]


def test_names_with_the_signs_of_a_glob_are_names(tmp_path: Path) -> None:
    put(tmp_path / "year[2024]" / "what?*.txt", "words")
    assert texts(raws(tmp_path / "year[2024]")) == ["words"]
    assert texts(raws(tmp_path / "year[2024]" / "what?*.txt")) == ["words"]


@pytest.mark.parametrize(
    "pattern", ["none", "none/*.txt", "none.txt", "nowhere://bucket/x", "*.pdf", "empty"]
)
def test_input_that_matches_nothing_is_an_error_that_names_it(tmp_path: Path, pattern: str) -> None:
    put(tmp_path / "x.pdf", "x")
    (tmp_path / "empty").mkdir()
    named = pattern if "://" in pattern else str(tmp_path / pattern)
    with pytest.raises(InputError, match=r"matches no file|nowhere") as caught:
        raws(named)
    assert named in str(caught.value)


# ---------------------------------------------------------------- what is known beside the page


def test_metadata_table_by_path_or_name(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "words")
    put(tmp_path / "b.txt", "words")
    table = put(
        tmp_path / "table.csv",
        f"\ufefffile,published,zone\n{tmp_path}/a.txt,2024-05-01,\nb.txt,,Asia/Tokyo\n",
    )
    a, b = raws(tmp_path, metadata=str(table), published="2020-01-01")
    assert (a.published, a.zone, b.published, b.zone) == ("2024-05-01", None, "2020-01-01", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("data", "words"),
    [("name,zone\n", "no column 'file'"), ("file,date\n", "unknown columns: date"), ("\xff", "no column")],
)
def test_metadata_table_of_another_shape_is_an_error_that_names_it(
    tmp_path: Path, data: str, words: str
) -> None:
    put(tmp_path / "a.txt", "words")
    table = put(tmp_path / "table.csv", data)
    with pytest.raises(InputError, match=words) as caught:
        raws(tmp_path, metadata=str(table))
    assert "table.csv" in str(caught.value)


# ---------------------------------------------------------------- standard input


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (pages.jsonl(pages.pages(3)), 3),
        (gzip.compress(pages.jsonl(pages.pages(3))), 3),
        (pages.warc(pages.pages(3)), 3),
        (pages.warc(pages.pages(3), gzip=True), 3),
        (json.dumps([page.record() for page in pages.pages(3)]).encode(), 3),
        (json.dumps(pages.page(0).record(), indent=1).encode(), 1),
        (pages.page(0).html().encode(), 1),
        (pages.page(0).text().encode(), 1),
        (b"[Update] " + pages.page(0).text().encode(), 1),
        (gzip.compress(pages.page(0).html().encode()), 1),
    ],
)
def test_standard_input_of_every_format(monkeypatch: pytest.MonkeyPatch, data: bytes, count: int) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    shards = inputs.match(["-"], Settings())
    found = [raw for shard in shards for raw in read(shard)]
    assert len(found) == count
    assert all(pages.page(n).paragraphs[0] in text for n, text in enumerate(texts(found)))
    assert all(raw.origin.startswith("-") for raw in found)
    inputs.discard(shards)
    assert not any(os.path.exists(shard.path) for shard in shards)


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(InputError, match="nothing on standard input"):
        inputs.match(["-"], Settings())
    monkeypatch.setattr(inputs, "STDIN_LIMIT", 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 500_000)))
    with pytest.raises(InputError, match="over 100 bytes"):
        inputs.match(["-"], Settings())
    assert list(tmp_path.iterdir()) == []
