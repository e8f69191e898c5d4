"""A Pub/Sub topic as the place where watched articles go: each fetched page is one message."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import TimeoutError as Late

from google.api_core.exceptions import GoogleAPICallError, RetryError
from google.cloud import pubsub_v1

from pipeline.sources.inputs import TOLD_COLUMNS
from pipeline.sources.pubsub import FAULT, Subscription
from pipeline.store.connection import StoreError
from transforms.model import RawArticle

ATTRIBUTE_BYTES = 1024
MESSAGE_BYTES = 9_500_000
SEND_SECONDS = 60.0
_log = logging.getLogger("dateline")


class Topic:
    """Sends raw articles; :meth:`put` returns when Pub/Sub has them all."""

    def __init__(self, name: Subscription) -> None:
        self.name = name
        self._client = pubsub_v1.PublisherClient()

    def put(self, raws: Sequence[RawArticle]) -> None:
        """Publish. Raises StoreError where one could not be sent: then all are sent again, which readers know."""
        sent = [
            self._client.publish(self.name.topic, content_of(raw), **attributes_of(raw))
            for raw in raws
            if self._fits(raw)
        ]
        try:
            for future in sent:
                future.result(timeout=SEND_SECONDS)
        except (GoogleAPICallError, RetryError, Late) as error:
            raise StoreError(f"{self.name.url}: {str(error) or 'no answer in time'}") from error

    def _fits(self, raw: RawArticle) -> bool:
        if len(raw.content) <= MESSAGE_BYTES:
            return True
        _log.error("too large for a message: %s", raw.origin)
        return False


def content_of(raw: RawArticle) -> bytes:
    """The data of the message."""
    return raw.content if isinstance(raw.content, bytes) else raw.content.encode("utf-8", "surrogatepass")


def attributes_of(raw: RawArticle) -> dict[str, str]:
    """What the carrier knew, as attributes; a value over Pub/Sub's 1,024 bytes is left out."""
    fields = {name: getattr(raw, name) for name in (*TOLD_COLUMNS, "media_type", "fetched_at")}
    fields |= {str(k): v for k, v in raw.carrier.items()}
    if raw.fault is not None:
        fields |= {FAULT: raw.fault.type, f"{FAULT}_message": raw.fault.message[:200]}
    return {
        name: str(value)
        for name, value in fields.items()
        if value is not None and len(str(value).encode()) <= ATTRIBUTE_BYTES
    }
