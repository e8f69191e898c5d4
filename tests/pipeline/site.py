"""A web site of our own on 127.0.0.1, with every bad habit that a feed reader meets.

A test puts pages on it (``site.pages["/a"] = Answer(...)`` or a function of the request)
and reads afterwards what was asked of it (``site.requests``).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from dateline.pipeline.sources.fetch.fetcher import Limits
from tests.waiting import LONG

PATIENT = Limits(seconds=LONG, idle_seconds=LONG)
"""For a fetcher that this site is to answer in any case: it may wait for the processor."""


@dataclass(frozen=True)
class Request:
    """What a client asked. Header names are lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What the site says. ``pieces`` is sent instead of ``body``, one write each, without a length."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None


Page = Answer | Callable[[Request], Answer]


class Site:
    """A running site. ``url("/x")`` is the address of a page of it."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.site = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def address(self) -> tuple[str, int]:
        """Address and port, as the fetcher's exemption names them."""
        return ("127.0.0.1", self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.address[1]}{path}"

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(r.path == path for r in list(self.requests))

    def close(self) -> None:
        """Stop serving; slow pages end at once."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer(self, request: Request) -> Answer:
        """What a request gets."""
        self.requests.append(request)
        page = self.pages.get(request.path) or self.pages.get(request.path.partition("?")[0])
        if page is None:
            return Answer(b"nothing here", status=404)
        return page if isinstance(page, Answer) else page(request)

    # Bad habits, each of them a page.

    def slow(self, seconds: float = 0.05, pieces: int = 10_000) -> Answer:
        """One byte at a time."""

        def drip() -> Iterator[bytes]:
            for _ in range(pieces):
                if self.closing.wait(seconds):
                    return
                yield b"x"

        return Answer(pieces=drip())

    def tagged(self, body: bytes, kind: str = "text/html; charset=utf-8") -> Page:
        """A page that answers 304 to a client that holds it."""
        tag = '"' + hashlib.sha256(body).hexdigest()[:12] + '"'

        def page(request: Request) -> Answer:
            if request.headers.get("if-none-match") == tag:
                return Answer(status=304, headers={"ETag": tag})
            return Answer(body, headers={"Content-Type": kind, "ETag": tag})

        return page


def huge(size: int = 64_000_000) -> Answer:
    """More bytes than anybody should read, without saying so beforehand."""
    return Answer(pieces=(b"a" * 65_536 for _ in range(size // 65_536)))


def bomb(size: int = 300_000_000) -> Answer:
    """A small gzip body that grows to ``size``."""
    packed = _BOMBS.setdefault(size, gzip.compress(b"\0" * size, 6))
    return Answer(packed, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})


_BOMBS: dict[int, bytes] = {}


def redirect(onward: str, status: int = 302) -> Answer:
    """Go elsewhere."""
    return Answer(status=status, headers={"Location": onward})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = cast(Any, self.server).site
        headers = {k.lower(): v for k, v in self.headers.items()}
        answer = site.answer(Request(self.path, headers))
        try:
            self._send(answer)
        except OSError:
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.pieces is None:
            if answer.status not in (204, 304) and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            return
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in answer.pieces:
            self.wfile.write(piece)
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def serving() -> Iterator[Site]:
    """A site for the length of a test."""
    site = Site()
    try:
        yield site
    finally:
        site.close()
