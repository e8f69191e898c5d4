"""Kafka: messages of a topic, read as one member of a consumer group. Only offsets of stored messages are committed.

Processes of one ``group`` share the partitions. When a process dies after it stored a message and before it
committed the offset, the message is read again and found to be known.
"""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from confluent_kafka import (
    TIMESTAMP_NOT_AVAILABLE,
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    TopicPartition,
)

from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import Finding
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.sources.source import Delivery, StreamSource

SCHEME = "kafka://"
MOST = 500
"""Messages in one batch."""
BATCH_BYTES = 32_000_000
HELD_KILOBYTES = 100_000
"""Kilobytes of messages that the client fetches ahead of the batches."""
GROUP = "dateline"
PORT = 9092
PROPERTIES_BYTES = 100_000
HOLD_SECONDS = 3600
"""Seconds that a sink may fail before the group considers the process stuck and moves its partitions."""
LEASE_SECONDS = 30
"""Seconds after which a killed process loses its partitions."""
REACH_SECONDS = 10.0
_TICK = 0.25
_SERVER = r"(?:\[[0-9a-fA-F:]{2,45}\]|[A-Za-z0-9](?:[\w.-]{0,250}))(?::\d{1,5})?"
_SERVERS = re.compile(rf"{_SERVER}(?:,{_SERVER}){{0,15}}")
_TOPIC = re.compile(r"[\w.-]{1,249}", re.ASCII)
_log = logging.getLogger("dateline")
_GONE = (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC, KafkaError._UNKNOWN_PARTITION)
_FORBIDDEN = (
    KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.GROUP_AUTHORIZATION_FAILED, KafkaError._AUTHENTICATION,
    KafkaError.SASL_AUTHENTICATION_FAILED,
)  # fmt: skip
_OURS = ("bootstrap.servers", "group.id", "enable.auto.commit", "enable.auto.offset.store")


class Name(NamedTuple):
    """A topic on a cluster. ``properties`` are those of the client, read from a file that may hold a password."""

    servers: str
    topic: str
    group: str
    properties: Mapping[str, str]

    @property
    def url(self) -> str:
        """``kafka://HOST/TOPIC``, without the group and the properties."""
        return f"{SCHEME}{self.servers}/{self.topic}"

    @property
    def client(self) -> dict[str, Any]:
        """The properties of any client of this cluster."""
        servers = [s if re.search(r":\d+$", s) else f"{s}:{PORT}" for s in self.servers.split(",")]
        return {
            **self.properties,
            "bootstrap.servers": ",".join(servers),
            "error_cb": ErrorLog(),
            "logger": _log,
            "log_level": _CRITICAL,  # the callback gets the errors
        }


def parse(url: str) -> Name:
    """``kafka://HOST[:PORT][,HOST…]/TOPIC[?group=NAME&properties=FILE]``. Raises :class:`~dateline.pipeline.errors.InputError`.

    The file holds one ``key=value`` of librdkafka a line, such as ``security.protocol=SASL_SSL``.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    group, file = query.pop("group", GROUP), query.pop("properties", None)
    topic = parts.path.removeprefix("/")
    if "@" in parts.netloc:
        raise InputError(
            f"{SCHEME}…: a URL with a password ends up in logs and process lists: give it in a file, as "
            f"{SCHEME}HOST/TOPIC?properties=FILE"
        )
    if query or not _SERVERS.fullmatch(parts.netloc) or not _TOPIC.fullmatch(topic) or not group:
        raise InputError(
            f"{url}: not of the form {SCHEME}HOST/TOPIC, {SCHEME}HOST:PORT,HOST:PORT/TOPIC?group=NAME"
        )
    return Name(parts.netloc, topic, group, _properties(Path(file)) if file else {})


def _properties(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8") as file:
            lines = file.read(PROPERTIES_BYTES).splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, sign, value = line.partition("=")
        if not sign or not key.strip():
            raise InputError(f"{path}:{number}: is not KEY=VALUE")
        if key.strip() in _OURS:
            raise InputError(f"{path}:{number}: {key.strip()} is set by the command")
        found[key.strip()] = value.strip()
    return found


_CRITICAL = 2
"""A syslog level, as librdkafka counts them."""


class ErrorLog:
    """Logs the errors that the client reports between messages. The client tries again by itself.

    Without a broker it reports the same error several times a second, so that one kind of error is logged once
    in ``seconds``.
    """

    def __init__(self, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._logged: dict[int, float] = {}
        """Number of the kind of error → when it was logged."""

    def __call__(self, error: KafkaError) -> None:
        now, last = self._clock(), self._logged.get(error.code())
        if last is None or now - last >= self._seconds:
            self._logged[error.code()] = now
            _log.warning("kafka: %s", error.str())


class KafkaTopic(StreamSource):
    """One member of the consumer group of a topic."""

    def __init__(self, name: Name) -> None:
        self.name = name
        try:
            self._consumer = Consumer(
                {
                    "auto.offset.reset": "earliest",
                    "session.timeout.ms": LEASE_SECONDS * 1000,
                    "max.poll.interval.ms": HOLD_SECONDS * 1000,
                    "queued.max.messages.kbytes": HELD_KILOBYTES,
                    **name.client,
                    "group.id": name.group,
                    "enable.auto.commit": True,
                    # The offsets that ack() stores are committed in the background and on close.
                    "enable.auto.offset.store": False,
                    "auto.commit.interval.ms": 1000,
                }
            )
        except KafkaException as error:
            raise InputError(f"{name.url}: {message_of(error)}") from error
        try:
            partitions_of(self._consumer, name)
            self._consumer.subscribe([name.topic])
        except BaseException:
            self._consumer.close()
            raise

    @classmethod
    def open(cls, name: str) -> Self:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        return cls(parse(name))

    def take(self, most: int, seconds: float) -> list[Delivery]:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        batch: dict[tuple[int, int], Message] = {}
        size = 0
        until = 0.0
        while len(batch) < min(most, MOST) and size < BATCH_BYTES:
            wait = max(0.0, until - time.monotonic()) if batch else _TICK
            message = self._consumer.poll(wait)
            if message is None:
                break
            if (error := message.error()) is not None:
                self._check(error)
                continue
            until = until or time.monotonic() + seconds
            # A partition that was moved away and back within one batch is read again from its last commit.
            batch[_place(message)] = message
            size += len(message)
        return [self._delivery(message) for message in batch.values()]

    def _delivery(self, message: Message) -> Delivery:
        headers: Any = message.headers() or ()
        attributes = {key: _text(value) for key, value in headers if value is not None}
        if (key := message.key()) is not None:
            attributes.setdefault("kafka_key", _text(key))
        partition, offset = _place(message)
        kind, milliseconds = message.timestamp()
        published = time.time() if kind == TIMESTAMP_NOT_AVAILABLE else milliseconds / 1000
        value: Any = message.value() or b""
        raw = raw_of(value, attributes, f"{self.name.url}#{partition}@{offset}")
        return Delivery(raw, published, lambda: self._ack(message))

    def _ack(self, message: Message) -> None:
        # This is refused when the partition has moved to another member, which reads the message again.
        with contextlib.suppress(KafkaException):
            self._consumer.store_offsets(message=message)

    @property
    def waiting(self) -> int:
        """Messages of this member's partitions that no batch has taken, by the newest offsets that the client knows."""
        waiting = 0
        for place in self._consumer.position(self._consumer.assignment()):
            _, end = self._consumer.get_watermark_offsets(place, cached=True)
            waiting += max(0, end - place.offset) if place.offset >= 0 else 0
        return waiting

    def _check(self, error: KafkaError) -> None:
        if error.fatal() or error.code() in (*_GONE, *_FORBIDDEN):
            raise InputError(f"{self.name.url}: {error.str()}")
        _log.warning("%s: %s", self.name.url, error.str())

    def close(self) -> None:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        self._consumer.close()

    @classmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        try:
            parsed = parse(name)
            consumer = Consumer(parsed.client | {"group.id": parsed.group, "enable.auto.commit": False})
            try:
                partitions = partitions_of(consumer, parsed)
                places = consumer.committed(
                    [TopicPartition(parsed.topic, n) for n in partitions], timeout=REACH_SECONDS
                )
            finally:
                consumer.close()
        except (InputError, KafkaException) as error:
            yield Finding(
                "topic",
                "fail",
                message_of(error),
                "check the address, the topic and the properties of the client",
            )
            return
        yield Finding("topic", "ok", f"{parsed.url}: {len(partitions)} partitions, group {parsed.group}")
        if all(place.offset < 0 for place in places):
            yield Finding(
                "group",
                "note",
                f"{parsed.group} has read nothing yet",
                "it begins with the oldest message that is kept",
            )


def partitions_of(client: Any, name: Name) -> list[int]:
    """The partitions of a topic. Raises :class:`~dateline.pipeline.errors.InputError` where it cannot be reached, or is not there."""
    try:
        found = client.list_topics(name.topic, timeout=REACH_SECONDS).topics[name.topic]
    except KafkaException as error:
        raise InputError(f"{name.url}: {message_of(error)}") from error
    if found.error is not None:
        raise InputError(f"{name.url}: {found.error.str()}")
    return sorted(found.partitions)


def message_of(error: Exception) -> str:
    """What an error of the client says."""
    first = error.args[0] if error.args else error
    return first.str() if isinstance(first, KafkaError) else str(first)


def _place(message: Message) -> tuple[int, int]:
    """Partition and offset."""
    partition, offset = message.partition(), message.offset()
    assert partition is not None and offset is not None  # both are there in what a consumer receives
    return partition, offset


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
