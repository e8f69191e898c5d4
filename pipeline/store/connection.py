"""One database, its transactions and its faults: what is retried, what ends a run, what is the data's own fault."""

from __future__ import annotations

import contextlib
import datetime
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
    """A row that the database refused for its own data."""


class Database:
    """An SQLite or PostgreSQL database at an SQLAlchemy URL without a password."""

    def __init__(self, url: str, retry_seconds: float = 30.0) -> None:
        self.url = url
        self.retry_seconds = retry_seconds
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        # A store that nobody holds any more closes what its pool holds: SQLite's connections do not by themselves.
        weakref.finalize(self, self.engine.dispose)
        self._reader = self.engine.execution_options(reading=True)
        self._made = False
        self._lock = threading.Lock()

    def transact(self, work: Callable[[sa.Connection], T]) -> T:
        """Run ``work`` in one transaction, tables made before.

        A passing fault is retried with back-off for ``retry_seconds``, a lasting one
        raises :class:`StoreError`; data that the database refuses raises :class:`RowRefused`
        at once.
        """
        if not self._made:
            with self._lock:
                self._retried(self.engine, _create)
                moved = 0
                while self._retried(self.engine, _move):
                    moved += 1
                if moved and self.is_sqlite:
                    self._shrink()
                self._made = True
        return self._retried(self.engine, work)

    def read(self, work: Callable[[sa.Connection], T]) -> T:
        """Like :meth:`transact`, for work that writes nothing and so waits for no writer."""
        if not self._made:
            return self.transact(work)
        return self._retried(self._reader, work)

    def _retried(self, engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
        until = time.monotonic() + self.retry_seconds
        backoff = Backoff(0.05, 2.0)
        while True:
            try:
                with engine.begin() as connection:
                    return work(connection)
            except (IntegrityError, DataError, UnicodeEncodeError, OverflowError) as error:
                raise RowRefused(words(error)) from error
            except (DBAPIError, OSError) as error:
                # All else is the database's fault, not the row's: a damaged file must not make dead letters.
                pause = backoff.failed()
                if time.monotonic() + pause > until or _is_final(error):
                    raise StoreError(f"{self.place}: {words(error)}") from error
            except StatementError as error:  # a value that its column cannot hold
                raise RowRefused(words(error)) from error
            time.sleep(pause)

    def _shrink(self) -> None:
        """Give the room of rows that were moved back to the disk, where it has room for a copy of what is left."""
        with (
            contextlib.suppress(sqlite3.Error, SQLAlchemyError),
            closing(self.engine.raw_connection()) as raw,
        ):
            raw.cursor().execute("VACUUM")

    @property
    def place(self) -> str:
        """The address as people may see it: no password."""
        return sa.make_url(self.url).render_as_string(hide_password=True)

    def close(self) -> None:
        """Close connections. The last one folds SQLite's write-ahead log into the one file that people copy."""
        self.engine.dispose()

    def rows(self, query: sa.Executable, chunk: int = 500) -> Iterator[Row]:
        """The rows of a query as dictionaries, a chunk in memory at a time."""
        self.transact(lambda _: None)
        with self._reader.connect() as connection:
            for row in connection.execution_options(yield_per=chunk).execute(query).mappings():
                yield dict(row)

    def ask(
        self, query: sa.Executable, parameters: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of somebody's query, which can change nothing. Raises :class:`StoreError` where it is refused."""
        self.transact(lambda _: None)
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
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        # A page holds 5 KB in 2 KB pages, the last half full: 4 KB pages left a thirteenth more of the file empty.
        cursor.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # of a new file; another keeps its own
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA secure_delete = ON")  # a takedown leaves no text in free pages
        cursor.execute("PRAGMA synchronous = FULL")  # a message is acked once its commit is on disk
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A deferred transaction that turns to writing can deadlock with another; an immediate one waits its turn.
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
    """Make the tables. Two processes that begin at once would both find none, so one waits for the other."""
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
    """What went wrong, without the statement and its data."""
    original = getattr(error, "orig", None) or error
    return " ".join(str(original).split())[:500] or type(error).__name__
