"""A stream whose whole process group is killed again and again: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from dateline.pipeline.runs.link import link
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, STOP_SECONDS
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store, open_store
from tests.faults.serving import drain
from tests.faults.stream_child import POINTS
from tests.pipeline.articles import POISON, message
from tests.pipeline.topics import Topic
from tests.waiting import LONG, until

Data = tuple[bytes, dict[str, str]]


class Mixture(NamedTuple):
    """Messages in the order they are sent, and how many of each class there are."""

    messages: list[Data]
    revisions: int
    poison: int
    duplicates: int


def mixture(size: int, seed: int = 7) -> Mixture:
    """``size`` articles; beside them 5 % duplicates, 5 % older revisions, 1 % poison; shuffled."""
    chance = random.Random(seed)
    share = max(1, size // 20)
    newest = [message(n, 1) for n in range(size)]
    older = [message(n, 0) for n in chance.sample(range(size), share)]
    again = chance.choices(newest, k=share)
    poison = [POISON[n % len(POISON)] for n in range(max(1, size // 100))]
    messages = newest + older + again + poison
    chance.shuffle(messages)
    return Mixture(messages, size + share, len(poison), share)


class Publisher(threading.Thread):
    """Sends messages at a rate; afterwards ``ids`` holds the message ids.

    With ``portions`` they are sent in so many pieces, one each time that :meth:`more` is
    called, so that a new process finds something fresh and need not wait for leases to end.
    """

    def __init__(self, topic: Topic, messages: list[Data], rate: float, portions: int = 0) -> None:
        super().__init__(daemon=True)
        self.topic, self.messages, self.rate = topic, messages, rate
        self.ids: list[str] = []
        self._portion = -(-len(messages) // portions) if portions else len(messages)
        self._more = threading.Semaphore(0 if portions else 1)

    def more(self) -> None:
        """Send the next portion."""
        self._more.release()

    def run(self) -> None:
        began, sent = time.monotonic(), 0
        for at in range(0, len(self.messages), 20):
            if at >= sent:
                self._more.acquire()
                sent += self._portion
                began = time.monotonic() - at / self.rate
            ahead = began + at / self.rate - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
            self.ids += self.topic.publish(self.messages[at : at + 20])


LINKED = 1000
"""Articles below which the links are compared too. All articles are of one template, so their pairs grow with
the square: linking 5,000 of them takes longer than all of the kills."""


def child(
    url: str, output: Path, log: Path, point: str, nth: int, linked: bool = True
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.stream_child", url, str(output), point, str(nth)]
    with log.open("ab") as file:
        return subprocess.Popen(
            [*command, str(int(linked))], stdout=file, stderr=file, start_new_session=True
        )


def wait_for_all(store: Store, mix: Mixture, seconds: float = LONG) -> None:
    def found() -> tuple[int, int]:
        return store.count(t.articles), store.count(t.dead_letters)

    until(lambda: found() == (mix.revisions, mix.poison), f"{mix.revisions}, {mix.poison}", seconds, 0.5)


@pytest.mark.parametrize(
    ("size", "kills", "rate"),
    [
        pytest.param(300, 5, 400, id="small", marks=pytest.mark.timeout(1800)),
        pytest.param(5000, 20, 400, id="full", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_kills_lose_and_double_nothing(
    size: int, kills: int, rate: float, lethal_pubsub: str, tmp_path: Path
) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8], ack_seconds=10)
    mix = mixture(size)
    output, log = tmp_path / "out", tmp_path / "log"
    small = size < LINKED
    publisher = Publisher(topic, mix.messages, rate, portions=kills if small else 0)
    publisher.start()
    happened: list[str] = []
    for k in range(kills):
        point = POINTS[k % len(POINTS)]
        publisher.more()
        nth = 1 if small else 1 + k // len(POINTS) % 3
        process = child(topic.url, output, log, point, nth, small)
        assert process.wait(LONG) == -signal.SIGKILL, log.read_text()[-3000:]
        happened.append(point)
    publisher.join(LONG)
    assert not publisher.is_alive()
    last = child(topic.url, output, log, "none", 0, small)
    store = open_store(parse_output(str(output)).url)
    try:
        wait_for_all(store, mix, LONG + size / 10)
        # What the killed ones had in hand comes again after its lease, and is acknowledged by the one that lives.
        until(lambda: topic.waiting(2) == 0, "nothing waits")
    finally:
        last.terminate()
        code = last.wait(STOP_SECONDS + CLOSE_SECONDS + LONG)
    assert code == 0, log.read_text()[-3000:]
    assert set(happened) == set(POINTS)

    # What stands after the kills is what one quiet run over the same messages leaves.
    quiet = MicroBatchRun(str(tmp_path / "quiet"), Settings(link=False), "quiet")
    raws = [
        raw_of(data, attributes, f"{topic.url}#{name}")
        for (data, attributes), name in zip(mix.messages, publisher.ids, strict=True)
    ]
    counts = quiet.put(raws)
    assert quiet.store.count(t.articles) == mix.revisions
    assert counts["dead_letter"] == mix.poison and counts["read"] == len(mix.messages)
    if small:
        for each in (store, quiet.store):
            link(each, Settings())
    assert store.content_hash() == quiet.store.content_hash()
    newest = store.read(
        lambda c: c.execute(
            sa.text("SELECT count(*) FROM current_articles WHERE order_at LIKE '%T11:00:00'")
        ).scalar_one()
    )
    assert newest == size
    print(f"{size} articles, {kills} kills: 0 lost, 0 doubled")


NOTICED_SECONDS = 120.0
PATIENT = f"""
from dateline.pipeline.cli import main
from dateline.pipeline.runs import stopping, stream

stopping.STOP_SECONDS = stream.CLOSE_SECONDS = {10 * NOTICED_SECONDS}
main()
"""
"""The command without the limits that end it in any case: here it has to notice the signal by itself."""


def test_sigterm_in_a_quiet_stream_ends_at_once_with_0(lethal_pubsub: str, tmp_path: Path) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    topic.publish([message(n) for n in range(30)])
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT, "run", topic.url, "--output", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    database = tmp_path / "out" / "events.db"
    until(lambda: database.exists() or process.poll() is not None)
    store = open_store(parse_output(str(tmp_path / "out")).url)
    until(lambda: store.count(t.articles) == 30 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    process.terminate()
    _, messages = process.communicate(timeout=NOTICED_SECONDS)
    assert process.returncode == 0, messages
    lines = [json.loads(line) for line in messages.decode().splitlines() if line.startswith("{")]
    last = [line for line in lines if line["message"] == "stream"][-1]
    assert last["in"] >= 30 and last["out"] == 30
    again = MicroBatchRun(str(tmp_path / "out"), Settings(link=False), topic.url)
    drain(topic, again.put)
    assert store.count(t.articles) == 30
    again.close("failed")
    store.close()
