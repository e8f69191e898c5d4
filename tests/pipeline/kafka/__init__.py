"""A Kafka broker for tests: one process in KRaft mode, on 127.0.0.1."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from tests.java import command, jars
from tests.tools import NoTool, free_port, wait_for_port
from tests.waiting import LONG, until

POM = Path(__file__).parent / "pom.xml"
_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={folder}/logs
offsets.topic.num.partitions=3
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
"""


class Broker:
    """A broker with its topics. It can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._classpath = jars(POM, "kafka")
        self._settings = folder / "server.properties"
        self._log = folder / "broker.log"
        self._process: subprocess.Popen[bytes] | None = None
        for last in (False, False, True):
            self.port = free_port()
            self._settings.write_text(
                _PROPERTIES.format(port=self.port, controller=free_port(), folder=folder)
            )
            formatted = command(
                self._classpath, "kafka.tools.StorageTool", "format", "-t", "A" * 21 + "Q", "-c", str(self._settings)
            )  # fmt: skip
            subprocess.run(formatted, check=True, capture_output=True, timeout=LONG)
            try:
                self.start()
            except BaseException as reason:
                self.stop()
                shutil.rmtree(folder / "logs", ignore_errors=True)
                if last or not isinstance(reason, NoTool):
                    raise
                # Somebody took a port before the broker did.
            else:
                break

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"127.0.0.1:{self.port}"

    @property
    def _quiet(self) -> dict[str, str | int | float | bool]:
        """A client that says nothing of a broker that does not answer yet."""
        return {"bootstrap.servers": self.address, "log_level": 0}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command(self._classpath, "kafka.Kafka", str(self._settings)),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        wait_for_port(self.port, self._process)
        admin = AdminClient(self._quiet)

        def answers() -> bool:
            try:
                return bool(admin.list_topics(timeout=10).brokers)
            except KafkaException:
                return False

        until(answers, "Kafka answers")

    def stop(self) -> None:
        """Stop it at once, as a crash of its machine would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def topic(self, name: str, partitions: int = 3) -> str:
        """Make a topic; gives its address as a command takes it."""
        admin = AdminClient({"bootstrap.servers": self.address})
        for made in admin.create_topics([NewTopic(name, partitions, 1)]).values():
            made.result(timeout=LONG)
        self._led(name, partitions)
        return f"kafka://{self.address}/{name}"

    def _led(self, topic: str, fewest: int = 1) -> int:
        """How many partitions a topic has. Waits until each has a leader: a broker that starts learns of them by and by."""
        admin, leaders = AdminClient(self._quiet), list[int]()

        def led() -> bool:
            with contextlib.suppress(KafkaException):
                places = admin.list_topics(topic, timeout=10).topics[topic].partitions
                leaders[:] = [place.leader for place in places.values()]
            return len(leaders) >= fewest and min(leaders) >= 0

        until(led, f"every partition of {topic} has a leader")
        return len(leaders)

    def publish(self, topic: str, messages: Iterable[tuple[bytes, Mapping[str, str]]]) -> None:
        """Send messages, in turn to each partition, and wait until the broker has all."""
        producer = Producer({"bootstrap.servers": self.address, "acks": "all", "linger.ms": 20})
        partitions = self._led(topic)
        # The client would send all that comes within milliseconds to one partition, drawn by lot.
        for number, (data, attributes) in enumerate(messages):
            producer.produce(topic, data, headers=dict(attributes), partition=number % partitions)
            producer.poll(0)
        assert producer.flush(LONG) == 0

    def messages(self, topic: str) -> list[Message]:
        """All that a topic holds."""
        consumer = Consumer({"bootstrap.servers": self.address, "group.id": f"look-{time.time_ns()}"})
        try:
            found: list[Message] = []
            for number in consumer.list_topics(topic, timeout=60).topics[topic].partitions:
                start, end = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=60)
                consumer.assign([TopicPartition(topic, number, start)])
                last = time.monotonic() + LONG
                while start < end:
                    assert time.monotonic() < last, f"{topic}: {end - start} messages are not handed out"
                    for message in consumer.consume(500, timeout=1.0):
                        assert message.error() is None, message.error()
                        found.append(message)
                        start = (message.offset() or 0) + 1
            return found
        finally:
            consumer.close()

    def lag(self, topic: str, group: str) -> int:
        """How many messages a group has not committed."""
        consumer = Consumer({"bootstrap.servers": self.address, "group.id": group})
        try:
            places = [
                TopicPartition(topic, n)
                for n in consumer.list_topics(topic, timeout=60).topics[topic].partitions
            ]
            lag = 0
            for place in consumer.committed(places, timeout=60):
                start, end = consumer.get_watermark_offsets(place, timeout=60)
                lag += end - (place.offset if place.offset >= 0 else start)
            return lag
        finally:
            consumer.close()


@contextmanager
def broker() -> Iterator[Broker]:
    """A broker for the length of a test run. Raises :class:`~tests.tools.NoTool`."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-kafka-"))
    started = None
    try:
        started = Broker(folder)
        yield started
    finally:
        if started is not None:
            started.stop()
        shutil.rmtree(folder, ignore_errors=True)
