"""Sends watched articles to a Pub/Sub topic; each fetched page is one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as Late
from functools import cached_property
from typing import Self

from google.api_core.exceptions import GoogleAPICallError, NotFound, RetryError
from google.auth.exceptions import GoogleAuthError
from google.cloud import pubsub_v1

from dateline.pipeline.errors import InputError, OutputError, StoreError
from dateline.pipeline.findings import Finding, one_line
from dateline.pipeline.sinks.sink import Topic
from dateline.pipeline.sources.message import attributes_of, content_of, cut
from dateline.pipeline.sources.pubsub import LOGIN, Name, parse
from dateline.transforms.model import RawArticle

ATTRIBUTE_BYTES = 1024
MESSAGE_BYTES = 9_500_000
SEND_SECONDS = 60.0


class PubSubTopic(Topic):
    """A Pub/Sub topic."""

    def __init__(self, name: Name) -> None:
        self.name = name

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`."""
        try:
            return cls(parse(address))
        except InputError as error:
            raise OutputError(str(error)) from error

    @cached_property
    def _client(self) -> pubsub_v1.PublisherClient:
        try:
            return pubsub_v1.PublisherClient()
        except GoogleAuthError as error:
            raise OutputError(f"{self.name.url}: {one_line(error)} (log in: {LOGIN})") from error

    def put(self, raws: Sequence[RawArticle]) -> None:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`. Raises :class:`~dateline.pipeline.errors.OutputError` without credentials."""
        sent = [
            self._client.publish(self.name.topic, content_of(raw), **attributes_of(raw, ATTRIBUTE_BYTES))
            for raw in (cut(raw, MESSAGE_BYTES) for raw in raws)
        ]
        try:
            for future in sent:
                future.result(timeout=SEND_SECONDS)
        except (GoogleAPICallError, RetryError, Late) as error:
            raise StoreError(f"{self.name.url}: {str(error) or 'no answer in time'}") from error

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Topic`."""
        try:
            client = pubsub_v1.PublisherClient()
            client.get_topic(topic=self.name.topic, timeout=10, retry=None)
            client.stop()
        except NotFound:
            make = f"gcloud pubsub topics create {self.name.name} --project={self.name.project}"
            yield Finding("topic", "fail", f"{self.name.url}: does not exist", make)
        except (GoogleAPICallError, GoogleAuthError) as error:
            yield Finding("topic", "fail", f"{self.name.url}: {one_line(error)}", LOGIN)
        else:
            yield Finding("topic", "ok", self.name.url)
