"""Decides whether a file writes 05/06 for May or June, by the dates of its records that have only one reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.transforms.records.paths import key_of
from dateline.transforms.records.presets import presets

_NUMERIC = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)(?=\D|\Z)")
_FIELDS = ("published", "modified", "fetched_at")
_FIRST_IMPOSSIBLE = 13

Orders = Mapping[str, bool]
"""Keys of dates → whether the month comes first."""


def orders(records: Iterable[Mapping[str, Any]], mapping: Mapping[str, str]) -> Orders:
    """The order of day and month under each key of a date, for the keys whose values agree on one."""
    votes: dict[str, set[bool]] = {}
    for record in records:
        for key in _keys(record, mapping):
            value = record[key]
            if isinstance(value, str) and (m := _NUMERIC.match(value)) is not None:
                first, second = int(m[1]), int(m[3])
                if (first < _FIRST_IMPOSSIBLE) != (second < _FIRST_IMPOSSIBLE):
                    votes.setdefault(key, set()).add(first < _FIRST_IMPOSSIBLE)
    return {key: next(iter(seen)) for key, seen in votes.items() if len(seen) == 1}


def _keys(record: Mapping[str, Any], mapping: Mapping[str, str]) -> set[str]:
    names = [n for f in _FIELDS for n in ((mapping[f],) if f in mapping else presets().any.get(f, ()))]
    return {key for name in names if (key := name if name in record else key_of(record, name)) is not None}


def in_order(record: dict[str, Any], known: Orders) -> dict[str, Any]:
    """The record with its numeric dates as ISO 8601 where their order is known."""
    if not known:
        return record
    update = {}
    for key, month_first in known.items():
        value = record.get(key)
        if isinstance(value, str) and (m := _NUMERIC.match(value)) is not None:
            month, day = (int(m[1]), int(m[3])) if month_first else (int(m[3]), int(m[1]))
            if month < _FIRST_IMPOSSIBLE:
                update[key] = f"{m[4]}-{month:02}-{day:02}{value[m.end() :]}"
    return record | update
