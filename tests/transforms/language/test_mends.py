"""Tokens whose tag or letter is looked up at a glance have the one that looking at each gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.language import marks, mends, tags
from dateline.transforms.language.clauses import symbols

LABELS = tuple(sorted(tags.KEPT))
WORDS = [
    "the", "a", "Ruiz", "visited", "burned", "gave", "left", "broadcast", "striking", "Striking", "12", "%", "percent", "May",
    "may", "MAY", "3rd", "was", "WAS", "has", "'s", "’S", "``", "''", ",", ".", "(", "“", "&", "to", "that", "not", "n't",
    "before", "including", "weaponize", "rival", "bidder", "says", "century", "Monday", "monday", "#tag", "McDonald", "é",
    "got", "cut", "fall", "Set", "others", "told", "İ", "and", "very", "million", "worst-hit",
]  # fmt: skip
TAGGED = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(LABELS)), min_size=1, max_size=20)


def tagged(drawn: list[tuple[str, str]]) -> mends.Tagged:
    words = [word for word, _ in drawn]
    codes = np.array([LABELS.index(tag) for _, tag in drawn], dtype=np.uint8)
    found, low = tags.looks(words)
    return mends.Tagged(words, low, found[4].copy(), codes, LABELS)


@given(TAGGED, st.sets(st.integers(0, 19)))
@settings(max_examples=1000, deadline=None)
def test_only_doubtful_tokens_are_mended(drawn: list[tuple[str, str]], firsts: set[int]) -> None:
    few, all_ = tagged(drawn), tagged(drawn)
    mends.mend_tokens(few, firsts, np.flatnonzero(mends._doubtful(few)).tolist())
    mends.mend_tokens(all_, firsts, range(len(drawn)))
    assert few.tags == all_.tags
    assert few.tags == [LABELS[code] for code in few.codes.tolist()]


@given(TAGGED)
@settings(max_examples=500, deadline=None)
def test_letters_are_those_of_each_token(drawn: list[tuple[str, str]]) -> None:
    held = tagged(drawn)
    each = "".join(symbols.symbol(word, tag) for word, tag in drawn)
    assert tags.letters(held) == symbols.joined(each, held.words)
    assert held.low == [word.lower() for word in held.words]


@given(st.sampled_from(sorted(marks.KNOWN)))
def test_numbers_of_known_words_are_those_of_any_word(word: str) -> None:
    assert marks.KNOWN[word] == marks.mark(word)
