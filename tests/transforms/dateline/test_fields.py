"""Fields of the markup, addresses and printed days that contradict each other: which one is the day of publication."""

from __future__ import annotations

import json

import pytest

from dateline.transforms.clean import clean
from dateline.transforms.dateline import anchors
from dateline.transforms.decode import decode
from dateline.transforms.model import Anchors, RawArticle

BODY = (
    "<p>The harbour board of Marren voted to close the old swing bridge for nine weeks while its bearings are replaced.</p>"
    "<p>Lorries will be sent by the northern ring road, and the board said that the ferry would carry people on foot.</p>"
    "<p>Shopkeepers on the quay had asked for a later start, because the summer fair brings in most of their trade.</p>"
)
TITLE = "<h1>Old bridge to close for nine weeks</h1>"


def read(
    head: str = "", above: str = "", below: str = "", url: str | None = None, html: str = "<html>"
) -> Anchors:
    source = f"<!doctype html>{html}<head><title>Old bridge to close</title>{head}</head><body><main><article>{TITLE}{above}{BODY}</article></main>{below}</body></html>"
    page = decode(RawArticle(content=source, origin="x", media_type="text/html", url=url))
    return anchors(page, clean(page))


def linked(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


def test_a_printed_day_chooses_between_fields_that_contradict_each_other() -> None:
    head = linked(datePublished="2026-05-03T10:25:00+02:00")
    head += "<meta property='article:published_time' content='2026-05-14T14:25:00+02:00'>"
    assert read(head).published == "2026-05-03"
    assert read(head, "<p>Published: 14 May 2026, 14:25</p>").published == "2026-05-14"


def test_an_address_far_older_than_a_field_was_made_when_the_page_was_new() -> None:
    head = linked(datePublished="2026-05-14T10:25:00+02:00")
    assert read(head, url="https://post.example/travel/2019/7/2/bridge").published == "2019-07-02"
    assert read(head, url="https://post.example/travel/2026/5/12/bridge").published == "2026-05-14"


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/2026/5/4/bridge",
        "https://post.example/2026/may/4/bridge",
        "https://post.example/news/2026/05/04/bridge",
        "https://post.example/2026-05-04/bridge",
        "https://post.example/bridge-20260504",
    ],
)
def test_days_in_addresses(url: str) -> None:
    assert read(url=url).published == "2026-05-04"
    assert (
        read(f"<link rel=canonical href='{url}'>", url="https://feeds.example/x?id=7").published
        == "2026-05-04"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/2026/5/bridge",
        "https://post.example/2026/31/4/",
        "https://post.example/v/2026/5/4000",
    ],
)
def test_addresses_without_a_day(url: str) -> None:
    assert read(url=url).published is None


@pytest.mark.parametrize(
    ("url", "value", "day"),
    [
        ("https://post.example.hu/a", "2026-05-14T22:30:00Z", "2026-05-15"),  # Budapest is two hours ahead
        ("https://post.example.hu/a", "2026-05-14T21:30:00Z", "2026-05-14"),
        ("https://news.example.ca/a", "2026-05-14T01:30:00Z", "2026-05-13"),  # all of Canada is behind
        ("https://news.example.ca/a", "2026-05-14T05:00:00Z", "2026-05-14"),  # a part of it is
        ("https://news.example.com/a", "2026-05-14T01:30:00Z", "2026-05-14"),
        ("https://news.example.tv/a", "2026-05-14T22:30:00Z", "2026-05-14"),  # sites of the whole world
        ("https://news.com.co/a", "2026-05-14T01:30:00Z", "2026-05-13"),
    ],
)
def test_the_clocks_of_a_country_tell_the_local_day(url: str, value: str, day: str) -> None:
    assert read(linked(datePublished=value), url=url).published == day


def test_the_day_that_a_page_prints_stays_whatever_its_country() -> None:
    head = linked(datePublished="2026-12-26T23:07:45+00:00")
    assert (
        read(head, "<p>Published 26 December 2026</p>", url="https://verein.example.ch/").published
        == "2026-12-26"
    )


@pytest.mark.parametrize("kind", ["HowTo", "Recipe", "VideoObject", ["CreativeWork"]])
def test_a_work_that_is_no_article_has_a_day_too(kind: object) -> None:
    assert (
        read(linked(**{"@type": kind, "datePublished": "2026-05-14T22:06:08:684Z"})).published == "2026-05-14"
    )


def test_of_two_works_none_is_the_page() -> None:
    works = [
        {"@type": "Recipe", "datePublished": "2026-05-14"},
        {"@type": "Recipe", "datePublished": "2026-05-15"},
    ]
    assert read(f"<script type='application/ld+json'>{json.dumps(works)}</script>").published is None


def test_the_state_of_a_script_tells_the_day_where_it_names_one_alone() -> None:
    state = '<script>window.__STATE__ = {"article":{"id":7,"publishedAt":"2026-05-14T08:00:00Z"%s}}</script>'
    assert read(below=state % "").published == "2026-05-14"
    assert read(below=state % ',"related":[{"publishedAt":"2026-05-02T08:00:00Z"}]').published is None
    escaped = '<script>var s = "{\\"published_time\\":\\"2026-05-14\\"}"</script>'
    assert read(below=escaped).published == "2026-05-14"
    assert (
        read("<meta property='article:published_time' content='2026-05-13'>", below=state % "").published
        == "2026-05-13"
    )


def test_times_in_other_stories_say_nothing_of_this_one() -> None:
    aside = "<aside><p><time class='entry-date published' datetime='2026-01-02T08:00:00Z'>2 January 2026</time> Fair opens</p></aside>"
    assert read(below=aside).published is None
    own = "<p><time class='entry-date published' datetime='2026-05-14T08:00:00+02:00'>14 May 2026</time></p>"
    assert read(above=own, below=aside).published == "2026-05-14"


def test_the_one_moment_of_a_page_that_states_nothing_else() -> None:
    moment = "<p><time datetime='2026-05-14T08:00:00+02:00'>an hour ago</time></p>"
    found = read(above=moment)
    assert (found.published, found.page.certainty) == ("2026-05-14", "implied")
    other = "<p><time datetime='2026-05-13T08:00:00+02:00'>a day ago</time></p>"
    assert read(above=moment, below=other).published is None
    assert read(above="<p>The fair is on <time datetime='2026-07-02'>2 July</time>.</p>").published is None


def test_a_printed_change_is_assumed_where_nothing_else_is_stated() -> None:
    found = read(above="<p>Stand - 12.05.2026</p>")
    assert (found.published, found.page.kind, found.page.certainty) == ("2026-05-12", "modified", "assumed")


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Beitrag wurde am Samstag, 2. Mai 2026 um 10:20 Uhr veröffentlicht",
        "Old bridge to close wurde am 2. Mai 2026 um 23:03 Uhr gepostet und unter Häfen abgelegt",
        "von Ana Ruiz, 2.5.26",
    ],
)
def test_stamps_of_more_layouts(line: str) -> None:
    assert read(above=f"<p>{line}</p>").published == "2026-05-02"


def test_versions_are_no_days() -> None:
    assert read(above="<p>Version 2.5.26 of the plan</p>").published is None


@pytest.mark.parametrize(
    ("html", "url", "day"),
    [
        ("<html lang='en-GB'>", "https://post.example.com/a", "2026-10-02"),
        ("<html lang='en_AU'>", "https://post.example.com/a", "2026-10-02"),
        ("<html lang='en'>", "https://portal.example.com/en-gb/news/a", "2026-10-02"),
        ("<html lang='en-US'>", "https://post.example.com/a", "2026-02-10"),
    ],
)
def test_the_region_of_its_english_orders_a_date(html: str, url: str, day: str) -> None:
    assert read(above="<p>By Ana Ruiz Published 02/10/2026 09:15</p>", url=url, html=html).published == day
