"""Writing to Kafka: raw articles for another stream, or articles with their dates and events.

A message counts as sent when every in-sync replica has it. A message that is sent twice has the same key.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self

import apache_beam as beam
from apache_beam.utils.windowed_value import WindowedValue
from confluent_kafka import KafkaError, KafkaException, Message, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.errors import InputError, OutputError, StoreError
from dateline.pipeline.findings import Finding, one_line
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.counters import count
from dateline.pipeline.sinks.sink import Output, Run, Sink, Topic
from dateline.pipeline.sources.kafka import REACH_SECONDS, Name, message_of, parse, partitions_of
from dateline.pipeline.sources.message import attributes_of, content_of, cut
from dateline.pipeline.store.rows import article_row, article_rows, dead_letter_row
from dateline.transforms.errors import SchemaViolation
from dateline.transforms.model import DeadLetter, Envelope, RawArticle
from dateline.transforms.steps import reject

MESSAGE_BYTES = 8_000_000
"""The largest message that the client sends. Brokers take 1 MB, compressed, unless they are configured otherwise."""
HEADER_BYTES = 10_000
SEND_SECONDS = 60.0
BATCH_BYTES = 16_000_000
DEAD_LETTERS = ".dead-letters"
"""What is added to the topic of the articles."""
_TOO_LARGE = (KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE)


class Record(NamedTuple):
    """A message to send."""

    topic: str
    key: str | None
    value: bytes
    headers: Mapping[str, str]


class Client:
    """A producer of one cluster."""

    def __init__(self, name: Name) -> None:
        self.name = name
        try:
            self._producer = Producer(
                {
                    "compression.type": "lz4",
                    "message.max.bytes": MESSAGE_BYTES + 1_000_000,
                    "linger.ms": 5,
                    **name.client,
                    "enable.idempotence": True,
                    "delivery.timeout.ms": int(SEND_SECONDS * 1000),
                }
            )
        except KafkaException as error:
            raise OutputError(f"{name.url}: {message_of(error)}") from error

    def send(self, records: Sequence[Record]) -> list[int]:
        """Send, and wait until the brokers have all. Gives the indexes of those that they find too large.

        Raises :class:`~dateline.pipeline.errors.StoreError` where another one could not be sent.
        """
        too_large: list[int] = []
        failed: list[str] = []
        done = [False] * len(records)

        def note(index: int, error: KafkaError | None) -> None:
            done[index] = True
            if error is not None and error.code() in _TOO_LARGE:
                too_large.append(index)
            elif error is not None:
                failed.append(error.str())

        for index, record in enumerate(records):

            def delivered(error: KafkaError | None, _: Message, index: int = index) -> None:
                note(index, error)

            try:
                self._produce(record, delivered)
            except KafkaException as error:
                note(index, error.args[0])
        self._producer.flush(SEND_SECONDS)
        if failed or not all(done):
            raise StoreError(f"{self.name.url}: {failed[0] if failed else 'no answer in time'}")
        return sorted(too_large)

    def _produce(self, record: Record, delivered: Any) -> None:
        for _ in range(int(SEND_SECONDS)):
            with contextlib.suppress(BufferError):  # the client's own queue is full: let it send
                self._producer.produce(
                    record.topic,
                    record.value,
                    record.key,
                    headers=dict(record.headers),
                    on_delivery=delivered,
                )
                self._producer.poll(0)
                return
            self._producer.poll(1.0)
        raise StoreError(f"{self.name.url}: no answer in time")


class KafkaTopic(Topic):
    """Raw articles as messages: content, with what the carrier knew as headers, keyed by address."""

    def __init__(self, name: Name) -> None:
        self.name = name

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`."""
        return cls(_name(address))

    @cached_property
    def _client(self) -> Client:
        return Client(self.name)

    def put(self, raws: Sequence[RawArticle]) -> None:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`. An article that is too large is sent with its first bytes and a fault."""
        records = [self._record(raw, MESSAGE_BYTES) for raw in raws]
        for most in (900_000, 100_000):  # the default limit of brokers, and far below it
            again = self._client.send(records)
            if not again:
                return
            records = [self._record(raws[n], most) for n in again]
            raws = [raws[n] for n in again]
        if self._client.send(records):
            raise StoreError(f"{self.name.url}: the brokers take no message of 100 KB")

    def _record(self, raw: RawArticle, most: int) -> Record:
        fitting = cut(raw, most)
        return Record(self.name.topic, raw.url, content_of(fitting), attributes_of(fitting, HEADER_BYTES))

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`."""
        yield from _check(self.name)


class KafkaOutput(Output):
    """A topic of articles, each message one revision with its dates and events, keyed by article id.

    Rejected inputs go to the topic with :data:`DEAD_LETTERS` added, keyed by dead letter id. Both are
    compacted where they are made here, so that the brokers keep the last message of each key.
    """

    def __init__(self, address: str, name: Name) -> None:
        self.address = address
        self.name = name

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        return cls(address, _name(address))

    def open(self, run: Run) -> KafkaSink:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        _make_topics(self.name)
        return KafkaSink(self.name, run)

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        yield from _check(self.name)


def _make_topics(name: Name) -> None:
    admin = AdminClient(name.client)
    names = [name.topic, name.topic + DEAD_LETTERS]
    try:
        there = admin.list_topics(timeout=REACH_SECONDS).topics
        new = [NewTopic(n, -1, -1, config={"cleanup.policy": "compact"}) for n in names if n not in there]
        for made in (admin.create_topics(new) if new else {}).values():
            made.result(timeout=REACH_SECONDS)
    except (KafkaException, TimeoutError) as error:
        code = error.args[0].code() if error.args and isinstance(error.args[0], KafkaError) else None
        if code != KafkaError.TOPIC_ALREADY_EXISTS:
            raise StoreError(f"{name.url}: {message_of(error)}") from error


class KafkaSink(Sink):
    """A :class:`~dateline.pipeline.sinks.sink.Sink` over a topic. It has no ledger: an article that is read twice is sent twice."""

    def __init__(self, name: Name, run: Run) -> None:
        self.name = "kafka"
        self.topic = name
        self.run_id = run.run_id
        self.settings: Settings = run.settings

    def write(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_WriteArticles(self)).with_output_types(DeadLetter)

    def write_dead_letters(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_WriteDeadLetters(self))


class _Send(EnvironmentDoFn):
    """Messages in batches, sent before a bundle ends."""

    def __init__(self, sink: KafkaSink) -> None:
        self.sink = sink

    def setup(self) -> None:
        self.client = Client(self.sink.topic)

    def start_bundle(self) -> None:
        self.buffer: list[tuple[Record, Any]] = []
        self.size = 0

    def add(self, record: Record, cause: Any) -> Iterable[DeadLetter]:
        """Take a message, which was made of ``cause``. Gives the dead letters of a batch that was full."""
        full = (
            self.size + len(record.value) > BATCH_BYTES or len(self.buffer) >= self.sink.settings.commit_every
        )
        letters = self.flush() if self.buffer and full else []
        self.buffer.append((record, cause))
        self.size += len(record.value)
        return letters

    def flush(self) -> list[DeadLetter]:
        """Send what waits. Gives the dead letters of what the brokers refused."""
        batch, self.buffer, self.size = self.buffer, [], 0
        return [self.refused(*batch[n]) for n in self.client.send([record for record, _ in batch])]

    def refused(self, record: Record, cause: Any) -> DeadLetter:
        """The dead letter of a message that is too large."""
        raise NotImplementedError

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = beam.transforms.window.GlobalWindow()
        for letter in self.flush():
            yield WindowedValue(letter, window.max_timestamp(), [window])


class _WriteArticles(_Send):
    def process(self, e: Envelope) -> Iterable[DeadLetter]:
        settings = self.sink.settings
        assert e.page is not None
        told = settings.fingerprint_of(e.page, e.raw)
        rows = article_rows(e, told, self.sink.run_id, settings.store_text)
        count(rows)
        value = json.dumps(article_row(rows), ensure_ascii=False).encode("utf-8", "backslashreplace")
        return self.add(Record(self.sink.topic.topic, rows.key[0], value, {}), e.raw)

    def refused(self, record: Record, cause: RawArticle) -> DeadLetter:
        return reject(
            cause,
            "Write",
            SchemaViolation(f"a message of {len(record.value)} bytes, which Kafka does not take"),
        )


class _WriteDeadLetters(_Send):
    def process(self, letter: DeadLetter) -> None:
        self.add(self._record(letter), letter)

    def _record(self, letter: DeadLetter) -> Record:
        row = {k: v for k, v in dead_letter_row(letter, self.sink.run_id).items() if v is not None}
        value = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
        return Record(self.sink.topic.topic + DEAD_LETTERS, letter.dead_letter_id, value, {})

    def flush(self) -> list[DeadLetter]:
        """See :class:`_Send`. A letter whose payload is too large is sent with its origin and hash instead."""
        batch, self.buffer, self.size = self.buffer, [], 0
        again = [batch[n][1] for n in self.client.send([record for record, _ in batch])]
        short = [
            self._record(
                letter.model_copy(update={"payload": letter.origin, "payload_encoding": "reference"})
            )
            for letter in again
        ]
        if short and self.client.send(short):
            raise StoreError(
                f"{self.sink.topic.url}: the brokers take no message of {len(short[0].value)} bytes"
            )
        return []


def _name(address: str) -> Name:
    try:
        return parse(address)
    except InputError as error:
        raise OutputError(str(error)) from error


def _check(name: Name) -> Iterator[Finding]:
    try:
        partitions = partitions_of(AdminClient(name.client), name)
    except InputError as error:
        yield Finding(
            "topic",
            "fail",
            one_line(error),
            "check the address and the topic, and the properties of the client",
        )
    else:
        yield Finding("topic", "ok", f"{name.url}: {len(partitions)} partitions")
