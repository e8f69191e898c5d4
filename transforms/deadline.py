"""A cooperative time limit: the steps check between sentences and lines whether time is up.

Signals and threads cannot interrupt a regular expression in this process and must not interrupt a
commit, so the limit takes effect only where :func:`check` is called.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dateline.transforms.errors import DeadlinePassed


class _Until(threading.local):
    at: float | None = None


_until = _Until()


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Set a limit for the :func:`check` calls of this thread within the block, counted from now."""
    before = _until.at
    _until.at = time.monotonic() + seconds
    try:
        yield
    finally:
        _until.at = before


def check() -> None:
    """Raise :class:`~dateline.transforms.errors.DeadlinePassed` when the time of this thread is up."""
    if _until.at is not None and time.monotonic() > _until.at:
        raise DeadlinePassed("took longer than its time")
