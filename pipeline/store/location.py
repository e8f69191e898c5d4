"""The database that an output names: in a folder, in a file, or on a server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.store import secrets
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store, open_store

PASSWORD = (
    "a URL with a password ends up in logs and process lists: give it as PGPASSWORD, in ~/.pgpass, "
    "or as ?password=secret://PROJECT/NAME"
)
DATABASE_FILE = "events.db"


class Location(NamedTuple):
    """A database by its SQLAlchemy URL, and the folder of its exports, if there is one."""

    url: str
    folder: Path | None

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.url.startswith("sqlite")

    @property
    def dead_letter_store(self) -> str | None:
        """The folder for payloads too large for a row."""
        return str(self.folder / "dead_letters") if self.folder else None


def parse(output: str) -> Location:
    """Parse the name of an output that is a database. Creates nothing. Raises
    :class:`~dateline.pipeline.errors.OutputError`."""
    if "://" not in output:
        folder = Path(output)
        if folder.is_file() and folder.suffix == ".db":
            return Location(sqlite_url(folder.resolve()), None)
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{output}: is a file; give a folder, or sqlite:///{output}")
        return Location(sqlite_url(folder.resolve() / DATABASE_FILE), folder)
    try:
        url = sa.make_url(output)
    except ArgumentError as error:
        raise OutputError(f"{output}: {error}") from error
    if url.password is not None:
        raise OutputError(PASSWORD)
    if url.get_backend_name() == "sqlite":
        if not url.database:
            raise OutputError("sqlite:// needs a file, for example sqlite:///events.db")
        return Location(sqlite_url(Path(url.database).resolve()), None)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    raise OutputError(f"{url.drivername}://: no output begins like this")


def _postgresql(url: sa.URL) -> Location:
    password = url.query.get("password")
    if password is not None and not (isinstance(password, str) and secrets.is_name(password)):
        raise OutputError(PASSWORD)
    if not url.database:
        raise OutputError("postgresql:// needs a database, for example postgresql://news@localhost/news")
    return Location(url.set(drivername="postgresql+psycopg").render_as_string(), None)


def make_folder(location: Location) -> None:
    """Create the folder. Raises :class:`~dateline.pipeline.errors.StoreError`."""
    if not location.is_sqlite:
        return
    make(location.folder or Path(sa.make_url(location.url).database or ".").parent)


def make(path: Path) -> None:
    """Create a folder and check that it can be written to. Raises
    :class:`~dateline.pipeline.errors.StoreError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StoreError(f"{path}: is a file; give a folder") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise StoreError(f"{path}: cannot be written to")


def open_existing(output: str) -> tuple[Store, Path | None]:
    """The store of an existing output, and its folder. Never creates a store.

    Raises :class:`~dateline.pipeline.errors.OutputError`, or :class:`~dateline.pipeline.errors.StoreError` if
    the output has no store.
    """
    location = parse(output)
    if location.is_sqlite and not Path(sa.make_url(location.url).database or "").is_file():
        raise StoreError(
            f"{output}: holds no events; give the folder that dateline run … --output has written"
        )
    return open_store(location.url), location.folder
