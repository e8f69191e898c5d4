"""The BigQuery sink against a fake of its REST interface: our calls, not BigQuery's semantics."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest

from dateline.pipeline import graph
from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.runs import engine
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import client as bigquery_client
from dateline.pipeline.sinks.bigquery import loads as bigquery_loads
from dateline.pipeline.sinks.bigquery.client import Dataset
from dateline.pipeline.sinks.bigquery.output import BigQuerySink, parse
from dateline.pipeline.sinks.bigquery.tables import VIEWS, files, schema
from dateline.pipeline.sources.memory import InMemory
from dateline.pipeline.sources.message import raw_of
from dateline.transforms.model import RawArticle
from tests.pipeline.articles import POISON, message
from tests.pipeline.bq_fake import BigQuery, serving
from tests.waiting import LONG

SCHEMAS = Path(__file__).parents[4] / "deploy" / "schema"
SETTINGS = Settings(retry_seconds=LONG)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[BigQuery]:
    with serving() as (found, address):
        monkeypatch.setenv(bigquery_client.EMULATOR, address)
        yield found


def _ingest(raws: list[RawArticle], settings: Settings = SETTINGS) -> None:
    sink = BigQuerySink("bigquery://paper/news", "run", settings)
    sink.make_tables()
    with beam.Pipeline(options=engine.local().options) as pipeline:
        graph.ingest(pipeline, InMemory(raws), [sink], settings)


def _raws(count: int) -> list[RawArticle]:
    return [
        raw_of(data, attributes, f"m#{n:03}")
        for n, (data, attributes) in enumerate(map(message, range(count)))
    ]


def test_one_row_an_article_with_its_dates_and_events_inside(fake: BigQuery) -> None:
    poison = [raw_of(data, attributes, f"p#{n}") for n, (data, attributes) in enumerate(POISON)]
    _ingest(_raws(70) + poison)
    rows = fake.rows["articles"]
    assert len(rows) == 70 and len(fake.rows["dead_letters"]) == len(POISON)
    assert all(row["events"] and row["dates"] for row in rows)
    event = rows[0]["events"][0]
    assert json.loads(event["record"])["event_id"] == event["event_id"] and "article_id" not in event
    table = fake.tables["articles"]
    assert table["timePartitioning"] == {"type": "DAY"} and table["clustering"] == {"fields": ["article_id"]}
    assert set(VIEWS) < set(fake.tables)


def test_the_same_rows_again_have_the_same_insert_ids(fake: BigQuery) -> None:
    for _ in range(2):
        _ingest(_raws(5))
    assert len(fake.rows["articles"]) == 5


def test_an_outage_is_waited_for_and_then_ends_the_run(fake: BigQuery) -> None:
    fake.down = 2
    _ingest(_raws(5))
    assert len(fake.rows["articles"]) == 5
    fake.down = 10_000
    with pytest.raises(StoreError, match="503"):
        Dataset("paper", "news", 0.5).insert("articles", [("a", {})])


def test_rows_that_are_slow_are_sent_again_alone(fake: BigQuery) -> None:
    fake.row_down = {"m#001": 2}
    _ingest(_raws(5))
    assert sorted(r["origin"] for r in fake.rows["articles"]) == [f"m#{n:03}" for n in range(5)]


def test_a_row_that_is_refused_becomes_a_dead_letter_and_the_others_stand(fake: BigQuery) -> None:
    fake.refuse = {"m#002"}
    _ingest(_raws(5))
    assert len(fake.rows["articles"]) == 4
    (letter,) = fake.rows["dead_letters"]
    assert letter["origin"] == "m#002" and letter["type"] == "schema_violation" and letter["stage"] == "Write"
    assert "refused by the test" in letter["message"]


def test_a_dead_letter_that_no_request_holds_is_written_without_its_payload(fake: BigQuery) -> None:
    """1.8 million Cyrillic letters are 10.8 MB as they are sent, though they are far below 6 million letters."""
    fake.most_bytes = 10_000_000
    page = RawArticle(content="Ж" * 1_800_000, origin="m#big", media_type="application/json")
    _ingest([*_raws(2), page])
    assert len(fake.rows["articles"]) == 2
    (letter,) = fake.rows["dead_letters"]
    assert (letter["origin"], letter["payload"], letter["payload_encoding"]) == (
        "m#big",
        "m#big",
        "reference",
    )
    assert len(letter["payload_sha256"]) == 64


def test_a_dead_letter_that_is_refused_is_written_without_its_payload(fake: BigQuery) -> None:
    fake.most_bytes = 100_000
    _ingest([RawArticle(content="x" * 300_000, origin="m#refused", media_type="application/json")])
    (letter,) = fake.rows["dead_letters"]
    assert letter["payload_encoding"] == "reference" and "its payload was refused" in letter["message"]


def _without(fields: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    kept = [field for field in fields if field["name"] not in names]
    return [f | {"fields": _without(f["fields"], *names)} if "fields" in f else f for f in kept]


def test_a_dataset_of_an_older_release_gains_what_this_one_writes(fake: BigQuery) -> None:
    dataset = Dataset("paper", "news", 1)
    dataset.make_tables()
    table = fake.tables["articles"]
    table["schema"] = {"fields": _without(table["schema"]["fields"], "language", "when_edtf")}
    fake.tables["current_articles"]["view"] = {"query": "SELECT 1", "useLegacySql": False}
    _ingest(_raws(3))
    assert len(fake.rows["articles"]) == 3 and not fake.rows["dead_letters"]
    found = fake.tables["articles"]["schema"]["fields"]
    assert {f["name"]: f["mode"] for f in found}["language"] == "NULLABLE"
    events = next(f for f in found if f["name"] == "events")
    assert "when_edtf" in {f["name"] for f in events["fields"]}
    assert "ROW_NUMBER" in fake.tables["current_articles"]["view"]["query"]
    dataset.close()


def test_a_field_of_another_type_is_refused_before_anything_is_written(fake: BigQuery) -> None:
    dataset = Dataset("paper", "news", 1)
    dataset.make_tables()
    for field in fake.tables["articles"]["schema"]["fields"]:
        if field["name"] == "title":
            field["type"] = "INTEGER"
    with pytest.raises(StoreError, match=r"articles: title is NULLABLE INTEGER and must be NULLABLE STRING"):
        dataset.make_tables()
    dataset.close()


def test_a_table_that_was_just_made_is_waited_for(fake: BigQuery) -> None:
    dataset = Dataset("paper", "news", LONG)
    dataset.make_tables()
    row = {"dead_letter_id": "1", "stage": "s", "type": "t", "message": "m", "first_failed_at": "", "attempts": 1,
           "version": "1", "origin": "o", "payload": "x", "payload_encoding": "utf-8", "payload_sha256": "",
           "carrier": "{}", "run_id": "r"}  # fmt: skip
    hidden = fake.tables.pop("dead_letters")
    making = threading.Timer(1.0, lambda: fake.tables.update(dead_letters=hidden))
    making.start()
    assert dataset.insert("dead_letters", [("1", row)]) == []
    assert len(fake.rows["dead_letters"]) == 1
    making.join()
    dataset.close()


def test_a_request_that_is_too_large_is_halved(fake: BigQuery) -> None:
    dataset = Dataset("paper", "news", 1)
    dataset.make_tables()
    row = {
        "dead_letter_id": "", "stage": "s", "type": "t", "message": "m", "first_failed_at": "", "attempts": 1, "version": "1",
        "origin": "o", "payload": "x" * 1000, "payload_encoding": "utf-8", "payload_sha256": "", "carrier": "{}", "run_id": "r",
    }  # fmt: skip
    fake.most_bytes = 5_000
    rows = [(str(n), row | {"dead_letter_id": str(n)}) for n in range(20)]
    rows[7] = ("7", row | {"payload": "x" * 6000})
    assert dataset.insert("dead_letters", rows) == [(7, "the row is larger than BigQuery takes")]
    assert len(fake.rows["dead_letters"]) == 19
    dataset.close()


def test_what_is_missing_is_said_in_words(fake: BigQuery) -> None:
    with pytest.raises(StoreError, match="bigquery://paper/other"):
        BigQuerySink("bigquery://paper/other", "run", SETTINGS).make_tables()
    with pytest.raises(StoreError, match="Table articles"):
        Dataset("paper", "news", 1).insert("articles", [("a", {})])


def _load(raws: list[RawArticle], folder: Path, settings: Settings = SETTINGS) -> None:
    sink = BigQuerySink("bigquery://paper/news", "run", settings, str(folder))
    sink.make_tables()
    with beam.Pipeline(options=engine.local().options) as pipeline:
        graph.ingest(pipeline, InMemory(raws), [sink], settings)


def test_a_bounded_run_loads_what_a_stream_inserts(
    fake: BigQuery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ingest(_raws(20))
    inserted = fake.rows["articles"]
    fake.rows["articles"] = []
    monkeypatch.setattr(bigquery_loads, "FILE_BYTES", 60_000)
    _load(_raws(20), tmp_path)
    by_origin = sorted(fake.rows["articles"], key=lambda row: str(row["origin"]))
    assert by_origin == sorted(inserted, key=lambda row: str(row["origin"]))
    assert len(fake.loads) > 1  # one of each file of this machine
    assert not list(tmp_path.iterdir())


def test_a_load_whose_answer_is_lost_is_one_load(fake: BigQuery, tmp_path: Path) -> None:
    fake.lost_answers = 1
    _load(_raws(5), tmp_path)
    assert len(fake.rows["articles"]) == 5 and len(fake.loads) == 1


def test_a_row_that_no_load_takes_becomes_a_dead_letter_and_the_others_stand(
    fake: BigQuery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bigquery_loads, "FILE_BYTES", 10_000)
    fake.refuse = {"m#002"}
    _load([*_raws(12), RawArticle(content="", origin="m#empty")], tmp_path)
    origins = sorted(row["origin"] for row in fake.rows["articles"])
    assert origins == [f"m#{n:03}" for n in range(12) if n != 2]
    letters = {letter["origin"]: letter for letter in fake.rows["dead_letters"]}
    assert letters.keys() == {"m#002", "m#empty"}
    assert "refused by the test" in letters["m#002"]["message"]
    assert "in its notice number 2" in letters["m#002"]["payload"]


def test_files_of_a_bucket_are_one_load(fake: BigQuery) -> None:
    dataset = Dataset("paper", "news", 1)
    dataset.make_tables()
    fake.files = {f"gs://b/{n}": gzip.compress(b"") for n in range(3)}
    for _ in range(2):
        dataset.load("articles", list(fake.files))
    assert len(fake.loads) == 1
    dataset.close()


def test_views_show_the_day_of_their_partition() -> None:
    for name in ("current_articles", "current_events", "current_dead_letters"):
        assert "ingested_on" in VIEWS[name]


def test_the_committed_schema_is_the_one_that_is_used() -> None:
    for name, text in files().items():
        assert (SCHEMAS / name).read_text("utf-8") == text, "run make schema"
    assert {f["name"] for f in schema("articles")} >= {"article_id", "revision", "events", "dates"}


@pytest.mark.parametrize(
    "output", ["bigquery://paper", "bigquery://", "bigquery://a/b/c", "bigquery://a/b;drop"]
)
def test_what_names_no_dataset(output: str) -> None:
    with pytest.raises(OutputError, match="bigquery://PROJECT/DATASET"):
        parse(output)
