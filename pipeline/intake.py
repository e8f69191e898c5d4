"""One long run in micro-batches: each batch walks the ingest graph, commits, and is checked, before its source hears of it.

Built once a process: the graph, the sinks, the models. A batch that raised has committed
nothing or whole articles; giving it again is safe, because every write is idempotent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import apache_beam as beam
import sqlalchemy as sa

from pipeline import graph
from pipeline.config import Settings
from pipeline.run import NotConserved, beam_options
from pipeline.sinks import outputs
from pipeline.sinks import tables as t
from pipeline.sinks.archive import Archive
from pipeline.sinks.connection import StoreError
from pipeline.sinks.database import DatabaseSink
from pipeline.sinks.store import Store, open_store
from pipeline.sources.given import Given
from transforms.model import RawArticle

RETRY_SECONDS = 2.0
"""A stream's own loop waits for a sink that fails; inside a batch only what passes at once is waited for."""


class Intake:
    """A run that stays open. ``what`` names the source in the table of runs.

    Raises OutputError or StoreError where the output can not be opened.
    """

    def __init__(self, output: str, settings: Settings, what: str) -> None:
        settings = settings.model_copy(update={"retry_seconds": RETRY_SECONDS, "workers": 1})
        place = outputs.parse(output)
        outputs.make_folder(place)
        self.store: Store = open_store(place.store, RETRY_SECONDS)
        self.folder = place.folder
        self.run_id = self.store.begin_run(settings.fingerprint, [what])
        self.counts: Counter[str] = Counter()
        sink = DatabaseSink(
            place.store, self.run_id, settings, settings.dead_letter_store or place.dead_letter_store
        )
        self._archive = Archive(settings.archive, self.run_id) if settings.archive else None
        self._given = Given()
        self._pipeline = beam.Pipeline(options=beam_options(settings))
        graph.ingest(self._pipeline, self._given, [sink], settings)

    def put(self, raws: Sequence[RawArticle]) -> Counter[str]:
        """Take a batch in; it is on disk when this returns. Origins are unique within a batch.

        Gives how many came to which outcome. Raises StoreError (try again later) or
        :class:`~pipeline.run.NotConserved`.
        """
        if self._archive is not None:
            self._archive.keep(raws)
        self._given.hold(raws)
        try:
            self._pipeline.run().wait_until_finish()
        finally:
            self._given.hold(())
        if lost := self.store.unaccounted(self.run_id):
            raise NotConserved(f"{', '.join(lost[:5])}: in no article and no dead letter")
        found = Counter(self.store.outcomes(self.run_id))
        if found["read"] != len(raws):
            raise NotConserved(f"{len(raws)} inputs were given and {found['read']} noted")
        self.store.transact(lambda c: c.execute(sa.delete(t.inputs).where(t.inputs.c.run_id == self.run_id)))
        if self._archive is not None:
            self._archive.advance()
        self.counts += found
        return found

    def close(self, status: str = "done") -> None:
        """End the run. That its end can not be noted harms nothing."""
        try:
            self.store.end_run(self.run_id, status, dict(self.counts))
        except StoreError:
            return
        finally:
            self.store.close()
