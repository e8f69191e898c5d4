"""The streaming commands, put together: Pub/Sub in, single pages in."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline import serve
from pipeline.config import Settings
from pipeline.intake import Intake
from pipeline.run import Summary, tally
from pipeline.sinks.exports import export
from pipeline.sources import pubsub
from pipeline.sources.fetch import Fetched, Fetcher, FetchError
from pipeline.sources.inputs import InputError
from transforms.model import Fault, RawArticle


def run_subscription(url: str, output: str, settings: Settings) -> Counter[str]:
    """Read a subscription until SIGTERM or SIGINT (or ``limit`` messages); gives the counts."""
    subscription = pubsub.parse(url)
    if settings.workers > 1:
        raise InputError("a stream is read by one process; start the command again for a second one")
    intake = Intake(output, settings, url)
    meter = serve.Meter()
    with serve.until_signal() as stop:
        pull = pubsub.Pull(subscription)
        try:
            serve.serve(
                pull,
                intake.put,
                lambda batch: pubsub.raws_of(subscription, batch),
                stop,
                meter,
                settings.limit,
            )
        finally:
            pull.close()
            intake.close("stopped")
    return meter.totals


def run_pages(
    urls: Sequence[str], output: str, settings: Settings, fetcher: Fetcher | None = None
) -> Summary:
    """Fetch pages and read them. Raises InputError where one can not be fetched."""
    began = time.monotonic()
    fetcher = fetcher or Fetcher()
    raws = [fetch_page(url, fetcher, settings) for url in dict.fromkeys(urls)]
    intake = Intake(output, settings, " ".join(urls))
    intake.put(raws)
    counts = dict(intake.counts) | {
        k: v for k, v in tally(intake.store, intake.run_id).items() if k not in intake.counts and k != "read"
    }
    intake.close()
    files = export(intake.store, intake.folder) if intake.folder else []
    return Summary(intake.run_id, counts, time.monotonic() - began, files)


def fetch_page(url: str, fetcher: Fetcher, settings: Settings) -> RawArticle:
    """A page as a raw article; one that is too large or garbled is a raw article with a fault."""
    told: dict[str, Any] = {
        k: v for k in ("published", "zone", "language") if (v := getattr(settings, k)) is not None
    }
    try:
        answer = fetcher.fetch(url)
    except FetchError as error:
        if error.fault not in ("too_large", "undecodable"):
            raise InputError(str(error)) from error
        fault = Fault(type="too_large" if error.fault == "too_large" else "undecodable", message=str(error))
        return RawArticle(content=b"", origin=url, url=url, fault=fault, **told)
    if answer.status != 200:
        raise InputError(f"{url}: the server answered with status {answer.status}")
    return raw_of_answer(answer, url, url, **told)


def raw_of_answer(answer: Fetched, origin: str, asked: str, **told: Any) -> RawArticle:
    """A fetched page as a raw article. Its address is where it was found, unless that is a bare front page."""
    path = answer.url.split("://", 1)[-1].partition("/")[2].strip("/")
    return RawArticle(
        content=answer.body,
        origin=origin,
        url=answer.url if path else asked,
        media_type=answer.headers.get("content-type"),
        fetched_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        **told,
    )
