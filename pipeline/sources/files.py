"""Files → raw articles. A broken record is one raw article with a fault; the records around it are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Self

import apache_beam as beam
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.errors import InputError
from dateline.pipeline.filesystems import files_exist
from dateline.pipeline.findings import Finding, no_right
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import inputs as names
from dateline.pipeline.sources import registry
from dateline.pipeline.sources.carrier import read_sidecar
from dateline.pipeline.sources.feed_list import read_feeds
from dateline.pipeline.sources.formats import databases
from dateline.pipeline.sources.formats.opened import Opened
from dateline.pipeline.sources.formats.table_heads import is_table
from dateline.pipeline.sources.inputs import Shard
from dateline.pipeline.sources.listing import Listing
from dateline.pipeline.sources.source import BoundedSource
from dateline.transforms.model import RawArticle
from dateline.transforms.options import DEFAULTS, Options

Reader = Callable[[Opened], Iterator[RawArticle]]
"""Reads the records of an opened file that begin within its shard.

A record that cannot be read is a raw article with a fault. Errors of the file system are raised.
"""


class Files(BoundedSource):
    """The source of files; inputs are matched when the run starts."""

    def __init__(self, shards: list[Shard], options: Options, listing: Listing | None = None) -> None:
        self._shards = shards
        self._options = options
        self.listing = listing

    @classmethod
    def open(cls, inputs: Sequence[str], settings: Settings) -> Self:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`."""
        listing = Listing()
        shards = names.match(inputs, settings, listing)
        if settings.limit is not None:
            shards = list(take(shards, settings.limit, settings.decode))
        return cls(shards, settings.decode, listing)

    @property
    def transform(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`."""
        return ReadFiles(self._shards, self._options)

    @classmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`. A text file may also be a list of feeds."""
        if not (Path(name).is_file() and Path(name).suffix == ".txt"):
            yield files_exist("input", name)
            return
        try:
            yield Finding("feeds", "ok", f"{name} names {len(read_feeds([name]))}")
        except InputError as error:
            yield Finding("feeds", "note", str(error), "as a list of feeds it needs one address a line")

    def close(self) -> None:
        """Remove the copy of standard input."""
        names.discard(self._shards)


class ReadFiles(beam.PTransform):
    """Shards (names and byte ranges) → raw articles. The only Reshuffle comes before content is read."""

    def __init__(self, shards: list[Shard], options: Options = DEFAULTS) -> None:
        super().__init__()
        self.shards = shards
        self.options = options

    def expand(self, pbegin: Any) -> Any:
        return (
            pbegin
            | "Name shards" >> beam.Create([tuple(s) for s in self.shards])
            | "Spread shards" >> beam.Reshuffle()
            | "Read shards" >> beam.ParDo(ReadShards(self.options))
        )


class ReadShards(EnvironmentDoFn):
    """A shard as a plain tuple → its raw articles."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def process(self, shard: tuple[Any, ...]) -> Iterator[RawArticle]:
        yield from read(Shard(*shard), self.options)


def take(shards: Iterable[Shard], limit: int, options: Options = DEFAULTS) -> Iterator[Shard]:
    """The shards with the first ``limit`` records, in order."""
    for shard in shards:
        if limit <= 0:
            return
        count = sum(1 for _ in islice(read(shard, options), limit))
        yield shard._replace(take=count)
        limit -= count


def read(shard: Shard, options: Options = DEFAULTS) -> Iterator[RawArticle]:
    """The raw articles of one shard. Errors of the file system are raised, because they are not faults of the
    input."""
    return islice(_read(shard, options), shard.take)


def _read(shard: Shard, options: Options) -> Iterator[RawArticle]:
    fields = dict(shard.fields)
    data: dict[str, Any] = {}
    fault = None
    if shard.sidecar:
        fields, data, fault = read_sidecar(shard.sidecar, fields, options)
    reader: Reader = registry.load(registry.format_named(shard.format).reader)
    try:
        file = FileSystems.open(shard.path, compression_type=CompressionTypes.UNCOMPRESSED)
    except PermissionError as error:
        raise InputError(f"{shard.path}: {no_right(error)}") from error
    with file:
        yield from reader(Opened(file, shard, fields, data, options, fault))


def read_page(opened: Opened) -> Iterator[RawArticle]:
    """A file that holds one page; a text that is a table, or a list of documents from a news database, gives its records."""
    content, fault = opened.whole()
    if fault is None and not opened.shard.compressed:
        if is_table(content):
            opened.file.seek(0)
            yield from registry.load(registry.format_named("table").reader)(opened)
            return
        if (found := databases.records(content)) is not None:
            for number, record in enumerate(found, 1):
                yield opened.raw(record, f"#{number}", media_type="application/json")
            return
    yield opened.raw(content, media_type=registry.media_type_of(opened.shard.path), fault=fault)
