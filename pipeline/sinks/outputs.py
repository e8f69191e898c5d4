"""All outputs of one run: parsed before anything is created, then opened, exported and closed together.

There is always a database, which contains the ledger and the inputs of the run with their outcomes. If no
output is a database, one is made in a temporary folder, and files are exported from it.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.database import DatabaseOutput
from dateline.pipeline.sinks.registry import output_of
from dateline.pipeline.sinks.sink import Run, Sink
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.location import DATABASE_FILE, Location
from dateline.pipeline.store.store import Store


class Outputs:
    """The outputs of one run. Raises OutputError for an invalid output before anything is created.

    A stream is not ``bounded``: it can only write to outputs that need no end.
    """

    def __init__(self, names: str | Sequence[str], settings: Settings, *, bounded: bool = True) -> None:
        names = [names] if isinstance(names, str) else list(dict.fromkeys(names))
        self._settings = settings
        self._bounded = bounded
        # Databases come first: the ledger of the first one decides what is known.
        self._outputs = sorted(map(output_of, names), key=lambda o: not o.keeps_store)
        self._scratch: Path | None = None
        for output in self._outputs:
            if not bounded and not output.endless:
                raise OutputError(
                    f"{output.address}: a stream writes to databases; files are exported from one when it has an end"
                )
        if len({o.address for o in self._outputs}) < len(self._outputs):
            raise OutputError("two outputs are one database")
        self.sinks: list[Sink] = []
        self.run_id = uuid.uuid4().hex

    def open(self, inputs: Sequence[str]) -> None:
        """Create what is missing and begin the run. Raises StoreError."""
        if not any(o.keeps_store for o in self._outputs):
            self._scratch = Path(tempfile.mkdtemp(prefix="dateline-"))
            location = Location(sqlite_url(self._scratch / DATABASE_FILE), None)
            self._outputs.insert(0, DatabaseOutput(location))
        numbers: Counter[str] = Counter()
        for output in self._outputs:
            sink = output.open(Run(self.run_id, inputs, self._settings, self._bounded))
            if sink is not None:
                numbers[sink.name] += 1
                if numbers[sink.name] > 1:
                    sink.name = f"{sink.name} {numbers[sink.name]}"
                self.sinks.append(sink)

    @property
    def one_machine(self) -> str | None:
        """The first output that only processes of one machine can write to, or that needs such a database beside it."""
        if not any(o.keeps_store for o in self._outputs):
            return self._outputs[0].address
        return next((o.address for o in self._outputs if o.one_machine), None)

    @property
    def stores(self) -> list[Store]:
        """The databases."""
        return [output.store for output in self._outputs if output.store is not None]

    @property
    def folders(self) -> list[Path]:
        """The folders that exports are written to."""
        databases = [o for o in self._outputs if isinstance(o, DatabaseOutput)]
        return [o.location.folder for o in databases if o.location.folder is not None]

    @property
    def store(self) -> Store:
        """The first database, from which counts and exports are read."""
        return self.stores[0]

    def unaccounted(self) -> list[str]:
        """Inputs that are neither an article nor a dead letter in some database."""
        return [origin for store in self.stores for origin in store.unaccounted(self.run_id)]

    def end(self, status: str, counts: dict[str, int]) -> None:
        """Note the end of the run in every database. Raises StoreError if it was ``done``."""
        for store in self.stores:
            try:
                store.end_run(self.run_id, status, counts)
            except StoreError:
                if status == "done":
                    raise  # Otherwise the error that ended the run is more useful.

    def export(self) -> list[Path]:
        """Write the exports of each output; gives the local files."""
        return [path for output in self._outputs for path in output.export(output.store or self.store)]

    def close(self) -> None:
        """Disconnect from the databases, and remove the temporary one with its folder."""
        for store in self.stores:
            store.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
