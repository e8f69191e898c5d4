"""Parses JSON within bounds, and splits a stream into JSON objects, whether they are in an array or one after
another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.transforms import errors
from dateline.transforms.options import DEFAULTS, Options

_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGNS = re.compile(rb'["\\{}\[\]]')
_SPACE = b" \t\r\n,\x00\x1e"
"""Bytes that may stand between two objects: white space, a comma, the record separator of RFC 7464."""


def load(text: str, options: Options = DEFAULTS) -> Any:
    """Parse JSON within bounds of size and depth. ``NaN`` and ``Infinity``, which Python writes, are read as
    null. Raises :class:`TooLarge` or :class:`Undecodable`."""
    if text.count("{") + text.count("[") > options.json_nodes:
        raise errors.TooLarge(f"over {options.json_nodes} arrays and objects in JSON")
    try:
        found = json.loads(text.strip("\ufeff\x1e\x00 \t\r\n"), parse_constant=lambda _: None)
    except RecursionError as error:
        raise errors.TooLarge("JSON nested too deep to parse") from error
    except ValueError as error:
        raise errors.Undecodable(f"broken JSON: {error}") from error
    if _deeper(found, options.json_depth):
        raise errors.TooLarge(f"JSON nested deeper than {options.json_depth}")
    return found


def clean(value: Any, text: str) -> Any:
    """Values without lone surrogates and NUL, which cannot be stored. ``text`` is the JSON that they came
    from; it usually shows at once that nothing needs cleaning."""
    return _clean(value) if "\\u" in text or _SURROGATE.search(text) else value


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value).replace("\x00", "")
    if isinstance(value, dict):
        return {_clean(str(k)): _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return value


def _deeper(value: Any, bound: int) -> bool:
    level: list[Any] = [value]
    for _ in range(bound + 1):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def split_objects(chunks: Iterable[bytes], bound: int) -> Iterator[tuple[bytes, int]]:
    """The objects of an array, or objects one after another, each as ``(object, its length)``.

    Only brackets outside of strings are counted, so nothing is parsed and one object is held at a time. Of an
    object of more than ``bound`` bytes only the first ``bound`` are kept. Anything between objects is
    returned as it is. The bytes must be in an encoding that contains ASCII.
    """
    splitter = _Splitter(bound)
    for chunk in chunks:
        yield from splitter.feed(chunk)
    yield from splitter.close()


class _Splitter:
    """Counts open brackets, and remembers whether a string is open."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._kept = bytearray()
        self._length = 0
        self._depth = 0
        self._in_array = False
        self._in_string = False
        self._escaped = False
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[tuple[bytes, int]]:
        start = 0
        if self._escaped:
            self._escaped = False
            skip = 1
        else:
            skip = 0
        position = skip
        while (sign := _SIGNS.search(chunk, position)) is not None:
            at = sign.start()
            position = at + 1
            mark = chunk[at]
            if self._in_string:
                if mark == 0x5C:
                    position += 1
                    self._escaped = position > len(chunk)
                elif mark == 0x22:
                    self._in_string = False
                continue
            if mark == 0x22:
                self._in_string = True
            elif mark in b"{[":
                if not self._depth and not self._begun and not self._in_array and mark == 0x5B:
                    self._in_array = True  # The array around the objects.
                    start = position
                    continue
                if not self._depth:
                    yield from self._stray(chunk[start:at])
                    start = at
                self._depth += 1
                self._begun = True
            elif mark in b"}]" and self._depth:
                self._depth -= 1
                if not self._depth:
                    self._keep(chunk[start:position])
                    start = position
                    yield self._take()
            elif mark == 0x5D:
                yield from self._stray(chunk[start:at])
                start = position
        self._keep(chunk[start:])

    def close(self) -> Iterator[tuple[bytes, int]]:
        if bytes(self._kept).strip(_SPACE):
            yield self._take()

    def _stray(self, piece: bytes) -> Iterator[tuple[bytes, int]]:
        """The bytes between two objects that are neither space nor comma."""
        self._keep(piece)
        if bytes(self._kept).strip(_SPACE):
            yield self._take()
        self._kept.clear()
        self._length = 0

    def _keep(self, piece: bytes) -> None:
        self._length += len(piece)
        if (room := self._bound - len(self._kept)) > 0:
            self._kept += piece[:room]

    def _take(self) -> tuple[bytes, int]:
        found = bytes(self._kept), self._length
        self._kept.clear()
        self._length = 0
        return found
