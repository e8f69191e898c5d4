"""robots.txt: the longest rule wins, whatever its place."""

from __future__ import annotations

import pytest

from dateline.pipeline.sources.fetch import robots
from tests.timing import spent

MIXED = b"""
# comment
User-agent: *
Disallow: /private/
Allow: /private/press/
Disallow: /*.pdf$
Disallow: /search?q=*&page
Crawl-delay: 5

User-agent: Dateline
User-agent: other
Disallow: /drafts
Allow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/press/x", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/search?q=a&page=2", False),
        ("/search?q=a", True),
        ("/robots.txt", True),
    ],
)
def test_everyone(path: str, allowed: bool) -> None:
    assert robots.parse(MIXED, "someone").allows("https://e.example" + path) is allowed


def test_a_group_of_ones_own_replaces_that_of_everyone() -> None:
    rules = robots.parse(MIXED, "dateline")
    assert rules.allows("https://e.example/private/x") and not rules.allows("https://e.example/drafts/1")
    assert rules.delay == 0


def test_delay_is_kept_and_capped() -> None:
    assert robots.parse(MIXED, "someone").delay == 5
    assert robots.parse(b"User-agent: *\nCrawl-delay: 86400", "x").delay == 60
    assert robots.parse(b"User-agent: *\nCrawl-delay: soon", "x").delay == 0


def test_percent_encoding_is_the_same_on_both_sides() -> None:
    rules = robots.parse("User-agent: *\nDisallow: /caf\u00e9/\nDisallow: /%7Ename".encode(), "x")
    assert not rules.allows("https://e.example/caf%C3%A9/1")
    assert not rules.allows("https://e.example/caf%c3%a9/1")
    assert not rules.allows("https://e.example/~name")


def test_an_equal_allow_wins_and_an_empty_disallow_forbids_nothing() -> None:
    assert robots.parse(b"User-agent: *\nDisallow: /a\nAllow: /a", "x").allows("https://e.example/a")
    assert robots.parse(b"User-agent: *\nDisallow:", "x").allows("https://e.example/a")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\0", b"<html>not found</html>", b":::\n\n*", b"Disallow: /"])
def test_nonsense_forbids_nothing(body: bytes) -> None:
    assert robots.parse(body, "x").allows("https://e.example/a")


def test_hostile_patterns_are_cheap() -> None:
    body = b"User-agent: *\n" + b"".join(b"Disallow: /" + b"a*" * 100 + b"b\n" for _ in range(2000))
    assert spent(lambda: robots.parse(body, "x").allows("https://e.example/" + "a" * 2000)) < 2
    assert robots.parse(body, "x").allows("https://e.example/" + "a" * 2000)
