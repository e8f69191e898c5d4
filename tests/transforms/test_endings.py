"""Patterns tried from the end of a text find what a search finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import lexicon
from dateline.transforms.endings import Ending, backwards
from dateline.transforms.timex.guards import LooksLike
from dateline.transforms.timex.rules import common


@pytest.mark.parametrize(
    ("pattern", "turned"),
    [
        (r"about\s", r"\stuoba"),
        (r"(?:no more|less) than\s?", r"\s?naht (?:erom on|ssel)"),
        (r"(?<!not )(?P<word>over|up to)", r"(?:revo|ot pu)"),
        (r"\b(?:a{2,3}+|[^]\]x]*?)$", r"(?:a{2,3}|[^]\]x]*)\b"),
        (r"\x27{,2}\.|", r"\.\x27{,2}|"),
        (r"(a)\1", ""),
        (r"(?i:a)b", ""),
        ("a)b", ""),
        ("(?:a", ""),
        ("[a", ""),
    ],
)
def test_backwards(pattern: str, turned: str) -> None:
    assert backwards(pattern) == turned


def test_the_longest_end_is_found() -> None:
    ending = Ending(r"(?:no later\s)?than\s")
    found = ending.search("no later than no later than ")
    assert found is not None and found.span() == (14, 28)
    assert ending.search("no later than") is None
    assert Ending("(a)\\1").search("baa") is not None


def patterns() -> list[str]:
    """The patterns of the lexicon for words that stand before an expression."""
    library = lexicon.library()
    guards = [*common().guards]
    for part in library.every(LooksLike).values():
        guards += part.guards
    found = {a.words for c in library.every(lexicon.Calendar).values() for a in c.around}
    found |= {target for t in library.every(lexicon.Tense).values() for target in t.targets}
    fields = ("before", "before_written", "but_before", "but_before_written")
    found |= {pattern for g in guards for f in fields if (pattern := getattr(g, f)) is not None}
    return sorted(found)


PATTERNS = patterns()


def test_every_pattern_of_the_lexicon_can_be_turned() -> None:
    assert len(PATTERNS) > 100
    assert [p for p in PATTERNS if not backwards(p)] == []


@given(
    st.sampled_from(PATTERNS).flatmap(lambda p: st.tuples(st.just(p), st.from_regex(p))), st.text(max_size=9)
)
@settings(max_examples=400, deadline=None)
def test_an_ending_finds_what_a_search_finds(one: tuple[str, str], behind: str) -> None:
    pattern, text = one
    whole = re.compile(rf"(?:{pattern})\Z")
    for written in (text, text + behind, behind):
        expected, found = whole.search(written), Ending(pattern).search(written)
        assert (found and found.span()) == (expected and expected.span())
