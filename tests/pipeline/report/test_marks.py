"""Pieces: joined they are the text, and each knows exactly what covers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.report.marks import Mark, Piece, by_range, pieces

TEXT = "The harbour master said the ferry would sail on Friday."


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(TEXT)))
        end = draw(st.integers(start, len(TEXT) + 5))
        found.append(Mark(start, end, draw(st.sampled_from(["source", "cue", "content", "date"])), number))
    return found


@given(marks(), st.integers(0, 20), st.integers(20, len(TEXT)))
def test_each_character_knows_its_marks(found: list[Mark], start: int, end: int) -> None:
    cut = list(pieces(TEXT, start, end, found))
    assert "".join(piece.text for piece in cut) == TEXT[start:end]
    at = start
    for piece in cut:
        for _ in piece.text:
            over = [m for m in found if m.start <= at < m.end]
            assert set(piece.roles) == {m.role for m in over} - {"date"}
            assert set(piece.events) == {m.number for m in over if m.role != "date"}
            assert (piece.date is None) == (not any(m.role == "date" for m in over))
            at += 1


def test_of_two_dates_the_narrower_is_linked() -> None:
    wide, narrow = Mark(0, 20, "date", 0), Mark(4, 11, "date", 1)
    assert [p.date for p in pieces(TEXT, 0, 24, [wide, narrow])] == [0, 1, 0, None]


def test_without_marks_there_is_one_piece() -> None:
    assert list(pieces(TEXT, 0, 11, [])) == [Piece("The harbour")]
    assert list(pieces(TEXT, 3, 3, [])) == []


@given(marks(), st.lists(st.integers(0, len(TEXT)), max_size=8))
def test_pieces_of_a_range_need_no_other_marks(found: list[Mark], cuts: list[int]) -> None:
    ordered = sorted(cuts)
    ranges = list(zip(ordered[::2], ordered[1::2], strict=False))
    for between, mine in zip(ranges, by_range(ranges, found), strict=True):
        assert list(pieces(TEXT, *between, mine)) == list(pieces(TEXT, *between, found))
