"""Blocks by name and hidden text, weighed by what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.html import render
from dateline.transforms.html.marks import KNOWN, looks, named
from dateline.transforms.html.markup import attributes_of

BODY = "".join(
    f"<p>The council of ward {n} voted on Monday to rebuild its old school, and the mayor said that he was pleased with it.</p>"
    for n in range(5)
)
OTHER = (
    "<p>The ferry company dropped its night route to the islands for good, its director said on Sunday.</p>"
)


def marks(markup: str) -> dict[str, str]:
    page = render(f"<body>{markup}")
    return {page.text[line.start : line.end]: line.mark for line in page.lines}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("post-comments", "comments"), ("RelatedPosts", "related"), ("nl newsletter__form", "newsletter"), ("author-bio", "bio"),
        ("c-promo", "promo"), ("cookieBanner", "cookie"), ("ad-slot", "promo"), ("article-body", None), ("commentary", None),
        ("header", None), ("paywall", None), ("shadow", None), ("adapt", None), ("biology", None), ("populated", None),
    ],
)  # fmt: skip
def test_names_of_blocks(names: str, kind: str | None) -> None:
    found = named(names)
    assert (found.kind if found else None) == kind


def test_block_is_marked() -> None:
    found = marks(f"<main>{BODY}<div class=related-stories>{OTHER}</div></main>")
    assert [mark for text, mark in found.items() if "ferry" in text] == ["related"]
    assert all(not mark for text, mark in found.items() if "ward" in text)


@pytest.mark.parametrize("name", ["related", "comments-open", "newsletter", "promo", "cookie-accepted"])
def test_block_that_holds_the_story_is_none(name: str) -> None:
    assert set(marks(f"<div class={name}>{BODY}</div>").values()) == {""}


def test_many_small_blocks_of_one_kind_that_are_the_story_are_none() -> None:
    parts = BODY.replace("<p>", "<div class=promo><p>").replace("</p>", "</p></div>")
    assert set(marks(parts).values()) == {""}


def test_comments_longer_than_the_story_are_comments_all_the_same() -> None:
    found = marks(f"<main>{BODY}</main><div id=comments>{OTHER * 9}</div>")
    assert [mark for text, mark in found.items() if "ferry" in text] == ["comments"]


def test_folded_rest_of_a_story_is_read_and_a_hidden_menu_is_not() -> None:
    half = BODY.replace("ward", "district")
    page = render(
        f"<body><article>{BODY}<div style='display:none'>{half}</div></article><div hidden>{OTHER}</div>"
    )
    assert "district 4" in page.text and "ferry" not in page.text


def test_hidden_text_elsewhere_is_not_read() -> None:
    page = render(
        f"<body><article>{BODY}</article><footer><p>Us.</p><div style='display: none'>{OTHER * 5}</div></footer>"
    )
    assert "ferry" not in page.text


def test_row_of_data_is_a_line_and_a_table_of_layout_is_not() -> None:
    page = render(
        "<body><table><tr><th>Party</th><th>Share</th></tr><tr><td>Greens</td><td>31.4</td></tr></table>"
        "<table><tr><td><p>Left column</p></td><td><p>Right column</p></td></tr></table>"
    )
    assert page.text.splitlines() == ["Party | Share", "Greens | 31.4", "Left column", "Right column"]
    assert [line.tag for line in page.lines] == ["tr", "tr", "p", "p"]


@given(
    st.text(alphabet="aAcdeEhiklmoprRstw -_27é", max_size=12),
    st.sampled_from(["", "comments", "Related", "adSlot", "nlSignup", "up-next", "cookie", "fundraising"]),
)
def test_attributes_that_are_passed_over_say_nothing(around: str, name: str) -> None:
    written = f' class="{around}{name}" data-component="{name}{around}" style="x"'
    assert KNOWN[written] == looks(attributes_of(written))
