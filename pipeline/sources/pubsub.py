"""Pub/Sub: messages under lease, acked only when the caller says so.

The client's streaming pull keeps the leases of everything in hand for up to an hour, so
a sink may fail for that long without a message being sent to anybody else.
Beam's own local reader is not used: it acks before it processes (20 of 4,000 lost under
three kills).
"""

from __future__ import annotations

import contextlib
import queue
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from google.api_core.exceptions import GoogleAPICallError
from google.cloud import pubsub_v1
from google.cloud.pubsub_v1.subscriber.message import Message

from pipeline.sources.inputs import TOLD_COLUMNS, InputError
from pipeline.sources.kinds import PUBSUB
from transforms.model import Fault, RawArticle

SCHEME = PUBSUB
MOST = 500
"""Messages in one batch."""
BATCH_BYTES = 32_000_000
_HELD_BYTES = 100_000_000
_HOLD_SECONDS = 3600
LEASE_SECONDS = 60
"""How far a lease is extended at a time: what is in hand when a process is killed comes again after this."""
_TICK = 0.25
_URL = re.compile(r"pubsub://([a-z][a-z0-9.:-]{2,60})/([A-Za-z][\w.~+%-]{2,254})")
FAULT = "dateline_fault"
_MEDIA_NAMES = ("media_type", "content-type", "content_type")


class Subscription(NamedTuple):
    """A subscription (or topic) by project and name."""

    project: str
    name: str

    @property
    def path(self) -> str:
        """As Pub/Sub names a subscription."""
        return f"projects/{self.project}/subscriptions/{self.name}"

    @property
    def topic(self) -> str:
        """As Pub/Sub names a topic of this name."""
        return f"projects/{self.project}/topics/{self.name}"

    @property
    def url(self) -> str:
        """As we name it."""
        return f"{SCHEME}{self.project}/{self.name}"


def parse(url: str) -> Subscription:
    """``pubsub://PROJECT/NAME``. Raises :class:`~pipeline.sources.inputs.InputError`."""
    found = _URL.fullmatch(url)
    if found is None:
        raise InputError(f"{url}: not of the form pubsub://PROJECT/NAME")
    return Subscription(found[1], found[2])


def raw_of(data: bytes, attributes: Mapping[str, str], origin: str) -> RawArticle:
    """A message as a raw article.

    The data is the page, or a raw article as JSON (``media_type`` application/json, or
    data that begins with ``{`` where no type is given). Attributes named as our fields are what
    the carrier knew; the others are kept as carrier data.
    """
    known: dict[str, Any] = {k: v for k in TOLD_COLUMNS if (v := attributes.get(k))}
    media = next((attributes[k] for k in _MEDIA_NAMES if attributes.get(k)), None)
    if media is None and data[:64].lstrip().startswith(b"{"):
        media = "application/json"
    rest = {k: v for k, v in attributes.items() if k not in known and k not in _MEDIA_NAMES}
    fetched = rest.pop("fetched_at", None)
    fault = _fault(rest.pop(FAULT, None), rest.pop(f"{FAULT}_message", ""))
    return RawArticle(
        content=data, origin=origin, media_type=media, fetched_at=fetched, carrier=rest, fault=fault, **known
    )


def _fault(kind: str | None, message: str) -> Fault | None:
    """What a publisher already knew to be wrong: a page that was too large to fetch, for instance."""
    if kind is None:
        return None
    try:
        return Fault.model_validate({"type": kind, "message": message})
    except ValueError:
        return Fault(type="schema_violation", message=f"an attribute names the fault {kind[:40]!r}")


class Pull:
    """A streaming pull of one subscription. Raises InputError where it can not be opened."""

    def __init__(self, subscription: Subscription) -> None:
        self.subscription = subscription
        self._queue: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._client = pubsub_v1.SubscriberClient()
        self._future = self._client.subscribe(
            subscription.path,
            callback=self._queue.put,
            flow_control=pubsub_v1.types.FlowControl(
                max_messages=2 * MOST,
                max_bytes=_HELD_BYTES,
                max_lease_duration=_HOLD_SECONDS,
                min_duration_per_lease_extension=LEASE_SECONDS,
                max_duration_per_lease_extension=LEASE_SECONDS,
            ),
        )

    def take(self, most: int, seconds: float) -> list[Message]:
        """The next batch: at most ``most`` messages, or what came within ``seconds`` of the first.

        Waits a moment for a first message, then gives an empty batch, so that the caller can look
        up. One message that was delivered twice is in a batch once. Raises InputError if
        the subscription is gone or forbidden.
        """
        try:
            first = self._queue.get(timeout=_TICK)
        except queue.Empty:
            self._check()
            return []
        batch = {first.message_id: first}
        size = first.size
        until = time.monotonic() + seconds
        while len(batch) < most and size < BATCH_BYTES:
            try:
                message = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            # The later delivery carries the ack id that is valid now.
            batch[message.message_id] = message
            size += message.size
        return list(batch.values())

    @property
    def waiting(self) -> int:
        """Messages in hand beyond the batch."""
        return self._queue.qsize()

    def _check(self) -> None:
        if not self._future.done():
            return
        try:
            self._future.result(timeout=0)
        except GoogleAPICallError as error:
            raise InputError(f"{self.subscription.url}: {error.message}") from error
        raise InputError(f"{self.subscription.url}: the pull ended")

    def close(self, seconds: float = 4.0) -> None:
        """Hand back what was not taken, send the acks that wait, and let go."""
        while not self._queue.empty():
            self._queue.get().nack()
        self._future.cancel()
        # What ended the pull was reported by take(); here it only has to end.
        with contextlib.suppress(Exception):
            self._future.result(timeout=seconds)
        self._client.close()


def raws_of(subscription: Subscription, messages: Sequence[Message]) -> list[RawArticle]:
    """The raw articles of a batch; the origin is the subscription and the message id."""
    return [raw_of(m.data, dict(m.attributes), f"{subscription.url}#{m.message_id}") for m in messages]


def oldest_seconds(messages: Sequence[Any], now: float) -> float:
    """How long the oldest of some messages has waited since it was published."""
    if not messages:
        return 0.0
    published: list[float] = [m.publish_time.timestamp() for m in messages]
    return max(0.0, now - min(published))
