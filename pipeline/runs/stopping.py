"""Ends a long run after a signal, within the time that an orchestrator allows."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator

STOP_SECONDS = 9.0
"""Seconds that the current batch may take after a signal."""
CLOSE_SECONDS = 12.0
"""Seconds for links, exports and the report after that. The sum is below the 30 s that Kubernetes allows."""
_log = logging.getLogger("dateline")


@contextlib.contextmanager
def until_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set. A process that still works after :data:`STOP_SECONDS` ends with
    exit 0.

    Nothing is lost: messages that were not acknowledged are delivered again, and committed ones are
    recognized.
    """
    stop = threading.Event()
    watchdogs: list[threading.Timer] = []

    def begin(*_: object) -> None:
        if not stop.is_set():
            stop.set()
            watchdogs.append(_leave_after(STOP_SECONDS, "stopped within a batch; its messages come again"))

    before = {s: signal.signal(s, begin) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for watchdog in watchdogs:
            watchdog.cancel()
        for s, handler in before.items():
            signal.signal(s, handler)


@contextlib.contextmanager
def at_most(seconds: float | None, warning: str) -> Iterator[None]:
    """End the process with exit 0 and a log line if the block takes longer than ``seconds`` (``None``: no
    limit).

    The block must leave nothing half done when the process is killed inside it.
    """
    watchdog = None if seconds is None else _leave_after(seconds, warning)
    try:
        yield
    finally:
        if watchdog is not None:
            watchdog.cancel()


def _leave_after(seconds: float, warning: str) -> threading.Timer:
    def leave() -> None:
        _log.warning(warning)
        logging.shutdown()
        os._exit(0)

    watchdog = threading.Timer(seconds, leave)
    watchdog.daemon = True
    watchdog.start()
    return watchdog
