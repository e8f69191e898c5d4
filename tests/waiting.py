"""Waits for what a thread, a process or a server does, for as long as a busy machine may need."""

from __future__ import annotations

import time
from collections.abc import Callable

LONG = 240.0
"""Seconds. A test that passes never waits as long; one that fails ends before pytest's own timeout."""


def until(true: Callable[[], object], what: str = "", seconds: float = LONG, pause: float = 0.05) -> None:
    """Ask until it is so. Raises AssertionError that says ``what`` was waited for."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not so after {seconds:.0f} s: {what or true}"
        time.sleep(pause)
