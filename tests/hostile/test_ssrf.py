"""Addresses that would make the fetcher reach into its own network: not one connection is made.

Each test watches two ends: every ``connect`` of the process is recorded, and a real
socket listens on 127.0.0.1 and counts what arrives.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.sources.fetch.address import embedded, is_public
from dateline.pipeline.sources.fetch.fetcher import Fetcher, FetchError
from tests.pipeline.site import redirect, serving


class Listener:
    """A socket that counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port: int = self._socket.getsockname()[1]
        self.arrived = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while not self._end.is_set():
            try:
                found, _ = self._socket.accept()
            except TimeoutError:
                continue
            self.arrived += 1
            found.close()

    def close(self) -> None:
        self._end.set()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a socket of this process is connected to."""
    made: list[Any] = []
    true_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        made.append(address)
        true_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


LOCAL = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "0x7f.1",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "127.1",
    "0177.0.0.1",
    "0.0.0.0",
    "0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[2001:0:808:808::80ff:fffe]",
    "[fe80::5efe:7f00:1]",
    "①②⑦.⓪.⓪.①",
]
PRIVATE = [
    "169.254.169.254",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "0xa9fea9fe",
    "2852039166",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]",
    "[ff02::1]",
]


def _refuse(url: str, **options: Any) -> None:
    with pytest.raises(FetchError) as caught:
        Fetcher(**options).fetch(url)
    # A name that the resolver itself does not take ends as ``network``; what counts is that nothing connects.
    assert caught.value.fault in ("refused", "network")


@pytest.mark.parametrize("host", LOCAL + PRIVATE)
def test_no_connection_to_an_address_that_is_not_public(
    host: str, listener: Listener, connects: list[Any]
) -> None:
    _refuse(f"http://{host}:{listener.port}/latest/meta-data/")
    _refuse(f"https://{host}:{listener.port}/")
    assert [c for c in connects if isinstance(c, tuple)] == [] and listener.arrived == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_x",
        "ftp://127.0.0.1:{port}/",
        "dict://127.0.0.1:{port}/d:x",
        "data:text/html,hello",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "",
        "http://",
        "http:///etc/passwd",
        "http://ana:secret@8.8.8.8/",
        "http://8.8.8.8:22/",
        "http://8.8.8.8:25/",
        "http://[::1/",
        "http://exa\nmple.com/",
        "http://a" + ".a" * 3000,
    ],
)
def test_other_schemes_credentials_and_ports_are_refused(
    url: str, listener: Listener, connects: list[Any]
) -> None:
    _refuse(url.replace("{port}", str(listener.port)), resolve=lambda host, port: ["127.0.0.1"])
    assert connects == [] and listener.arrived == 0


def test_a_name_that_changes_between_two_look_ups_gains_nothing(
    listener: Listener, connects: list[Any]
) -> None:
    """The first answer is public, each later one private: the socket goes to the judged answer or nowhere."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["203.0.113.5"] if len(asked) == 1 else ["127.0.0.1"]

    for _ in range(3):
        _refuse(f"http://rebind.example:{listener.port}/", resolve=resolve)
    assert connects == [] and listener.arrived == 0
    assert len(asked) == 3  # once a hop: there is no second look-up to win


def test_the_socket_goes_to_the_judged_address_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[Any] = []

    def create(address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        went.append(address)
        raise OSError("unreachable")

    monkeypatch.setattr(socket, "create_connection", create)
    with pytest.raises(FetchError):
        Fetcher(resolve=lambda host, port: ["93.184.215.14"]).fetch("http://rebind.example/")
    assert went == [("93.184.215.14", 80)]


def test_one_private_answer_among_public_ones_refuses_all(listener: Listener, connects: list[Any]) -> None:
    _refuse(f"http://mixed.example:{listener.port}/", resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    assert connects == [] and listener.arrived == 0


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{port}/",
        "//[::1]:{port}/",
        "http://0x7f.1:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "http://169.254.169.254/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(to: str, listener: Listener) -> None:
    with serving() as site:
        site.pages["/out"] = redirect(to.replace("{port}", str(listener.port)))
        with pytest.raises(FetchError) as caught:
            Fetcher(exempt=[site.address]).fetch(site.url("/out"))
        assert caught.value.fault == "refused"
        assert len(site.requests) == 1 and listener.arrived == 0


def test_the_exemption_is_of_one_address_and_port(listener: Listener) -> None:
    with serving() as site:
        with pytest.raises(FetchError):
            Fetcher(exempt=[site.address]).fetch(f"http://127.0.0.1:{listener.port}/")
        assert listener.arrived == 0


@given(st.ip_addresses(v=4))
def test_what_carries_an_address_inside_is_never_more_public_than_it(
    inner: ipaddress.IPv4Address,
) -> None:
    number = int(inner)
    carriers = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
        ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)),
        ipaddress.IPv6Address((0x20010000 << 96) | (number << 64) | (0x08080808 ^ 0xFFFFFFFF)),
        ipaddress.IPv6Address((0x2A00 << 112) | (0x5EFE << 32) | number),
    ]
    for carrier in carriers:
        assert inner in embedded(carrier)
        assert is_public(carrier) <= is_public(inner)


@given(st.ip_addresses(v=6))
def test_no_address_is_public_that_the_standard_library_calls_private(address: ipaddress.IPv6Address) -> None:
    if is_public(address) and not embedded(address):
        assert address.is_global


@pytest.mark.parametrize(
    "public", ["8.8.8.8", "93.184.215.14", "2606:2800:21f::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses_pass(public: str) -> None:
    assert is_public(ipaddress.ip_address(public))
