"""Pub/Sub: messages are received under a lease and acknowledged only when the caller says so.

The client's streaming pull extends the leases of received messages for up to an hour, so a
sink may fail for that long before a message is sent to another reader.
Beam's own local reader is not used because it acknowledges a message before it processes it (20 of
4,000 messages were lost under three kills).
"""

from __future__ import annotations

import contextlib
import logging
import queue
import re
import time
from collections.abc import Iterator
from typing import NamedTuple, Self

from google.api_core.exceptions import (
    Forbidden,
    GoogleAPICallError,
    InvalidArgument,
    NotFound,
    Unauthorized,
)
from google.auth.exceptions import GoogleAuthError
from google.cloud import pubsub_v1
from google.cloud.pubsub_v1.subscriber.message import Message

from dateline.pipeline.backoff import Backoff
from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import Finding, one_line
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.sources.registry import PUBSUB
from dateline.pipeline.sources.source import Delivery, StreamSource

MOST = 500
"""Messages in one batch."""
BATCH_BYTES = 32_000_000
_HELD_BYTES = 100_000_000
_HOLD_SECONDS = 3600
LEASE_SECONDS = 60
"""Seconds by which a lease is extended at a time. The messages of a killed process are delivered again after this."""
_TICK = 0.25
_log = logging.getLogger("dateline")
_URL = re.compile(r"pubsub://([a-z][a-z0-9.:-]{2,60})/([A-Za-z][\w.~+%-]{2,254})")
_SHORT_LEASE = 10
_LASTING = (NotFound, Forbidden, Unauthorized, InvalidArgument)
"""Errors that trying again does not mend. ``Forbidden`` and ``Unauthorized`` include the kinds that gRPC names."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
LOGIN = "gcloud auth application-default login, or give the service account the role roles/pubsub.editor"


class Name(NamedTuple):
    """A subscription or topic by project and name."""

    project: str
    name: str

    @property
    def subscription(self) -> str:
        """As Pub/Sub names a subscription of this name."""
        return f"projects/{self.project}/subscriptions/{self.name}"

    @property
    def topic(self) -> str:
        """As Pub/Sub names a topic of this name."""
        return f"projects/{self.project}/topics/{self.name}"

    @property
    def url(self) -> str:
        """``pubsub://PROJECT/NAME``."""
        return f"{PUBSUB}{self.project}/{self.name}"


def parse(url: str) -> Name:
    """``pubsub://PROJECT/NAME``. Raises :class:`~dateline.pipeline.errors.InputError`."""
    found = _URL.fullmatch(url)
    if found is None:
        raise InputError(
            f"{url}: not of the form pubsub://PROJECT/NAME, each of three or more letters, digits or dashes"
        )
    return Name(found[1], found[2])


class Pull(StreamSource):
    """A streaming pull of one subscription. Raises :class:`~dateline.pipeline.errors.InputError` without credentials."""

    def __init__(self, name: Name) -> None:
        self.name = name
        self._queue: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._backoff = Backoff(_FIRST_PAUSE, _LONGEST_PAUSE)
        self._reopen_at: float | None = None
        self._subscribe()

    def _subscribe(self) -> None:
        try:
            self._client = pubsub_v1.SubscriberClient()
        except GoogleAuthError as error:
            raise InputError(f"{self.name.url}: {one_line(error)} (log in: {LOGIN})") from error
        self._future = self._client.subscribe(
            self.name.subscription,
            callback=self._queue.put,
            flow_control=pubsub_v1.types.FlowControl(
                max_messages=2 * MOST,
                max_bytes=_HELD_BYTES,
                max_lease_duration=_HOLD_SECONDS,
                min_duration_per_lease_extension=LEASE_SECONDS,
                max_duration_per_lease_extension=LEASE_SECONDS,
            ),
        )

    @classmethod
    def open(cls, name: str) -> Self:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        return cls(parse(name))

    def take(self, most: int, seconds: float) -> list[Delivery]:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`.

        A message that was delivered twice is in a batch once: the later delivery is kept, because its ack id
        is the valid one, and the earlier one is dropped, which ends its lease. Before they were dropped, such
        leases filled the client's limit of 1,000 messages, and it paused for ever.
        """
        try:
            first = self._queue.get(timeout=_TICK)
        except queue.Empty:
            self._check()
            return []
        self._backoff.succeeded()
        batch = {first.message_id: first}
        size = first.size
        until = time.monotonic() + seconds
        while len(batch) < min(most, MOST) and size < BATCH_BYTES:
            try:
                message = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            earlier = batch.get(message.message_id)
            if earlier is not None:
                earlier.drop()
            batch[message.message_id] = message
            size += message.size
        return [self._delivery(message) for message in batch.values()]

    def _delivery(self, message: Message) -> Delivery:
        raw = raw_of(message.data, dict(message.attributes), f"{self.name.url}#{message.message_id}")
        return Delivery(raw, message.publish_time.timestamp(), message.ack)

    @property
    def waiting(self) -> int:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        return self._queue.qsize()

    def _check(self) -> None:
        """Open the pull again where an outage has ended it.

        Google's client survives most outages. Its threads for leases give up when a call failed for
        up to a minute, though, and with them ends the pull. Messages whose acknowledgement was lost
        are delivered again.
        """
        if not self._future.done():
            return
        error = self._future.exception(timeout=0)
        if isinstance(error, _LASTING):
            raise InputError(f"{self.name.url}: {error.message}") from error
        if isinstance(error, GoogleAuthError):
            raise InputError(f"{self.name.url}: {one_line(error)} (log in: {LOGIN})") from error
        if error is None:
            raise InputError(f"{self.name.url}: the pull ended")
        if self._reopen_at is None:
            pause = self._backoff.failed()
            _log.warning("%s: %s; the pull opens again in %g s", self.name.url, error, pause)
            self._reopen_at = time.monotonic() + pause
        elif time.monotonic() >= self._reopen_at:
            self._reopen_at = None
            self._client.close()
            self._subscribe()

    def close(self, seconds: float = 4.0) -> None:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`. Waits for at most ``seconds``."""
        while not self._queue.empty():
            self._queue.get().nack()
        self._future.cancel()
        # take() has reported why the pull ended; here it only has to end.
        with contextlib.suppress(Exception):
            self._future.result(timeout=seconds)
        self._client.close()

    @classmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sources.source.StreamSource`."""
        try:
            parsed = parse(name)
            with pubsub_v1.SubscriberClient() as client:
                found = client.get_subscription(subscription=parsed.subscription, timeout=10, retry=None)
        except InputError as error:
            yield Finding("subscription", "fail", str(error), "name it as pubsub://PROJECT/SUBSCRIPTION")
            return
        except NotFound:
            make = (
                f"gcloud pubsub subscriptions create {parsed.name} --project={parsed.project} --topic=TOPIC "
                "--ack-deadline=60"
            )
            yield Finding("subscription", "fail", f"{name}: does not exist", make)
            return
        except (GoogleAPICallError, GoogleAuthError) as error:
            yield Finding("subscription", "fail", f"{name}: {one_line(error)}", LOGIN)
            return
        yield Finding("subscription", "ok", f"{name} on {found.topic}")
        if found.push_config.push_endpoint:
            yield Finding("subscription", "fail", f"{name}: pushes", "make a pull subscription of its own")
        if found.ack_deadline_seconds <= _SHORT_LEASE:
            seconds = f"ack deadline is {found.ack_deadline_seconds} s"
            yield Finding("leases", "note", seconds, "60 s is calmer; leases are extended anyway")
        if not found.dead_letter_policy.dead_letter_topic:
            yield Finding(
                "poison",
                "note",
                f"{name}: has no dead letter topic",
                "none is needed: what cannot be read becomes a dead letter of the output",
            )
