"""Live blogs whose posts open with a clock of four digits, as agencies' bulletins do."""

from __future__ import annotations

import pytest

from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

POSTS = (
    "The ferry to Harlow is stopped for today, the port authority says. Nobody may leave the quay until the wind drops.",
    "Two trees have fallen on the coast road, police say, and the road will stay closed until tomorrow.",
    "Good morning. The storm is expected to reach the coast at noon, the weather office said on Monday.",
)


def page(*stamps: str) -> str:
    posts = "\n\n".join(f"{stamp}{post}" for stamp, post in zip(stamps, POSTS, strict=True))
    return f"Storm reaches the coast: live\n\n14 May 2024\n\n{posts}\n"


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        (page("0945 GMT: ", "0910 GMT: ", "0830 GMT: "), ["09:45", "09:10", "08:30"]),
        (page("1745 GMT - ", "1610 GMT - ", "0830 GMT - "), ["17:45", "16:10", "08:30"]),
        (page("0945 CET – ", "0910 CET – ", "0830 CET – "), ["09:45", "09:10", "08:30"]),
        (page("2345 BST\n", "2310 BST\n", "2230 BST\n"), ["23:45", "23:10", "22:30"]),
        (page("0945 GMT - Ferry stopped\n\n", "0910 GMT - Trees fall\n\n", "0830 GMT - Storm comes\n\n"), ["09:45", "09:10", "08:30"]),
    ],
)  # fmt: skip
def test_a_post_opens_with_four_digits_and_a_zone(text: str, clocks: list[str]) -> None:
    anchors = walk(RawArticle(content=text, origin="live.txt")).anchors
    assert anchors is not None
    assert [s.value for s in anchors.sections if s.kind == "section"] == [f"2024-05-14T{c}" for c in clocks]


@pytest.mark.parametrize(
    "stamps",
    [
        ("In 1945 ", "In 2010 ", "In 2019 "),
        ("1945 - ", "2010 - ", "2019 - "),
        ("1200 people: ", "1300 people: ", "1900 people: "),
    ],
)
def test_a_year_or_a_number_opens_no_post(stamps: tuple[str, str, str]) -> None:
    anchors = walk(RawArticle(content=page(*stamps), origin="live.txt")).anchors
    assert anchors is not None
    assert anchors.sections == ()
