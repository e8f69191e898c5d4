"""The strings of which every match of a pattern contains one: a text without them need not be searched for the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dateline.transforms import core

_PIECE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{[^}]*\}|\d{1,3}|.)"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:[a-z-]*:|<?[=!])|\(|\)|.",
    re.DOTALL,
)
"""An escape, a class of characters, the start of a group, or a character."""
_QUANTIFIER = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})\??|\+\??|\{\d+(?:,\d*)?\}\??")
_LETTERS = re.compile(r"[^\W\d_]+(?![?*{])")
_LEAST = 3
"""Letters of the shortest string that rules texts out."""


def occurring(strings: tuple[str, ...], text: str) -> list[int]:
    """The numbers of the strings that stand in a text, in order. No string is empty."""
    if core.compiled is not None:
        return core.compiled.occurring(strings, text)
    return [n for n, string in enumerate(strings) if string in text]


def may_match(needs: tuple[str, ...], low: str) -> bool:
    """Whether a pattern that needs one of these strings may match in a text, given in lower case; always if none are
    known."""
    return not needs or any(string in low for string in needs)


class Branch(NamedTuple):
    """A branch of a pattern: ``needs`` are strings of which a match contains one, none where they are not known."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def matching(self, texts: Mapping[int, str]) -> list[int]:
        """The keys of the texts in lower case in which it matches."""
        # The string is looked for before the pattern, and in all texts before the next string.
        strings = self.needs or ("",)
        likely = {n: text for string in strings for n, text in texts.items() if string in text}
        return [n for n, text in likely.items() if self.pattern.search(text) is not None]


class Sought:
    """Patterns over texts in lower case, of which few can match in any text. ``form`` is what is compiled of each of their
    branches."""

    def __init__(self, patterns: Iterable[str], form: str = "{}") -> None:
        branches = [branch for pattern in patterns for branch in alternatives(pattern)]
        self._whole = Branch((), re.compile(form.format("|".join(branches)) if branches else "(?!)"))
        self._branches = [Branch(needed(branch), re.compile(form.format(branch))) for branch in branches]
        needs = [[part for part in _candidates(branch) if _least(part) >= _LEAST] for branch in branches]
        strings = dict.fromkeys(string for every in needs for part in every for string in part)
        numbers = {string: n for n, string in enumerate(strings)}
        self._strings = tuple(strings)
        self._needs = [[frozenset(numbers[string] for string in part) for part in every] for every in needs]

    def within(self, text: str) -> list[Branch]:
        """The branches that may match in some piece of a text: it has a string of each of their parts. One for all where
        a search for strings would take longer."""
        found = set(occurring(self._strings, text))
        return [
            branch
            for branch, needs in zip(self._branches, self._needs, strict=True)
            if not any(map(found.isdisjoint, needs))
        ]


def alternatives(pattern: str) -> list[str]:
    """The branches of a pattern that stand in no group."""
    found, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece[0] == "(") - (piece == ")")
        if piece == "|" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found


def needed(pattern: str) -> tuple[str, ...]:
    """Strings in lower case, of which every match in lower case contains one; empty if none are known."""
    every: dict[str, None] = {}
    for branch in alternatives(pattern):
        best = max(_candidates(branch), key=_worth, default=())
        if _least(best) < _LEAST:
            return ()
        every |= dict.fromkeys(best)
    return tuple(every)


def starts(pattern: str) -> tuple[str, ...]:
    """The letters in lower case with which every match begins, for each of its branches."""
    found: list[str] = []
    for branch in alternatives(pattern):
        end = _end_of_group(branch, 0) if branch.startswith("(?:") else 0
        found += starts(branch[3 : end - 1]) if end else ()
        if not end or branch[end : end + 1] == "?":
            letters = _LETTERS.match(branch, end + 1 if end else 0)
            found.append(letters[0].lower() if letters is not None else "")
    return tuple(found)


def _worth(strings: tuple[str, ...]) -> int:
    """Long strings rule out most texts, and a short word such as "for" rules out none."""
    return 3 * _least(strings) - len(strings)


def _least(strings: tuple[str, ...]) -> int:
    """Characters of the shortest string."""
    return min((len(string.strip()) for string in strings), default=0)


def _candidates(branch: str) -> Iterator[tuple[str, ...]]:
    """For each part of a branch that no match lacks: its strings."""
    run, at = "", 0
    while at < len(branch):
        piece, start = _PIECE.match(branch, at), at
        assert piece is not None  # the last alternative matches anything
        at = _end_of_group(branch, at) if piece[0][0] == "(" else piece.end()
        quantifier = _QUANTIFIER.match(branch, at)
        at = quantifier.end() if quantifier is not None else at
        letter = piece[0] if len(piece[0]) == 1 else piece[0][1] if piece[0][0] == "\\" else ""
        plain = (
            letter not in ("", "(", ".", "^", "$") if len(piece[0]) == 1 else letter and not letter.isalnum()
        )
        lacking = quantifier is not None and quantifier["none"] is not None
        if plain and not lacking:
            run += letter.lower()
            if quantifier is None:
                continue
        if run:
            yield (run,)
        run = ""
        if piece[0] == "(" or (piece[0][0] == "(" and piece[0].endswith(":")):
            end = quantifier.start() if quantifier is not None else at
            inside = branch[start + len(piece[0]) : end - 1]
            # Groups of other kinds, such as those with a name, tell nothing.
            if not lacking and not inside.startswith("?") and (inner := needed(inside)):
                yield inner
    if run:
        yield (run,)


def _end_of_group(branch: str, at: int) -> int:
    depth = 0
    for piece in _PIECE.finditer(branch, at):
        depth += (piece[0][0] == "(") - (piece[0] == ")")
        if not depth:
            return piece.end()
    return len(branch)
