"""A stream that kills its own process group at a point of its progress.

``python -m tests.faults.stream_child URL OUTPUT POINT NTH [LINK]``: at the NTH time that POINT is
reached, SIGKILL. POINT is one of :data:`POINTS`, or ``none``. LINK is 0 for a stream without links.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from dateline.pipeline.commands import console
from dateline.pipeline.runs import stream as serve
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import kafka, pubsub, registry
from dateline.pipeline.store import articles
from tests.waiting import LONG

POINTS = ("pulled", "inside", "committed", "acking", "acked")


def main(url: str, output: str, point: str, nth: str, link: str = "1") -> None:
    """Run until killed, by itself or by SIGTERM."""
    left = [int(nth)]

    def reached(here: str) -> None:
        if here == point:
            left[0] -= 1
            if left[0] == 0:
                print(here, file=sys.stderr, flush=True)
                os.killpg(os.getpgid(0), signal.SIGKILL)

    def after(owner: Any, name: str, here: str, counts: Callable[[Any], bool] = lambda _: True) -> None:
        true = getattr(owner, name)

        def hooked(*args: Any, **kwargs: Any) -> Any:
            found = true(*args, **kwargs)
            if counts(found):
                reached(here)
            return found

        setattr(owner, name, hooked)

    source: Any = registry.class_of(registry.source_of([url]))
    true_take = source.take
    taken: list[Any] = []

    def take(self: Any, most: int, seconds: float) -> list[Any]:
        if taken:
            taken.clear()
            reached("acked")  # the batch before was acked, and its counts were noted
        found = true_take(self, min(most, 60), seconds)
        taken.extend(found[:1])
        for n in range(len(found) // 2, len(found))[:1]:
            ack = found[n].ack

            def acking(ack: Callable[[], None] = ack) -> None:
                reached("acking")
                ack()

            found[n] = found[n]._replace(ack=acking)
        return found

    source.take = take
    after(source, "take", "pulled", bool)
    after(articles, "write", "inside")
    after(MicroBatchRun, "put", "committed")
    console.configure_logging()
    serve.LINE_SECONDS = 1.0
    pubsub.LEASE_SECONDS = 10
    kafka.LEASE_SECONDS, kafka.REACH_SECONDS = 5, LONG
    serve.run(url, output, Settings(link=link == "1"))


if __name__ == "__main__":
    main(*sys.argv[1:])
