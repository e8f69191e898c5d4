"""Watching feeds on a site of our own, with a clock that jumps."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.runs.watcher import Watcher
from dateline.pipeline.sources.feed_list import read_feeds
from dateline.pipeline.sources.fetch.fetcher import Fetcher
from dateline.pipeline.sources.fetch.polite import Polite
from dateline.pipeline.store.connection import Database, sqlite_url
from dateline.pipeline.store.feed_state import FeedState
from dateline.transforms.model import RawArticle
from tests.pipeline.articles import page
from tests.pipeline.site import PATIENT, Answer, Request, Site, bomb, huge, redirect

EVERY = 600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Desk:
    """A watcher and everything that it stands on; ``again()`` is the same one after a restart."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.clock = Clock()
        self.got: list[RawArticle] = []
        self.feed_items: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.site.pages["/feed"] = self.feed
        self.start()

    def start(self) -> None:
        fetcher = Fetcher(PATIENT, exempt=[self.site.address])
        polite = Polite(fetcher, clock=self.clock, sleep=self.clock.sleep)
        state = FeedState(Database(sqlite_url(self.folder / "state.db")))
        self.watcher = Watcher(
            [self.site.url("/feed")],
            state,
            self.put,
            polite,
            every=EVERY,
            clock=self.clock,
            stop=threading.Event(),
        )

    def put(self, raws: Sequence[RawArticle]) -> None:
        self.got += raws

    def item(self, path: str, changed: str = "") -> None:
        self.feed_items = [(p, c) for p, c in self.feed_items if p != path] + [(path, changed)]

    def body(self) -> bytes:
        items = "".join(
            f"<item><link>{self.site.url(path)}</link><title>t {changed}</title><guid>{path}</guid>"
            f"<pubDate>Tue, 17 Nov 2026 08:00:00 -0600</pubDate>"
            f"<description>{self.texts.get(path, '')}</description></item>"
            for path, changed in self.feed_items
        )
        return f"<rss version='2.0'><channel><title>The Paper</title>{items}</channel></rss>".encode()

    def feed(self, request: Request) -> Answer:
        page = self.site.tagged(self.body(), "application/rss+xml")
        assert not isinstance(page, Answer)
        return page(request)

    def cycle(self) -> dict[str, int]:
        self.clock.now += 2 * EVERY
        return dict(self.watcher.cycle())


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    found = Desk(site, tmp_path)
    for n in range(3):
        site.pages[f"/{n}"] = site.tagged(page(n))
        found.item(f"/{n}")
    return found


def test_each_article_comes_once_with_what_the_feed_knew(desk: Desk, site: Site) -> None:
    assert desk.cycle() == {"polls": 1, "new": 3, "read": 3}
    raw = desk.got[0]
    assert (
        raw.content == page(0) and raw.url == site.url("/0") and raw.media_type == "text/html; charset=utf-8"
    )
    assert raw.source == "The Paper" and raw.published == "2026-11-17T08:00:00-06:00" and raw.fetched_at
    assert raw.carrier["feed"] == site.url("/feed") and raw.carrier["entry_id"] == "/0"
    for _ in range(9):
        assert desk.cycle() == {"polls": 1, "feeds_unchanged": 1}
    assert len(desk.got) == 3 and all(site.asked(f"/{n}") == 1 for n in range(3))


def test_new_and_changed_entries_are_fetched_and_304_is_no_article(desk: Desk, site: Site) -> None:
    desk.cycle()
    site.pages["/1"] = site.tagged(page(1, 1))
    desk.item("/1", "corrected")
    desk.item("/2", "only the feed changed")
    site.pages["/3"] = site.tagged(page(3))
    desk.item("/3")
    assert desk.cycle() == {"polls": 1, "new": 1, "changed": 2, "read": 2, "unchanged": 1}
    assert [r.content for r in desk.got[3:]] in ([page(1, 1), page(3)], [page(3), page(1, 1)])
    assert len({r.origin for r in desk.got}) == 5
    desk.cycle()
    assert len(desk.got) == 5


def test_a_restart_neither_loses_nor_fetches_again(desk: Desk, site: Site) -> None:
    desk.cycle()
    desk.start()
    site.pages["/3"] = site.tagged(page(3))
    desk.item("/3")
    desk.cycle()
    assert [site.asked(f"/{n}") for n in range(4)] == [1, 1, 1, 1]
    assert [r.headers.get("if-none-match") is not None for r in site.requests if r.path == "/feed"] == [
        False,
        True,
    ]


def test_what_was_fetched_but_not_committed_is_fetched_again(desk: Desk, site: Site) -> None:
    true_put = desk.watcher.put

    def fail(raws: Sequence[RawArticle]) -> None:
        raise OSError("no space left on device")

    desk.watcher.put = fail
    with pytest.raises(OSError, match="no space"):
        desk.cycle()
    assert desk.got == []
    desk.start()
    assert true_put == desk.put
    assert desk.cycle()["read"] == 3
    assert len(desk.got) == 3


def test_the_bad_habits_of_sites(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/huge": huge(),
        "/bomb": bomb(),
        "/loop": redirect("/loop"),
        "/private": redirect("http://169.254.169.254/latest/meta-data/"),
        "/moved": redirect("/"),
        "/": Answer(b"<html><body>front page</body></html>"),
        "/login": Answer(status=403),
        "/charset": Answer("Café".encode("windows-1252"), headers={"Content-Type": "text/html; charset=utf-8"}),
    }  # fmt: skip
    for path in ("/huge", "/bomb", "/loop", "/private", "/moved", "/missing", "/login", "/charset"):
        desk.item(path)
    counts = desk.cycle()
    assert counts == {
        "polls": 1, "new": 11, "read": 5, "too_large": 2, "refused": 2, "gone": 1, "status_403": 1,
    }  # fmt: skip
    faults = {r.url: r.fault.type for r in desk.got if r.fault}
    assert faults == {site.url("/huge"): "too_large", site.url("/bomb"): "too_large"}
    assert site.url("/moved") in {r.url for r in desk.got}
    desk.item("/0", "so the feed changed")
    assert desk.cycle() == {"polls": 1, "changed": 1, "unchanged": 1}


WORDS = (
    "The council of Marren voted on Tuesday to shut the bridge over the Tessel for a month, the mayor said. "
    * 3
)


def test_the_text_of_a_feed_is_read_where_its_page_cannot_be_had(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/forbidden": Answer(status=403),
        "/removed": Answer(status=410),
        "/shell": Answer(b"<html><head><title>x</title></head><body><div id=root></div></body></html>",
                         headers={"Content-Type": "text/html"}),
    }  # fmt: skip
    for path in ("/forbidden", "/removed", "/shell", "/missing"):
        desk.item(path)
    desk.texts = dict.fromkeys(("/0", "/forbidden", "/removed", "/shell"), WORDS)
    counts = desk.cycle()
    assert counts == {"polls": 1, "new": 7, "read": 3, "feed_text": 2, "gone": 2}
    told = {r.url: r for r in desk.got if r.declared}
    assert set(told) == {site.url("/forbidden"), site.url("/shell")}
    raw = told[site.url("/shell")]
    assert raw.content == WORDS.strip() and raw.carrier["read_from"] == "feed" and raw.published
    desk.start()
    assert desk.cycle() == {"polls": 1, "feeds_unchanged": 1}


def test_a_page_leads_to_the_feeds_that_it_names(desk: Desk, site: Site) -> None:
    site.pages["/home"] = Answer(
        b"<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>",
        headers={"Content-Type": "text/html"},
    )
    desk.watcher.urls = [site.url("/home")]
    assert desk.cycle() == {"polls": 2, "new": 3, "read": 3}


def test_a_busy_site_is_left_alone_and_asked_later(desk: Desk, site: Site) -> None:
    busy = [True]

    def page_or_429(request: Request) -> Answer:
        return Answer(status=429, headers={"Retry-After": "3600"}) if busy[0] else Answer(page(9))

    site.pages["/busy"] = page_or_429
    desk.feed_items.insert(0, ("/busy", ""))
    desk.cycle()
    begun = desk.clock.now
    assert site.asked("/busy") == 1
    asked = len(site.requests)
    desk.cycle()
    assert len(site.requests) == asked and desk.clock.now - begun < 3600
    busy[0] = False
    for _ in range(4):
        desk.cycle()
    assert {r.url for r in desk.got} == {site.url(p) for p in ("/busy", "/0", "/1", "/2")}
    assert site.asked("/busy") == 2


def test_a_failing_page_is_tried_ever_later_and_then_given_up(desk: Desk, site: Site) -> None:
    site.pages["/broken"] = Answer(status=500)
    desk.item("/broken")
    for _ in range(40):
        desk.cycle()
    assert site.asked("/broken") == 6 and desk.watcher.counts["failed"] == 1


def test_a_failing_feed_backs_off_and_comes_back(desk: Desk, site: Site) -> None:
    good = site.pages["/feed"]
    site.pages["/feed"] = Answer(b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'b'>]><rss/>")
    for _ in range(12):
        desk.cycle()
    assert desk.watcher.counts["feeds_failed"] == site.asked("/feed") < 8
    site.pages["/feed"] = good
    for _ in range(20):
        desk.cycle()
    assert len(desk.got) == 3


def test_robots_are_obeyed(desk: Desk, site: Site) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: dateline\nDisallow: /1")
    assert desk.cycle() == {"polls": 1, "new": 3, "read": 2, "disallowed": 1}
    assert site.asked("/1") == 0


def test_a_sitemap_index_brings_its_newest_maps(desk: Desk, site: Site) -> None:
    maps = "".join(
        f"<sitemap><loc>{site.url(f'/map{n}')}</loc><lastmod>2026-11-{n + 1:02}</lastmod></sitemap>"
        for n in range(8)
    )
    site.pages["/feed"] = Answer(f"<sitemapindex>{maps}</sitemapindex>".encode())
    for n in range(8):
        site.pages[f"/map{n}"] = Answer(
            f"<urlset><url><loc>{site.url(f'/{n}')}</loc></url></urlset>".encode()
        )
        site.pages[f"/{n}"] = Answer(page(n))
    assert desk.cycle() == {"polls": 6, "new": 5, "read": 5}
    assert {r.url for r in desk.got} == {site.url(f"/{n}") for n in range(3, 8)}


def test_a_stop_ends_a_cycle_between_two_fetches(desk: Desk, site: Site) -> None:
    stop = desk.watcher._stop

    def last(request: Request) -> Answer:
        stop.set()
        return Answer(page(0))

    site.pages["/0"] = last
    desk.cycle()
    assert [r.url for r in desk.got] == [site.url("/0")] and site.asked("/1") == 0


def test_feeds_come_from_files_and_addresses(tmp_path: Path) -> None:
    file = tmp_path / "feeds.txt"
    file.write_text(
        "# news\nhttps://a.example/rss  # the first\n\nhttps://b.example/x#y\nhttps://a.example/rss\n"
    )
    assert read_feeds([str(file), "https://c.example/"]) == [
        "https://a.example/rss", "https://b.example/x#y", "https://c.example/",
    ]  # fmt: skip
    file.write_text("file:///etc/passwd\n")
    with pytest.raises(InputError, match=r"feeds.txt:1"):
        read_feeds([str(file)])
    file.write_text("# none\n")
    for names in ([str(file)], [str(tmp_path / "missing")], []):
        with pytest.raises(InputError):
            read_feeds(names)
