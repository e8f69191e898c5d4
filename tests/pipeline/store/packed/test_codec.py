"""Packed readings come back as they were, whatever JSON they hold; damage is found."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.store.packed import codec

TEXT = "The mayor of Halifax said on Monday that the bridge, long shut, would reopen."
NAMES = ("one", "two", "one")
VALUE = {"rule": "weekday.past", "span": {"start": 4, "end": 9, "exact": "mayor"}, "of": ["two", None]}

words = st.one_of(
    st.text(max_size=6), st.sampled_from(NAMES), st.sampled_from(["start", "\x7f", "\x00", "é\u2028"])
)
numbers = st.one_of(st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False))


@st.composite
def spans(draw: st.DrawFn) -> dict[str, Any]:
    """Spans of the text, and some that only look like one."""
    start = draw(st.integers(-2, len(TEXT)))
    end = draw(st.integers(start, len(TEXT) + 2))
    exact = draw(st.one_of(st.just(TEXT[max(0, start) : end]), words))
    return {"start": start, "end": end, "exact": exact}


values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, words, spans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(words, inner, max_size=4),
        st.lists(st.fixed_dictionaries({"a": inner, "b": inner, "start": numbers}), max_size=4),
        st.lists(st.tuples(inner, inner).map(list), max_size=4),
    ),
    max_leaves=25,
)


@given(values, st.sampled_from([TEXT, None]))
def test_any_json_comes_back(value: Any, text: str | None) -> None:
    found = codec.unpack(codec.pack(value, text, NAMES), text, NAMES)
    assert json.dumps(found) == json.dumps(value)  # the order of keys, and 1 is not 1.0 or true


def test_records_that_repeat_take_little_room() -> None:
    records = [
        {
            "span": {"start": n, "end": n + 9, "exact": TEXT[n : n + 9]},
            "rule": "weekday.past",
            "of": "one",
            "at": None,
        }
        for n in range(60)
    ]
    assert len(codec.pack(records, TEXT, NAMES)) < len(json.dumps(records)) / 40


@pytest.mark.parametrize("cut", [0, 1, 5, -1])
def test_bytes_that_are_cut_short_are_refused(cut: int) -> None:
    with pytest.raises(ValueError, match=r"packed|form"):
        codec.unpack(codec.pack([TEXT], TEXT)[:cut], TEXT)


@pytest.mark.parametrize(
    "value", [[{"a": 1}, [VALUE], [VALUE, None]], [[1, 2], [3, 4], [5, 6]], [[], [], []], ["x", None, 3]]
)
def test_one_element_of_a_list_is_unpacked_alone(value: list[Any]) -> None:
    packed = codec.pack(value, TEXT, NAMES)
    assert [codec.unpack(packed, TEXT, NAMES, only=n) for n in range(3)] == value


def test_another_text_or_other_names_are_refused() -> None:
    span = {"start": 4, "end": 9, "exact": "mayor"}
    with pytest.raises(ValueError, match="text"):
        codec.unpack(codec.pack(span, TEXT), None)
    with pytest.raises(ValueError, match="damaged"):
        codec.unpack(codec.pack("two", TEXT, NAMES), TEXT, ())


def test_a_form_of_a_later_release_is_refused() -> None:
    with pytest.raises(ValueError, match="form"):
        codec.unpack(b"\xff" + codec.pack(1, None)[1:], None)


def test_the_phrases_stay_as_they_are() -> None:
    """Stores were packed with them: with others they cannot be read."""
    packed = bytes.fromhex(PACKED)
    assert codec.unpack(packed, TEXT, NAMES) == VALUE


PACKED = "0103cd3da3ceaae5a741a6bc50c6f7639186118c75100b7c80cd3158ff12e23d502e000100"
