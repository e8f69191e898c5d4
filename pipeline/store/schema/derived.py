"""The columns of the views ``articles``, ``dates`` and ``events`` that are derived from the rows of the
tables.

Most values follow from others: the words of a date are in the text, its interval follows from its EDTF, and
the time of an event is mostly one of the article's dates. Such a column has a default, in SQL (:data:`DATES`,
:data:`EVENTS`) and in Python (:func:`of_date`, :func:`of_event`). Only a value that differs from the default
is stored, in ``own``, a JSON object.

In SQL ``r`` is the row, ``a`` the row of its article, ``w`` the date at which an event happened and ``b`` the
date that it speaks of.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema.columns import words_of
from dateline.pipeline.store.schema.flat import VALID_DAY

Row = dict[str, Any]
Values = Mapping[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Derived(NamedTuple):
    """A column of a view that has a default: its SQL by dialect."""

    name: str
    sql: Callable[[str], str]
    integer: bool = False


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_YEAR = 9998
"""The last day of the calendar, after which there is no next day."""


def _is_day(edtf: str | None) -> bool:
    """Whether an EDTF is a single day, so that its interval follows from it."""
    if not edtf or not _DAY.fullmatch(edtf):
        return False
    try:
        return datetime.date.fromisoformat(edtf).year <= _LAST_YEAR
    except ValueError:
        return False


def _next_day(edtf: str) -> str:
    return (datetime.date.fromisoformat(edtf) + datetime.timedelta(1)).isoformat()


def _sql_day(edtf: str, dialect: str, after: int) -> str:
    """The day of an EDTF that is a single day, or the day after it; NULL for any other EDTF."""
    if dialect == "postgresql":
        made = f"TO_CHAR(CAST({edtf} AS DATE) + {after}, 'YYYY-MM-DD')"
        return f"CASE WHEN {edtf} ~ '{VALID_DAY}$' AND {edtf} < '{_LAST_YEAR + 1}' THEN {made} END"
    digits = "-".join("[0-9]" * n for n in (4, 2, 2))
    # Without the modifier DATE returns 31 February unchanged.
    real = f"{edtf} GLOB '{digits}' AND DATE({edtf}, '+0 days') = {edtf} AND {edtf} BETWEEN '0001' AND '{_LAST_YEAR + 1}'"
    return f"CASE WHEN {real} THEN DATE({edtf}, '+{after} days') END"


def of_date(row: Values, article: Values) -> Row:
    """The defaults of a row of ``dates``: ``row`` is one of ``date_rows``, ``article`` its article."""
    text, edtf, start = article["text"], row["edtf"], row["start"]
    end = start + row["size"]
    is_day = _is_day(edtf)
    anchored = row["anchor_kind"] is not None
    return {
        "text": None if text is None else text[start:end],
        "end": end,
        "value": edtf if row["value"] is None else row["value"],
        "day_start": edtf if is_day else None,
        "day_end": _next_day(edtf) if is_day else None,
        "anchor_value": article["anchor_value"] if anchored else None,
        "anchor_text": article["anchor_text"] if anchored else None,
        "partial": None,
        "mod": None,
        "time": None,
        "zone": None,
        "not_before": None,
        "not_after": None,
    }


def of_event(row: Values, article: Values, when: Values, about: Values, outer: str | None) -> Row:
    """The defaults of a row of ``events``. ``when`` and ``about`` are the values of the dates at which it
    happened and of which it speaks, ``outer`` is the id of the event that reports it."""
    value = article["anchor_value"]
    reported = day_of(value)
    actor, actor_end = _words_at(row, article, "actor")
    verb, verb_end = _words_at(row, article, "verb")
    content, content_end = _words_at(row, article, "content")
    return {
        "actor": actor,
        "actor_end": actor_end,
        "verb": verb,
        "verb_end": verb_end,
        "content": content,
        "content_end": content_end,
        "within": outer,
        "reported": reported,
        "reported_kind": article["anchor_kind"] if value else None,
        "not_after": reported if row["bounded"] else when.get("not_after"),
        "co_actors": None,
        "recipient": None,
        "place": None,
        "when_mod": None,
        **{name: when.get(column) for name, column in _OF_WHEN},
        **{name: about.get(column) for name, column in _OF_ABOUT},
    }


def _words_at(row: Values, article: Values, name: str) -> tuple[str | None, int | None]:
    """Words of the text, and where they end."""
    start = row[f"{name}_start"]
    if start is None:
        return None, None
    end, text = start + row[f"{name}_size"], article["text"]
    return None if text is None else text[start:end], end


_OF_WHEN = (
    ("when_edtf", "edtf"), ("when_start", "day_start"), ("when_end", "day_end"), ("when_time", "time"),
    ("when_zone", "zone"), ("when_text", "text"), ("when_text_start", "start"), ("when_text_end", "end"),
    ("precision", "precision"), ("certainty", "certainty"), ("partial", "partial"), ("rule", "rule"),
    ("not_before", "not_before"), ("anchor_kind", "anchor_kind"), ("anchor_value", "anchor_value"),
    ("anchor_text", "anchor_text"),
)  # fmt: skip
"""Columns of ``events`` that are copied from the date at which it happened."""
_OF_ABOUT = (
    ("about_edtf", "edtf"), ("about_start", "day_start"), ("about_end", "day_end"), ("about_text", "text"),
)  # fmt: skip
"""Columns of ``events`` that are copied from the date of which it speaks."""


def day_of(value: str | None) -> str | None:
    """The day of a day or an instant."""
    return value[:10] if value else None


def own_of(defaults: Values, values: Values) -> str | None:
    """The values that differ from their defaults, as JSON; ``None`` if there are none."""
    own = {name: values[name] for name, default in defaults.items() if values[name] != default}
    return _JSON.encode(own) if own else None


def _nothing(name: str) -> Derived:
    return Derived(name, lambda _: "NULL")


def _words(name: str) -> Derived:
    """SQL for the words of a text at a position."""
    return Derived(name, lambda _: f"SUBSTR(a.text, r.{name}_start + 1, r.{name}_size)")


def _end(name: str) -> Derived:
    return Derived(f"{name}_end", lambda _: f"r.{name}_start + r.{name}_size", integer=True)


def _of_anchor(name: str) -> Derived:
    """SQL for a value of the page's anchor, which most dates have."""
    return Derived(name, lambda _: f"CASE WHEN r.anchor_kind IS NOT NULL THEN a.{name} END")


def _by_name(*columns: Derived) -> dict[str, Derived]:
    return {column.name: column for column in columns}


DATES = _by_name(
    Derived("text", lambda _: "SUBSTR(a.text, r.start + 1, r.size)"),
    Derived("end", lambda _: "r.start + r.size", integer=True),
    Derived("value", lambda _: "COALESCE(r.value, r.edtf)"),
    Derived("day_start", lambda dialect: _sql_day("r.edtf", dialect, 0)),
    Derived("day_end", lambda dialect: _sql_day("r.edtf", dialect, 1)),
    _of_anchor("anchor_value"),
    _of_anchor("anchor_text"),
    *map(_nothing, ("partial", "mod", "time", "zone", "not_before", "not_after")),
)
"""The columns of ``dates`` that have a default, as :func:`of_date` makes them."""


def _of_date(name: str, column: str, alias: str) -> Derived:
    def sql(dialect: str) -> str:
        return re.sub(r"\br\.", f"{alias}.", column_sql(t.date_rows, DATES, column, dialect))

    return Derived(name, sql, integer=column in ("start", "end"))


def _not_after(dialect: str) -> str:
    of_date = _of_date("", "not_after", "w").sql(dialect)
    return f"CASE WHEN r.bounded = 1 THEN SUBSTR(a.anchor_value, 1, 10) ELSE {of_date} END"


def _outer(dialect: str) -> str:
    event_id = words_of(t.event_rows.c.event_id, "o", dialect)
    return f"(SELECT {event_id} FROM event_rows o WHERE o.article = r.article AND o.n = r.within_n)"


def _reported_kind(dialect: str) -> str:
    return f"CASE WHEN a.anchor_value IS NOT NULL THEN {words_of(t.article_rows.c.anchor_kind, 'a', dialect)} END"


EVENTS = _by_name(
    *(make(name) for name in ("actor", "verb", "content") for make in (_words, _end)),
    *map(_nothing, ("co_actors", "recipient", "place", "when_mod")),
    Derived("within", _outer),
    *(_of_date(name, column, "w") for name, column in _OF_WHEN),
    Derived("not_after", _not_after),
    *(_of_date(name, column, "b") for name, column in _OF_ABOUT),
    Derived("reported", lambda _: "SUBSTR(a.anchor_value, 1, 10)"),
    Derived("reported_kind", _reported_kind),
)
"""The columns of ``events`` that have a default, as :func:`of_event` makes them."""


def column_sql(table: Table, derived: Mapping[str, Derived], name: str, dialect: str) -> str:
    """The SQL of a column of a view: its own value, its default, or what the row holds."""
    if name not in derived:
        return words_of(table.c[name], "r", dialect)
    column = derived[name]
    default = column.sql(dialect)
    if dialect == "postgresql":
        own = f"CAST(r.own AS JSONB) ->> '{name}'"
        own = f"CAST({own} AS INTEGER)" if column.integer else own
        return f"CASE WHEN JSONB_EXISTS(CAST(r.own AS JSONB), '{name}') THEN {own} ELSE {default} END"
    path = f"r.own, '$.{name}'"
    return f"CASE WHEN JSON_TYPE({path}) IS NOT NULL THEN JSON_EXTRACT({path}) ELSE {default} END"


EXTRA = {
    "articles": ("anchor_kind", "anchor_value", "anchor_text", "dateline_place", "not_before", "not_after"),
    "dates": ("mod", "time", "zone", "not_before", "not_after", "anchor_text"),
    "events": (
        "actor_start", "actor_end", "verb", "verb_start", "verb_end", "content_start", "content_end", "when_time",
        "when_zone", "when_text", "when_text_start", "when_text_end", "precision", "partial", "not_before", "not_after",
        "anchor_kind", "anchor_value", "anchor_text", "about_text",
    ),
}  # fmt: skip
"""Columns of a view that its table in :mod:`dateline.pipeline.store.schema.tables` lacks: values of records
by which people filter."""


def views(dialect: str) -> dict[str, str]:
    """The SELECT of each view that replaces a table, by name."""
    return {
        "articles": _articles(dialect),
        "dates": _select(
            t.dates, t.date_rows, DATES, dialect, "date_rows r JOIN article_rows a ON a.id = r.article"
        ),
        "events": _select(
            t.events,
            t.event_rows,
            EVENTS,
            dialect,
            "event_rows r JOIN article_rows a ON a.id = r.article "
            "LEFT JOIN date_rows w ON w.article = r.article AND w.n = r.when_n "
            "LEFT JOIN date_rows b ON b.article = r.article AND b.n = r.about_n",
        ),
        "links": _links(dialect),
    }


def _articles(dialect: str) -> str:
    names = [c.name for c in t.articles.columns] + list(EXTRA["articles"])
    parts = (f"{words_of(t.article_rows.c[name], 'r', dialect)} AS {name}" for name in names)
    return f"SELECT {', '.join(parts)} FROM article_rows r"


def _select(view: Table, table: Table, derived: Mapping[str, Derived], dialect: str, source: str) -> str:
    parts = []
    for name in [c.name for c in view.columns] + list(EXTRA[view.name]):
        made = (
            f"a.{name}" if name in ("article_id", "revision") else column_sql(table, derived, name, dialect)
        )
        parts.append(f'{made} AS "{name}"')
    return f"SELECT {', '.join(parts)} FROM {source}"


_STATED = {"label": 0, "stated_a": 4, "stated_b": 5}
"""The positions in the first evidence of a contradiction of the values that ``links`` shows as columns."""


def _links(dialect: str) -> str:
    parts = []
    for column in t.links.columns:
        name = column.name
        if name in _STATED:
            made = f"CASE WHEN r.kind = 0 THEN {_inside('r.evidence', f'0,{_STATED[name]}', dialect)} END"
        elif name in ("article_a", "article_b"):
            made = f"(SELECT x.article_id FROM article_rows x WHERE x.id = r.{name})"
        elif name == "evidence":
            made = _EVIDENCE[dialect]
        else:
            made = words_of(t.link_rows.c[name], "r", dialect)
        parts.append(f"{made} AS {name}")
    return f"SELECT {', '.join(parts)} FROM link_rows r"


def _inside(column: str, path: str, dialect: str) -> str:
    if dialect == "postgresql":
        return f"(CAST({column} AS JSONB) #>> '{{{path}}}')"
    return f"JSON_EXTRACT({column}, '${''.join(f'[{n}]' for n in path.split(','))}')"


_EVIDENCE = {
    "sqlite": """(SELECT JSON_GROUP_ARRAY(JSON(made)) FROM (
        SELECT JSON_PATCH('{}', JSON_OBJECT(
            'a', JSON_EXTRACT(e.value, '$[4]'), 'b', JSON_EXTRACT(e.value, '$[5]'),
            'feature', JSON_EXTRACT(e.value, '$[0]'),
            'places', (SELECT JSON_GROUP_ARRAY(JSON(place)) FROM (
                SELECT JSON_OBJECT(
                    'a', JSON_ARRAY(p.value, p.value + JSON_EXTRACT(e.value, '$[3][' || (p.key + 1) || ']')),
                    'b', JSON_ARRAY(JSON_EXTRACT(e.value, '$[3][' || (p.key + 2) || ']'),
                        JSON_EXTRACT(e.value, '$[3][' || (p.key + 2) || ']')
                        + JSON_EXTRACT(e.value, '$[3][' || (p.key + 3) || ']'))
                ) AS place FROM JSON_EACH(e.value, '$[3]') p WHERE p.key % 4 = 0 ORDER BY p.key)),
            'value', JSON_EXTRACT(e.value, '$[1]'), 'weight', JSON_EXTRACT(e.value, '$[2]')
        )) AS made FROM JSON_EACH(r.evidence) e ORDER BY e.key))""",
    "postgresql": """(SELECT CAST(COALESCE(JSONB_AGG(JSONB_STRIP_NULLS(JSONB_BUILD_OBJECT(
            'a', e.value -> 4, 'b', e.value -> 5, 'feature', e.value -> 0,
            'places', (SELECT COALESCE(JSONB_AGG(JSONB_BUILD_OBJECT(
                    'a', JSONB_BUILD_ARRAY(CAST(e.value -> 3 ->> k AS INTEGER),
                        CAST(e.value -> 3 ->> k AS INTEGER) + CAST(e.value -> 3 ->> (k + 1) AS INTEGER)),
                    'b', JSONB_BUILD_ARRAY(CAST(e.value -> 3 ->> (k + 2) AS INTEGER),
                        CAST(e.value -> 3 ->> (k + 2) AS INTEGER) + CAST(e.value -> 3 ->> (k + 3) AS INTEGER))
                ) ORDER BY k), JSONB_BUILD_ARRAY())
                FROM GENERATE_SERIES(0, JSONB_ARRAY_LENGTH(e.value -> 3) - 1, 4) AS k),
            'value', e.value -> 1, 'weight', e.value -> 2
        )) ORDER BY e.n), JSONB_BUILD_ARRAY()) AS TEXT)
        FROM JSONB_ARRAY_ELEMENTS(CAST(r.evidence AS JSONB)) WITH ORDINALITY AS e (value, n))""",
}
"""SQL for the evidence of a link as objects with named values."""
