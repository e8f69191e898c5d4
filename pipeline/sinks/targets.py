"""Every ``--output`` of one run, settled: databases, BigQuery datasets, and files made of a database at the end.

There is always a database: it holds the ledger and both sides of conservation. Where none
is named, one is made for the run in a temporary folder, and files are exported from it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.settings import Settings
from pipeline.sinks import bigquery, outputs
from pipeline.sinks.bigquery import BigQuerySink
from pipeline.sinks.database import DatabaseSink
from pipeline.sinks.exports import export
from pipeline.sinks.files import FileOutput, file_output, write_files
from pipeline.sinks.outputs import DATABASE_FILE, Output, OutputError
from pipeline.sinks.sink import Sink
from pipeline.store.connection import StoreError, sqlite_url
from pipeline.store.store import Store, open_store


class Targets:
    """Where one run goes. Raises OutputError for an output that names no sink, before anything is made."""

    def __init__(self, names: str | Sequence[str], settings: Settings, *, bounded: bool = True) -> None:
        names = [names] if isinstance(names, str) else list(dict.fromkeys(names))
        self._settings = settings
        self._places: list[Output] = []
        self._datasets: list[str] = []
        self._files: list[FileOutput] = []
        self._scratch: Path | None = None
        for name in names:
            if name.startswith(bigquery.SCHEME):
                try:
                    bigquery.parse(name)
                except ValueError as error:
                    raise OutputError(str(error)) from error
                self._datasets.append(name)
            elif (file := file_output(name)) is not None:
                self._files.append(file)
            else:
                self._places.append(outputs.parse(name))
        if self._files and not bounded:
            raise OutputError(
                f"{self._files[0].url}: a stream writes to databases; files are exported from one when it has an end"
            )
        if len({p.store for p in self._places}) < len(self._places):
            raise OutputError("two outputs are one database")
        self.stores: list[Store] = []
        self.sinks: list[Sink] = []
        self.run_id = ""

    def open(self, inputs: Sequence[str]) -> None:
        """Make what is missing and begin the run. Raises StoreError."""
        if not self._places:
            self._scratch = Path(tempfile.mkdtemp(prefix="dateline-"))
            self._places = [Output(sqlite_url(self._scratch / DATABASE_FILE), None)]
        settings = self._settings
        for number, place in enumerate(self._places, 1):
            outputs.make_folder(place)
            store = open_store(place.store, settings.retry_seconds)
            self.run_id = store.begin_run(settings.fingerprint, inputs, self.run_id or None)
            self.stores.append(store)
            sink = DatabaseSink(
                place.store, self.run_id, settings, settings.dead_letter_store or place.dead_letter_store
            )
            sink.name = "database" if number == 1 else f"database {number}"
            self.sinks.append(sink)
        for number, name in enumerate(self._datasets, 1):
            dataset = BigQuerySink(name, self.run_id, settings)
            dataset.make_tables()
            dataset.name = "bigquery" if number == 1 else f"bigquery {number}"
            self.sinks.append(dataset)

    @property
    def store(self) -> Store:
        """The first database: what is counted and exported is read there."""
        return self.stores[0]

    def unaccounted(self) -> list[str]:
        """Inputs that some database holds neither as an article nor as a dead letter."""
        return [origin for store in self.stores for origin in store.unaccounted(self.run_id)]

    def end(self, status: str, counts: dict[str, int]) -> None:
        """Note the end of the run in every database. Raises StoreError if it was ``done``."""
        for store in self.stores:
            try:
                store.end_run(self.run_id, status, counts)
            except StoreError:
                if status == "done":
                    raise  # otherwise the error that ended the run says more than that its end could not be noted

    def export(self) -> list[Path]:
        """Write the exports of each folder and every file that was asked for; gives the local ones."""
        made: list[Path] = []
        for place, store in zip(self._places, self.stores, strict=True):
            made += export(store, place.folder) if place.folder else []
        for file in self._files:
            made += write_files(self.store, file)
        return made

    def close(self) -> None:
        """Let the databases go, and the temporary one with its folder."""
        for store in self.stores:
            store.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
