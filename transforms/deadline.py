"""A cooperative time limit: rooms ask between sentences and lines whether time is up.

Signals and threads can not stop a regex in this process, and must not stop a
commit; so the limit is only ever noticed where a room asks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from transforms.errors import DeadlinePassed


class _Until(threading.local):
    at: float | None = None


_until = _Until()


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """All :func:`check` calls of this thread within the block count from now."""
    before = _until.at
    _until.at = time.monotonic() + seconds
    try:
        yield
    finally:
        _until.at = before


def check() -> None:
    """Raise :class:`~transforms.errors.DeadlinePassed` when this thread's time is up."""
    if _until.at is not None and time.monotonic() > _until.at:
        raise DeadlinePassed("took longer than its time")
