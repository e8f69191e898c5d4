"""Feeds of every kind, good and broken, into entries."""

from __future__ import annotations

import codecs
import gzip
import json

import pytest

from dateline.pipeline.sources.feeds import Entry, iso, parse
from dateline.pipeline.sources.xmltext import FeedError, decode

BASE = "https://paper.example/feeds/all.xml"
RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>The Paper</title><language>en-us</language>
<item><title>Dam opens &amp; river falls</title><link>https://paper.example/1#comments</link>
<guid isPermaLink="false">tag:1</guid><pubDate>Tue, 17 Nov 2026 23:30:00 -0600</pubDate></item>
<item><title>No link</title></item>
<item><link>/2</link></item>
<item><link>javascript:alert(1)</link></item>
<item><title>Twice</title><link>https://paper.example/1</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>urn:7</id><title>Vote</title><link rel="self" href="https://wire.example/self"/>
<link rel="alternate" href="https://wire.example/7"/>
<published>2026-11-17T08:00:00+02:00</published><updated>2026-11-18T09:15:00Z</updated></entry></feed>"""
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.example/3</loc><lastmod>2026-11-18</lastmod>
<image:image><image:loc>https://paper.example/3.jpg</image:loc><image:title>A photograph</image:title></image:image>
<n:news><n:publication><n:name>The Paper</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-11-17T10:00:00Z</n:publication_date><n:title>Bridge closed</n:title></n:news></url>
</urlset>"""


def _urls(body: bytes) -> list[str]:
    return [e.url for e in parse(body, BASE).entries]


def test_rss() -> None:
    feed = parse(RSS.encode(), BASE)
    assert feed.kind == "feed" and feed.title == "The Paper" and feed.skipped == 3
    assert feed.entries == (
        Entry(
            url="https://paper.example/1",
            id="tag:1",
            title="Dam opens & river falls",
            published="2026-11-17T23:30:00-06:00",
            source="The Paper",
            language="en-us",
        ),
        Entry(
            url="https://paper.example/2", id="https://paper.example/2", source="The Paper", language="en-us"
        ),
    )


def test_atom_keeps_publication_and_change_apart() -> None:
    (entry,) = parse(ATOM.encode(), BASE).entries
    assert (entry.url, entry.id) == ("https://wire.example/7", "urn:7")
    assert entry.published == "2026-11-17T08:00:00+02:00"
    assert entry.modified == "2026-11-18T09:15:00+00:00"


def test_news_sitemap() -> None:
    feed = parse(MAP.encode(), BASE)
    assert feed.kind == "sitemap"
    assert feed.entries == (
        Entry(
            url="https://paper.example/3",
            id="https://paper.example/3",
            title="Bridge closed",
            published="2026-11-17T10:00:00+00:00",
            modified="2026-11-18",
            source="The Paper",
            language="en",
        ),
    )


def test_sitemap_index_names_the_newest_first() -> None:
    body = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://paper.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
    <sitemap><loc>https://paper.example/new.xml</loc><lastmod>2026-11-18</lastmod></sitemap></sitemapindex>"""
    feed = parse(body.encode(), BASE)
    assert feed.kind == "index" and feed.entries == ()
    assert feed.children == ("https://paper.example/new.xml", "https://paper.example/old.xml")


def test_a_changed_entry_has_another_fingerprint() -> None:
    (entry,) = parse(ATOM.encode(), BASE).entries
    (same,) = parse(ATOM.replace("\n", "  \n").encode(), BASE).entries
    (changed,) = parse(ATOM.replace("09:15", "09:16").encode(), BASE).entries
    assert entry.fingerprint == same.fingerprint != changed.fingerprint


def test_broken_feeds_give_what_they_hold() -> None:
    assert _urls(RSS[:-30].replace("&amp;", "&").encode()) == _urls(RSS.encode())
    assert _urls(MAP[:-10].encode()) == ["https://paper.example/3"]
    assert _urls(b"\n\n  " + RSS.encode()) == _urls(RSS.encode())


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-16-le", "utf-32", "windows-1252", "iso-8859-1"])
def test_any_charset(name: str) -> None:
    body = RSS.replace('"1.0"', f'"1.0" encoding="{name}"', 1).replace("Dam", "Café").encode(name)
    assert parse(body, BASE).entries[0].title == "Café opens & river falls"


def test_the_wrong_charset_never_fails() -> None:
    assert decode("Café".encode("windows-1252"), "text/xml; charset=utf-8") == "Café"
    assert decode(codecs.BOM_UTF8 + b"a", "text/xml; charset=utf-16") == "a"
    assert decode(b"+ADw-a+AD4-", "text/xml; charset=utf-7") == "+ADw-a+AD4-"


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"{}", b"<html><body><p>No feed</p></body></html>", b"\0" * 100, b"<?xml", b"<!--"],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body, BASE)
    assert caught.value.fault == "no_feed"


@pytest.mark.parametrize("body", [RSS, ATOM, MAP])
def test_a_compressed_feed_or_sitemap_is_read(body: str) -> None:
    assert parse(gzip.compress(body.encode()), f"{BASE}.gz") == parse(body.encode(), f"{BASE}.gz")


def test_compressed_feeds_are_bounded() -> None:
    with pytest.raises(FeedError) as caught:
        parse(gzip.compress(b"<rss>" + b" " * 50_000_000), BASE)
    assert caught.value.fault == "too_large"
    with pytest.raises(FeedError, match="truncated"):
        parse(gzip.compress(RSS.encode())[:-20], BASE)


def test_a_page_names_its_feeds_those_of_comments_last() -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
        '<link rel="alternate" hreflang="de" href="/de/">'
        '<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="all.atom">'
        '<link rel="alternate" type="application/feed+json" href="https://other.example/feed.json">'
    )
    page = f"<!-- made by hand --><!DOCTYPE html><html><head><title>P</title>{links}</head><body><p>Hi</p></body></html>"
    feed = parse(page.encode(), "https://paper.example/news/")
    assert feed.kind == "index" and feed.entries == ()
    assert feed.children == ("https://paper.example/news/all.atom", "https://other.example/feed.json")
    with pytest.raises(FeedError, match="names no feed"):
        parse(b"<html><head></head><body><link rel=alternate href=/x></body></html>", BASE)


def test_json_feed() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Paper",
        "language": "en",
        "items": [
            {"id": 7, "url": "/7", "title": "Vote", "date_published": "2026-11-17T08:00:00+02:00",
             "content_text": "The council voted on Tuesday to close the bridge. " * 5},
            {"id": "8"},
            "no item",
        ],
    }  # fmt: skip
    feed = parse(json.dumps(told).encode(), BASE)
    [entry] = feed.entries
    assert (entry.url, entry.id, entry.published) == (
        "https://paper.example/7",
        "7",
        "2026-11-17T08:00:00+02:00",
    )
    assert feed.skipped == 2 and entry.text is not None and entry.text.startswith("The council voted")
    with pytest.raises(FeedError, match="no feed"):
        parse(b'{"items": []}', BASE)


def test_a_feed_keeps_the_text_of_an_article_and_no_teaser() -> None:
    whole = "The bridge over the Tessel is shut for a month, the mayor said on Monday. " * 4
    item = f"<description>The bridge is shut.</description><encoded xmlns='http://purl.org/rss/1.0/modules/content/'>{whole}</encoded></item>"
    first, second = parse(RSS.replace("</item>", item, 1).encode(), BASE).entries
    assert first.text == whole.strip() and second.text is None


def test_a_document_type_without_entities_is_cut_out() -> None:
    old = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    assert _urls(RSS.replace("<rss", old + "<rss", 1).encode()) == _urls(RSS.encode())


def test_a_page_of_html_inside_an_item_is_no_document_type() -> None:
    body = RSS.replace("</item>", "<description><![CDATA[<!DOCTYPE html [ <p>]]></description></item>", 1)
    assert _urls(body.encode()) == _urls(RSS.encode())


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Tue, 17 Nov 2026 23:30:00 -0600", "2026-11-17T23:30:00-06:00"),
        ("2026-11-17T23:30:00Z", "2026-11-17T23:30:00+00:00"),
        ("2026-11-17", "2026-11-17"),
        ("17 novembre", "17 novembre"),
        ("", None),
        (None, None),
    ],
)
def test_dates_keep_the_offset_that_was_written(said: str | None, read: str | None) -> None:
    assert iso(said) == read
