"""Statements and conditions that a database needs written in a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


def insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An insert of this database's dialect, which can say what to do on a conflict."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with its drivers a tenth of the time of a start

    return postgresql.insert(table)


def built(connection: sa.Connection, build: Callable[[sa.Connection], Any]) -> Any:
    """The statement that a function builds for the dialect of a connection, built once."""
    key = connection.dialect.name, build
    if key not in _built:
        _built[key] = build(connection)
    return _built[key]


_built: dict[tuple[str, Callable[[sa.Connection], Any]], Any] = {}


def of_keys(table: sa.FromClause, keys: Sequence[tuple[str, str]]) -> sa.ColumnElement[bool]:
    """The rows of these ``(article_id, revision)``.

    SQLite looks up a pair in no index, so the ids are named as well: without them every fifty articles that were read
    passed all articles of the store.
    """
    c = table.c
    ids = sorted({article_id for article_id, _ in keys})
    return sa.and_(c.article_id.in_(ids), sa.tuple_(c.article_id, c.revision).in_(keys))


class _Form(NamedTuple):
    """How rows of a table are given to SQLite: a statement, and what makes the values of its parameters."""

    statement: str
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    binds: tuple[tuple[int, Callable[[Any], Any]], ...]


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have a value for each column.

    SQLAlchemy makes the parameters of each row by name, which took twice as long as SQLite took to write the rows.
    Raises what ``connection.execute`` raises.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(sa.insert(table), list(rows))
        return
    form = _form_of(table)
    try:
        made = [_bound(form, row) for row in rows]
    except (ValueError, TypeError) as error:
        raise sa.exc.StatementError(str(error), form.statement, None, error) from error
    connection.exec_driver_sql(form.statement, made)


def _bound(form: _Form, row: Mapping[str, Any]) -> tuple[Any, ...]:
    values = list(form.pick(row))
    for n, bind in form.binds:
        values[n] = bind(values[n])
    return tuple(values)


@cache
def _form_of(table: sa.Table) -> _Form:
    dialect = sqlite.dialect()
    names = [column.name for column in table.columns]
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(map(dialect.identifier_preparer.quote, names))
    binds = [
        (n, bind)
        for n, column in enumerate(table.columns)
        if (bind := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    return _Form(f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})", itemgetter(*names), tuple(binds))
