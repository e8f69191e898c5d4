"""The tables of an output: articles, dates, events and dead letters, and SQL queries."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.article import Article, table_html
from dateline.errors import MissingExtra, NotFound
from dateline.pipeline.findings import how_to_install
from dateline.pipeline.store.schema import flat

if TYPE_CHECKING:
    from dateline.pipeline.settings import Settings
    from dateline.pipeline.store.store import Store as Database

_SHOWN = 20


class Table:
    """Rows with named columns. They are read on first use and kept as an Arrow table."""

    __slots__ = ("_arrow", "_read", "name")

    def __init__(self, name: str, read: Callable[[], Any]) -> None:
        self.name = name
        self._read = read
        self._arrow: Any = None

    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``; days are ``date32``."""
        if self._arrow is None:
            self._arrow = self._read()
        return self._arrow

    def to_pandas(self) -> Any:
        """The table as a ``pandas.DataFrame``: days are ``datetime64``, whole numbers ``Int64``.

        Raises :class:`~dateline.errors.MissingExtra` where pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra(f"to_pandas needs pandas: {how_to_install('pandas')}") from error
        import pyarrow

        whole = {pyarrow.int64(): pandas.Int64Dtype()}
        return self.to_arrow().to_pandas(date_as_object=False, types_mapper=whole.get)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.to_arrow().column_names)

    def __len__(self) -> int:
        return int(self.to_arrow().num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.to_arrow().to_batches():
            yield from batch.to_pylist()

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self):,} rows of {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        rows = self.to_arrow().slice(0, _SHOWN).to_pylist()
        cells = [tuple("" if v is None else str(v)[:200] for v in row.values()) for row in rows]
        return "".join(table_html(tuple(self.columns), cells, len(self)))


class Store:
    """An output that is open for reading. It is closed at the end of a ``with`` statement, or when it is no
    longer referenced."""

    __slots__ = ("__weakref__", "_end", "_store", "name")

    def __init__(self, store: Database, name: str, folder: str | None = None) -> None:
        self._store = store
        self._end = weakref.finalize(self, _end, store, folder)
        self.name = name

    @property
    def articles(self) -> Table:
        """The articles, one row each. See ``dateline guide tables`` for the columns of this and the next tables."""
        return self._table("articles")

    @property
    def dates(self) -> Table:
        """The time expressions, one row each."""
        return self._table("dates")

    @property
    def events(self) -> Table:
        """The events, one row each."""
        return self._table("events")

    @property
    def dead_letters(self) -> Table:
        """The inputs that became dead letters and were not read since."""
        query = (
            "SELECT dead_letter_id, type, stage, message, origin, first_failed_at, attempts, version, payload, "
            "payload_encoding FROM dead_letters WHERE resolved_at IS NULL ORDER BY dead_letter_id"
        )
        return Table("dead letters", lambda: self._ask(query, {}))

    def to_arrow(self, table: str = "events") -> Any:
        """One of the tables ``articles``, ``dates`` and ``events`` as a ``pyarrow.Table``."""
        return self._table(table).to_arrow()

    def to_pandas(self, table: str = "events") -> Any:
        """One of the tables ``articles``, ``dates`` and ``events`` as a ``pandas.DataFrame``."""
        return self._table(table).to_pandas()

    def sql(self, query: str, **parameters: Any) -> Table:
        """The result of a query over the tables and views of the store; ``:name`` is a parameter. The query
        cannot change the store.

        Raises :class:`~dateline.errors.StoreError` for a query that the database refuses.
        """
        answer = self._ask(query, parameters)
        return Table("answer", lambda: answer)

    def find(self, name: str) -> tuple[Article, ...]:
        """The articles with this id (or its start), address, file name, or part of a file name or title."""
        from dateline.pipeline.report import StoreReader

        return tuple(Article(reading) for reading in StoreReader(self._store).find(name))

    def article(self, name: str) -> Article:
        """The one article of a name, as :meth:`find` takes it. Raises :class:`~dateline.errors.NotFound`."""
        found = self.find(name)
        if len(found) != 1:
            from dateline.pipeline.store.names import advice

            raise NotFound(advice(self._store, name))
        return found[0]

    def __iter__(self) -> Iterator[Article]:
        """Every article, newest first."""
        from dateline.pipeline.report import StoreReader

        return (Article(reading) for reading in StoreReader(self._store).newest(2**31))

    def __len__(self) -> int:
        import sqlalchemy as sa

        return self._store.count(sa.table("current_articles"))

    @property
    def content_hash(self) -> str:
        """The SHA-256 of everything that depends on the inputs: equal for equal inputs, settings and
        versions."""
        return self._store.content_hash()

    def close(self) -> None:
        """Disconnect. A store of :func:`~dateline.read_folder` is removed."""
        self._end()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self.name}: {len(self):,} articles>"

    def _repr_html_(self) -> str:
        return f"<p><b>{self.name}</b></p>{self.articles._repr_html_()}"

    def _table(self, name: str) -> Table:
        if name not in flat.TABLES:
            raise ValueError(f"{name!r} is not a table: {', '.join(flat.TABLES)}")
        from dateline.pipeline.sinks import flat_files

        return Table(name, lambda: flat_files.table_of(self._store, flat.TABLES[name]))

    def _ask(self, query: str, parameters: Mapping[str, Any]) -> Any:
        import pyarrow
        import sqlalchemy as sa

        names, rows = self._store.ask(sa.text(query), parameters)
        columns = zip(*rows, strict=True) if rows else ([] for _ in names)
        return pyarrow.table([pyarrow.array(list(column)) for column in columns], names=list(names))


def open(output: str | os.PathLike[str]) -> Store:
    """Open the output of a run: a folder, ``sqlite:///FILE``, or ``postgresql://USER@HOST/DATABASE``.

    Raises :class:`~dateline.errors.OutputError` or :class:`~dateline.errors.StoreError` if there is no such
    store.
    """
    from dateline.pipeline.store.location import open_existing

    name = os.fspath(output)
    return Store(open_existing(name)[0], name)


def read_into_store(inputs: list[str], settings: Mapping[str, Any], workers: int) -> Store:
    """Run the pipeline over files into a temporary store, which is removed when it is closed."""
    from dateline.pipeline.settings import load

    told = load({**settings, "workers": workers, "link": False}, environment={}, default=None)
    return temporary_store(inputs, told)


def temporary_store(inputs: list[str], settings: Settings) -> Store:
    """The same with settings that are loaded already."""
    with _quiet():
        from dateline.pipeline.runs import bounded
    from dateline.pipeline.store.location import DATABASE_FILE
    from dateline.pipeline.store.location import parse as parse_location
    from dateline.pipeline.store.store import Store as Database

    folder = tempfile.mkdtemp(prefix="dateline-")
    address = f"sqlite:///{Path(folder) / DATABASE_FILE}"
    try:
        bounded.run(inputs, address, settings)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Store(Database(parse_location(address).url), ", ".join(inputs), folder)


def _end(store: Database, folder: str | None) -> None:
    store.close()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Hide Beam's warnings of cloud libraries that are not installed; reading files needs none."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
