"""The rows of the flat tables of dates and events, computed from the tables that hold them.

The views (:mod:`dateline.pipeline.store.schema.flat`) give the same rows, but SQLite takes three times as long for
them: for each cell it looks for a value of its own in JSON, and it cuts words out of the text from the first letter on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.schema import derived, flat
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema.flat import FlatTable
from dateline.pipeline.store.schema.views import is_current

ARTICLES = 50
"""The articles whose rows are in memory at a time."""
Cells = tuple[Any, ...]
_LONG = ("readings", "profile")
_SOURCE = re.compile(r'([ade])\."?(\w+)"?')
_SENTENCE = "sentence"


class _Picked(NamedTuple):
    """The columns of a flat table: those of a row's own values, then those of its article."""

    own: Callable[[Row], Cells]
    own_days: list[int]
    article: Callable[[Row], Cells]
    article_days: list[int]


def rows(database: Database, table: FlatTable) -> Iterator[Cells]:
    """The rows of a flat table in its order, days as :class:`~datetime.date`. Raises StoreError for damaged records."""
    if table.name == flat.ARTICLES.name:
        for row in database.rows(sa.text(flat.rows_of(table))):
            yield tuple(flat.cells(table, tuple(row.values())))
        return
    a = t.article_rows.c
    query = sa.select(a.id, a.article_id, a.revision).where(is_current(t.article_rows)).order_by(a.article_id)
    keys = database.rows(query)
    while chunk := list(islice(keys, ARTICLES)):
        yield from database.read(partial(_of_articles, table=table, keys=chunk))


def _of_articles(c: sa.Connection, table: FlatTable, keys: Sequence[Row]) -> list[Cells]:
    numbers = [key["id"] for key in keys]
    of_events = table.name == flat.EVENTS.name
    dates = _parts(c, t.date_rows, numbers)
    events = _parts(c, t.event_rows, numbers) if of_events else {}
    records: dict[tuple[str, str], list[str]] = {}
    if flat.RECORD in table.names:
        records = readings.records(c, [(key["article_id"], key["revision"]) for key in keys])
    picked = _picked(table)
    found = []
    for article in _articles(c, numbers):
        told = [_date(row, article) for row in dates.get(article["id"], ())]
        if of_events:
            told = _events(events.get(article["id"], ()), article, told)
        of_article = _with_days(picked.article(article), picked.article_days)
        made = [_with_days(picked.own(_in(row, article)), picked.own_days) + of_article for row in told]
        if records:
            texts = records[article["article_id"], article["revision"]]
            made = [(*cells, texts[row["n"]]) for cells, row in zip(made, told, strict=True)]
        found += made
    return found


def _articles(c: sa.Connection, numbers: Sequence[int]) -> Iterator[Row]:
    a = t.article_rows.c
    columns = [column for column in a if column.name not in _LONG]
    query = sa.select(*columns).where(a.id.in_(numbers)).order_by(a.article_id)
    return (dict(row) for row in c.execute(query).mappings())


def _parts(c: sa.Connection, table: sa.Table, numbers: Sequence[int]) -> dict[int, list[Row]]:
    """The rows of a table by the number of their article."""
    found: dict[int, list[Row]] = {}
    query = sa.select(table).where(table.c.article.in_(numbers)).order_by(table.c.article, table.c.n)
    names = [column.name for column in table.columns]
    for row in c.execute(query).all():
        found.setdefault(row[0], []).append(dict(zip(names, row, strict=True)))
    return found


def _date(row: Row, article: Mapping[str, Any]) -> Row:
    """The values of a row of ``date_rows``, as the view ``dates`` shows them."""
    return _own(row, derived.of_date(row, article))


def _events(rows: Sequence[Row], article: Mapping[str, Any], dates: Sequence[Row]) -> list[Row]:
    """The values of rows of ``event_rows``, as the view ``events`` shows them."""
    by_number = {date["n"]: date for date in dates}
    ids = {row["n"]: row["event_id"] for row in rows}
    nothing: Row = {}
    made = []
    for row in rows:
        when, about = by_number.get(row["when_n"], nothing), by_number.get(row["about_n"], nothing)
        made.append(_own(row, derived.of_event(row, article, when, about, ids.get(row["within_n"]))))
    return made


def _own(row: Row, defaults: Row) -> Row:
    return row | defaults | (json.loads(row["own"]) if row["own"] else {})


def _in(row: Row, article: Mapping[str, Any]) -> Row:
    """The row with the ids of its article and the sentence that it stands in."""
    text, start = article["text"], row["sentence_start"]
    row["article_id"], row["revision"] = article["article_id"], article["revision"]
    row[_SENTENCE] = None if text is None or start is None else text[start : row["sentence_end"]]
    return row


def _with_days(cells: Cells, days: Sequence[int]) -> Cells:
    made = list(cells)
    for n in days:
        if made[n] is not None:
            made[n] = flat.day_of(made[n])
    return tuple(made)


@cache
def _picked(table: FlatTable) -> _Picked:
    own: list[tuple[str, bool]] = []
    article: list[tuple[str, bool]] = []
    for column in table.in_sql:
        found = _SOURCE.fullmatch(column.source)
        part = article if found and found[1] == "a" else own
        part.append((found[2] if found else _SENTENCE, column.kind == "day"))
    return _Picked(
        itemgetter(*(name for name, _ in own)),
        [n for n, (_, is_day) in enumerate(own) if is_day],
        itemgetter(*(name for name, _ in article)),
        [n for n, (_, is_day) in enumerate(article) if is_day],
    )
