"""The tense around an expression, from the verbs of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from transforms.timex.grammar import Grammar

Tense = Literal["past", "future", "none"]
LEFT = 90
RIGHT = 48
"""Code points in which the nearest verb is looked for, before and after an expression."""
PASSIVE = 5
"""Code points from a verb of the future to its participle: " be "."""
QUOTES = frozenset('"“”»')
QUOTED = re.compile(r"\"[^\"]*+\"|“[^”]*+”|„[^“]*+“|«[^»]*+»|^[^“”]*+”")
WIDE = 600
"""Code points before an expression in which an opening quotation mark is looked for."""


def tense_around(
    text: str, start: int, stop: int, sentences: Sequence[int], grammar: Grammar
) -> tuple[Tense, str]:
    """The tense around an expression, and the words that say so.

    The nearest verb before it in the sentence decides, unless a verb of the future
    follows at once ("Wednesday is forecast to be cold").
    """
    low, high = _sentence(start, stop, sentences, len(text))
    after = _sentence_right(text, stop, high).lower()
    cues = grammar.tense
    # A verb right behind the words has them as its subject or its own adverb.
    if (m := cues.right.match(after)) is not None:
        return "future", m[0].strip()
    before = _sentence_left(text, start, low).lower()
    nearest: tuple[Tense, str] = ("none", "")
    ended, verbs = -PASSIVE, 0
    for m in cues.left.finditer(before):
        verbs += 1
        if m["future"]:
            nearest, ended = ("future", m[0]), m.end()
        elif m.start() - ended >= PASSIVE or nearest[1] in grammar.weak:
            nearest = "past", m[0]
        # else "will be paid": a participle right behind a verb of the future belongs to it.
    following = cues.left.search(after)
    if nearest[0] != "none":
        # "Until Thursday they had not called him": the bound is of the past, unless it has a
        # verb of its own before it ("stays shut until Thursday, the owner said").
        bound = nearest[1] in grammar.bounds and verbs == 1
        if bound and following is not None and not following["future"]:
            return "past", following[0]
        return nearest
    if (m := following) is not None:
        return ("future" if m["future"] else "past"), m[0]
    return "none", ""


def _sentence(start: int, stop: int, sentences: Sequence[int], size: int) -> tuple[int, int]:
    """Where the sentence of an expression begins and ends, as far as the parse knows."""
    at = bisect_right(sentences, start)
    low = sentences[at - 1] if at else 0
    after = bisect_right(sentences, max(start, stop - 1))
    return low, sentences[after] if after < len(sentences) else size


def _unquoted(text: str, start: int, low: int) -> str:
    """The words before a place, without those of a quotation that has ended there.

    The verbs of another's words do not tell when the call was in '"nobody should sell"
    during the Friday call'. Inside of a quotation that still runs, its own verbs do.
    """
    window = text[max(low, start - LEFT) : start]
    if QUOTES.isdisjoint(window):
        return window
    return QUOTED.sub(" ", text[max(low, start - WIDE) : start])[-LEFT:]


def _sentence_left(text: str, start: int, low: int) -> str:
    before = _unquoted(text, start, low)
    cut = max(
        before.rfind(". "), before.rfind("? "), before.rfind("! "), before.rfind("\n\n"), before.rfind("; ")
    )
    # A dot after a short word or initial is no end: "Mr. Hale", "Nov. 6".
    if cut >= 0 and not re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})$", before[:cut]):
        before = before[cut + 1 :]
    return before


def _sentence_right(text: str, stop: int, high: int) -> str:
    after = text[stop : min(high, stop + RIGHT)]
    cut = re.search(r"[.?!;](?:\s|$)|\n\n", after)
    return after[: cut.start()] if cut else after
