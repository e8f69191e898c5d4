"""One bounded run: match inputs, run the graph, check that nothing is lost, write the exports."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import apache_beam as beam
import sqlalchemy as sa
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import graph
from pipeline.settings import Settings
from pipeline.sinks.targets import Targets
from pipeline.sources import inputs as inputs_
from pipeline.sources.files import ReadFiles, take
from pipeline.sources.inputs import Shard
from pipeline.store import tables as t
from pipeline.store.connection import StoreError
from pipeline.store.store import Store

POLL_SECONDS = 0.5
_STORE_ERROR = re.compile(
    r"(?:StoreError|OSError|FileNotFoundError|PermissionError|IsADirectoryError|BeamIOError): ([^\n]{1,600}?)"
    r"(?: \[while running|\n|$)"
)


class NotConserved(RuntimeError):
    """Inputs that ended neither as an article nor as a dead letter."""


class Summary(NamedTuple):
    """What a run did. ``counts`` has read, article, duplicate, known, dead_letter, forgotten,
    rejected.TYPE, events, dated.KIND, undated."""

    run_id: str
    counts: dict[str, int]
    seconds: float
    files: list[Path]

    @property
    def rejected(self) -> int:
        """Inputs that became dead letters."""
        return self.counts.get("dead_letter", 0)

    def too_many_rejects(self, bound: float | None) -> bool:
        """Whether rejects pass the bound: a count, or below 1 a share of what was read."""
        if bound is None:
            return False
        if 0 < bound < 1:
            return self.rejected > bound * max(1, self.counts["read"])
        return self.rejected > bound


Progress = Callable[[dict[str, int], float], None]


def run(
    inputs: Sequence[str], output: str | Sequence[str], settings: Settings, progress: Progress | None = None
) -> Summary:
    """Run ``inputs`` into one output or several.

    Raises InputError, OutputError, :class:`~pipeline.store.connection.StoreError`,
    :class:`NotConserved`. A local Beam run blocks, so it runs in a thread while this one
    reads progress from the store.
    """
    targets = Targets(output, settings)
    shards = inputs_.match(inputs, settings)
    try:
        return _run(shards, inputs, targets, settings, progress)
    finally:
        inputs_.discard(shards)
        targets.close()


def _run(
    shards: list[Shard],
    inputs: Sequence[str],
    targets: Targets,
    settings: Settings,
    progress: Progress | None,
) -> Summary:
    began = time.monotonic()
    if settings.limit is not None:
        shards = list(take(shards, settings.limit, settings.decode))
    targets.open(inputs)
    store, run_id = targets.store, targets.run_id
    source = ReadFiles(shards, settings.decode)
    status = "failed"
    counts: dict[str, int] = {}
    try:
        _execute(
            lambda p: graph.ingest(p, source, targets.sinks, settings), settings, store, run_id, progress
        )
        counts = tally(store, run_id)
        if lost := targets.unaccounted():
            raise NotConserved(
                f"{len(lost)} or more inputs are in no article and no dead letter: {', '.join(lost[:5])}"
            )
        status = "done"
    finally:
        targets.end(status, counts)
    files = targets.export()
    return Summary(run_id, counts, time.monotonic() - began, files)


def beam_options(settings: Settings) -> PipelineOptions:
    """FnApiRunner by name: Beam's default first probes the network for another runner."""
    flags = ["--runner=FnApiRunner", "--no_save_main_session", "--default_sdk_harness_log_level=ERROR"]
    if settings.workers > 1:
        flags += ["--direct_running_mode=multi_processing", f"--direct_num_workers={settings.workers}"]
    return PipelineOptions(flags)


def _execute(
    build: Callable[[beam.Pipeline], None],
    settings: Settings,
    store: Store,
    run_id: str,
    progress: Progress | None,
) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with beam.Pipeline(options=beam_options(settings)) as pipeline:
                build(pipeline)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work, name="beam", daemon=True)
    began = time.monotonic()
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if progress is not None:
            try:
                progress(store.outcomes(run_id), time.monotonic() - began)
            except StoreError:
                continue  # a display is no reason to end a run; the sink meets the same fault and retries
    if failures:
        raise plain(failures[0])


def plain(error: BaseException) -> BaseException:
    """The environment's fault out of the traceback that Beam wraps it in."""
    if found := _STORE_ERROR.search(str(error)):
        return StoreError(found[1])
    return error


def tally(store: Store, run_id: str) -> dict[str, int]:
    """The counts of a run, from the store."""
    counts = store.outcomes(run_id)

    def more(c: sa.Connection) -> dict[str, int]:
        mine = (
            sa.select(t.articles.c.article_id, t.articles.c.revision)
            .where(t.articles.c.run_id == run_id)
            .subquery()
        )
        found: dict[str, int] = {}
        by_type = sa.select(t.dead_letters.c.type, sa.func.count()).where(t.dead_letters.c.run_id == run_id)
        for kind, n in c.execute(by_type.group_by(t.dead_letters.c.type)):
            found[f"rejected.{kind}"] = n
        for table, name in ((t.events, "events"), (t.dates, "dates")):
            joined = table.join(
                mine, sa.and_(mine.c.article_id == table.c.article_id, mine.c.revision == table.c.revision)
            )
            if name == "events":
                found[name] = c.execute(sa.select(sa.func.count()).select_from(joined)).scalar_one()
                continue
            kind = sa.case(
                (table.c.edtf.is_(None), "undated"), else_=sa.func.coalesce(table.c.anchor_kind, "stated")
            )
            for k, n in c.execute(sa.select(kind, sa.func.count()).select_from(joined).group_by(kind)):
                found["undated" if k == "undated" else f"dated.{k}"] = n
        return found

    return counts | store.read(more)
