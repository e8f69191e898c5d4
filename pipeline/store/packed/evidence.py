"""The evidence of a link: lists of values in the table of links, and objects with named values in the view.

One reason is ``[feature, value, weight, places, a, b]``. ``places`` is one list with four numbers for each
place: its start and length in ``a``, and the same in ``b``. ``a`` and ``b`` are what each side states; they
are left out if there is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store.schema import tables as t
from dateline.transforms.model import LinkEvidence

Row = dict[str, Any]
_Piece = Sequence[int]
_FIELDS = ("feature", "value", "weight")
_STATED = ("a", "b")
_PLACE = 4
_BATCH = 400
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Reasons in JSON as the table holds them."""
    rows = []
    for one in reasons:
        places = [(place["a"], place["b"]) for place in one.get("places", ())]
        rows.append(_row(one["feature"], one["value"], one["weight"], places, one.get("a"), one.get("b")))
    return _JSON.encode(rows)


def of_link(evidence: Iterable[LinkEvidence]) -> str:
    """The evidence of a link as the table holds it."""
    rows = []
    for one in evidence:
        places = [(place.a, place.b) for place in one.places]
        rows.append(_row(one.feature, one.value, one.weight, places, one.a, one.b))
    return _JSON.encode(rows)


def _row(
    feature: str,
    value: float,
    weight: float,
    places: Iterable[tuple[_Piece, _Piece]],
    a: str | None,
    b: str | None,
) -> list[Any]:
    numbers = [n for sides in places for start, end in sides for n in (start, end - start)]
    stated = () if a is None and b is None else (a, b)
    return [feature, value, weight, numbers, *stated]


def read(packed: str) -> list[Row]:
    """The reasons, without missing values."""
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


def rows_of() -> sa.Select[Any]:
    """The rows of ``link_rows`` with the ids of their articles, as :func:`row_of` takes them."""
    x, a, b = t.link_rows, t.article_rows.alias(), t.article_rows.alias()
    ids = {"article_a": a.c.article_id, "article_b": b.c.article_id}
    columns = (ids[c.name].label(c.name) if c.name in ids else c for c in x.columns)
    joined = x.outerjoin(a, a.c.id == x.c.article_a).outerjoin(b, b.c.id == x.c.article_b)
    return sa.select(*columns).select_from(joined)


def numbers(ids: Iterable[str]) -> sa.Select[Any]:
    """The numbers of all revisions of these articles, by which links are looked up."""
    return sa.select(t.article_rows.c.id).where(t.article_rows.c.article_id.in_(list(ids)))


def numbered(c: sa.Connection, rows: Sequence[Row]) -> list[Row]:
    """Rows with the numbers of their articles instead of the ids, without rows whose articles are gone."""
    a = t.article_rows.c
    ids = sorted({row[side] for row in rows for side in ("article_a", "article_b")})
    first: dict[str, int] = {}
    for n in range(0, len(ids), _BATCH):
        query = sa.select(a.article_id, sa.func.min(a.id).label("id")).where(
            a.article_id.in_(ids[n : n + _BATCH])
        )
        first |= {row.article_id: row.id for row in c.execute(query.group_by(a.article_id))}
    return [
        row | {"article_a": first[row["article_a"]], "article_b": first[row["article_b"]]}
        for row in rows
        if row["article_a"] in first and row["article_b"] in first
    ]


def row_of(row: Mapping[Any, Any]) -> Row:
    """A row of ``link_rows`` as a row of the view ``links``."""
    reasons = read(row["evidence"])
    first = reasons[0] if row["kind"] == "contradicts" and reasons else {}
    stated = {"label": first.get("feature"), "stated_a": first.get("a"), "stated_b": first.get("b")}
    return {**row, **stated, "evidence": json.dumps(reasons, sort_keys=True)}
