"""The checks of ``dateline doctor`` for a database. They change nothing: no table and no file is created."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from dateline.pipeline.findings import Finding
from dateline.pipeline.store.connection import words
from dateline.pipeline.store.location import Location
from dateline.pipeline.store.migrations import SCHEMA_VERSION
from dateline.pipeline.store.schema import tables as t

SKEW_SECONDS = 30.0
"""How far the clocks of two machines may differ."""
_LITTLE = 1_000_000_000
"""Free bytes below which a note says how much articles take."""


def check(name: str, location: Location) -> Iterator[Finding]:
    """The findings for the database of an output that is called ``name``."""
    if location.is_sqlite:
        yield from _check_sqlite(name, Path(sa.make_url(location.url).database or ""))
    else:
        yield from _check_postgresql(name, location.url)


def _check_sqlite(name: str, file: Path) -> Iterator[Finding]:
    folder = next(p for p in (file.parent, *file.parents) if p.exists())
    if not os.access(folder, os.W_OK):
        yield Finding(
            "output", "fail", f"{folder}: cannot be written to", f"chmod u+w {folder}, or another --output"
        )
        return
    free = shutil.disk_usage(folder).free
    if free < _LITTLE:
        yield Finding(
            "disk",
            "note",
            f"{free // 1_000_000} MB are free in {folder}",
            "a million articles take about 20 GB",
        )
    if not file.exists():
        yield Finding("output", "ok", f"{name}: will be made")
        return
    engine = sa.create_engine(f"sqlite:///{file.resolve().as_uri()}?mode=ro&uri=true")
    yield from _check_schema(name, engine)


def _check_postgresql(name: str, url: str) -> Iterator[Finding]:
    engine = sa.create_engine(url, connect_args={"connect_timeout": 5}, hide_parameters=True)
    try:
        with engine.connect() as connection:
            theirs = connection.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()
            skew = abs(float(theirs) - datetime.datetime.now(datetime.UTC).timestamp())
            may = connection.execute(
                sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
            ).scalar_one()
    except SQLAlchemyError as error:
        yield Finding(
            "output",
            "fail",
            f"{name}: {words(error)}",
            "start the server; PGPASSWORD or ~/.pgpass holds the password",
        )
        return
    if skew > SKEW_SECONDS:
        yield Finding("clock", "fail", f"{skew:.0f} s from the database's", "set the clocks (NTP)")
    if not may:
        yield Finding(
            "output", "fail", f"{name}: tables may not be made", "GRANT CREATE ON SCHEMA public TO the user"
        )
    yield from _check_schema(name, engine)


def _check_schema(name: str, engine: sa.Engine) -> Iterator[Finding]:
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table("meta"):
                yield Finding("output", "ok", f"{name}: is empty; tables will be made")
                return
            version = int(
                connection.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "schema")).scalar_one()
            )
    except (SQLAlchemyError, ValueError) as error:
        yield Finding(
            "output", "fail", f"{name}: {words(error)}", "is it a store of ours? give another --output"
        )
        return
    finally:
        engine.dispose()
    if version > SCHEMA_VERSION:
        yield Finding(
            "output", "fail", f"{name}: schema {version} is newer than {SCHEMA_VERSION}", "upgrade dateline"
        )
    elif version < SCHEMA_VERSION:
        yield Finding(
            "output", "note", f"{name}: schema {version}", "the next run migrates it: back it up first"
        )
    else:
        yield Finding("output", "ok", f"{name}: schema {version}")
