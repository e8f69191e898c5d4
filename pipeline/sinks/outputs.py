"""``--output`` → a place: a folder with its store, or the URL of a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from pipeline.store import secrets
from pipeline.store.connection import StoreError, sqlite_url

PASSWORD = (
    "a URL with a password ends up in logs and process lists: give it as PGPASSWORD, in ~/.pgpass, "
    "or as ?password=secret://PROJECT/NAME"
)
DATABASE_FILE = "events.db"


class OutputError(ValueError):
    """An ``--output`` that names no sink."""


class Output(NamedTuple):
    """Where events go: ``store`` is an SQLAlchemy URL; ``folder`` holds exports, where there is one."""

    store: str
    folder: Path | None

    @property
    def dead_letter_store(self) -> str | None:
        """The folder for payloads too large for a row."""
        return str(self.folder / "dead_letters") if self.folder else None


def parse(output: str) -> Output:
    """Read an ``--output``. Raises :class:`OutputError`; makes nothing."""
    if "://" not in output:
        folder = Path(output)
        if folder.is_file() and folder.suffix == ".db":
            return Output(sqlite_url(folder.resolve()), None)
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{output}: is a file; give a folder, or sqlite:///{output}")
        return Output(sqlite_url(folder.resolve() / DATABASE_FILE), folder)
    try:
        url = sa.make_url(output)
    except ArgumentError as error:
        raise OutputError(f"{output}: {error}") from error
    if url.password is not None:
        raise OutputError(PASSWORD)
    if url.get_backend_name() == "sqlite":
        if not url.database:
            raise OutputError("sqlite:// needs a file, for example sqlite:///events.db")
        return Output(sqlite_url(Path(url.database).resolve()), None)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    raise OutputError(f"{url.drivername}: no sink of this name")


def _postgresql(url: sa.URL) -> Output:
    password = url.query.get("password")
    if password is not None and not (isinstance(password, str) and secrets.is_name(password)):
        raise OutputError(PASSWORD)
    if not url.database:
        raise OutputError("postgresql:// needs a database, for example postgresql://news@localhost/news")
    return Output(url.set(drivername="postgresql+psycopg").render_as_string(), None)


def make_folder(output: Output) -> None:
    """Make the folder. Raises :class:`~pipeline.store.connection.StoreError` in words."""
    if not output.store.startswith("sqlite"):
        return
    path = output.folder or Path(sa.make_url(output.store).database or ".").parent
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise StoreError(f"{path}: cannot be written to")
