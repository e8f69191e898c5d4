"""One bounded run: open the source, run the graph, check that nothing is lost, write the exports."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence

import apache_beam as beam
from apache_beam.runners.runner import PipelineResult

from dateline.pipeline import graph
from dateline.pipeline.environment import noted_faults
from dateline.pipeline.errors import NotConserved, StoreError
from dateline.pipeline.runs import engine as engines
from dateline.pipeline.runs import probe
from dateline.pipeline.runs.engine import Engine
from dateline.pipeline.runs.link import link_all
from dateline.pipeline.runs.summary import Summary, count_run, unmatched
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.outputs import Outputs
from dateline.pipeline.sources import registry
from dateline.pipeline.sources.formats.passed import passed
from dateline.pipeline.sources.source import BoundedSource
from dateline.pipeline.store.store import Store

POLL_SECONDS = 1.0
_POLLS = 100
"""How many times as long as a look at the progress it takes until the next look: the inputs of a run are counted each time."""
Progress = Callable[[dict[str, int], float], None]
"""Called while a run goes on, with the outcomes so far and the seconds since it began."""


def run(
    inputs: Sequence[str],
    output: str | Sequence[str],
    settings: Settings,
    progress: Progress | None = None,
    source: BoundedSource | None = None,
) -> Summary:
    """Run ``inputs`` into one output or several. ``source`` is a source that is already open; without it the inputs say which to open.

    Raises a :class:`~dateline.pipeline.errors.PipelineError`.
    """
    began = time.monotonic()
    outputs = Outputs(output, settings)
    kind: type[BoundedSource] = type(source) if source else registry.class_of(registry.source_of(inputs))
    engine = engines.of(settings, kind)
    engines.check_run(engine, inputs, outputs)
    opened = source or kind.open(inputs, settings)
    try:
        if not engine.one_process:
            probe.check_workers(engine, settings.engine_seconds)
        outputs.open(inputs)
        counts = _run(opened, outputs, settings, engine, progress)
        if settings.link:
            link_all(outputs.stores, settings)
        files = outputs.export()
        idle = unmatched(outputs.store, settings.corrections)
        return Summary(outputs.run_id, counts, time.monotonic() - began, files, opened.listing, idle)
    finally:
        opened.close()
        outputs.close()


def _run(
    source: BoundedSource, outputs: Outputs, settings: Settings, engine: Engine, progress: Progress | None
) -> dict[str, int]:
    """Execute the graph and end the run in every store. Gives the counts."""
    store, run_id = outputs.store, outputs.run_id
    status = "failed"
    counts: dict[str, int] = {}
    try:
        pipeline = beam.Pipeline(options=engine.options)
        graph.ingest(pipeline, source.transform, outputs.sinks, settings)
        result = _execute(pipeline, engine, store, run_id, progress)
        counts = count_run(store, run_id) | passed(result)
        if lost := outputs.unaccounted():
            raise NotConserved(
                f"{len(lost)} or more inputs are in no article and no dead letter: {', '.join(lost[:5])}"
            )
        status = "done"
    finally:
        outputs.end(status, counts)
    return counts


def _execute(
    pipeline: beam.Pipeline, engine: Engine, store: Store, run_id: str, progress: Progress | None
) -> PipelineResult:
    """Run a pipeline in a thread, because a local run blocks, and report progress from this one."""
    failures: list[BaseException] = []
    started: list[PipelineResult] = []

    def work() -> None:
        try:
            started.append(pipeline.run())
            started[0].wait_until_finish()
        except BaseException as error:
            failures.append(error)

    with noted_faults() as original, engines.quiet(engine):
        thread = threading.Thread(target=work, name="beam", daemon=True)
        began = time.monotonic()
        thread.start()
        wait, running = POLL_SECONDS, True
        try:
            while running:
                thread.join(wait)
                running = thread.is_alive()
                if progress is not None:
                    looked = time.monotonic()
                    with contextlib.suppress(StoreError):  # the sink has the same fault and retries
                        progress(store.outcomes(run_id), looked - began)
                    wait = max(POLL_SECONDS, _POLLS * (time.monotonic() - looked))
        except BaseException:
            for job in started:  # a cluster would go on with the job
                with contextlib.suppress(Exception):
                    job.cancel()
            raise
        if failures:
            raise engines.error_of(engine, original(failures[0]))
    return started[0]
