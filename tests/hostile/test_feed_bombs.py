"""XML made to hurt: entities are refused, everything else ends within seconds and megabytes."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from dateline.pipeline.sources import feeds
from dateline.pipeline.sources.xmltext import FeedError
from tests.timing import spent

LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
BILLION = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
ROOTS = ["rss", "feed", "urlset", "sitemapindex"]


def _item(root: str, text: str) -> str:
    if root in ("urlset", "sitemapindex"):
        return f"<{root}><url><loc>{text}</loc></url></{root}>"
    return f'<{root} version="2.0"><channel><item><title>{text}</title><link>https://e.example/1</link></item></channel></{root}>'


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-16-le", "utf-32-be"])
@pytest.mark.parametrize(
    "prolog",
    [
        BILLION,
        f'<!DOCTYPE q [<!ENTITY a "{"a" * 20_000}">]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://169.254.169.254/"> %p;]>',
        '<!DOCTYPE x SYSTEM "http://169.254.169.254/x.dtd" [<!ENTITY % p SYSTEM "x.ent">]>',
        '<!doctype x\n[<!ENTITY l9 "&l8;"><!ENTITY l8 "x">]>',
        "<!-- ok --><!ENTITY l9 'x'>",
    ],
)
def test_entities_are_refused_in_any_charset(prolog: str, name: str, root: str) -> None:
    body = ('<?xml version="1.0"?>' + prolog + _item(root, "&l9;")).encode(name)

    def refused() -> None:
        with pytest.raises(FeedError) as caught:
            feeds.parse(body, "https://e.example/feed")
        assert caught.value.fault == "hostile"

    assert spent(refused, tries=3) < 1


@pytest.mark.parametrize("root", ROOTS)
def test_entities_written_out_stay_within_four_times_the_document(root: str) -> None:
    entity = f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 64}">]>'
    with pytest.raises(FeedError) as caught:
        feeds.parse((entity + _item(root, "&l9;" * 20_000)).encode(), "https://e.example/feed")
    assert caught.value.fault == "hostile"


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-32-be"])
def test_a_document_type_that_declares_nothing_harms_nothing(name: str) -> None:
    """Feeds of RSS 0.91 name a document type of a host. It is cut out, and no parser sees it."""
    outside = '<!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd" [ ]>'
    found = feeds.parse(
        (outside + _item("rss", "Ferry back in service")).encode(name), "https://e.example/feed"
    )
    assert [entry.title for entry in found.entries] == ["Ferry back in service"]


@pytest.mark.parametrize("root", ROOTS)
def test_an_entity_from_outside_reads_no_file(tmp_path: Path, root: str) -> None:
    (tmp_path / "secret").write_text("opensesame")
    dtd = f'<!DOCTYPE {root} SYSTEM "{(tmp_path / "secret").as_uri()}">'
    try:
        found = repr(feeds.parse((dtd + _item(root, "&x;")).encode(), "https://e.example/feed"))
    except FeedError as error:
        found = str(error)
    assert "opensesame" not in found


def test_a_feed_is_not_taken_for_a_file_name(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(_item("rss", "opensesame"))
    with pytest.raises(FeedError):
        feeds.parse(str(secret).encode(), "https://e.example/feed")


SMALL = 200_000


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<a>" * 20_000,
        b"<rss><channel><item>" + b"<title>" * 20_000,
        b"<urlset>" + b"<url>" * 20_000,
        b"<rss " + b"a='b' " * (SMALL // 6) + b">",
        b"<rss><channel><item><title>" + b"&" * SMALL,
        b"<rss><channel><item><title>" + b"<![CDATA[" * (SMALL // 9),
        b"<rss><channel><item><pubDate>" + b"Tue, " * (SMALL // 5),
        b"<rss" + b" " * SMALL,
        b"<" * SMALL,
        b"<rss>" + b"<!--" * (SMALL // 4),
        b"<rss>" + b"<!" * (SMALL // 2),
        b"<!DOCTYPE " + b"<" * SMALL,
        b"<?" * SMALL,
    ],
    ids=lambda body: body[:24].decode(),
)
def test_shapes_that_pump_a_parser_stay_linear(body: bytes) -> None:

    def parsed() -> None:
        with contextlib.suppress(FeedError):
            feeds.parse(body, "https://e.example/feed")

    assert spent(parsed) < 4


def test_too_many_elements_or_bytes_are_refused() -> None:
    for body in (b"<rss>" + b"<a/>" * 450_000, b"<rss>" + b" " * 5_000_000):
        with pytest.raises(FeedError) as caught:
            feeds.parse(body, "https://e.example/feed")
        assert caught.value.fault == "too_large"
