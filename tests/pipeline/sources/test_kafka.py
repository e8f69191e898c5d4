"""Messages of a Kafka topic into articles, against a real broker."""

from __future__ import annotations

import threading
import time
import uuid
from pathlib import Path

import pytest
from confluent_kafka import KafkaError

from dateline.pipeline.errors import InputError
from dateline.pipeline.runs import stream
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.kafka import ErrorLog, KafkaTopic, parse
from dateline.pipeline.sources.source import Delivery
from dateline.pipeline.store.schema import tables as t
from tests.pipeline.articles import POISON, message
from tests.pipeline.kafka import Broker
from tests.waiting import LONG, until


def test_an_error_that_goes_on_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    log = ErrorLog(60.0, clock=lambda: now[0])
    for second in range(0, 130, 10):
        now[0] = float(second)
        log(KafkaError(KafkaError._TRANSPORT, "refused"))
        log(KafkaError(KafkaError._ALL_BROKERS_DOWN, "all are down"))
    assert caplog.text.count("kafka: refused") == caplog.text.count("kafka: all are down") == 3


def test_an_address_names_servers_topic_and_group() -> None:
    name = parse("kafka://one,two:9093/live.news?group=second")
    assert (name.url, name.topic, name.group) == ("kafka://one,two:9093/live.news", "live.news", "second")
    assert name.client["bootstrap.servers"] == "one:9092,two:9093"
    assert parse("kafka://[::1]:9094/news").client["bootstrap.servers"] == "[::1]:9094"
    assert parse("kafka://broker.example/news").group == "dateline"


@pytest.mark.parametrize(
    "url",
    ["kafka://host", "kafka://host/", "kafka:///news", "kafka://host/a/b", "kafka://host/news?offset=3",
     "kafka://ho st/news", "kafka://host/news?group=", "kafka://host:port/news"],
)  # fmt: skip
def test_another_form_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="not of the form"):
        parse(url)


def test_a_password_belongs_into_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="properties=FILE") as refused:
        parse("kafka://me:secret@host/news")
    assert "secret" not in str(refused.value)
    file = tmp_path / "client.properties"
    file.write_text("# of the client\nsecurity.protocol = SASL_SSL\n\nsasl.password=a=b\n")
    assert parse(f"kafka://host/news?properties={file}").properties == {
        "security.protocol": "SASL_SSL",
        "sasl.password": "a=b",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("security.protocol\n", ":1: is not KEY=VALUE"),
        ("\ngroup.id=x\n", ":2: group.id is set by the command"),
    ],
)
def test_a_file_of_properties_that_cannot_be_used_names_the_line(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "client.properties"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        parse(f"kafka://host/news?properties={file}")


def test_an_unknown_property_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "client.properties"
    file.write_text("securty.protocol=SSL\n")
    with pytest.raises(InputError, match=r"securty\.protocol"):
        KafkaTopic.open(f"kafka://127.0.0.1:1/news?properties={file}")


def test_a_missing_topic_is_an_error_in_words(kafka: Broker) -> None:
    with pytest.raises(InputError, match=f"kafka://{kafka.address}/nobody"):
        KafkaTopic.open(f"kafka://{kafka.address}/nobody")
    (finding,) = KafkaTopic.check(f"kafka://{kafka.address}/nobody")
    assert finding.state == "fail"


def taken(source: KafkaTopic, count: int) -> list[Delivery]:
    """So many deliveries, in as many batches as it takes."""
    found: list[Delivery] = []
    end = time.monotonic() + LONG
    while len(found) < count:
        assert time.monotonic() < end, f"{len(found)} of {count} messages came"
        found += source.take(count - len(found), 0.2)
    return found


def test_headers_are_what_the_carrier_knew(kafka: Broker) -> None:
    topic, began = f"t-{uuid.uuid4().hex[:8]}", time.time()
    url = kafka.topic(topic, partitions=1)
    kafka.publish(
        topic, [(b"<p>text", {"url": "https://e.example/1", "content-type": "text/html", "desk": "city"})]
    )
    source = KafkaTopic.open(url)
    try:
        (delivery,) = taken(source, 1)
    finally:
        source.close()
    raw = delivery.raw
    assert (raw.content, raw.url, raw.media_type) == (b"<p>text", "https://e.example/1", "text/html")
    assert raw.carrier == {"desk": "city"} and raw.origin == f"{url}#0@0"
    assert began - 60 < delivery.published < time.time() + 60


def test_what_was_not_acknowledged_is_read_again(kafka: Broker) -> None:
    topic = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(topic, partitions=1)
    kafka.publish(topic, [message(n) for n in range(10)])
    source = KafkaTopic.open(url)
    first = taken(source, 6)
    for delivery in first[:4]:
        delivery.ack()
    source.close()
    assert kafka.lag(topic, "dateline") == 6
    source = KafkaTopic.open(url)
    again = taken(source, 6)
    assert [d.raw.origin for d in again] == [f"{url}#0@{n}" for n in range(4, 10)]
    until(lambda: source.waiting == 0)  # by the newest offsets that the client has heard of
    source.close()


def test_two_members_share_the_partitions(kafka: Broker) -> None:
    topic = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(topic, partitions=4)
    one, two = KafkaTopic.open(url), KafkaTopic.open(url)
    found: set[str] = set()
    by: dict[int, int] = {0: 0, 1: 0}

    def shared() -> bool:
        one.take(1, 0.1)
        two.take(1, 0.1)
        return len(one._consumer.assignment()) == len(two._consumer.assignment()) == 2

    def done() -> bool:
        """Whether each message was read and noted: where a partition moves meanwhile, its new member reads on."""
        for number, source in enumerate((one, two)):
            for delivery in source.take(10, 0.1):
                found.add(delivery.raw.origin)
                by[number] += 1
                delivery.ack()
        return len(found) == 40 and kafka.lag(topic, "dateline") == 0

    try:
        until(shared)
        kafka.publish(topic, [message(n) for n in range(40)])
        until(done)
    finally:
        one.close()
        two.close()
    assert len(found) == 40 and min(by.values()) > 0


def test_articles_duplicates_revisions_and_poison_come_to_their_places(kafka: Broker, tmp_path: Path) -> None:
    topic = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(topic)
    newer, older = [message(n, 1) for n in range(4)], [message(n, 0) for n in range(4)]
    sent = [message(n) for n in range(10, 30)] + newer + older + [message(10)] * 3 + list(POISON)
    kafka.publish(topic, sent)
    run = MicroBatchRun(str(tmp_path / "out"), Settings(), url)
    source, meter = KafkaTopic.open(url), stream.Meter()
    stream.serve(source, run.put, threading.Event(), meter, limit=len(sent))
    source.close()
    # A copy in a later batch is written again where its origin is the smaller one, and counts again.
    assert meter.totals["article"] >= 28 and meter.totals["dead_letter"] == len(POISON)
    assert run.store.count(t.articles) == 28 and run.store.count(t.dead_letters) == len(POISON)
    assert kafka.lag(topic, "dateline") == 0
    run.close()


def test_a_broker_that_is_away_for_a_while_is_waited_for(kafka: Broker) -> None:
    topic = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(topic, partitions=1)
    kafka.publish(topic, [message(1)])
    source = KafkaTopic.open(url)
    try:
        (first,) = taken(source, 1)
        first.ack()
        kafka.stop()
        assert source.take(1, 0.1) == []
        kafka.start()
        kafka.publish(topic, [message(2)])
        # The first may come again: its offset is committed within a second, which the broker may not have lived.
        come: list[str] = []
        until(lambda: come.extend(d.raw.origin for d in source.take(1, 0.2)) or f"{url}#0@1" in come)
        assert come in ([f"{url}#0@1"], [f"{url}#0@0", f"{url}#0@1"])
    finally:
        source.close()
