"""The strings that every match of a pattern contains."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import lexicon
from dateline.transforms.lexicon.literals import Sought, alternatives, may_match, needed, starts

FURNITURE = lexicon.library().every(lexicon.Furniture).values()
PATTERNS = sorted(
    {
        branch
        for f in FURNITURE
        for pattern in (*f.headers.appeals, *f.bylines.contributed, *f.captions.credits, *f.captions.by)
        for branch in alternatives(pattern)
    }
)


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("small favou?r to ask", ("small favo",)),
        ("already a subscriber|costs? nothing", ("already a subscriber", " nothing")),
        ("(?:the |a )?(?:harbour|ferry)[ns]?", ("harbour", "ferry")),
        (r"\bcan(?:not)? sail\b", (" sail",)),
        (r"Quay \d{1,3}\.", ("quay ",)),
        ("boats{2,3} at sea", (" at sea",)),
        ("(?:pier){0,2}", ()),
        ("[a-z]+|harbour", ()),
        (r"\w{3,9}", ()),
        ("(?!pier)boat", ("boat",)),
        ("(?P<name>harbour|pier)", ()),
        (r"(?P<name>harbour) of call (?P=name)", (" of call ",)),
        (r"\x41\u0042cd\101 harbour\N{DIGIT ONE}", (" harbour",)),
        ("(?i)sail|boat", ("sail", "boat")),
        ("boat{2}s|ferry+", ("boat", "ferry")),
    ],
)
def test_strings_of_a_pattern(pattern: str, strings: tuple[str, ...]) -> None:
    assert needed(pattern) == strings


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("advert|story highlights?", ("advert", "story")), ("(?:skip to )?end of list", ("skip", "end")),
        ("(?:before|after) it", ("before", "after")), ("ships?", ("ship",)), (r"\d+ boats", ("",)), ("Ab{2}", ("a",)),
    ],
)  # fmt: skip
def test_letters_with_which_a_match_begins(pattern: str, letters: tuple[str, ...]) -> None:
    assert starts(pattern) == letters


def test_branches() -> None:
    assert alternatives(r"a(?:b|c)|[|]\||d") == ["a(?:b|c)", r"[|]\|", "d"]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_every_match_has_one_of_its_strings(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=True)).lower()
    assert not needed(pattern) or any(string in text for string in needed(pattern))
    before = "Story. "
    if re.search(rf"\b(?:{pattern})", before + text):
        assert any(
            branch.matching({0: before + text})
            for branch in Sought([pattern], r"\b(?:{})").within(before + text)
        )


def test_patterns_without_known_strings_are_always_tried() -> None:
    assert may_match(needed(r"[a-z]{4}\d"), "quay7")
    assert any(branch.matching({0: "quay7"}) for branch in Sought([r"[a-z]{4}\d"]).within("quay7"))
    assert not may_match(needed("harbour"), "quay7")


def test_a_text_without_them_is_not_searched() -> None:
    sought = Sought(["support (?:our|the) work", "sign up (?:here|now)"], r"\b(?:{})")
    text = "you can sign up here"
    assert any(branch.matching({0: text}) for branch in sought.within(text))
    assert not any(
        branch.matching({0: "they support the mayor"}) for branch in sought.within("they support the mayor")
    )
    assert not any(branch.matching({0: ""}) for branch in Sought([]).within(""))
