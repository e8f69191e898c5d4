"""Serves the state of a stream or a run over watched feeds: ``/metrics`` in Prometheus' text format, and
``/healthz``.

Source of the format: Prometheus, "Exposition formats", text format 0.0.4. Only numbers are served: no text,
address or origin of an article.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol, get_args

from dateline.pipeline.errors import SettingsError
from dateline.transforms.model import DeadLetterType

STALLED_SECONDS = 120.0
"""Seconds after which a stream with messages that stores none is unhealthy."""


class Sample(NamedTuple):
    """One number under a name; samples of one name have different labels."""

    name: str
    kind: Literal["counter", "gauge"]
    help: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


class RunState(Protocol):
    """The state of a run at one moment."""

    @property
    def trouble(self) -> str | None:
        """What is wrong, in words, if the run makes no progress."""

    def samples(self) -> Iterable[Sample]:
        """The numbers of this state."""


class StreamState(NamedTuple):
    """The state of a stream at one moment. Times are in seconds."""

    read: int
    articles: int
    known: int
    dead_letters: int
    waiting: int
    """Messages that were received and are not stored yet."""
    oldest: float
    """How long the oldest message of the last batch had waited."""
    batch: float
    """How long the last batch took."""
    pause: float
    """The current pause before a failing output is tried again; 0 if it does not fail."""
    since: float
    """How long ago a batch was stored, or the stream found nothing to do."""
    counters: Mapping[str, int] = MappingProxyType({})
    """What the steps of the graph counted, by name."""

    @property
    def trouble(self) -> str | None:
        """See :class:`RunState`."""
        if not self.waiting or self.since < STALLED_SECONDS:
            return None
        return f"{self.waiting} messages wait, and none was stored for {self.since:.0f} s"

    def samples(self) -> Iterator[Sample]:
        """See :class:`RunState`."""
        for field, name, kind, help_ in _STREAM:
            yield Sample(f"dateline_{name}", kind, help_, getattr(self, field))
        yield from counted(self.counters)


class WatchState(NamedTuple):
    """The state of a run over watched feeds at one moment. Times are in seconds."""

    counts: Mapping[str, int]
    """What the watcher counted, by name."""
    pause: float
    """The current pause before a failing output is tried again; 0 if it does not fail."""
    since: float
    """How long ago a cycle ended."""
    every: float
    """The time between two polls of one feed."""
    counters: Mapping[str, int] = MappingProxyType({})
    """What the steps of the graph counted, by name."""

    @property
    def trouble(self) -> str | None:
        """See :class:`RunState`. A cycle of many feeds may take as long as the time between two polls."""
        if self.since < 2 * self.every + STALLED_SECONDS:
            return None
        return f"no round of feeds has ended for {self.since:.0f} s"

    def samples(self) -> Iterator[Sample]:
        """See :class:`RunState`."""
        for field, name, help_ in _WATCH:
            yield Sample(f"dateline_{name}", "counter", help_, self.counts.get(field, 0))
        yield Sample("dateline_pause_seconds", "gauge", _PAUSE, self.pause)
        yield Sample(
            "dateline_since_progress_seconds", "gauge", "Time since a round of feeds ended.", self.since
        )
        yield from counted(self.counters)


_PAUSE = "Pause before an output that fails is tried again."
_STREAM: tuple[tuple[str, str, Literal["counter", "gauge"], str], ...] = (
    ("read", "pages_read_total", "counter", "Messages that were read."),
    ("articles", "articles_total", "counter", "Messages that became articles."),
    ("known", "known_total", "counter", "Messages whose article was known already."),
    ("dead_letters", "dead_letters_total", "counter", "Messages that became dead letters."),
    ("waiting", "waiting_messages", "gauge", "Messages that were received and are not stored."),
    ("oldest", "oldest_message_seconds", "gauge", "Age of the oldest message of the last batch."),
    ("batch", "batch_seconds", "gauge", "Duration of the last batch."),
    ("pause", "pause_seconds", "gauge", _PAUSE),
    ("since", "since_progress_seconds", "gauge", "Time since a batch was stored or none waited."),
)
_WATCH = (
    ("polls", "polls_total", "Feeds that were asked."),
    ("feeds_unchanged", "feeds_unchanged_total", "Feeds that had not changed."),
    ("feeds_failed", "feeds_failed_total", "Feeds that could not be read."),
    ("new", "entries_new_total", "Entries of feeds that were new."),
    ("changed", "entries_changed_total", "Entries of feeds that had changed."),
    ("read", "pages_read_total", "Pages that were fetched and read."),
    ("failed", "pages_failed_total", "Pages that could not be fetched after all tries."),
)


def counted(counters: Mapping[str, int]) -> Iterator[Sample]:
    """The counts of the graph: dates of articles, undated ones, and rejected inputs by type."""
    undated = counters.get("undated", 0)
    dated = sum(n for name, n in counters.items() if name.startswith("dated."))
    yield Sample("dateline_dates_total", "counter", "Time expressions of articles.", dated + undated)
    yield Sample("dateline_undated_dates_total", "counter", "Time expressions without a date.", undated)
    yield Sample("dateline_events_total", "counter", "Events of articles.", counters.get("claims", 0))
    for kind in get_args(DeadLetterType):
        rejected = counters.get(f"rejected.{kind}", 0)
        help_ = "Inputs that became dead letters, by type."
        yield Sample("dateline_rejected_total", "counter", help_, rejected, (("type", kind),))


def text_of(reading: RunState) -> str:
    """A state in Prometheus' text format."""
    lines: list[str] = []
    last = ""
    for sample in reading.samples():
        if sample.name != last:
            lines += [f"# HELP {sample.name} {sample.help}", f"# TYPE {sample.name} {sample.kind}"]
        last = sample.name
        labels = ",".join(f'{name}="{value}"' for name, value in sample.labels)
        lines.append(f"{sample.name}{'{' + labels + '}' if labels else ''} {sample.value:.10g}")
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def serving(port: int | None, read: Callable[[], RunState]) -> Iterator[int | None]:
    """Serve on a port while the block runs, and return the port (0 takes a free one); without a port do
    nothing.

    Raises :class:`~dateline.pipeline.errors.SettingsError` if the port is not available.
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
                trouble = reading.trouble
                self._answer(503 if trouble else 200, f"{trouble or 'ok'}\n")
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
