"""A run that stays open and processes micro-batches: streams, watched feeds, replayed dead letters.

The graph, the sinks and the models are built once in a process. Each batch runs through the graph, commits,
and is checked before its source is acknowledged. After an error a batch has committed whole articles or
nothing; it can be put again, because every write is idempotent.
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
from apache_beam.metrics.metric import MetricsFilter

from dateline.pipeline import graph
from dateline.pipeline.environment import noted_faults
from dateline.pipeline.errors import NotConserved, PipelineError, StoreError
from dateline.pipeline.runs import engine
from dateline.pipeline.runs import link as linking
from dateline.pipeline.runs.linker import Linker
from dateline.pipeline.runs.stopping import at_most
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.archive import Archive
from dateline.pipeline.sinks.outputs import Outputs
from dateline.pipeline.sources.memory import InMemory
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle

_log = logging.getLogger("dateline")
_COUNTERS = MetricsFilter().with_namespace("dateline")
RETRY_SECONDS = 2.0
"""Seconds for which errors are retried within a batch; the loop of the stream waits longer."""


class MicroBatchRun:
    """A run that stays open until :meth:`close`. ``inputs`` names the source in the table of runs.

    Raises :class:`~dateline.pipeline.errors.OutputError` or :class:`~dateline.pipeline.errors.StoreError` where
    the output cannot be opened.
    """

    def __init__(self, output: str | Sequence[str], settings: Settings, inputs: str) -> None:
        settings = settings.model_copy(update={"retry_seconds": RETRY_SECONDS})
        self._settings = settings
        self._outputs = Outputs(output, settings, bounded=False)
        self._outputs.open([inputs])
        self.store: Store = self._outputs.store
        self.run_id = self._outputs.run_id
        self.counts: Counter[str] = Counter()
        self.counters: Counter[str] = Counter()
        """The counters of the graph by name. A batch that was put twice counts twice."""
        self._archive = Archive(settings.archive, self.run_id) if settings.archive else None
        urls = [store.url for store in self._outputs.stores]
        self._linker = Linker(urls, settings) if settings.link else None
        self._batch = InMemory()
        pipeline = beam.Pipeline(options=engine.local().options)
        graph.ingest(pipeline, self._batch, self._outputs.sinks, settings, together=True)
        self._built = engine.Built(pipeline)

    def put(self, raws: Sequence[RawArticle]) -> Counter[str]:
        """Process a batch; it is on disk when this returns. Returns the number of inputs by outcome.

        Origins must be unique within a batch. Raises :class:`~dateline.pipeline.errors.StoreError` (try again
        later) or :class:`~dateline.pipeline.errors.NotConserved`.
        """
        if self._archive is not None:
            self._archive.keep(raws)
        self._batch.hold(raws)
        with noted_faults() as original:
            try:
                result = self._built.run()
                result.wait_until_finish()
            except Exception as error:
                fault = original(error)
                raise fault from (None if fault is error else error)
            finally:
                self._batch.hold(())
        for found in result.metrics().query(_COUNTERS)["counters"]:
            self.counters[found.key.metric.name] += found.committed
        # The first store comes last: where one has lost an input, it keeps the records of the batch.
        for store in reversed(self._outputs.stores):
            lost, found = store.settle(self.run_id, len(raws))
            if lost:
                raise NotConserved(f"{', '.join(lost[:5])}: in no article and no dead letter")
            if found["read"] != len(raws):
                raise NotConserved(f"{len(raws)} inputs were put and {found['read']} noted")
        outcomes = Counter(found)
        if self._archive is not None:
            self._archive.advance()
        if self._linker is not None:
            self._linker.tick()
        self.counts += outcomes
        return outcomes

    def _link_the_rest(self, *, only_quick: bool) -> bool:
        """Link the articles that are not linked yet; with ``only_quick`` return False if that would take
        long. Errors are logged, and the next command links them."""
        try:
            if only_quick and not all(map(linking.is_quick, self._outputs.stores)):
                return False
            linking.link_all(self._outputs.stores, self._settings)
        except PipelineError as error:
            _log.error("stories could not be linked: %s", error)
        return True

    def close(self, status: str = "stopped", seconds: float | None = None) -> list[Path]:
        """End the run. Unless it ``failed``, link the articles, write the exports and the report of every
        output folder, and return their paths.

        With ``seconds`` the process ends within that time with exit 0: only a few articles are linked, and
        what is not written by then is left out. A log line names the command that does the rest.
        """
        folders = self._outputs.folders or ("OUT",)
        later = " and ".join(f"'dateline link {folder}'" for folder in folders)
        # Links are written in transactions and exports by rename, so the process may end within either.
        with at_most(seconds, f"stopped before all was linked and exported; {later} does the rest"):
            try:
                if self._linker is not None:
                    self._linker.stop()
                with contextlib.suppress(StoreError):  # Nothing is lost if the end cannot be recorded.
                    self._outputs.end(status, dict(self.counts))
                if status == "failed":
                    return []
                if self._settings.link and not self._link_the_rest(only_quick=seconds is not None):
                    _log.warning("too many articles to link while stopping; %s does it", later)
                return self._outputs.export()
            finally:
                self._outputs.close()
