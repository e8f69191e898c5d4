"""One long run in micro-batches: each batch walks the ingest graph, commits, and is checked, before its source hears of it.

Built once a process: the graph, the sinks, the models. A batch that raised has committed
nothing or whole articles; giving it again is safe, because every write is idempotent.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
import sqlalchemy as sa

from pipeline import graph
from pipeline.runs.bounded import NotConserved, beam_options
from pipeline.settings import Settings
from pipeline.sinks.archive import Archive
from pipeline.sinks.targets import Targets
from pipeline.sources.memory import Given
from pipeline.store import tables as t
from pipeline.store.connection import StoreError
from pipeline.store.store import Store
from transforms.model import RawArticle

RETRY_SECONDS = 2.0
"""A stream's own loop waits for a sink that fails; inside a batch only what passes at once is waited for."""


class Intake:
    """A run that stays open. ``what`` names the source in the table of runs.

    Raises OutputError or StoreError where the output can not be opened.
    """

    def __init__(self, output: str | Sequence[str], settings: Settings, what: str) -> None:
        settings = settings.model_copy(update={"retry_seconds": RETRY_SECONDS, "workers": 1})
        self._targets = Targets(output, settings, bounded=False)
        self._targets.open([what])
        self.store: Store = self._targets.store
        self.run_id = self._targets.run_id
        self.counts: Counter[str] = Counter()
        self._archive = Archive(settings.archive, self.run_id) if settings.archive else None
        self._given = Given()
        self._pipeline = beam.Pipeline(options=beam_options(settings))
        graph.ingest(self._pipeline, self._given, self._targets.sinks, settings)

    def put(self, raws: Sequence[RawArticle]) -> Counter[str]:
        """Take a batch in; it is on disk when this returns. Origins are unique within a batch.

        Gives how many came to which outcome. Raises StoreError (try again later) or
        :class:`~pipeline.runs.bounded.NotConserved`.
        """
        if self._archive is not None:
            self._archive.keep(raws)
        self._given.hold(raws)
        try:
            self._pipeline.run().wait_until_finish()
        finally:
            self._given.hold(())
        if lost := self._targets.unaccounted():
            raise NotConserved(f"{', '.join(lost[:5])}: in no article and no dead letter")
        found = Counter(self.store.outcomes(self.run_id))
        if found["read"] != len(raws):
            raise NotConserved(f"{len(raws)} inputs were given and {found['read']} noted")
        for store in self._targets.stores:
            store.transact(lambda c: c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id == self.run_id)))
        if self._archive is not None:
            self._archive.advance()
        self.counts += found
        return found

    def export(self) -> list[Path]:
        """Write the exports of every output that is a folder; gives their paths."""
        return self._targets.export()

    def close(self, status: str = "done") -> None:
        """End the run. That its end can not be noted harms nothing."""
        with contextlib.suppress(StoreError):
            self._targets.end(status, dict(self.counts))
        self._targets.close()
