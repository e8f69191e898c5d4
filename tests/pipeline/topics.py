"""A topic with one subscription on the test server: publish, look at what waits, ack."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.api_core.exceptions import DeadlineExceeded
from google.cloud import pubsub_v1

from tests.waiting import LONG

PROJECT = "paper"


@dataclass
class Topic:
    """See the module. ``name`` names the topic and its subscription."""

    name: str
    publisher: Any
    subscriber: Any

    @classmethod
    def create(cls, name: str, ack_seconds: int = 600) -> Topic:
        """Make a topic and its subscription.

        With the longest lease that there is, a busy machine is no reason for a second delivery. A test that kills
        what reads asks for a short one.
        """
        publisher = pubsub_v1.PublisherClient()
        subscriber = pubsub_v1.SubscriberClient()
        topic = cls(f"t-{name}", publisher, subscriber)
        publisher.create_topic(name=topic.path)
        subscriber.create_subscription(
            name=topic.subscription, topic=topic.path, ack_deadline_seconds=ack_seconds
        )
        return topic

    @property
    def path(self) -> str:
        """``projects/…/topics/…``"""
        return f"projects/{PROJECT}/topics/{self.name}"

    @property
    def subscription(self) -> str:
        """``projects/…/subscriptions/…``"""
        return f"projects/{PROJECT}/subscriptions/{self.name}"

    @property
    def url(self) -> str:
        """How the command names the subscription."""
        return f"pubsub://{PROJECT}/{self.name}"

    def publish(self, messages: Iterable[tuple[bytes, Mapping[str, str]]]) -> list[str]:
        """Publish, and wait until the server has all; gives the message ids."""
        futures = [
            self.publisher.publish(self.path, data, **dict(attributes)) for data, attributes in messages
        ]
        return [f.result(timeout=LONG) for f in futures]

    def pull(self, most: int = 100, seconds: float = LONG) -> list[Any]:
        """What waits, at most ``most``; waits for a first message."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                answer = self.subscriber.pull(
                    subscription=self.subscription, max_messages=most, timeout=min(2.0, seconds)
                )
            except DeadlineExceeded:
                continue
            if answer.received_messages:
                return list(answer.received_messages)
        return []

    def ack(self, received: Sequence[Any]) -> None:
        """These are done."""
        self.subscriber.acknowledge(subscription=self.subscription, ack_ids=[m.ack_id for m in received])

    def nack(self, received: Sequence[Any]) -> None:
        """These come again at once."""
        self.subscriber.modify_ack_deadline(
            subscription=self.subscription, ack_ids=[m.ack_id for m in received], ack_deadline_seconds=0
        )

    def waiting(self, seconds: float = 1.0) -> int:
        """How many messages the server still hands out, of those that it hands out first; they are handed back.

        0 after so many ``seconds`` without any.
        """
        found = self.pull(1000, seconds)
        if found:
            self.nack(found)
        return len(found)
