"""The lines of flat text, which `clean` and `dateline` both read."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import core


class FlatLines(NamedTuple):
    """The lines of a text that are not blank, in order, as columns.

    ``[start, end)`` are without the blanks around a line, ``indents`` counts those before it, ``spaces`` the spaces inside,
    and ``numbers`` the newlines above it.
    """

    starts: list[int]
    ends: list[int]
    indents: list[int]
    spaces: list[int]
    numbers: list[int]


@lru_cache(maxsize=2)
def flat_lines(text: str) -> FlatLines:
    """The lines of a text, kept until another page is read. They are not to be changed."""
    if core.compiled is not None:
        return FlatLines(*core.compiled.flat_lines(text))
    found = FlatLines([], [], [], [], [])
    at = 0
    for number, raw in enumerate(text.split("\n")):
        if exact := raw.strip():
            indent = raw.index(exact[0])
            found.starts.append(at + indent)
            found.ends.append(at + indent + len(exact))
            found.indents.append(indent)
            found.spaces.append(exact.count(" "))
            found.numbers.append(number)
        at += len(raw) + 1
    return found
