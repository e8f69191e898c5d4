"""Finds the records of a response: at its top level, under a path, in columns, or each in a wrapper."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from dateline.transforms.records import fields
from dateline.transforms.records.paths import at
from dateline.transforms.records.presets import presets

_DEPTH = 5
_SEEN = 3
"""Objects of a list that are checked to decide whether it is a list of records."""
_LOOKED = 500
"""Values that are searched; records are never far from the top level."""

Record = dict[str, Any]


def found_in(value: Any, mapping: Mapping[str, str]) -> list[Record] | None:
    """The records in a JSON value; ``None`` if the value is itself a record, or nothing known.

    ``mapping`` is the user's ``--map``: our field → theirs.
    """
    if isinstance(value, list):
        flat = [item for item in value if isinstance(item, dict)]
        if len(flat) != len(value):
            return None
        return [inner for item in flat for inner in (found_in(item, mapping) or [item])]
    if not isinstance(value, dict):
        return None
    if (columns := _columns(value, mapping)) is not None:
        return columns
    if fields.holds_text(value, mapping):
        return None
    if (inner := _unwrapped(value, mapping)) is not None:
        return [inner]
    listed = _listed(value, mapping)
    if listed is None:
        return None
    return [_with_context(_innermost(item, mapping), value) for item in listed]


def _innermost(item: Record, mapping: Mapping[str, str]) -> Record:
    """The record in a wrapper; one that is headed by a title of its own wraps nothing but its text."""
    if fields.holds_text(item, mapping) and fields.known(item, "title"):
        return item
    return _unwrapped(item, mapping) or item


def empty_list(value: Mapping[str, Any]) -> str | None:
    """The key under which an answer would hold its records, where it holds none."""
    for outer in (value, *(inner for inner in value.values() if isinstance(inner, Mapping))):
        for name in presets().containers.names:
            if outer.get(name) == []:
                return name
    return None


def _listed(top: Record, mapping: Mapping[str, str]) -> list[Record] | None:
    """The first list of records below an object, breadth first; keys that usually contain records are tried
    first."""
    order = {name: n for n, name in enumerate(presets().containers.names)}
    queue: deque[tuple[Any, int]] = deque([(top, 0)])
    for _ in range(_LOOKED):
        if not queue:
            return None
        value, depth = queue.popleft()
        if isinstance(value, list):
            if value and all(isinstance(item, dict) for item in value[:_SEEN]):
                if any(_is_record(item, mapping) for item in value[:_SEEN]):
                    return [item for item in value if isinstance(item, dict)]
                queue.extend((item, depth + 1) for item in value[:_SEEN] if depth < _DEPTH)
            continue
        if depth and _is_record(value, mapping):
            return [value]
        members = [v for v in value.values() if isinstance(v, dict)]
        if (
            len(members) > 1
            and len(members) == len(value)
            and all(_is_record(m, mapping) for m in members[:_SEEN])
        ):
            return members  # Records keyed by their ids.
        if depth < _DEPTH:
            named = sorted(value.items(), key=lambda pair: order.get(str(pair[0]), len(order)))
            queue.extend((inner, depth + 1) for _, inner in named if isinstance(inner, dict | list))
    return None


def _is_record(value: Any, mapping: Mapping[str, str]) -> bool:
    if not isinstance(value, dict):
        return False
    return (
        fields.holds_text(value, mapping) or fields.addresses(value) or _unwrapped(value, mapping) is not None
    )


def _unwrapped(value: Record, mapping: Mapping[str, str]) -> Record | None:
    """The record in a wrapper (``_source`` of a search engine, ``row`` of a data set's server)."""
    for name in presets().containers.wrappers:
        inner = value.get(name)
        if isinstance(inner, dict) and fields.holds_text(inner, mapping):
            return inner
    return None


def _columns(value: Record, mapping: Mapping[str, str]) -> list[Record] | None:
    """Records in columns, as data frames write them: ``{"title": {"0": …}, "text": {"0": …}}``, or with
    lists."""
    sizes = {len(column) if isinstance(column, dict | list) else -1 for column in value.values()}
    if len(value) < 2 or len(sizes) != 1 or (size := sizes.pop()) < 1:
        return None
    by_key = {
        name: list(column.values()) if isinstance(column, dict) else column for name, column in value.items()
    }
    rows = [{name: column[n] for name, column in by_key.items()} for n in range(size)]
    return rows if all(fields.holds_text(row, mapping) for row in rows[:_SEEN]) else None


def _with_context(record: Record, answer: Record) -> Record:
    """A record with the fields that its response gives for all records: the title of a feed is the publisher
    of its entries."""
    update = {
        ours: value
        for ours, paths in presets().containers.shared.items()
        for path in paths
        if isinstance(value := at(answer, path), str) and not fields.known(record, ours)
    }
    return record | update if update else record
