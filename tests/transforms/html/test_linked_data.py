"""Linked data of a page, however it is written down."""

import json
from typing import Any

import pytest

from dateline.transforms.html import linked_data, render

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Quay reopens",
    "datePublished": "2024-05-12",
    "author": {"name": "Mara Oduya"},
}


def read(*values: Any) -> linked_data.Linked:
    return linked_data.read([v if isinstance(v, str) else json.dumps(v) for v in values])


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebSite"}, ARTICLE]}),
        json.dumps(ARTICLE | {"@type": ["Article", "Report"]}),
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "/* head */" + json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE).replace('"Quay reopens"', '"Quay reopens",\n'),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "Organization"}) + json.dumps(ARTICLE),
        json.dumps(ARTICLE | {"description": "x"})[:-4],
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
    ],
)
def test_article_is_found(script: str) -> None:
    found = linked_data.read([script])
    assert (found.published, found.title, found.authors) == ("2024-05-12", "Quay reopens", ("Mara Oduya",))


def test_references_are_followed() -> None:
    graph = [
        ARTICLE | {"author": [{"@id": "#a"}], "publisher": {"@id": "#p"}},
        {"@id": "#a", "@type": "Person", "givenName": "Mara", "familyName": "Oduya"},
        {"@id": "#p", "@type": "Organization", "name": "Vellmar Courier"},
    ]
    found = read({"@graph": graph})
    assert (found.authors, found.publisher) == (("Mara Oduya",), "Vellmar Courier")


def test_page_dates_stand_in_where_no_article_is_told() -> None:
    page = {"@type": "WebPage", "datePublished": "2024-05-11"}
    assert read(page).published == "2024-05-11"
    assert read({"@graph": [page, ARTICLE]}).published == "2024-05-12"


def test_own_article_is_told_from_others_by_its_address() -> None:
    other = ARTICLE | {"url": "https://h.example/other", "datePublished": "2020-01-01"}
    own = ARTICLE | {"url": "https://h.example/own/"}
    found = linked_data.read(
        [json.dumps([other, own])], frozenset([linked_data.bare_address("http://h.example/own")])
    )
    assert found.published == "2024-05-12"


@pytest.mark.parametrize(
    "value", ["", "{", "[" * 5000, '{"@type": "NewsArticle"', "null", '{"@graph": "x"}', '{"author": ' * 3000]
)
def test_broken_data_tells_nothing(value: str) -> None:
    assert linked_data.read([value]) == linked_data.Linked()


def test_text_of_linked_data_stands_in_for_a_page_that_a_script_fills() -> None:
    body = "\n".join(
        f"The council of ward {n} voted on Monday to rebuild its school, the mayor said." for n in range(4)
    )
    data = json.dumps(ARTICLE | {"articleBody": body})
    page = render(
        f"<script type='application/ld+json; charset=utf-8'>{data}</script><body><h1>Quay reopens</h1><div id=app></div>"
    )
    assert page.text.splitlines() == ["Quay reopens", *body.splitlines()]
    shown = render(
        f"<script type=application/ld+json>{data}</script><body><h1>Q</h1>"
        + "".join(f"<p>{p}</p>" for p in body.split("\n"))
    )
    assert shown.text.count("ward 1") == 1
