"""Seconds of processor time, which other work on the machine changes little."""

from __future__ import annotations

import time
from collections.abc import Callable


def spent(work: Callable[[], object], tries: int = 1) -> float:
    """Processor seconds of this thread for ``work``: the least of several tries.

    A collection of garbage or a full cache adds to one try, and takes nothing off any.
    """
    least = float("inf")
    for _ in range(tries):
        began = time.thread_time()
        work()
        least = min(least, time.thread_time() - began)
    return least
