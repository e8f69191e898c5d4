"""Fetches URLs; no other module does.

A page or feed may name any address, so a fetch is refused unless every address to which it connects is
public. Redirects are followed one by one, and each is checked again. Size, time and decompression are limited
while the response arrives. Proxies and other settings of the environment are ignored, because a proxy would
hide the real address.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import httpcore
import httpx

from dateline.pipeline.sources.fetch.guard import (
    GuardedBackend,
    GuardedTransport,
    Refused,
    Resolve,
    resolve_name,
)
from dateline.transforms.inflate import MEMBERS, Broken, Inflater, TooMuch
from dateline.transforms.version import VERSION

AGENT = f"dateline/{VERSION}"
FetchFault = Literal["refused", "redirects", "too_large", "undecodable", "timeout", "network"]
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BODILESS = _REDIRECTS | {204, 304}
_WEB_PORTS = frozenset((80, 443))
_FIRST_USER_PORT = 1024
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_URL_LIMIT = 4096
_RATIO = 200
"""How many times its compressed size a response may have."""


class FetchError(Exception):
    """A fetch without a response.

    ``fault`` says why: ``refused`` (the address may not be fetched), ``redirects`` (too many, or one without
    a target), ``too_large``, ``undecodable``, ``timeout``, ``network``.
    """

    def __init__(self, fault: FetchFault, message: str, url: str) -> None:
        super().__init__(f"{message} ({url[:200]})")
        self.fault: FetchFault = fault
        self.url = url

    @property
    def temporary(self) -> bool:
        """Whether a later retry may succeed."""
        return self.fault in ("timeout", "network")


@dataclass(frozen=True)
class Limits:
    """Limits of one fetch: bytes on the wire and after decompression, seconds, redirects."""

    size: int = 8_000_000
    seconds: float = 30.0
    idle_seconds: float = 10.0
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A response of any status. ``url`` is the address after redirects; header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def not_modified(self) -> bool:
        """Whether the caller's copy is current (status 304)."""
        return self.status == 304


class Fetcher:
    """Fetches pages and feeds; safe to share between threads.

    ``exempt`` names ``(address, port)`` pairs outside of the public net that may be reached. It exists for
    tests, which serve their own sites on 127.0.0.1; no setting fills it.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        agent: str = AGENT,
        exempt: Collection[tuple[str, int]] = (),
        resolve: Resolve = resolve_name,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self._agent = agent
        self._exempt = frozenset(exempt)
        self._resolve = resolve
        self._clock = clock
        self._context = httpx.create_ssl_context(trust_env=False)

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """GET an address, with the validators of an earlier response if there was one. Raises
        :class:`FetchError`.

        Any status is a response, not an error.
        """
        headers = {
            "User-Agent": self._agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        deadline = self._clock() + self.limits.seconds
        target = self._check(url, url)
        for _ in range(self.limits.redirects + 1):
            answer = self._hop(target, headers, deadline)
            if answer.status not in _REDIRECTS:
                return answer
            onward = answer.headers.get("location")
            if not onward:
                raise FetchError("redirects", f"status {answer.status} without a location", str(target))
            try:
                following = str(target.join(onward))
            except (httpx.InvalidURL, ValueError):
                raise FetchError("redirects", "redirected to no address", str(target)) from None
            target = self._check(following, url)
        raise FetchError("redirects", f"more than {self.limits.redirects} redirects", url)

    def _check(self, url: str, first: str) -> httpx.URL:
        if len(url) > _URL_LIMIT:
            raise FetchError("refused", f"an address over {_URL_LIMIT} characters", first)
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError("refused", f"no address: {error}", first) from None
        if target.scheme not in ("http", "https"):
            raise FetchError("refused", f"only http and https are fetched, not {target.scheme!r}", first)
        if target.userinfo:
            raise FetchError("refused", "an address with a user name or password", _without_userinfo(target))
        if not target.host:
            raise FetchError("refused", "an address without a host", first)
        port = target.port or (443 if target.scheme == "https" else 80)
        # HTTP on a mail or shell port of a third party is an attack on it.
        if port not in _WEB_PORTS and port < _FIRST_USER_PORT:
            raise FetchError("refused", f"port {port} is not a web port", first)
        return target

    def _hop(self, target: httpx.URL, headers: Mapping[str, str], deadline: float) -> Fetched:
        backend = GuardedBackend(self._resolve, self._exempt, lambda: deadline - self._clock())
        url = str(target)
        try:
            with (
                httpx.Client(
                    transport=GuardedTransport(backend, self._context),
                    trust_env=False,
                    follow_redirects=False,
                    timeout=self.limits.idle_seconds,
                ) as client,
                client.stream("GET", target, headers=dict(headers)) as response,
            ):
                plain = {k.lower(): v for k, v in response.headers.items()}
                body = b"" if response.status_code in _BODILESS else self._read(response, url)
                return Fetched(url=url, status=response.status_code, headers=plain, body=body)
        except Refused as error:
            raise FetchError("refused", str(error), url) from None
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchError("timeout", str(error) or "no answer in time", url) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as error:
            raise FetchError("network", str(error) or type(error).__name__, url) from None

    def _read(self, response: httpx.Response, url: str) -> bytes:
        size = self.limits.size
        if response.headers.get("content-length", "").isdecimal() and (
            int(response.headers["content-length"]) > size
        ):
            raise FetchError("too_large", f"more than {size} bytes announced", url)

        def pieces() -> Iterator[bytes]:
            taken = 0
            for piece in response.iter_raw():
                taken += len(piece)
                if taken > size:
                    raise TooMuch(f"more than {size} bytes")
                yield piece

        coding = response.headers.get("content-encoding", "identity").strip().lower()
        try:
            if coding in ("", "identity"):
                return b"".join(pieces())
            if coding in ("gzip", "x-gzip"):
                inflater = Inflater(size, _RATIO, MEMBERS)
                body = b"".join(out for piece in pieces() for out in inflater.feed(piece))
                inflater.close()
                return body
        except TooMuch as error:
            raise FetchError("too_large", str(error), url) from None
        except Broken as error:
            raise FetchError("undecodable", str(error), url) from None
        raise FetchError("undecodable", f"content coding {coding[:40]!r} was not asked for", url)


def _without_userinfo(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b""))
