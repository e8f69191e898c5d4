"""Finds the articles that a name means (an id, an address, a file name, or a part of a title or file name),
and suggests names if there are none."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.schema import tables as t
from dateline.transforms.identity import normalize_url

MATCHES = 20
"""The most articles that one name may mean; a name with more matches is too short."""
MIN_PREFIX = 4
"""The fewest digits that count as the start of an id."""
_SUGGESTED = 5
_LOOKED_AT = 5_000
"""The number of newest articles among which suggestions are searched."""

current = sa.table("current_articles", *(sa.column(c.name) for c in t.articles.columns))


def ids_of(database: Database, name: str) -> list[str]:
    """The ids of the articles that a name means, by the first of these ways that finds any.

    An id, an address or an origin as they stand; the start of an id or the end of a path; a file name without
    its ending; a part of a title or of a file name, whatever the case of its letters.
    """
    found = named(database, name)
    return found or (_by_part(database, name.lower()) if len(name) >= MIN_PREFIX else [])


def named(database: Database, name: str) -> list[str]:
    """The ids of the articles that a name identifies; a part of a title or file name does not."""
    for way in _ways(name):
        query = sa.select(current.c.article_id).where(way).order_by(current.c.origin, current.c.article_id)
        if found := [row["article_id"] for row in database.rows(query.limit(MATCHES + 1))]:
            return found
    return []


def _by_part(database: Database, part: str) -> list[str]:
    """The ids of articles whose title or file name contains a name."""
    c = current.c
    query = sa.select(c.article_id, c.origin, c.title).where(
        sa.or_(*(sa.func.lower(column).contains(part, autoescape=True) for column in (c.title, c.origin)))
    )
    found = []
    for row in database.rows(query.order_by(c.origin, c.article_id)):
        if part in (row["title"] or "").lower() or part in _file(row["origin"]).lower():
            found.append(row["article_id"])
            if len(found) > MATCHES:
                break
    return found


def _ways(name: str) -> list[Any]:
    c = current.c
    address = normalize_url(name)
    exact = [c.article_id == name, c.origin == name, c.url == name]
    if address:
        exact.append(c.url == address)
    ways = [sa.or_(*exact)]
    if not name.strip():
        return ways
    path = name.replace("\\", "/").lstrip("/")
    ends = [
        c.origin == path,
        c.origin.endswith("/" + path, autoescape=True),
        c.origin.endswith("\\" + name, autoescape=True),
    ]
    # A file may hold many records; its name means all of them.
    ends += [
        c.origin.contains("/" + path + "#", autoescape=True),
        c.origin.startswith(path + "#", autoescape=True),
    ]
    if len(name) >= MIN_PREFIX:
        ends.append(c.article_id.startswith(name, autoescape=True))
    ways.append(sa.or_(*ends))
    stem = [
        c.origin.contains("/" + path + ".", autoescape=True),
        c.origin.startswith(path + ".", autoescape=True),
    ]
    ways.append(sa.or_(*stem))
    return ways


def advice(database: Database, name: str) -> str:
    """The error message for a name that means no article or too many, with the names that may be meant."""
    found = ids_of(database, name)
    if found:
        many = f"over {MATCHES}" if len(found) > MATCHES else str(len(found))
        shown = "".join(f"\n  {line}" for line in lines_of(database, found[:_SUGGESTED]))
        more = "\n  …" if len(found) > _SUGGESTED else ""
        return f"{name}: means {many} articles; give the id or the file name of one:{shown}{more}"
    near = _near(database, name)
    if not near:
        return f"{name}: no article has this id, address, file name or a title like it; see dateline list"
    shown = "".join(f"\n  {_line(row)}" for row in near)
    return f"{name}: no article has this id, address, file name or title; did you mean:{shown}"


def lines_of(database: Database, ids: Sequence[str]) -> list[str]:
    """The short id, the file and the title of articles, one line each, in order of file."""
    query = sa.select(current.c.article_id, current.c.origin, current.c.title)
    chosen = query.where(current.c.article_id.in_(ids)).order_by(current.c.origin, current.c.article_id)
    return [_line(row) for row in database.rows(chosen)]


def _file(origin: str) -> str:
    """The name of the file, and the place in it, of an origin from any operating system."""
    return origin.replace("\\", "/").rpartition("/")[2]


def _line(row: dict[str, Any]) -> str:
    title = " ".join((row["title"] or "without a title").split())
    return f"{row['article_id'][:8]}  {os.path.basename(row['origin'])}  {title[:60]}"


def _near(database: Database, name: str) -> list[dict[str, Any]]:
    """Articles whose file name or title is spelled like a name, the most similar first."""
    wanted = name.lower()
    query = sa.select(current.c.article_id, current.c.origin, current.c.title).order_by(
        current.c.order_at.desc(), current.c.article_id
    )
    scored = []
    for row in database.rows(query.limit(_LOOKED_AT)):
        file = _file(row["origin"]).lower()
        spelled = (
            file,
            os.path.splitext(file)[0],
            (row["title"] or "").lower(),
            *(row["title"] or "").lower().split(),
        )
        if best := difflib.get_close_matches(wanted, [s for s in spelled if s], 1, 0.6):
            scored.append((difflib.SequenceMatcher(None, wanted, best[0]).ratio(), row))
    scored.sort(key=lambda pair: -pair[0])
    return [row for _, row in scored[:_SUGGESTED]]


def is_clear(database: Database, name: str) -> bool:
    """Whether a name means one article, or the records of one file."""
    found = ids_of(database, name)
    if not 0 < len(found) <= MATCHES:
        return False
    query = sa.select(current.c.origin).where(current.c.article_id.in_(found))
    return len({row["origin"].partition("#")[0] for row in database.rows(query)}) == 1
