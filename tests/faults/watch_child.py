"""A watcher that kills its own process group: ``python -m tests.faults.watch_child FEED PORT OUTPUT POINT``.

POINT is ``polled`` (entries stored, nothing fetched), ``fetched`` (nothing committed), ``committed``
(the articles are in, the entries not yet noted as read), or ``none``.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from dateline.pipeline.runs import feeds
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.fetch.fetcher import Fetcher
from dateline.pipeline.store.feed_state import FeedState
from tests.pipeline.site import PATIENT

POINTS = ("polled", "fetched", "committed")


def main(feed: str, port: str, output: str, point: str) -> None:
    """One cycle, killed on the way."""

    def reached(here: str) -> None:
        if here == point:
            os.killpg(os.getpgid(0), signal.SIGKILL)

    def hook(owner: Any, name: str, before: str = "", after: str = "") -> None:
        true = getattr(owner, name)

        def hooked(*args: Any, **kwargs: Any) -> Any:
            reached(before)
            found = true(*args, **kwargs)
            reached(after)
            return found

        setattr(owner, name, hooked)

    hook(FeedState, "found", after="polled")
    hook(MicroBatchRun, "put", before="fetched", after="committed")
    feeds.HOST_GAP = 0.0
    fetcher = Fetcher(PATIENT, exempt=[("127.0.0.1", int(port))])
    feeds.watch([feed], output, Settings(), 600, once=True, fetcher=fetcher)


if __name__ == "__main__":
    main(*sys.argv[1:])
