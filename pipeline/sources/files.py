"""Files → raw articles. One broken record is one raw article with a fault; those around it stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import apache_beam as beam
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline.sources import json_files, warc
from pipeline.sources.inputs import JSON, JSONL, PAGE, TOLD_COLUMNS, WARC, Shard
from pipeline.sources.opened import Opened, clean_name
from transforms import records
from transforms.charset import to_text
from transforms.errors import Rejection
from transforms.model import Fault, RawArticle
from transforms.options import DEFAULTS, Options

_MEDIA = {
    "txt": "text/plain",
    "text": "text/plain",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
}


class ReadFiles(beam.PTransform):
    """Shards (names and byte ranges) → raw articles. The only Reshuffle stands before content is read."""

    def __init__(self, shards: list[Shard], options: Options = DEFAULTS) -> None:
        super().__init__()
        self.shards = shards
        self.options = options

    def expand(self, pbegin: Any) -> Any:
        return (
            pbegin
            | "Name shards" >> beam.Create([tuple(s) for s in self.shards])
            | "Spread shards" >> beam.Reshuffle()
            | "Read shards" >> beam.FlatMap(_read_tuple, self.options)
        )


def _read_tuple(shard: tuple[Any, ...], options: Options) -> Iterator[RawArticle]:
    return read(Shard(*shard), options)


def take(shards: Iterable[Shard], limit: int, options: Options = DEFAULTS) -> Iterator[Shard]:
    """The shards that hold the first ``limit`` records, in order of shards."""
    for shard in shards:
        if limit <= 0:
            return
        count = sum(1 for _ in islice(read(shard, options), limit))
        yield shard._replace(take=count)
        limit -= count


def read(shard: Shard, options: Options = DEFAULTS) -> Iterator[RawArticle]:
    """The raw articles of one shard. Errors of the file system are raised: they are not the input's fault."""
    return islice(_read(shard, options), shard.take)


def _read(shard: Shard, options: Options) -> Iterator[RawArticle]:
    told: dict[str, Any] = dict(shard.told)
    carrier: dict[str, Any] = {}
    fault: Fault | None = None
    if shard.sidecar:
        beside, fault = _sidecar(shard.sidecar, options)
        told |= {k: v for k, v in beside.items() if k in TOLD_COLUMNS and isinstance(v, str)}
        carrier = {k: v for k, v in beside.items() if k not in told}
    with FileSystems.open(shard.path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        yield from READERS[shard.kind](Opened(file, shard, told, carrier, options, fault))


def read_page(opened: Opened) -> Iterator[RawArticle]:
    """A file that holds one page."""
    content, fault = opened.whole()
    ending = opened.shard.path.removesuffix(".gz").rpartition(".")[2].lower()
    yield opened.raw(content, media_type=_MEDIA.get(ending), fault=fault)


READERS: dict[str, Callable[[Opened], Iterator[RawArticle]]] = {
    PAGE: read_page,
    JSON: json_files.read,
    JSONL: json_files.read_lines,
    WARC: warc.read_file,
}
"""How a file of each format is read."""


def _sidecar(path: str, options: Options) -> tuple[dict[str, Any], Fault | None]:
    with FileSystems.open(path) as file:
        data = file.read(options.raw_bytes)
    name = clean_name(path)
    try:
        text = to_text(data, "application/json")
        found = records.load(text, options)
    except Rejection as error:
        return {}, Fault(type=error.type, message=f"{name}: {error.message}")
    if not isinstance(found, dict):
        return {}, Fault(type="schema_violation", message=f"{name}: a JSON object was expected")
    return records.clean(found, text), None
