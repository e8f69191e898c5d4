"""The evidence of a link: lists of values in the table of links, objects with their names for people.

``[feature, value, weight, a, b, [[a_start, a_end, b_start, b_end], …]]`` is one reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.transforms.model import LinkEvidence

Row = dict[str, Any]
_FIELDS = ("feature", "value", "weight", "a", "b")


def pack(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Reasons as the table holds them."""
    rows = [
        [
            *(reason.get(name) for name in _FIELDS),
            [[*place["a"], *place["b"]] for place in reason.get("places", ())],
        ]
        for reason in reasons
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def of_link(evidence: Iterable[LinkEvidence]) -> str:
    """The evidence of a link as the table holds it."""
    return pack(one.model_dump(mode="json") for one in evidence)


def read(packed: str) -> list[Row]:
    """The reasons, without values that are not there."""
    found = []
    for *values, places in json.loads(packed):
        reason = {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}
        found.append(reason | {"places": [{"a": [a, b], "b": [c, d]} for a, b, c, d in places]})
    return found


def row_of(row: Mapping[Any, Any]) -> Row:
    """A row of ``link_rows`` as a row of the view ``links``."""
    reasons = read(row["evidence"])
    first = reasons[0] if row["kind"] == "contradicts" and reasons else {}
    stated = {"label": first.get("feature"), "stated_a": first.get("a"), "stated_b": first.get("b")}
    return {**row, **stated, "evidence": json.dumps(reasons, sort_keys=True)}
