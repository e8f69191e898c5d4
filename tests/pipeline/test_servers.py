"""The servers that other tests lean on do what those tests assume."""

from __future__ import annotations

import uuid

import pytest

from tests import tools
from tests.pipeline import servers
from tests.pipeline.topics import Topic


def test_an_unacked_message_comes_again_and_an_acked_one_does_not(pubsub: str) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    topic.publish([(b"one", {"n": "1"})])
    first = topic.pull()
    assert [m.message.data for m in first] == [b"one"]
    topic.nack(first)
    again = topic.pull()
    assert [m.message.message_id for m in again] == [m.message.message_id for m in first]
    topic.ack(again)
    assert topic.waiting() == 0


def test_the_fallback_server_builds_and_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_TEST_PUBSUB", "pstest")
    try:
        with servers.pubsub() as address:
            monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
            topic = Topic.create("t")
            topic.publish([(b"x", {})])
            assert len(topic.pull()) == 1
    except tools.NoTool as reason:
        pytest.skip(str(reason))
