"""Packs the readings of one article: JSON is turned into columns and compressed.

Every JSON value is restored as it was, with the order of its keys. What repeats within an article is written
once: the values of one key are side by side, the words of spans are taken from the text, and ids that every
record names are numbers. The codec knows no record by name, so a new field needs no change here.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from pydantic_core import to_json

_FORM = b"\x01"
"""The first byte: the format of the rest, and its phrases. Changed phrases need a new format."""
_LEVEL = 4
"""How hard zlib tries: three fifths of the time of its default level, for a fiftieth more bytes."""
_PLAIN, _SAME, _WORDS, _WORD, _OBJECTS, _LISTS, _ROWS, _EACH = range(8)
"""The kind of a column, which it begins with: values as they are, one value for all, the numbers of strings,
one string for all, objects, lists one after another, lists of one length side by side, or a column for each
value if the values are of several kinds."""
_WIDEST = 16
"""The longest lists of one length that are put side by side."""
_NULL, _SPAN = -1, -2
"""Instead of the number of an object's shape: there is no object, or it is a span of the text."""
_SPAN_KEYS = ("start", "end", "exact")
_PHRASES = "phrases.txt"
LARGEST = 1 << 30
"""The most bytes that packed readings may unpack to; more are a sign of damage."""
Column = list[Any]


@cache
def phrases() -> bytes:
    """The dictionary of zlib: phrases that most articles contain, the most frequent last."""
    return resources.files("dateline.pipeline.store.packed").joinpath(_PHRASES).read_bytes()


@cache
def _packer() -> Any:
    """A packer that has read the phrases, which takes it as long as the readings of an article. It is copied."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, phrases())


def pack(value: Any, text: str | None, names: Sequence[str] = ()) -> bytes:
    """A JSON value as bytes. ``text`` contains the words of its spans, ``names`` are strings that it repeats.
    :func:`unpack` needs both again."""
    return compress(Packer(text, names).pack(value))


def unpack(data: bytes, text: str | None, names: Sequence[str] = (), only: int | None = None) -> Any:
    """The value that was given to :func:`pack`; of a list the element ``only``, which costs less than the whole.

    Raises :class:`ValueError` for other bytes, or for another text.
    """
    line = decompress(data)
    try:
        return Unpacker(text, names).unpack(line, only)
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"readings that are damaged: {error}") from error


def compress(line: bytes) -> bytes:
    """Compressed bytes after the number of their format."""
    packer = _packer().copy()
    made: bytes = _FORM + packer.compress(line) + packer.flush()
    return made


def decompress(data: bytes) -> bytes:
    """The bytes that were given to :func:`compress`. Raises :class:`ValueError` for damaged ones."""
    if data[:1] != _FORM:
        raise ValueError("packed in a form that this release does not know")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS, phrases())
    try:
        line = unpacker.decompress(data[1:], LARGEST)
    except zlib.error as error:
        raise ValueError(f"packed bytes that are damaged: {error}") from error
    if not unpacker.eof:
        raise ValueError("packed bytes that are cut short")
    return line


class Packer:
    """Turns one value into a line of JSON. ``shapes`` are the keys of objects, by number."""

    def __init__(self, text: str | None, names: Sequence[str]) -> None:
        self._text = text
        self._words = {word: n for n, word in enumerate(dict.fromkeys(names))}
        self._known = len(self._words)
        self._shapes: dict[tuple[str, ...], int] = {}

    def pack(self, value: Any) -> bytes:
        """The line."""
        made = self._column([value])
        words = list(self._words)[self._known :]
        shapes = [list(keys) for keys in self._shapes]
        return to_json([shapes, words, made])

    def _column(self, values: Sequence[Any]) -> Column:
        # Most columns hold one word or nothing. Numbers are handled later, because 1 equals true.
        if (
            values
            and ((first := values[0]) is None or type(first) is str)
            and values.count(first) == len(values)
        ):
            return (
                [_SAME, None] if first is None else [_WORD, self._words.setdefault(first, len(self._words))]
            )
        kinds = set(map(type, values))
        kinds.discard(type(None))
        if kinds == {str}:
            words = self._words
            return [_WORDS, *[_NULL if v is None else words.setdefault(v, len(words)) for v in values]]
        if kinds == {dict}:
            return self._objects(values)
        if kinds == {list}:
            return self._lists(values)
        if not kinds:
            return [_SAME, None]
        if len(kinds) == 1 and values.count(values[0]) == len(values):
            return [_SAME, values[0]]
        if kinds & {str, dict, list}:
            return [_EACH, *(self._column([value]) for value in values)]
        return [_PLAIN, *values]

    def _lists(self, values: Sequence[list[Any] | None]) -> Column:
        sizes = [_NULL if v is None else len(v) for v in values]
        if len(sizes) > 1 and 1 < sizes[0] <= _WIDEST and sizes.count(sizes[0]) == len(sizes):
            return [_ROWS, *map(self._column, zip(*(v for v in values if v), strict=True))]
        items = [item for v in values if v for item in v]
        if len(sizes) > 1 and len(set(map(type, items)) - {type(None)}) > 1:
            return [_EACH, *(self._column([value]) for value in values)]
        return [_LISTS, sizes, self._column(items)]

    def _objects(self, values: Sequence[dict[str, Any] | None]) -> Column:
        spans: list[int] = []
        groups: dict[int, list[Any]] = {}
        which: list[int] = []
        last = 0
        text, shapes = self._text, self._shapes
        for value in values:
            if value is None:
                which.append(_NULL)
                continue
            keys = tuple(value)
            if keys == _SPAN_KEYS and text is not None:
                start, end, exact = value.values()
                if type(start) is type(end) is int and 0 <= start <= end and text[start:end] == exact:
                    which.append(_SPAN)
                    spans += (start - last, end - start)
                    last = start
                    continue
            number = shapes.get(keys)
            if number is None:
                number = shapes[keys] = len(shapes)
            which.append(number)
            if number in groups:
                groups[number].append(value)
            else:
                groups[number] = [value]
        made: Column = [_OBJECTS, which[0] if which.count(which[0]) == len(which) else which, spans]
        for number in sorted(groups):
            columns = zip(*(value.values() for value in groups[number]), strict=True)
            made.append([self._column(column) for column in columns])
        return made


class Unpacker:
    """Turns a line of JSON back into the value."""

    def __init__(self, text: str | None, names: Sequence[str]) -> None:
        self._text = text
        self._words = list(dict.fromkeys(names))
        self._shapes: list[list[str]] = []

    def unpack(self, line: bytes, only: int | None = None) -> Any:
        """The value, or one element of it."""
        self._shapes, words, made = json.loads(line)
        self._words += words
        if only is not None and made[0] == _LISTS and made[2][0] == _EACH:
            return self._column(made[2][1 + only], 1)[0]
        (value,) = self._column(made, 1)
        return value if only is None else value[only]

    def _column(self, made: Column, count: int) -> list[Any]:
        kind = made[0]
        if kind == _PLAIN:
            values = made[1:]
        elif kind == _ROWS:
            values = list(map(list, zip(*(self._column(column, count) for column in made[1:]), strict=True)))
        elif kind == _EACH:
            values = [self._column(column, 1)[0] for column in made[1:]]
        elif kind == _SAME:
            values = [made[1]] * count
        elif kind == _WORD:
            values = [self._words[made[1]]] * count
        elif kind == _WORDS:
            words = self._words
            values = [None if n == _NULL else words[n] for n in made[1:]]
        elif kind == _LISTS:
            sizes = made[1]
            items = iter(self._column(made[2], sum(size for size in sizes if size > 0)))
            values = [None if size == _NULL else list(islice(items, size)) for size in sizes]
        else:
            values = self._objects(made, count)
        if len(values) != count:
            raise ValueError("readings whose columns are of different lengths")
        return values

    def _objects(self, made: Column, count: int) -> list[Any]:
        _, which, spans, *groups = made
        if isinstance(which, int):
            if which >= 0 and len(groups) == 1:  # all of one shape, as records are
                return self._rows(self._shapes[which], groups[0], count)
            if which == _SPAN and not groups and len(spans) == 2 * count:
                return self._spans(spans)
            which = [which] * count
        numbers = sorted({number for number in which if number >= 0})
        rows = {
            number: iter(self._rows(self._shapes[number], group, which.count(number)))
            for number, group in zip(numbers, groups, strict=True)
        }
        rows[_SPAN] = iter(self._spans(spans))
        return [None if number == _NULL else next(rows[number]) for number in which]

    def _rows(self, keys: list[str], group: list[Column], count: int) -> list[dict[str, Any]]:
        if len(keys) != len(group):
            raise ValueError("readings whose objects have more or fewer values than keys")
        if not keys:
            return [{} for _ in range(count)]
        columns = [self._column(column, count) for column in group]
        return [dict(zip(keys, row)) for row in zip(*columns)]  # noqa: B905 (each has count values)

    def _spans(self, spans: list[int]) -> list[dict[str, Any]]:
        if spans and self._text is None:
            raise ValueError("readings whose text is missing")
        text = self._text or ""
        made = []
        start = 0
        for step, size in zip(spans[::2], spans[1::2], strict=True):
            start += step
            end = start + size
            made.append({"start": start, "end": end, "exact": text[start:end]})
        return made
