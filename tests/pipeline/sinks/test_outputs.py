"""Several outputs of one run, and files as outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from apache_beam.io.localfilesystem import LocalFileSystem
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.errors import OutputError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import client as bigquery_client
from dateline.pipeline.sinks.outputs import Outputs
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store, open_store
from tests.pipeline.articles import message
from tests.pipeline.bq_fake import BigQuery, serving


@pytest.fixture
def pages(tmp_path: Path) -> str:
    """Twelve articles and one line that is none."""
    file = tmp_path / "pages.jsonl"
    lines = [
        json.dumps({"content": data.decode(), **known})
        for data, known in (message(n) for n in range(0, 24, 2))
    ]
    file.write_text("\n".join([*lines, "{broken"]) + "\n")
    return str(file)


@pytest.fixture
def bigquery(monkeypatch: pytest.MonkeyPatch) -> Iterator[BigQuery]:
    with serving() as (fake, address):
        monkeypatch.setenv(bigquery_client.EMULATOR, address)
        yield fake


def _store(output: str) -> Store:
    return open_store(parse_output(output).url)


def test_every_output_holds_the_same(pages: str, tmp_path: Path, bigquery: BigQuery, postgres: str) -> None:
    folder, file = str(tmp_path / "out"), str(tmp_path / "files" / "news.jsonl")
    names = [folder, f"sqlite:///{tmp_path}/second.db", postgres, "bigquery://paper/news", file]
    summary = run([pages], names, Settings())
    assert summary.counts["article"] == 12 and summary.rejected == 1
    stores = [_store(name) for name in names[:3]]
    assert len({s.content_hash() for s in stores}) == 1 and stores[0].count(t.articles) == 12
    for store in stores:
        store.close()
    assert len(bigquery.rows["articles"]) == 12 and len(bigquery.rows["dead_letters"]) == 1
    records = Path(file).read_text().splitlines()
    assert records == (tmp_path / "out" / "events.jsonl").read_text().splitlines() and len(records) >= 12
    assert len((tmp_path / "files" / "news.dead_letters.jsonl").read_text().splitlines()) == 1


def test_an_article_is_skipped_only_if_every_output_holds_it(pages: str, tmp_path: Path) -> None:
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    run([pages], a, Settings())
    both = run([pages], [a, b], Settings())
    assert both.counts.get("known", 0) == 0 and _store(b).count(t.articles) == 12
    assert run([pages], [a, b], Settings()).counts["known"] == 12
    assert _store(a).content_hash() == _store(b).content_hash()


def test_files_alone_need_no_database_of_the_user(pages: str, tmp_path: Path) -> None:
    jsonl, parquet = tmp_path / "x" / "news.jsonl", tmp_path / "x" / "news.parquet"
    summary = run([pages], [str(jsonl), str(parquet)], Settings())
    assert {p.name for p in summary.files} >= {"news.jsonl", "news.parquet", "news.dead_letters.jsonl"}
    assert pq.read_table(parquet).num_rows == len(jsonl.read_text().splitlines()) >= 12
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pages.jsonl", "x"]
    before = jsonl.read_bytes()
    run([pages], [str(jsonl)], Settings())
    assert jsonl.read_bytes() == before


def test_a_file_that_no_run_wrote_is_never_replaced(pages: str, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"precious")
    before = Path(pages).read_bytes()
    for name in (pages, str(tmp_path / "x.parquet")):
        with pytest.raises(OutputError, match="no run has written"):
            run([pages], name, Settings())
    assert Path(pages).read_bytes() == before and (tmp_path / "x.parquet").read_bytes() == b"precious"
    run([pages], str(tmp_path / "y.parquet"), Settings())
    run([pages], str(tmp_path / "y.parquet"), Settings())


class FarFileSystem(LocalFileSystem):  # type: ignore[misc]
    """A Beam file system ``far://`` for this test: local files under another name."""

    @classmethod
    def scheme(cls) -> str:
        return "far"

    def _path(self, path: str) -> str:
        return path.removeprefix("far:/")

    def create(self, path: str, *args: Any, **kwargs: Any) -> Any:
        Path(self._path(path)).parent.mkdir(parents=True, exist_ok=True)
        return super().create(self._path(path), *args, **kwargs)

    def exists(self, path: str) -> bool:
        return bool(super().exists(self._path(path)))

    def mkdirs(self, path: str) -> None:
        super().mkdirs(self._path(path))

    def delete(self, paths: list[str]) -> None:
        super().delete([self._path(path) for path in paths])

    def rename(self, sources: list[str], targets: list[str]) -> None:
        super().rename([self._path(path) for path in sources], [self._path(path) for path in targets])


def test_a_folder_on_a_beam_file_system(pages: str, tmp_path: Path) -> None:
    run([pages], f"far:/{tmp_path}/far/", Settings())
    made = {p.name: p.stat().st_size for p in (tmp_path / "far").iterdir()}
    assert (
        made.keys() == {"events.jsonl", "events.parquet", "dead_letters.jsonl"} and min(made.values()) > 100
    )
    with pytest.raises(OutputError, match="nowhere://bucket/news"):
        run([pages], "nowhere://bucket/news.jsonl", Settings())


def test_a_stream_into_two_databases(tmp_path: Path) -> None:
    names = [str(tmp_path / "a"), f"sqlite:///{tmp_path}/b.db"]
    intake = MicroBatchRun(names, Settings(), "test")
    counts = intake.put([raw_of(*message(n), f"m#{n}") for n in range(5)])
    intake.close()
    assert counts["article"] == 5
    assert [_store(name).count(t.articles) for name in names] == [5, 5]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["bigquery://paper"], "bigquery://PROJECT/DATASET"),
        (["gs://bucket/events.csv"], "no output begins like this"),
        (["sqlite:///x.db", "sqlite:///./x.db"], "one database"),
    ],
)
def test_outputs_that_are_refused(names: list[str], words: str) -> None:
    with pytest.raises(OutputError, match=words):
        Outputs(names, Settings())


def test_a_stream_takes_no_files(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="a stream writes to databases"):
        Outputs([str(tmp_path / "x.jsonl")], Settings(), bounded=False)


def test_the_command_takes_several(pages: str, tmp_path: Path) -> None:
    arguments = [
        "run",
        pages,
        "-o",
        str(tmp_path / "a"),
        "-o",
        str(tmp_path / "b.jsonl"),
        "--format",
        "jsonl",
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "b.jsonl").exists() and (tmp_path / "a" / "events.db").exists()
