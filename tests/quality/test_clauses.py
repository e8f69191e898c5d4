"""The figures of clauses against silver parses."""

from __future__ import annotations

from typing import Any

from tests.quality.clauses import agreed, figures, silver

Tokens = list[tuple[str, str, int, str]]
REPORTED: Tokens = [
    ("Ruiz", "NNP", 1, "nsubj"),
    ("said", "VBD", -1, "root"),
    ("Duran", "NNP", 3, "nsubj"),
    ("signed", "VBD", 1, "ccomp"),
    ("it", "PRP", 3, "dobj"),
]


def row(tokens: Tokens) -> dict[str, Any]:
    places, at = [], 0
    for word, tag, _, _ in tokens:
        places.append([at, at + len(word), word, tag, ""])
        at += len(word) + 1
    return {"s": [{"t": places, "h": [t[2] for t in tokens], "r": [t[3] for t in tokens]}]}


def test_two_parses_are_compared_where_they_say_the_same() -> None:
    one = silver(row(REPORTED))
    joined: Tokens = [*REPORTED[:3], ("signed", "VBD", 1, "conj"), ("it", "PRP", 3, "dobj")]
    other = silver(row(joined))
    assert one.keys() == other.keys() == {5, 16}
    assert "encloser" not in agreed(one, other)[16]
    assert agreed(one, other)[16]["subject"] == 10
    assert agreed(one, {5: other[5]}).keys() == {5}


def test_what_they_say_differently_counts_neither_way() -> None:
    gold = silver(row(REPORTED))
    guess = silver(row(REPORTED))
    guess[16] = {**guess[16], "encloser": None, "object": None}
    assert figures(iter([(gold, guess)]))["encloser"] == 50
    del gold[16]["encloser"]
    found = figures(iter([(gold, guess)]))
    assert found["encloser"] == 100
    assert found["object"] == 50
    assert found["finite_recall"] == found["finite_precision"] == 100
