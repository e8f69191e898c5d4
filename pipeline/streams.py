"""The streaming commands, put together: Pub/Sub in, single pages in."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from pipeline import serve
from pipeline.config import Settings
from pipeline.intake import Intake
from pipeline.run import Summary, tally
from pipeline.sinks.exports import export
from pipeline.sources import pubsub
from pipeline.sources.fetch import Fetcher
from pipeline.sources.inputs import InputError
from pipeline.sources.page import fetch_page


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
