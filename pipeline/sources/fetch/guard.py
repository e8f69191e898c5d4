"""Connects only to public addresses.

The host name is resolved once for each hop, each address is checked, and the socket is opened to the checked
address itself, so a name that resolves differently a moment later cannot slip between check and connection.
Every wait ends at the deadline of the whole fetch.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from dateline.pipeline.sources.fetch.address import Address, is_public

Resolve = Callable[[str, int], Iterable[str]]
_TRIED = 4
"""Addresses of one host that are tried."""


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of a host from the system's resolver (which also accepts ``0x7f.1``)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Refused(Exception):
    """An address that may not be connected to."""


class _TimedStream(httpcore.NetworkStream):
    """A stream on which every wait ends at the deadline of the whole fetch."""

    def __init__(self, inner: httpcore.NetworkStream, remaining: Callable[[], float]) -> None:
        self._inner = inner
        self._remaining = remaining

    def _wait(self, timeout: float | None) -> float:
        left = self._remaining()
        if left <= 0:
            raise httpcore.ReadTimeout("the fetch took longer than its time")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._wait(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._wait(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._wait(timeout))
        return _TimedStream(inner, self._remaining)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to public addresses, and to the ``(address, port)`` pairs in ``exempt``. ``remaining``
    returns the seconds that are left of the fetch."""

    def __init__(
        self, resolve: Resolve, exempt: Collection[tuple[str, int]], remaining: Callable[[], float]
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._resolve = resolve
        self._exempt = exempt
        self._remaining = remaining

    def _judge(self, text: str, port: int) -> None:
        try:
            address: Address = ipaddress.ip_address(text)
        except ValueError:
            raise Refused(f"{text!r} is no address") from None
        if not is_public(address) and (str(address), port) not in self._exempt:
            raise Refused(f"{address} is not a public address")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} does not resolve: {error}") from None
        if not addresses:
            raise httpcore.ConnectError(f"{host} does not resolve")
        # A private address among public ones is how DNS rebinding starts, so all must pass.
        for address in addresses:
            self._judge(address, port)
        failure: Exception = httpcore.ConnectError(f"{host} cannot be reached")
        for address in addresses[:_TRIED]:
            left = self._remaining()
            if left <= 0:
                raise httpcore.ConnectTimeout("the fetch took longer than its time")
            wait = left if timeout is None else min(timeout, left)
            try:
                stream = self._inner.connect_tcp(address, port, timeout=wait)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            try:
                self._judge(str(stream.get_extra_info("server_addr")[0]), port)
            except Refused:
                stream.close()
                raise
            return _TimedStream(stream, self._remaining)
        raise failure


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport over one httpcore pool whose sockets the backend opens; the pool lives for one hop."""

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=backend, max_keepalive_connections=0, http2=False
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(status_code=answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The bytes of a response as they arrive."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
