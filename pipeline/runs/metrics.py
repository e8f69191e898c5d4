"""A stream seen from outside: ``/metrics`` in Prometheus' text format, and ``/healthz``.

Source of the format: Prometheus, "Exposition formats", text format 0.0.4. Only numbers leave: no
text, address or origin of an article.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from dateline.pipeline.errors import SettingsError

STALLED_SECONDS = 120.0
"""A stream that has messages and has stored none for this long is not healthy."""


class Reading(NamedTuple):
    """The state of a stream at one moment. Times are in seconds."""

    read: int
    articles: int
    known: int
    dead_letters: int
    waiting: int
    """Messages that were received and are not stored."""
    oldest: float
    """How long the oldest message of the last batch had waited."""
    batch: float
    """How long the last batch took."""
    pause: float
    """How long it waits for an output that fails; 0 while all is well."""
    since: float
    """How long ago a batch was stored, or the stream found nothing to do."""

    @property
    def healthy(self) -> bool:
        """Whether messages move, or none waits."""
        return not self.waiting or self.since < STALLED_SECONDS


_METRICS = (
    ("read", "dateline_pages_read_total", "counter", "Messages that were read."),
    ("articles", "dateline_articles_total", "counter", "Messages that became articles."),
    ("known", "dateline_known_total", "counter", "Messages whose article was known already."),
    ("dead_letters", "dateline_dead_letters_total", "counter", "Messages that became dead letters."),
    ("waiting", "dateline_waiting_messages", "gauge", "Messages that were received and are not stored."),
    ("oldest", "dateline_oldest_message_seconds", "gauge", "Age of the oldest message of the last batch."),
    ("batch", "dateline_batch_seconds", "gauge", "Duration of the last batch."),
    ("pause", "dateline_pause_seconds", "gauge", "Pause before an output that fails is tried again."),
    ("since", "dateline_since_progress_seconds", "gauge", "Time since a batch was stored or none waited."),
)


def text_of(reading: Reading) -> str:
    """A reading in Prometheus' text format."""
    lines = []
    for field, name, kind, help_ in _METRICS:
        lines += [f"# HELP {name} {help_}", f"# TYPE {name} {kind}", f"{name} {getattr(reading, field):.10g}"]
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def serving(port: int | None, read: Callable[[], Reading]) -> Iterator[int | None]:
    """Answer on a port while the block runs; gives the port (0 takes a free one), or does nothing without one.

    Raises :class:`~dateline.pipeline.errors.SettingsError` where the port cannot be had.
    """
    if port is None:
        yield None
        return

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            reading = read()
            if self.path == "/metrics":
                self._answer(200, text_of(reading), "text/plain; version=0.0.4; charset=utf-8")
            elif self.path == "/healthz":
                stalled = f"{reading.waiting} messages wait, and none was stored for {reading.since:.0f} s\n"
                self._answer(200, "ok\n") if reading.healthy else self._answer(503, stalled)
            else:
                self._answer(404, "there are /metrics and /healthz\n")

        def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    try:
        server = ThreadingHTTPServer(("", port), Handler)
    except OSError as error:
        raise SettingsError(f"--metrics-port {port}: {error.strerror or error}") from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
