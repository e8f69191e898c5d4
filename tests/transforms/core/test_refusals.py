"""The compiled core refuses arguments that do not go together, and reads nothing beyond an array."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from dateline.transforms.html import markup
from dateline.transforms.language import tags, tokens
from tests.transforms.core.paths import BUILT

pytestmark = pytest.mark.skipif(
    BUILT is None, reason="the compiled core was not built here: there is nothing to ask"
)


@pytest.mark.parametrize(
    "arguments",
    [
        (["a"], [], {}, 9, 9, np.zeros((1, 40), np.int32)),
        (["a"], ["a"], {"a": 2 * 99}, 9, 9, np.zeros((1, 40), np.int32)),
        (["a"], ["a"], {}, 9, 9, np.zeros((1, 5), np.int32)),
        (["a"], ["a"], {}, 9, 9, np.zeros((1, 40), np.int64)),
        (["a"], ["a"], {}, 9, 10, np.zeros((1, 40), np.int32)),
    ],
)
def test_lines_that_do_not_fit_their_rows(arguments: tuple[Any, ...]) -> None:
    assert BUILT is not None
    with pytest.raises(ValueError, match=r"rows|column|size"):
        BUILT.line_words(*arguments)


def test_themes_that_do_not_fit_their_lines() -> None:
    assert BUILT is not None
    own, out = np.ones(2, bool), np.zeros((2, 2), np.int32)
    numbers = np.array([0, 3, 1], np.int32).tobytes()
    for bounds in ([0, 2, 4], [0, 3, 2], [1, 2, 3], [0, -1, 3]):
        with pytest.raises(ValueError, match="themes"):
            BUILT.shared_words(numbers, np.array(bounds, np.int32).tobytes(), own, own, out)
    with pytest.raises(ValueError, match="size"):
        BUILT.shared_words(numbers, np.array([0, 3], np.int32).tobytes(), own, own, out)


def test_what_does_not_go_together_is_refused() -> None:
    assert BUILT is not None
    with pytest.raises(ValueError):
        BUILT.tokenize("abc", 0, 4, tokens.TOKEN.match, tokens._SHORTS, ".", tokens.MARKS)
    with pytest.raises(ValueError):
        BUILT.tokenize("abc", -1, 3, tokens.TOKEN.match, tokens._SHORTS, ".", tokens.MARKS)
    with pytest.raises(ValueError, match="no token"):
        BUILT.tokenize("5.5", 0, 3, re.compile("x").match, frozenset(), "", frozenset())
    rows = np.zeros((4, 3), np.int64)
    with pytest.raises(TypeError):
        BUILT.story_words(b"abc", len, rows)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        BUILT.story_words("abcd", len, rows)
    with pytest.raises(ZeroDivisionError):
        BUILT.story_words("Zoë", lambda word: 1 // 0, rows)
    numbers, floats = np.zeros(4, np.int64), np.zeros(4, np.float32)
    with pytest.raises(ValueError):
        BUILT.word_columns(["a", "b"], tags._row, {}, numbers)
    with pytest.raises(ValueError):
        BUILT.claim_columns(np.zeros((7, 2), np.int64), numbers, numbers, 4, numbers)
    levels, bounds = (np.array([7], np.uint8),), (np.zeros(1, np.float32),)
    for split in (levels, (np.zeros(1, np.int64),), (), levels * 2, levels * 13):
        with pytest.raises(ValueError):
            BUILT.leaves(np.zeros((2, 5), np.float32), 2, split, bounds, floats[:2], floats[:2])
    outside = np.array([0, 4], np.int64)
    for starts in (outside, outside[::-1].copy(), np.array([-1], np.int64), np.array([0, 0], np.int64)):
        with pytest.raises(ValueError):
            BUILT.viterbi(floats, np.zeros((1, 1), np.float32), floats[:1], starts, numbers)
    with pytest.raises(ValueError):
        BUILT.viterbi(floats, np.zeros((2, 2), np.float32), floats[:1], numbers[:1], numbers)
    read_only = np.zeros(4, np.int64)
    read_only.flags.writeable = False
    with pytest.raises((ValueError, BufferError)):
        BUILT.viterbi(floats, np.zeros((1, 1), np.float32), floats[:1], numbers[:1], read_only)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reach", [[0, 300]]),
        ("reach", [[1, 0]]),
        ("reach", [[-1, 0]]),
        ("slots", [[2], [0], [0], [0]]),
        ("slots", [[-1], [0], [0], [0]]),
        ("bits", 3),
        ("bits", 64),
        ("scale", np.zeros(9, np.float32)),
    ],
)
def test_scores_refuse_what_would_read_beyond_an_array(name: str, value: Any) -> None:
    assert BUILT is not None
    given = {
        "columns": np.zeros((1, 2), np.int64),
        "sentence": np.zeros(2, np.int64),
        "reach": np.zeros((1, 2), np.int64),
        "slots": np.zeros((4, 1), np.int64),
        "salt": np.zeros(1, np.uint64),
        "primes": np.ones(4, np.uint64),
        "bits": 2,
        "packed": np.zeros((4, 1), np.uint64),
        "scale": np.ones(8, np.float32),
        "none": 128.0,
        "out": np.zeros((2, 8), np.float32),
    }
    BUILT.score(*given.values())  # type: ignore[arg-type]
    given[name] = np.array(value, np.int64) if isinstance(value, list) else value
    if name == "scale":
        given["out"] = np.zeros((2, 9), np.float32)
    with pytest.raises(ValueError):
        BUILT.score(*given.values())  # type: ignore[arg-type]


def test_errors_of_what_is_told_of_a_page_are_raised() -> None:
    assert BUILT is not None
    source = "<div class=x><table><tr><td>a<time>b</time></td></tr></table></div>" + "<i></i>" * 99

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    class Looks:
        def __getitem__(self, written: str) -> object:
            fails()

    told = [
        markup.DOES,
        lambda: None,
        {" class=x": 1},
        0,
        lambda *_: ("", ()),
        lambda: True,
        lambda: None,
        lambda *_: None,
    ]
    assert BUILT.read_markup(source, *told, [0], [""])  # type: ignore[arg-type]
    for k in (1, 4, 5, 6, 7):
        with pytest.raises(ZeroDivisionError):
            BUILT.read_markup(source, *told[:k], fails, *told[k + 1 :], [0], [""])  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        BUILT.read_markup(source, *told[:2], Looks(), *told[3:], [0], [""])  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        BUILT.read_markup("<p id=y>", *told, [0], [""])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        BUILT.read_markup(source, *told[:4], lambda *_: None, *told[5:], [0], [""])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        BUILT.read_markup(source, *told, (0,), [""])  # type: ignore[arg-type]
    assert BUILT.read_markup("</div>" * 9 + "<" * 9 + "<div>" * 9_000, *told, [0], [""])  # type: ignore[arg-type]
