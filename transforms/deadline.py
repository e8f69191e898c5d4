"""A cooperative time limit: the steps check between sentences and lines whether time is up.

Signals and threads cannot interrupt a regular expression in this process and must not interrupt a
commit, so the limit takes effect only where :func:`check` is called.

The limit is processor time of the thread. By the clock on the wall, a good page would become a dead letter where
other programs keep the processor busy, or where the process is paused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dateline.transforms.errors import DeadlinePassed


class _Until(threading.local):
    at: float | None = None
    """When the time is up at the earliest, by the clock on the wall, which is faster to read."""
    spent: float = 0.0
    """Processor time of the thread at which it is up."""


_until = _Until()


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Set a limit for the :func:`check` calls of this thread within the block, counted from now."""
    before = _until.at, _until.spent
    _until.at, _until.spent = time.monotonic() + seconds, time.thread_time() + seconds
    try:
        yield
    finally:
        _until.at, _until.spent = before


def check() -> None:
    """Raise :class:`~dateline.transforms.errors.DeadlinePassed` when the time of this thread is up."""
    if _until.at is None or time.monotonic() <= _until.at:
        return
    left = _until.spent - time.thread_time()
    if left < 0:
        raise DeadlinePassed("took longer than its time")
    _until.at = time.monotonic() + left
