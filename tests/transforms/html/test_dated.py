"""Days in attributes of elements."""

import pytest

from dateline.transforms.html import render


def days(markup: str) -> list[tuple[str, str]]:
    return [(e.role, e.value) for e in render(f"<body>{markup}<p>x</p>").evidence]


@pytest.mark.parametrize(
    "markup",
    [
        "<abbr class=published title=2024-05-12>May</abbr>",
        "<span itemprop=datePublished content=2024-05-12>May</span>",
        "<div class=stamp data-published-at=2024-05-12>2 hours ago</div>",
        "<relative-time datetime=2024-05-12>2 hours ago</relative-time>",
        "<span data-timestamp=2024-05-12></span><b data-timestamp=2024-05-12></b>",
    ],
)
def test_publication(markup: str) -> None:
    assert days(markup) == [("published", "2024-05-12")]


@pytest.mark.parametrize(
    "markup",
    [
        "<span data-timestamp=2024-05-12></span><span data-timestamp=2024-05-13></span>",
        "<aside><span data-timestamp=2024-05-12></span></aside>",
        "<abbr title='World Health Organization'>WHO</abbr>",
        "<abbr title='Regulation 2016/679 of the council'>GDPR</abbr>",
    ],
)
def test_no_publication(markup: str) -> None:
    assert all(not value.startswith("2024-05") for _, value in days(markup))


def test_change() -> None:
    assert days("<span itemprop=dateModified content=2024-05-13>x</span>") == [("modified", "2024-05-13")]
