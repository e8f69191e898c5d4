"""The first line of a table of text: what separates its columns, and whether a text is a table at all."""

from __future__ import annotations

from dateline.transforms import records

_DELIMITERS = ",;\t|"
_BYTES, _NAME = 2_000, 40
"""Bytes of a text in which the names of its columns stand, and characters of one of them."""


def delimiter_of(first: str) -> str:
    """The mark between the names of the columns."""
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))


def is_table(head: bytes) -> bool:
    """Whether the first line of a text names the columns of a table: a text, a title and a day, with a mark between."""
    first = head[:_BYTES].partition(b"\n")[0].decode("utf-8", "replace").strip("\ufeff\r")
    names = [name.strip(' "') for name in first.split(delimiter_of(first))]
    return (
        len(names) > 2
        and max(map(len, names)) <= _NAME
        and records.names_text(names, {})
        and all(records.has_column(names, ours) for ours in ("title", "published"))
    )
