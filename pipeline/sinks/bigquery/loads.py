"""Articles into BigQuery by load jobs, for runs that end.

A bundle writes its rows to files, and one load job takes many files: their names alone are shuffled. A load
costs nothing, its rows can be deleted at once (those of streaming inserts cannot for up to 90 minutes), and
a job that is sent twice under its id is one job. Where BigQuery refuses the rows of a file, its rows are
inserted one by one, and what is refused then becomes a dead letter.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import apache_beam as beam
from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.errors import StoreError
from dateline.pipeline.sinks.bigquery.client import RowsRefused
from dateline.pipeline.sinks.bigquery.rows import article_of, refused
from dateline.pipeline.sinks.bigquery.tables import ARTICLES
from dateline.transforms.identity import sha256
from dateline.transforms.model import DeadLetter, Envelope, RawArticle

if TYPE_CHECKING:
    from dateline.pipeline.sinks.bigquery.output import BigQuerySink

FILE_BYTES = 64_000_000
"""Bytes of rows in one file, held in memory until it is written."""
FILES = 1_000
"""Files in one load job. BigQuery takes 10,000, and 1,500 jobs a table a day."""
_REFUSED = "refused"
_GLOBAL = GlobalWindow()


class LoadArticles(beam.PTransform):
    """Finished Envelope → DeadLetter of each article that was refused, once the others are loaded."""

    def __init__(self, sink: BigQuerySink, folder: str) -> None:
        super().__init__()
        self.sink = sink
        self.folder = folder

    def expand(self, articles: Any) -> Any:
        written = articles | "Write files" >> beam.ParDo(_WriteFiles(self.sink, self.folder)).with_outputs(
            _REFUSED, main="files"
        )
        late = (
            written["files"]
            | "Together" >> beam.Map(_under_one_key).with_output_types(tuple[int, str])
            | "Group files" >> beam.GroupByKey()
            | "Load files" >> beam.ParDo(_LoadFiles(self.sink)).with_output_types(DeadLetter)
        )
        return (written[_REFUSED], late) | "Refused" >> beam.Flatten()


def _under_one_key(name: str) -> tuple[int, str]:
    return 0, name


class _WriteFiles(EnvironmentDoFn):
    """Envelope → name of a file; what is too large for a row goes to the output of the refused."""

    def __init__(self, sink: BigQuerySink, folder: str) -> None:
        self.sink = sink
        self.folder = folder

    def start_bundle(self) -> None:
        self.lines: list[bytes] = []
        self.size = 0

    def process(self, e: Envelope) -> Iterator[Any]:
        row = article_of(e, self.sink.settings, self.sink.run_id)
        if isinstance(row, DeadLetter):
            yield TaggedOutput(_REFUSED, row)
            return
        line = json.dumps(row.row).encode() + b"\n"
        if self.lines and self.size + len(line) > FILE_BYTES:
            yield self._write()
        self.lines.append(line)
        self.size += len(line)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        if self.lines:
            yield WindowedValue(self._write(), _GLOBAL.max_timestamp(), [_GLOBAL])

    def _write(self) -> str:
        name = f"{self.folder.rstrip('/')}/dateline-{self.sink.run_id}-{uuid.uuid4().hex}.jsonl.gz"
        rows = gzip.compress(b"".join(self.lines), 6, mtime=0)
        self.lines, self.size = [], 0
        try:
            with FileSystems.create(name, compression_type=CompressionTypes.UNCOMPRESSED) as file:
                file.write(rows)
        except (OSError, BeamIOError) as error:
            raise StoreError(f"{name}: {error}") from error
        return name


class _LoadFiles(EnvironmentDoFn):
    """Names of files under one key → DeadLetter of each row that was refused. Files that were loaded are removed."""

    def __init__(self, sink: BigQuerySink) -> None:
        self.sink = sink

    def setup(self) -> None:
        self.dataset = self.sink.open()

    def teardown(self) -> None:
        self.dataset.close()

    def process(self, group: tuple[int, Iterable[str]]) -> Iterator[DeadLetter]:
        names = sorted(group[1])
        for n in range(0, len(names), FILES):
            yield from self._load(names[n : n + FILES])

    def _load(self, names: Sequence[str]) -> list[DeadLetter]:
        letters: list[DeadLetter] = []
        try:
            self.dataset.load(ARTICLES, names)
        except RowsRefused as error:
            if len(names) > 1:
                half = len(names) // 2
                return self._load(names[:half]) + self._load(names[half:])
            letters = self._insert(names[0], str(error))
        try:
            FileSystems.delete(list(names))
        except (OSError, BeamIOError):
            return letters  # what is left is a temporary file
        return letters

    def _insert(self, name: str, reason: str) -> list[DeadLetter]:
        with FileSystems.open(name, compression_type=CompressionTypes.GZIP) as file:
            rows = [json.loads(line) for line in file.read().splitlines()]
        keys = ("|".join(row[k] for k in ("article_id", "revision", "settings", "origin")) for row in rows)
        faults = self.dataset.insert(ARTICLES, [(sha256(k)[:32], r) for k, r in zip(keys, rows, strict=True)])
        if len(faults) == len(rows) > 1:
            raise StoreError(f"{self.dataset.url}/{ARTICLES}: refuses every row: {reason}")
        return [refused(_raw_of_row(rows[index]), why) for index, why in faults]


def _raw_of_row(row: dict[str, Any]) -> RawArticle:
    """As much of the input as a row holds: the page itself has not come this far."""
    known = {name: row[name] for name in ("url", "published", "modified", "fetched_at") if row.get(name)}
    return RawArticle(content=row.get("text") or row.get("title") or "", origin=row["origin"], **known)
