"""What dateline wrote is never read as a page: a folder of pages often holds the output of an earlier run."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.runs import bounded
from dateline.pipeline.runs.summary import Summary
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks import exports, flat_files
from dateline.pipeline.sources.inputs import match
from dateline.pipeline.sources.listing import Listing
from dateline.pipeline.sources.own_files import own_files, what_of
from dateline.pipeline.store.location import DATABASE_FILE, open_existing
from dateline.pipeline.store.schema.flat import TABLES
from tests import pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages with an output and exported tables in it."""
    path = tmp_path_factory.mktemp("pages")
    for n, page in enumerate(pages.pages(2)):
        (path / f"{n}.html").write_text(page.html(), "utf-8")
    (path / "empty.txt").write_text("")
    run(path)
    store, _ = open_existing(str(path / "out"))
    for name, table in TABLES.items():
        for form in ("csv", "jsonl", "parquet"):
            flat_files.write(store, table, form, path / f"{name}.{form}")
    store.close()
    return path


def run(path: Path) -> Summary:
    return bounded.run([str(path)], str(path / "out"), Settings(retry_seconds=0))


def test_a_second_run_over_the_folder_that_holds_its_output_changes_nothing(folder: Path) -> None:
    before = len(list(folder.rglob("*")))
    summary = run(folder)
    assert summary.counts["known"] == 2
    assert "article" not in summary.counts
    assert "14 that dateline wrote" in summary.sentence
    assert len(list(folder.rglob("*"))) == before


def test_every_file_of_an_output_is_known(folder: Path) -> None:
    wrote = {str(path) for path in (folder / "out").iterdir()}
    assert {Path(path).name for path in wrote} >= {*exports._WRITERS, DATABASE_FILE}
    assert own_files(wrote) == wrote


def test_files_of_others_in_an_output_folder_are_read(folder: Path) -> None:
    page = folder / "out" / "mine.txt"
    page.write_text("The council met.")
    try:
        assert str(page) in {shard.path for shard in match([str(folder)], Settings())}
    finally:
        page.unlink()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out", "give the folder of the pages"),
        ("out/events.jsonl", "found in pages"),
        ("out/dead_letters.jsonl", "dateline replay"),
        ("events.csv", "found in pages"),
        ("dates.parquet", "found in pages"),
    ],
)
def test_a_name_that_holds_nothing_else_says_what_it_holds(folder: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        match([str(folder / name)], Settings())


def test_beside_other_inputs_an_output_is_counted(folder: Path) -> None:
    listing = Listing()
    found = match([str(folder / "0.html"), str(folder / "out")], Settings(), listing)
    assert [Path(shard.path).name for shard in found] == ["0.html"]
    assert listing.own == 5


def test_a_table_of_articles_is_read_if_it_is_named(folder: Path) -> None:
    assert [Path(s.path).name for s in match([str(folder / "articles.csv")], Settings())] == ["articles.csv"]


@pytest.mark.parametrize("head", ["article_id,revision,text\n1,2,3\n", "text,title\n", '"\n', ""])
def test_tables_of_others_are_not_ours(tmp_path: Path, head: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(head)
    assert what_of(str(path)) is None


def test_broken_and_foreign_files_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_bytes(b"no database")
    (tmp_path / "events.jsonl").write_text('{"article_id": "1", ')
    (tmp_path / "events.parquet").write_bytes(b"PAR1")
    pq.write_table(pa.table({"text": ["words"]}), tmp_path / "other.parquet")
    (tmp_path / "report.html").write_text("<p>Annual report</p>")
    assert own_files(str(path) for path in tmp_path.iterdir()) == set()
