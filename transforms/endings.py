"""Patterns that match where a text ends, tried from that end.

A search for words before a date (``(?:about|nearly|no more than)\\s\\Z``) tries each of them at each place of the text, 10 µs for
a dozen phrases. Nearly always none of them is there, and the last letters show it.
"""

from __future__ import annotations

import re

_QUANTIFIER = re.compile(r"([*+?]|\{(?:\d+,?\d*|,\d+)\})[+?]?")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^xuUN0-9])")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_OPENING = re.compile(r"\((?:\?(?:P<\w+>|:|(?P<around><?[=!]))|(?!\?))")
_ANCHORS = ("^", "$", r"\A", r"\Z")


class Ending:
    """A pattern whose match ends where the text ends."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(rf"(?:{pattern})\Z", flags)
        self._backwards = re.compile(backwards(pattern), flags)

    def search(self, text: str) -> re.Match[str] | None:
        """What :func:`re.search` finds: the longest end of the text that the pattern matches."""
        return self.pattern.search(text) if self._backwards.match(text[::-1]) is not None else None


def backwards(pattern: str) -> str:
    """A pattern that matches at the start of the reverse of each text at whose end the given pattern matches.

    It may match at more: anchors and what only looks around are left out, and nothing is possessive. A pattern with anything else
    than characters, classes, groups and repetitions, such as a back reference, gives the one that matches everywhere.
    """
    turned, end = _alternatives(pattern, 0)
    return turned if end == len(pattern) else ""


def _alternatives(pattern: str, at: int) -> tuple[str, int]:
    """The alternatives from a place up to the parenthesis that closes them, each backwards, and the place of that parenthesis.

    Where they cannot be turned, the place is behind the pattern.
    """
    done: list[str] = []
    items: list[str] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            done.append("".join(reversed(items)))
            items.clear()
            at += 1
            continue
        item, at = _item(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            at = quantifier.end()
            item += quantifier[1] if item else ""
        items.append(item)
    return "|".join([*done, "".join(reversed(items))]), at


def _item(pattern: str, at: int) -> tuple[str, int]:
    nowhere = len(pattern) + 1
    if pattern[at] == "(":
        opening = _OPENING.match(pattern, at)
        if opening is None:
            return "", nowhere
        inner, at = _alternatives(pattern, opening.end())
        return "" if opening["around"] else f"(?:{inner})", at + 1 if at < len(pattern) else nowhere
    whole = _CLASS.match(pattern, at) if pattern[at] == "[" else _ESCAPE.match(pattern, at)
    if whole is None and pattern[at] in "[\\":
        return "", nowhere
    item = whole[0] if whole is not None else pattern[at]
    return "" if item in _ANCHORS else item, at + len(item)
