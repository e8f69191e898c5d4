"""A connection to a database, its transactions, and its errors: which are retried, which end a run, and which
are caused by the data."""

from __future__ import annotations

import contextlib
import datetime
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from dateline.pipeline.backoff import Backoff
from dateline.pipeline.errors import StoreError
from dateline.pipeline.store import migrations, secrets

T = TypeVar("T")
Row = dict[str, Any]
BUSY_MS = 20_000
TOLD_AFTER = 2.0
"""Seconds of waiting after which the reason is logged; an address with a typing error was tried for 40 seconds in silence."""
_log = logging.getLogger("dateline")
PAGE_SIZE = 2_048
_POSTGRES = {
    "application_name": "dateline",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_DDL_LOCK = 0x6461_7465_6C69_6E65
_LASTING = (
    "readonly",
    "read-only",
    "unable to open",
    "not a database",
    "malformed",
    "authentication failed",
    "no password supplied",
    "permission denied",
    "does not exist",
)


class RowRefused(Exception):
    """A row that the database refused because of the data in it."""


class Database:
    """An SQLite or PostgreSQL database at an SQLAlchemy URL without a password."""

    def __init__(self, url: str, retry_seconds: float = 30.0) -> None:
        self.url = url
        self.retry_seconds = retry_seconds
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        # Close the pool when the store is no longer referenced, because SQLite's connections do not close
        # themselves.
        weakref.finalize(self, self.engine.dispose)
        self._reader = self.engine.execution_options(reading=True)
        self._made = False
        self._lock = threading.Lock()

    def transact(self, work: Callable[[sa.Connection], T]) -> T:
        """Run ``work`` in one transaction; tables are created first if there are none.

        A temporary error is retried with back-off for ``retry_seconds``; one that lasts raises
        :class:`StoreError`. Data that the database refuses raises :class:`RowRefused` at once.
        """
        self._make()
        return self._retried(self.engine, work)

    def _make(self) -> None:
        """Create the tables if that was not done yet, and move the rows of an older release into them."""
        if self._made:
            return
        with self._lock:
            self._retried(self.engine, _create)
            moved = 0
            while self._retried(self.engine, _move):
                moved += 1
            if moved and self.is_sqlite:
                self._shrink()
            self._made = True

    def read(self, work: Callable[[sa.Connection], T]) -> T:
        """Like :meth:`transact`, for work that only reads and therefore waits for no writer."""
        self._make()
        return self._retried(self._reader, work)

    def _retried(self, engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
        began = time.monotonic()
        until = began + self.retry_seconds
        backoff = Backoff(0.05, 2.0)
        told = False
        while True:
            try:
                with engine.begin() as connection:
                    return work(connection)
            except (IntegrityError, DataError, UnicodeEncodeError, OverflowError) as error:
                raise RowRefused(words(error)) from error
            except (DBAPIError, OSError) as error:
                # Every other error is that of the database and not of the row: a damaged file must not cause
                # dead letters.
                pause = backoff.failed()
                if time.monotonic() + pause > until or _is_final(error):
                    raise StoreError(f"{self.place}: {words(error)}") from error
                if not told and time.monotonic() - began > TOLD_AFTER:
                    told = True
                    _log.warning(
                        "%s: %s; tried again for %.0f seconds", self.place, words(error), self.retry_seconds
                    )
            except StatementError as error:  # a value that its column cannot hold
                raise RowRefused(words(error)) from error
            time.sleep(pause)

    def _shrink(self) -> None:
        """Return the space of moved rows to the disk, if the disk has space for a copy of the remaining ones."""
        with (
            contextlib.suppress(sqlite3.Error, SQLAlchemyError),
            closing(self.engine.raw_connection()) as raw,
        ):
            raw.cursor().execute("VACUUM")

    @property
    def place(self) -> str:
        """The address without its password, for messages."""
        return sa.make_url(self.url).render_as_string(hide_password=True)

    def close(self) -> None:
        """Close connections. The last one folds SQLite's write-ahead log into the one file that people copy."""
        self.engine.dispose()

    def rows(
        self, query: sa.Executable, chunk: int = 500, parameters: Mapping[str, Any] | None = None
    ) -> Iterator[Row]:
        """The rows of a query as dictionaries. One chunk of them is in memory at a time."""
        self._make()
        with self._reader.connect() as connection:
            found = connection.execution_options(yield_per=chunk).execute(query, parameters)
            for row in found.mappings():
                yield dict(row)

    def ask(
        self, query: sa.Executable, parameters: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a user's query, which cannot change the store. Raises :class:`StoreError`
        if the database refuses it."""
        self._make()
        only = (
            ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
            if self.is_sqlite
            else ("SET TRANSACTION READ ONLY", "")
        )
        try:
            with self._reader.begin() as connection:
                connection.exec_driver_sql(only[0])
                try:
                    answer = connection.execute(query, dict(parameters))
                    return list(answer.keys()), [tuple(row) for row in answer]
                finally:
                    if only[1]:
                        connection.exec_driver_sql(only[1])
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"{self.place}: {words(error)}") from error


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return _postgresql(url)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_MS / 1000})

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        # An article takes about 5 KB. Pages of 4 KB left a thirteenth more of the file empty than those of 2.
        cursor.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # only a new file takes this size
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA secure_delete = ON")  # a takedown leaves no text in free pages
        cursor.execute("PRAGMA synchronous = FULL")  # messages are acknowledged after their commit
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A deferred transaction that begins to write can deadlock with another one; an immediate one waits.
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=4,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=dict(_POSTGRES),
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "do_connect")
    def _unlock(dialect: Any, record: Any, arguments: Any, parameters: dict[str, Any]) -> None:
        password = parameters.get("password")
        if isinstance(password, str) and password.startswith(secrets.SCHEME):
            try:
                parameters["password"] = secrets.read(password)
            except secrets.SecretError as error:
                raise StoreError(str(error)) from error

    return engine


def _create(connection: sa.Connection) -> None:
    """Create the tables. Of two processes that begin at once one waits for the other, because both would find
    no tables."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_DDL_LOCK)))
    migrations.create(connection)


def _move(connection: sa.Connection) -> bool:
    """Bring some articles of an older release into the tables of this one; False where none are left."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_DDL_LOCK)))
    return migrations.move(connection)


def now() -> str:
    """The time as UTC text."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def sqlite_url(path: str | os.PathLike[str]) -> str:
    """The SQLAlchemy URL of a file."""
    return "sqlite:///" + os.fspath(path)


def _is_final(error: Exception) -> bool:
    message = str(getattr(error, "orig", error)).lower()
    return any(w in message for w in _LASTING)


def words(error: Exception) -> str:
    """The message of an error, without the statement and its data."""
    original = getattr(error, "orig", None) or error
    return " ".join(str(original).split())[:500] or type(error).__name__
