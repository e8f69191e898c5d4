"""Rows of words are those of the function that makes them, whatever was forgotten before."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.language.vocabulary import Vocabulary


def _row(word: str) -> tuple[int, int]:
    return len(word), ord(word[0])


@given(st.lists(st.lists(st.sampled_from(["a", "bb", "c", "dd", "é", "fff", "g"]), min_size=1)))
def test_rows_are_the_same_when_the_vocabulary_is_too_small(articles: Sequence[Sequence[str]]) -> None:
    small = Vocabulary(2, _row, limit=3)
    for words in articles:
        assert small.rows(words).tolist() == [list(_row(word)) for word in words]


def test_a_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def row(word: str) -> tuple[int]:
        asked.append(word)
        return (len(word),)

    held = Vocabulary(1, row)
    held.rows(["the", "harbour", "the"])
    held.rows(["harbour", "the"])
    assert sorted(asked) == ["harbour", "the"]
