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
