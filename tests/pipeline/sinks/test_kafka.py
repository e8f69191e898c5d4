"""Articles and raw pages into Kafka topics, against a real broker."""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path

import pytest

from dateline.pipeline.errors import StoreError
from dateline.pipeline.runs import bounded
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks import kafka as sinks
from dateline.pipeline.sinks.kafka import KafkaTopic as Publisher
from dateline.pipeline.sources.kafka import KafkaTopic
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.sources.source import Delivery
from dateline.pipeline.store.location import open_existing
from dateline.pipeline.store.schema import tables as t
from dateline.transforms.model import RawArticle
from tests.pipeline.articles import POISON, message
from tests.pipeline.kafka import Broker
from tests.waiting import until


def test_each_article_is_one_message_with_its_events(kafka: Broker, tmp_path: Path) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    articles = [
        raw_of(data, attributes, f"m#{n}") for n, (data, attributes) in enumerate(map(message, range(6)))
    ]
    poison = [raw_of(data, attributes, f"p#{n}") for n, (data, attributes) in enumerate(POISON)]
    run = MicroBatchRun([str(tmp_path / "out"), f"kafka://{kafka.address}/{name}"], Settings(), "test")
    run.put(articles + poison)
    run.close()
    sent = {str(m.key(), "utf-8"): json.loads(m.value()) for m in kafka.messages(name)}
    letters = {
        str(m.key(), "utf-8"): json.loads(m.value()) for m in kafka.messages(name + sinks.DEAD_LETTERS)
    }
    store, _ = open_existing(str(tmp_path / "out"))
    rows = list(store.rows(t.articles.select()))
    assert sent.keys() == {row["article_id"] for row in rows} and len(sent) == 6
    for row in rows:
        assert sent[row["article_id"]]["revision"] == row["revision"]
        assert sent[row["article_id"]]["text"] == row["text"]
    assert sum(len(one["events"]) for one in sent.values()) == store.count(t.events) > 0
    assert letters.keys() == {row["dead_letter_id"] for row in store.rows(t.dead_letters.select())}
    assert len(letters) == len(POISON)


def test_a_published_page_is_the_page_that_is_read(kafka: Broker) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(name, partitions=1)
    raw = RawArticle(
        content="Überschwemmung".encode("latin-1"), origin="o", media_type="text/html", url="https://e.example/1",
        published="2026-11-17", carrier={"feed": "https://e.example/feed"},
    )  # fmt: skip
    Publisher.parse(url).put([raw])
    source = KafkaTopic.open(url)
    got: list[Delivery] = []
    until(lambda: got.extend(source.take(1, 0.2)) or got)
    source.close()
    (delivery,) = got
    read = delivery.raw
    assert (read.content, read.url, read.published, read.media_type) == (
        raw.content,
        raw.url,
        raw.published,
        raw.media_type,
    )
    assert read.carrier == {"feed": "https://e.example/feed", "kafka_key": "https://e.example/1"}


def test_a_page_that_no_message_holds_arrives_as_a_fault(kafka: Broker, tmp_path: Path) -> None:
    """Brokers take 1 MB: letters by chance do not compress below it."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(name, partitions=1)
    big = random.Random(0).randbytes(3_200_000)
    raws = [
        raw_of(*message(1), "a"),
        RawArticle(content=big, origin="b", media_type="text/plain", url="https://e.example/b"),
    ]
    Publisher.parse(url).put(raws)
    assert len(kafka.messages(name)) == 2
    run = MicroBatchRun(str(tmp_path / "out"), Settings(), url)
    source = KafkaTopic.open(url)

    def done() -> bool:
        if batch := source.take(2, 0.2):
            run.put([delivery.raw for delivery in batch])
        return run.counts["article"] + run.counts["dead_letter"] == 2

    until(done)
    source.close()
    (letter,) = run.store.rows(t.dead_letters.select())
    assert letter["type"] == "too_large" and str(len(big)) in letter["message"]
    run.close()


def test_an_article_that_the_brokers_do_not_take_becomes_a_dead_letter(kafka: Broker, tmp_path: Path) -> None:
    words = random.Random(0).randbytes(960_000).hex(" ", 16)
    text = f"Flood gate opened\n\nMILLBROOK, Nov. 18 — Mayor Ana Ruiz said on Monday: {words}."
    (tmp_path / "big.txt").write_text(text)
    name = f"t-{uuid.uuid4().hex[:8]}"
    outputs = [str(tmp_path / "out"), f"kafka://{kafka.address}/{name}"]
    summary = bounded.run([str(tmp_path / "big.txt")], outputs, Settings(page_seconds=200))
    assert summary.counts["dead_letter"] == 1
    (letter,) = kafka.messages(name + sinks.DEAD_LETTERS)
    row = json.loads(letter.value())
    assert row["stage"] == "Write" and row["payload_encoding"] == "reference"
    assert row["payload"].endswith("big.txt") and row["payload_sha256"]


def test_brokers_that_do_not_answer_are_the_environments_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "REACH_SECONDS", 1.0)
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(StoreError, match=r"kafka://127\.0\.0\.1:1/articles"):
        bounded.run([str(tmp_path / "a.txt")], ["kafka://127.0.0.1:1/articles"], Settings())
