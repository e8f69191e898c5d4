"""Ending a long run by a signal."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator

STOP_SECONDS = 9.0
_log = logging.getLogger("dateline")


@contextlib.contextmanager
def until_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set. What has not ended after nine seconds is left as it is, exit 0.

    Nothing is lost by that: what was not acked comes again, what was committed is known then.
    """
    stop = threading.Event()
    watchdogs: list[threading.Timer] = []

    def leave() -> None:
        _log.warning("stopped within a batch; its messages come again")
        logging.shutdown()
        os._exit(0)

    def begin(*_: object) -> None:
        if not stop.is_set():
            stop.set()
            watchdog = threading.Timer(STOP_SECONDS, leave)
            watchdog.daemon = True
            watchdog.start()
            watchdogs.append(watchdog)

    before = {s: signal.signal(s, begin) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for watchdog in watchdogs:
            watchdog.cancel()
        for s, handler in before.items():
            signal.signal(s, handler)
