"""Polite fetching: limits requests to a host, obeys its robots.txt, and schedules retries.

The clock and the sleep are arguments, so that a test can let a day pass at once.
"""

from __future__ import annotations

import email.utils
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.pipeline.sources.fetch import robots
from dateline.pipeline.sources.fetch.fetcher import Fetched, Fetcher, FetchError
from dateline.transforms.identity import sha256

TOKEN = "dateline"
"""The product token that a robots.txt may name."""
_ROBOTS_SECONDS = 24 * 3600.0
_ROBOTS_RETRY_SECONDS = 1800.0
_LONGEST_HOLD = 24 * 3600.0
_UNSAID_HOLD = 300.0
_HOSTS = 2048
_BUSY = frozenset((429, 503))


class Disallowed(Exception):
    """The host's robots.txt does not allow the address."""


class HeldBack(Exception):
    """The host asked to wait until ``until`` (Unix seconds)."""

    def __init__(self, url: str, until: float) -> None:
        super().__init__(f"the host of {url[:200]} asked to wait")
        self.until = until


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    held_until: float = 0.0
    rules: robots.Robots | None = None
    rules_until: float = 0.0


def retry_after(value: str | None, now: float) -> float:
    """The Unix time that a ``Retry-After`` header asks to wait for, at most a day from ``now``."""
    wait = _UNSAID_HOLD
    if value is not None:
        value = value.strip()
        if value.isascii() and value.isdecimal():
            wait = float(value[:9])
        else:
            try:
                wait = email.utils.parsedate_to_datetime(value).timestamp() - now
            except (ValueError, TypeError, OverflowError):
                wait = _UNSAID_HOLD
    return now + min(max(wait, 1.0), _LONGEST_HOLD)


def share(url: str) -> float:
    """A number in [0, 1) that depends only on the address: jitter without randomness."""
    return int(sha256(url)[:8], 16) / 2**32


def next_poll(url: str, now: float, every: float, failures: int, longest: float = 6 * 3600.0) -> float:
    """When to poll again: ``every`` seconds from now, doubled for each failure in a row, spread by ±10 %."""
    wait = min(every * 2.0 ** min(failures, 16), max(every, longest))
    return now + wait * (0.9 + 0.2 * share(url))


class Polite:
    """A fetcher that obeys robots.txt and sends one request at a time to one host; safe to share between threads.

    Two requests to a host are at least ``gap`` seconds apart (more where its robots.txt says so).
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        gap: float = 1.0,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch an address as soon as its host allows it.

        Raises :class:`Disallowed`, :class:`HeldBack` or :class:`~dateline.pipeline.sources.fetch.fetcher.FetchError`.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        host = self._host(site)
        with host.lock:
            if not self._rules(host, site).allows(url):
                raise Disallowed(f"robots.txt does not allow {url[:200]}")
            if self._clock() < host.held_until:
                raise HeldBack(url, host.held_until)
            answer = self._turn(host, url, etag, last_modified)
            if answer.status in _BUSY:
                host.held_until = retry_after(answer.headers.get("retry-after"), self._clock())
                raise HeldBack(url, host.held_until)
            return answer

    def _host(self, site: str) -> _Host:
        with self._lock:
            host = self._hosts.setdefault(site, _Host())
            self._hosts.move_to_end(site)
            if len(self._hosts) > _HOSTS:
                self._hosts.popitem(last=False)
            return host

    def _turn(
        self, host: _Host, url: str, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        wait = host.next_at - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            return self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
        finally:
            delay = host.rules.delay if host.rules else 0.0
            host.next_at = self._clock() + max(self._gap, delay)

    def _rules(self, host: _Host, site: str) -> robots.Robots:
        now = self._clock()
        if host.rules is None or now >= host.rules_until:
            host.rules, kept = self._read_rules(host, site)
            host.rules_until = now + kept
        return host.rules

    def _read_rules(self, host: _Host, site: str) -> tuple[robots.Robots, float]:
        """Without a robots.txt everything is allowed; while it is unreachable nothing is fetched (RFC 9309,
        2.3.1)."""
        try:
            answer = self._turn(host, site + "/robots.txt")
        except FetchError as error:
            if error.fault in ("too_large", "undecodable", "redirects"):
                return robots.ALL, _ROBOTS_SECONDS
            raise
        if answer.status == 200:
            return robots.parse(answer.body, TOKEN), _ROBOTS_SECONDS
        if answer.status in _BUSY or answer.status >= 500:
            host.held_until = self._clock() + _ROBOTS_RETRY_SECONDS
            raise HeldBack(site, host.held_until)
        return robots.ALL, _ROBOTS_SECONDS
