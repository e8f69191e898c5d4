"""Every sink counts the same of the same articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from dateline.pipeline import graph
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery.output import BigQuerySink
from dateline.pipeline.sinks.database import DatabaseSink
from dateline.pipeline.sinks.sink import Sink
from dateline.pipeline.sources.files import ReadFiles
from dateline.pipeline.sources.inputs import match
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store
from tests import pages
from tests.pipeline import bq_fake


def counted(folder: Path, sink: Callable[[Settings], Sink]) -> dict[str, int]:
    settings = Settings()
    pipeline = beam.Pipeline(options=PipelineOptions(["--runner=FnApiRunner", "--no_save_main_session"]))
    graph.ingest(pipeline, ReadFiles(match([str(folder)], settings)), [sink(settings)], settings)
    result = pipeline.run()
    result.wait_until_finish()
    counters = result.metrics().query()["counters"]
    return {c.key.metric.name: c.committed for c in counters if c.key.metric.namespace == "dateline"}


def test_a_database_and_bigquery_count_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    pages.write_folder(folder, pages.pages(6))
    (folder / "empty.txt").write_text("")
    url = sqlite_url(tmp_path / "events.db")
    store = Store(url, 5.0)
    run_id = store.begin_run("x", [])
    store.close()
    with bq_fake.serving("news") as (_, address):
        monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", address)
        BigQuerySink("bigquery://acme-news/news", run_id, Settings()).make_tables()
        cloud = counted(folder, lambda s: BigQuerySink("bigquery://acme-news/news", run_id, s))
    local = counted(folder, lambda s: DatabaseSink(url, run_id, s))
    assert cloud == local
    assert local["accepted"] == 6
    assert local["rejected.empty"] == 1
    assert local["claims"] > 6
    assert any(name.startswith("dated.") for name in local)
