"""A database of our own tables as an output. Its sink commits at most every 50 articles, inside ``process``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.utils.windowed_value import WindowedValue

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.findings import Finding
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.counters import count
from dateline.pipeline.sinks.exports import export
from dateline.pipeline.sinks.sink import Output, Run, Sink
from dateline.pipeline.store import store as stores
from dateline.pipeline.store.check import check
from dateline.pipeline.store.inputs import KNOWN
from dateline.pipeline.store.location import Location, make_folder, open_existing
from dateline.pipeline.store.location import parse as parse_location
from dateline.pipeline.store.rows import article_rows, dead_letter_row, input_fingerprint
from dateline.transforms import identity
from dateline.transforms.errors import SchemaViolation
from dateline.transforms.model import DeadLetter, Envelope, RawArticle
from dateline.transforms.steps import PAYLOAD_LIMIT, reject

NOTE_EVERY = 500


class DatabaseOutput(Output):
    """A folder with its database and exports, an SQLite file, or a PostgreSQL database."""

    keeps_store = True

    def __init__(self, location: Location, name: str | None = None) -> None:
        self.address = location.url
        self.location = location
        self._name = name or location.url
        self.one_machine = location.is_sqlite

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        return cls(parse_location(address), address)

    def open(self, run: Run) -> DatabaseSink:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        settings = run.settings
        make_folder(self.location)
        self.store = stores.open_store(self.location.url, settings.retry_seconds)
        self.store.begin_run(settings.fingerprint, run.inputs, run.run_id)
        folder = settings.dead_letter_store or self.location.dead_letter_store
        return DatabaseSink(self.location.url, run.run_id, settings, folder)

    def export(self, store: stores.Store) -> list[Path]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`: the exports and the report, in a folder."""
        return export(store, self.location.folder) if self.location.folder else []

    def letters(self, kind: str | None, since: str | None) -> Iterator[dict[str, Any]]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        return open_existing(self._name)[0].letters(kind, since)

    def resolve(self, ids: Sequence[str]) -> None:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        open_existing(self._name)[0].resolve(ids)

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        return check(self._name, self.location)


class DatabaseSink(Sink):
    """A :class:`~dateline.pipeline.sinks.sink.Sink` over a :class:`~dateline.pipeline.store.store.Store`."""

    has_ledger = True

    def __init__(
        self, url: str, run_id: str, settings: Settings, dead_letter_store: str | None = None
    ) -> None:
        self.name = "database"
        self.url = url
        self.run_id = run_id
        self.settings = settings
        self.dead_letter_store = dead_letter_store

    def note_inputs(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_NoteInputs(self))

    def skip_known(self, others: Sequence[DatabaseSink] = ()) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`; skips only what the ``others`` hold as well."""
        return beam.ParDo(_SkipKnown(self, others)).with_output_types(Envelope)

    def write(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_WriteArticles(self)).with_output_types(DeadLetter)

    def write_dead_letters(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_WriteDeadLetters(self))

    def open(self) -> stores.Store:
        """The store, one a process."""
        return stores.open_store(self.url, self.settings.retry_seconds)


class _StoreDoFn(EnvironmentDoFn):
    """A DoFn with a store and a buffer that is flushed when it is full and when a bundle ends."""

    def __init__(self, sink: DatabaseSink) -> None:
        self.sink = sink

    def setup(self) -> None:
        self.store = self.sink.open()

    def start_bundle(self) -> None:
        self.buffer: list[Any] = []


class _NoteInputs(_StoreDoFn):
    def process(self, raw: RawArticle) -> Iterable[RawArticle]:
        self.buffer.append(raw.origin)
        if len(self.buffer) >= NOTE_EVERY:
            self.finish_bundle()
        yield raw

    def finish_bundle(self) -> None:
        if self.buffer:
            self.store.note_inputs(self.sink.run_id, self.buffer)
            self.buffer = []


class _SkipKnown(_StoreDoFn):
    """Asks each ledger about a batch at a time: one query for each article cost more than the rest of the step."""

    def __init__(self, sink: DatabaseSink, others: Sequence[DatabaseSink] = ()) -> None:
        super().__init__(sink)
        self.others = tuple(others)

    def setup(self) -> None:
        super().setup()
        self.stores = [self.store, *(other.open() for other in self.others)]

    def process(self, e: Envelope) -> Iterable[Envelope]:
        self.buffer.append(e)
        if len(self.buffer) >= self.sink.settings.commit_every:
            yield from self._flush()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        yield from map(_globally, self._flush())

    def _flush(self) -> Iterator[Envelope]:
        batch, self.buffer = self.buffer, []
        keys = [self._key(e) for e in batch]
        known = set(range(len(keys)))
        for store in self.stores:
            known &= store.known(keys) if known else set()
        done = [(o, KNOWN, a, r) for n, (a, r, _, o) in enumerate(keys) if n in known]
        if done:
            Metrics.counter("dateline", "known").inc(len(done))
            for store in self.stores:
                store.note_known(self.sink.run_id, done)
        yield from (e for n, e in enumerate(batch) if n not in known)

    def _key(self, e: Envelope) -> tuple[str, str, str, str]:
        assert e.page is not None
        article, revision = identity.article_id(e.page), identity.revision(e.page.text)
        settings = self.sink.settings.fingerprint_of(e.page, e.raw)
        return article, revision, input_fingerprint(e.page, settings), e.raw.origin


class _WriteArticles(_StoreDoFn):
    """Emits a dead letter for each article that the database refused or that cannot be made into a row."""

    def process(self, e: Envelope) -> Iterable[DeadLetter]:
        settings = self.sink.settings
        try:
            assert e.page is not None
            told = settings.fingerprint_of(e.page, e.raw)
            rows = article_rows(e, told, self.sink.run_id, settings.store_text)
        except (
            ValueError,
            ArithmeticError,
            LookupError,
        ) as error:  # its own data: one page must not end a run
            yield reject(e.raw, "Write", error)
            return
        self.buffer.append((rows, e.raw))
        count(rows)
        if len(self.buffer) >= settings.commit_every:
            yield from self._flush()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        yield from map(_globally, self._flush())

    def _flush(self) -> Iterable[DeadLetter]:
        if not self.buffer:
            return
        batch, self.buffer = self.buffer, []
        for index, message in self.store.write_or_refuse(self.sink.run_id, [rows for rows, _ in batch]):
            yield reject(batch[index][1], "Write", SchemaViolation(message))


def _globally(value: Any) -> WindowedValue:
    """A value with the global window, which ``finish_bundle`` must name."""
    window = beam.transforms.window.GlobalWindow()
    return WindowedValue(value, window.max_timestamp(), [window])


class _WriteDeadLetters(_StoreDoFn):
    def process(self, letter: DeadLetter) -> None:
        if len(letter.payload) > PAYLOAD_LIMIT and self.sink.dead_letter_store:
            letter = _set_aside(letter, self.sink.dead_letter_store)
        self.buffer.append(dead_letter_row(letter, self.sink.run_id))
        if len(self.buffer) >= self.sink.settings.commit_every:
            self.finish_bundle()

    def finish_bundle(self) -> None:
        batch, self.buffer = self.buffer, []
        self.store.write_dead_letters(self.sink.run_id, batch)


def _set_aside(letter: DeadLetter, folder: str) -> DeadLetter:
    """A payload too large for a row, as a file named by its hash (never by anything that the input says)."""
    os.makedirs(folder, exist_ok=True)
    ending = "b64" if letter.payload_encoding == "base64" else "txt"
    path = os.path.join(folder, f"{letter.payload_sha256}.{ending}")
    if not os.path.exists(path):
        partial = f"{path}.{os.getpid()}.part"
        with open(partial, "w", encoding="utf-8") as file:
            file.write(letter.payload)
        os.replace(partial, path)
    return letter.model_copy(update={"payload": path, "payload_encoding": "reference"})
