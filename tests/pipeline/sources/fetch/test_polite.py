"""Manners, with a clock that jumps instead of waiting."""

from __future__ import annotations

import pytest

from dateline.pipeline.sources.fetch.fetcher import Fetcher, FetchError
from dateline.pipeline.sources.fetch.polite import Disallowed, HeldBack, Polite, next_poll, retry_after, share
from tests.pipeline.site import PATIENT, Answer, Site


class Clock:
    def __init__(self) -> None:
        self.now = 1_763_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(site: Site, clock: Clock) -> Polite:
    return Polite(Fetcher(PATIENT, exempt=[site.address]), gap=2, clock=clock, sleep=clock.sleep)


def test_requests_to_one_host_keep_their_distance(site: Site, polite: Polite, clock: Clock) -> None:
    site.pages["/a"] = Answer(b"x")
    for _ in range(3):
        polite.get(site.url("/a"))
    assert [r.path for r in site.requests] == ["/robots.txt", "/a", "/a", "/a"]
    assert clock.slept == pytest.approx([2, 2, 2])


def test_robots_is_asked_once_a_day_and_obeyed(site: Site, polite: Polite, clock: Clock) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /no\nCrawl-delay: 7")
    site.pages["/yes"] = Answer(b"x")
    with pytest.raises(Disallowed):
        polite.get(site.url("/no/1"))
    polite.get(site.url("/yes"))
    polite.get(site.url("/yes"))
    assert site.asked("/no/1") == 0 and site.asked("/robots.txt") == 1
    assert clock.slept[-1] == pytest.approx(7)
    clock.now += 25 * 3600
    polite.get(site.url("/yes"))
    assert site.asked("/robots.txt") == 2


def test_a_robots_that_fails_holds_the_host_back_for_a_while(
    site: Site, polite: Polite, clock: Clock
) -> None:
    site.pages["/robots.txt"] = Answer(status=500)
    site.pages["/a"] = Answer(b"x")
    for _ in range(2):
        with pytest.raises(HeldBack):
            polite.get(site.url("/a"))
    assert site.asked("/a") == 0
    site.pages["/robots.txt"] = Answer(status=404)
    clock.now += 3600
    assert polite.get(site.url("/a")).status == 200


def test_a_host_that_says_429_is_left_alone_for_as_long_as_it_asked(
    site: Site, polite: Polite, clock: Clock
) -> None:
    site.pages["/a"] = Answer(status=429, headers={"Retry-After": "120"})
    site.pages["/b"] = Answer(b"x")
    with pytest.raises(HeldBack) as caught:
        polite.get(site.url("/a"))
    assert caught.value.until == pytest.approx(clock.now + 120)
    with pytest.raises(HeldBack):
        polite.get(site.url("/b"))
    assert site.asked("/b") == 0
    clock.now += 121
    assert polite.get(site.url("/b")).body == b"x"


def test_a_host_that_can_not_be_reached_raises(polite: Polite) -> None:
    with pytest.raises(FetchError):
        polite.get("http://10.0.0.1/a")


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("30", 30),
        ("Wed, 12 Nov 2025 20:00:00 GMT", 3600),
        ("Wed, 12 Nov 2020 20:00:00 GMT", 1),
        ("9999999999999", 86400),
        ("-5", 300),
        ("soon", 300),
        (None, 300),
    ],
)
def test_retry_after_in_both_forms(value: str | None, wait: float) -> None:
    now = 1_762_974_000.0  # 2025-11-12 19:00 UTC
    assert retry_after(value, now) == pytest.approx(now + wait)


def test_polls_spread_and_back_off() -> None:
    waits = [next_poll("https://e.example/feed", 0, 600, n) for n in range(12)]
    assert waits == sorted(waits) and waits[1] == pytest.approx(2 * waits[0])
    assert waits[-1] <= 6 * 3600 * 1.1
    assert next_poll("https://e.example/feed", 0, 86_400, 9) <= 86_400 * 1.1
    firsts = {round(next_poll(f"https://e.example/{n}", 0, 600, 0)) for n in range(50)}
    assert len(firsts) > 20 and min(firsts) >= 540 and max(firsts) <= 660
    assert 0 <= share("") < 1
