"""A stream of Kafka whose whole process group is killed again and again: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import uuid
from pathlib import Path

import pytest

from dateline.pipeline.runs import stream
from dateline.pipeline.runs.link import link
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, STOP_SECONDS
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.location import open_existing
from dateline.pipeline.store.location import parse as location_of
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import open_store
from tests.faults.stream_child import POINTS
from tests.faults.test_stream_kills import LINKED, child, mixture, wait_for_all
from tests.pipeline.kafka import Broker
from tests.waiting import LONG, until


@pytest.mark.parametrize(
    ("size", "kills"),
    [
        pytest.param(300, 5, id="small", marks=pytest.mark.timeout(1800)),
        pytest.param(5000, 10, id="full", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_kills_lose_and_double_nothing(size: int, kills: int, kafka: Broker, tmp_path: Path) -> None:
    topic = f"t-{uuid.uuid4().hex[:8]}"
    url = kafka.topic(topic)
    mix = mixture(size)
    kafka.publish(topic, mix.messages)
    output, log, small = tmp_path / "out", tmp_path / "log", size < LINKED
    for k in range(kills):
        process = child(url, output, log, POINTS[k % len(POINTS)], 1 + k // len(POINTS), small)
        assert process.wait(LONG) == -signal.SIGKILL, log.read_text()[-3000:]
    last = child(url, output, log, "none", 0, small)
    store = open_store(location_of(str(output)).url)
    try:
        wait_for_all(store, mix, LONG + size / 5)
        until(lambda: kafka.lag(topic, "dateline") == 0, "all is committed")
    finally:
        last.terminate()
        code = last.wait(STOP_SECONDS + CLOSE_SECONDS + LONG)
    assert code == 0, log.read_text()[-3000:]
    assert kafka.lag(topic, "dateline") == 0

    # What stands after the kills is what one quiet run over the same messages leaves.
    stream.run(f"{url}?group=quiet", str(tmp_path / "quiet"), Settings(limit=len(mix.messages), link=small))
    quiet, _ = open_existing(str(tmp_path / "quiet"))
    assert (quiet.count(t.articles), quiet.count(t.dead_letters)) == (mix.revisions, mix.poison)
    if small:
        link(store, Settings())  # what a stop left to a later command, where many articles stand
    assert store.content_hash() == quiet.content_hash()
    print(f"\n{len(mix.messages)} messages, {kills} kills: 0 lost, 0 doubled")
