"""The guarded fetcher against a site of our own."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc

import pytest

from dateline.pipeline.sources.fetch.fetcher import AGENT, Fetcher, FetchError, Limits
from tests.pipeline.site import PATIENT, Answer, Site, bomb, huge, redirect
from tests.waiting import LONG


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    return Fetcher(PATIENT, exempt=[site.address])


def _fault(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value.fault


def test_a_page_comes_back_whole(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a?b=c"] = Answer(b"hello", headers={"Content-Type": "text/plain", "ETag": '"1"'})
    answer = fetcher.fetch(site.url("/a?b=c"))
    assert (answer.status, answer.body, answer.url) == (200, b"hello", site.url("/a?b=c"))
    assert answer.headers["etag"] == '"1"'
    sent = site.requests[0].headers
    assert sent["user-agent"] == AGENT and sent["accept-encoding"] == "gzip"
    assert "cookie" not in sent and "authorization" not in sent


def test_an_error_status_is_an_answer(site: Site, fetcher: Fetcher) -> None:
    assert fetcher.fetch(site.url("/missing")).status == 404


def test_validators_are_sent_and_304_is_understood(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = site.tagged(b"one")
    first = fetcher.fetch(site.url("/a"))
    again = fetcher.fetch(
        site.url("/a"), etag=first.headers["etag"], last_modified="Tue, 17 Nov 2026 10:00:00 GMT"
    )
    assert not first.not_modified and again.not_modified and again.body == b""
    assert site.requests[1].headers["if-modified-since"].startswith("Tue, 17 Nov")


def test_a_304_that_names_a_coding_has_no_body_to_decode(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(status=304, headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(site.url("/a")).not_modified


def test_gzip_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(gzip.compress(b"words " * 1000), headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(site.url("/a")).body == b"words " * 1000


def test_a_gzip_bomb_is_stopped_early(site: Site, fetcher: Fetcher) -> None:
    site.pages["/bomb"] = bomb()
    tracemalloc.start()
    try:
        assert _fault(fetcher, site.url("/bomb")) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(b"x" * 99)[:-9], "gzip"),
        (b"no gzip at all", "gzip"),
        (b"x", "br"),
        (b"x", "gzip, gzip"),
    ],
)
def test_a_broken_or_unknown_coding_is_undecodable(
    site: Site, fetcher: Fetcher, body: bytes, coding: str
) -> None:
    site.pages["/a"] = Answer(body, headers={"Content-Encoding": coding})
    assert _fault(fetcher, site.url("/a")) == "undecodable"


def test_size_is_capped_on_the_stream(site: Site, fetcher: Fetcher) -> None:
    site.pages["/huge"] = huge()
    assert _fault(fetcher, site.url("/huge")) == "too_large"
    site.pages["/said"] = Answer(b"x", headers={"Content-Length": "99999999"})
    assert _fault(fetcher, site.url("/said")) == "too_large"


def test_a_page_that_drips_ends_at_the_deadline(site: Site) -> None:
    site.pages["/slow"] = site.slow()
    fetcher = Fetcher(Limits(seconds=0.4, idle_seconds=LONG), exempt=[site.address])
    begun = time.monotonic()
    assert _fault(fetcher, site.url("/slow")) == "timeout"
    assert 0.4 <= time.monotonic() - begun < LONG  # the page takes 500 seconds


def test_a_silent_page_ends_at_the_idle_time(site: Site) -> None:
    site.pages["/slow"] = site.slow(seconds=10 * LONG)
    fetcher = Fetcher(Limits(seconds=10 * LONG, idle_seconds=0.2), exempt=[site.address])
    begun = time.monotonic()
    assert _fault(fetcher, site.url("/slow")) == "timeout"
    assert time.monotonic() - begun < LONG


def test_redirects_are_followed_by_hand_up_to_a_bound(site: Site, fetcher: Fetcher) -> None:
    for n in range(5):
        site.pages[f"/{n}"] = redirect(f"/{n + 1}", (301, 302, 303, 307, 308)[n])
    site.pages["/5"] = Answer(b"end")
    answer = fetcher.fetch(site.url("/0"))
    assert answer.body == b"end" and answer.url == site.url("/5")
    site.pages["/5"] = redirect("/6")
    site.pages["/6"] = Answer(b"too far")
    assert _fault(fetcher, site.url("/0")) == "redirects"
    assert site.asked("/6") == 0


def test_a_redirect_in_a_circle_or_to_nowhere_ends(site: Site, fetcher: Fetcher) -> None:
    site.pages["/loop"] = redirect("/loop")
    assert _fault(fetcher, site.url("/loop")) == "redirects"
    assert site.asked("/loop") == 6
    site.pages["/blank"] = Answer(status=302)
    assert _fault(fetcher, site.url("/blank")) == "redirects"


def test_nobody_listening_is_a_temporary_fault() -> None:
    with socket.socket() as held:  # bound, so that nobody else takes the port, and not listening
        held.bind(("127.0.0.1", 0))
        fetcher = Fetcher(exempt=[held.getsockname()])
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(f"http://127.0.0.1:{held.getsockname()[1]}/")
    assert caught.value.fault == "network" and caught.value.temporary


def test_the_environment_sets_no_proxy(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    site.pages["/a"] = Answer(b"direct")
    assert fetcher.fetch(site.url("/a")).body == b"direct"


def test_credentials_are_never_named_in_the_refusal(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch("http://ana:opensesame@example.com/")
    assert "opensesame" not in str(caught.value)
