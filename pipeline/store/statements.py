"""Statements and conditions that a database needs written in a form of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


def insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An insert of this database's dialect, which can say what to do on a conflict."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with its drivers a tenth of the time of a start

    return postgresql.insert(table)


def of_keys(table: sa.FromClause, keys: Sequence[tuple[str, str]]) -> sa.ColumnElement[bool]:
    """The rows of these ``(article_id, revision)``.

    SQLite looks up a pair in no index, so the ids are named as well: without them every fifty articles that were read
    passed all articles of the store.
    """
    c = table.c
    ids = sorted({article_id for article_id, _ in keys})
    return sa.and_(c.article_id.in_(ids), sa.tuple_(c.article_id, c.revision).in_(keys))
