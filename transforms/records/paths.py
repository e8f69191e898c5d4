"""Looks values up in a record: by dotted paths, and by keys that differ from a name in case and marks alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

KEYS = 2_000
"""Keys of an object up to which they are compared by their letters."""
_APART = re.compile(r"[\s_.:-]+")
_TYPED = re.compile(r"_(?:t|s|ss|txt|txt_[a-z]{2}|dt|tdt|dts|str|text_general)\Z")
"""The type that Solr's dynamic fields carry in their names (``title_t``, ``pub_dt``)."""


def at(value: Any, path: str) -> Any:
    """The value at a dotted path. A key that itself contains the dots takes precedence; keys that differ in case
    and marks come last."""
    if isinstance(value, Mapping) and path in value:
        return value[path]
    if "." not in path:
        key = key_of(value, path)
        return None if key is None else value[key]
    for part in path.split("."):
        if isinstance(value, Mapping):
            key = part if part in value else key_of(value, part)
            value = None if key is None else value[key]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, list) and value:
            value = [v for item in value if (v := at(item, part)) is not None] or None
        else:
            return None
    return value


def key_of(record: Any, name: str) -> str | None:
    """The key of an object that means this name: ``Publication Date`` and ``PUBLICATION_DATE`` are ``publication_date``."""
    if not isinstance(record, Mapping) or len(record) > KEYS:
        return None
    return _folded_keys(tuple(record)).get(_fold(name))


@lru_cache(maxsize=256)
def _folded_keys(keys: tuple[str, ...]) -> dict[str, str]:
    """The keys of an object by their letters alone; the records of a file share them."""
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(_fold(key), key)
    for key in keys:
        found.setdefault(_fold(_TYPED.sub("", key)), key)
    return found


@lru_cache(maxsize=4_096)
def _fold(key: str) -> str:
    return _APART.sub("", key).casefold()


def single(value: Any) -> Any:
    """A value without the one-element list in which a search engine stores it."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def in_columns(columns: Collection[str], path: str) -> bool:
    name = path.partition(".")[0]
    return name in columns or key_of(dict.fromkeys(columns), name) is not None
