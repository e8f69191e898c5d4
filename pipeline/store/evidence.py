"""The evidence of a link: lists of values in the table of links, objects with their names for people.

``[feature, value, weight, places, a, b]`` is one reason. ``places`` is one list, four numbers a place: where it starts
in ``a`` and how long it is, and the same in ``b``. ``a`` and ``b``, what each side states, are left out where nothing is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.transforms.model import LinkEvidence

Row = dict[str, Any]
_FIELDS = ("feature", "value", "weight")
_STATED = ("a", "b")
_PLACE = 4


def pack(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Reasons as the table holds them."""
    rows = []
    for reason in reasons:
        sides = (place[side] for place in reason.get("places", ()) for side in _STATED)
        row = [*(reason[name] for name in _FIELDS), [n for start, end in sides for n in (start, end - start)]]
        stated = [reason.get(name) for name in _STATED]
        rows.append(row if stated == [None, None] else row + stated)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def of_link(evidence: Iterable[LinkEvidence]) -> str:
    """The evidence of a link as the table holds it."""
    return pack(one.model_dump(mode="json") for one in evidence)


def read(packed: str) -> list[Row]:
    """The reasons, without values that are not there."""
    found = []
    for feature, value, weight, places, *stated in json.loads(packed):
        reason = dict(zip(_FIELDS, (feature, value, weight), strict=True))
        reason |= {name: told for name, told in zip(_STATED, stated, strict=False) if told is not None}
        found.append(
            reason | {"places": [_place(*places[n : n + _PLACE]) for n in range(0, len(places), _PLACE)]}
        )
    return found


def _place(a: int, a_size: int, b: int, b_size: int) -> dict[str, list[int]]:
    return {"a": [a, a + a_size], "b": [b, b + b_size]}


def row_of(row: Mapping[Any, Any]) -> Row:
    """A row of ``link_rows`` as a row of the view ``links``."""
    reasons = read(row["evidence"])
    first = reasons[0] if row["kind"] == "contradicts" and reasons else {}
    stated = {"label": first.get("feature"), "stated_a": first.get("a"), "stated_b": first.get("b")}
    return {**row, **stated, "evidence": json.dumps(reasons, sort_keys=True)}
