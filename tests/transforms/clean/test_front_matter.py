"""Titles without the site's name, writers without "By", publishers by their domain."""

import pytest

from dateline.transforms import clean, decode
from dateline.transforms.model import Article, RawArticle

BODY = "".join(
    f"<p>The council of ward {n} voted on Monday to rebuild its old school, and the mayor said he was pleased.</p>"
    for n in range(4)
)


def article(head: str = "", h1: str = "", url: str | None = None) -> Article:
    markup = f"<html><head>{head}</head><body><article>{f'<h1>{h1}</h1>' if h1 else ''}{BODY}</article></body></html>"
    return clean.clean(decode.decode(RawArticle(content=markup, origin="a", media_type="text/html", url=url)))


@pytest.mark.parametrize(
    ("title", "site", "right"),
    [
        ("Old school – new school", "Harrow Ledger", "Old school – new school"),
        ("Old school - Harrow Ledger", "Harrow Ledger", "Old school"),
        ("Old school | Region", "Harrow Ledger", "Old school"),
        ("Old school | Region | Harrow Ledger", None, "Old school"),
        ("Old school – new school | Harrow Ledger", None, "Old school – new school"),
        ("Harrow Ledger: Old school", "Harrow Ledger", "Old school"),
        ("Council votes – at last", None, "Council votes – at last"),
    ],
)
def test_site_is_no_part_of_a_title(title: str, site: str | None, right: str) -> None:
    head = f"<meta property=og:title content='{title}'>" + (
        f"<meta property=og:site_name content='{site}'>" if site else ""
    )
    assert article(head).title == right


def test_title_that_is_the_site_gives_way_to_the_headline() -> None:
    head = (
        "<meta property=og:title content='Harrow Ledger'><meta property=og:site_name content='Harrow Ledger'>"
    )
    assert (
        article(head, "Council of the ward votes for school").title == "Council of the ward votes for school"
    )


@pytest.mark.parametrize(
    ("author", "right"),
    [
        ("By Mara Oduya and Tom Lind", "Mara Oduya and Tom Lind"),
        ("von Mara Oduya", "Mara Oduya"),
        ("Mara Oduya | Published 12:40", "Mara Oduya"),
        ("Byron Lind", "Byron Lind"),
        ("admin", None),
        ("desk@h.example", None),
    ],
)
def test_writer(author: str, right: str | None) -> None:
    assert article(f"<meta name=author content='{author}'>").byline == right


def test_publisher_is_the_registered_domain_where_nothing_else_says_it() -> None:
    assert article(url="https://news.harrow-ledger.co.uk/a/1").publisher == "harrow-ledger.co.uk"
    assert (
        article("<meta property=og:site_name content='Harrow Ledger'>", url="https://h.example/1").publisher
        == "Harrow Ledger"
    )


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Harrow Ledger</title><h1>Bridge shut</h1><p>14 May 2024</p><p>The bridge at Marren is shut, the council said.</p>", "Bridge shut"),
        ("<h2>Fire</h2><p>Two barns burned down near Marren on Monday night, police said.</p>", "Fire"),
        ("<h2>Most read</h2><p>Two barns burned down near Marren on Monday night, police said.</p>", None),
    ],
)  # fmt: skip
def test_headline_of_a_word_or_two(markup: str, title: str | None) -> None:
    page = f"<html><body>{markup}</body></html>"
    found = clean.clean(decode.decode(RawArticle(content=page, origin="a", media_type="text/html")))
    assert found.title == title


def test_short_first_line_of_a_brief_is_its_headline() -> None:
    raw = RawArticle(
        content="Fog\n\nAll flights were cancelled on Sunday, the airport said.",
        origin="a",
        media_type="text/plain",
    )
    assert clean.clean(decode.decode(raw)).title == "Fog"


def test_name_of_the_paper_is_no_writer() -> None:
    head = "<meta property=og:site_name content='Harrow Ledger'>"
    page = f"<html><head>{head}</head><body><h1>School</h1><p>By Mara Oduya and Tom Lind, Harrow Ledger</p>{BODY}</body></html>"
    found = clean.clean(decode.decode(RawArticle(content=page, origin="a", media_type="text/html")))
    assert found.byline == "Mara Oduya and Tom Lind"


def test_writers_and_publisher_of_microdata() -> None:
    page = (
        "<body><div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>School</h1>"
        "<span itemprop=author itemscope><span itemprop=name>Mara Oduya</span></span><span itemprop=author>Tom Lind</span>"
        f"<div itemprop=articleBody>{BODY}</div><div itemprop=publisher itemscope><meta itemprop=name content='Harrow Ledger'></div></div></body>"
    )
    found = clean.clean(decode.decode(RawArticle(content=page, origin="a", media_type="text/html")))
    assert (found.byline, found.publisher) == ("Mara Oduya, Tom Lind", "Harrow Ledger")


@pytest.mark.parametrize(
    ("names", "byline"), [(("Mara Oduya",), "Mara Oduya"), (("Mara Oduya", "Tom Lind"), None)]
)
def test_one_writer_that_is_linked_as_such(names: tuple[str, ...], byline: str | None) -> None:
    links = "".join(f"<a rel=author href=/w>{name}</a>" for name in names)
    page = f"<body><article><h1>School is rebuilt</h1>{links}{BODY}</article></body>"
    found = clean.clean(decode.decode(RawArticle(content=page, origin="a", media_type="text/html")))
    assert found.byline == byline
