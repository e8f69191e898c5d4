"""Files → raw articles. One broken record is one raw article with a fault; those around it stand."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import apache_beam as beam
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline.sources import warc
from pipeline.sources.inputs import JSON, JSONL, TOLD_COLUMNS, WARC, Shard
from transforms.charset import to_text
from transforms.decode import DEFAULTS, Options, clean_json, gunzip, load_json
from transforms.errors import Rejection
from transforms.model import Fault, RawArticle

CHUNK = 1 << 16
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
        if shard.kind == WARC:
            yield from warc.read(file, shard, told, options.raw_bytes)
        elif shard.kind == JSONL:
            yield from _read_lines(file, shard, told, carrier, options)
        elif shard.kind == JSON:
            yield from _read_json(file, shard, told, carrier, options)
        else:
            content = file.read(options.raw_bytes + 1)
            ending = shard.path.removesuffix(".gz").rpartition(".")[2].lower()
            yield RawArticle(
                content=content, origin=clean_name(shard.name), media_type=_MEDIA.get(ending), carrier=carrier,
                fault=fault or _too_large(len(content), options, shard), **told,
            )  # fmt: skip


def clean_name(name: str) -> str:
    """A file name as valid text: bytes that are no UTF-8 become escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _too_large(size: int, options: Options, shard: Shard) -> Fault | None:
    if size <= options.raw_bytes:
        return None
    message = f"{shard.size} bytes, over the bound of {options.raw_bytes}"
    return Fault(type="too_large", message=message, reference=f"{clean_name(shard.path)}@0+{shard.size}")


def _sidecar(path: str, options: Options) -> tuple[dict[str, Any], Fault | None]:
    with FileSystems.open(path) as file:
        data = file.read(options.raw_bytes)
    name = clean_name(path)
    try:
        text = to_text(data, "application/json")
        found = load_json(text, options)
    except Rejection as error:
        return {}, Fault(type=error.type, message=f"{name}: {error.message}")
    if not isinstance(found, dict):
        return {}, Fault(type="schema_violation", message=f"{name}: a JSON object was expected")
    return clean_json(found, text), None


def _read_json(
    file: BinaryIO, shard: Shard, told: dict[str, Any], carrier: dict[str, Any], options: Options
) -> Iterator[RawArticle]:
    """A file that holds one JSON object, or an array of them (each its own record)."""
    data = file.read(options.raw_bytes + 1)
    name = clean_name(shard.name)
    fault = _too_large(len(data), options, shard)
    whole = RawArticle(
        content=data, origin=name, media_type="application/json", carrier=carrier, fault=fault, **told
    )
    try:
        plain = gunzip(data, options) if data.startswith(b"\x1f\x8b") else data
        text = to_text(plain, "application/json").lstrip("\ufeff")
        records = load_json(text, options) if not fault and text.lstrip().startswith("[") else None
    except Rejection:
        records = None  # decode finds it again, and says so with the whole payload
    if records is None:
        yield whole
        return
    for number, record in enumerate(records, 1):
        yield RawArticle(
            content=json.dumps(record),
            origin=f"{name}#{number}",
            media_type="application/json",
            carrier=carrier,
            **told,
        )


def _read_lines(
    file: BinaryIO, shard: Shard, told: dict[str, Any], carrier: dict[str, Any], options: Options
) -> Iterator[RawArticle]:
    """The lines of a JSONL file that begin within the shard."""
    name = clean_name(shard.name)
    at = shard.start
    if shard.start:
        file.seek(shard.start - 1)
    chunks: Iterator[bytes | Fault] = _inflate(file) if shard.compressed else _plain(file)
    lines = split_lines(chunks, options.raw_bytes)
    if shard.start:
        first = next(lines, None)  # the end of a line that belongs to the shard before
        at += (first[1] - 1) if first else 0
    for number, (line, length, fault) in enumerate(lines, 1):
        if shard.split and at >= shard.end:
            return
        origin = f"{name}@{at}" if shard.split else f"{name}#{number}"
        if fault and fault.type == "too_large" and not shard.compressed:
            fault = fault.model_copy(update={"reference": f"{name}@{at}+{length}"})
        at += length
        if line.strip() or fault:
            yield RawArticle(
                content=line,
                origin=origin,
                media_type="application/json",
                carrier=carrier,
                fault=fault,
                **told,
            )


def _plain(file: BinaryIO) -> Iterator[bytes | Fault]:
    while chunk := file.read(CHUNK):
        yield chunk


def _inflate(file: BinaryIO) -> Iterator[bytes | Fault]:
    """The chunks of concatenated gzip members; a broken or truncated one ends as a fault."""
    stream = zlib.decompressobj(wbits=31)
    rest = b""
    begun = False
    while chunk := (rest or file.read(CHUNK)):
        rest = b""
        if not begun and not chunk.strip(b"\x00"):
            continue  # padding after the last member
        begun = True
        before = stream.copy()
        try:
            data = stream.decompress(chunk, CHUNK * 16)
        except zlib.error as error:
            yield _until_broken(before, chunk)
            yield Fault(type="undecodable", message=f"broken gzip: {error}")
            return
        if data:
            yield data
        if stream.eof:
            rest = stream.unused_data
            stream = zlib.decompressobj(wbits=31)
            begun = False
        else:
            rest = stream.unconsumed_tail
    if begun:
        yield Fault(type="undecodable", message="truncated gzip")


def _until_broken(stream: Any, chunk: bytes) -> bytes:
    """What a chunk gives up to its broken byte: zlib keeps nothing of a call that fails."""
    out = bytearray()
    for at in range(len(chunk)):
        try:
            out += stream.decompress(chunk[at : at + 1])
        except zlib.error:
            break
    return bytes(out)


def split_lines(chunks: Iterator[bytes | Fault], bound: int) -> Iterator[tuple[bytes, int, Fault | None]]:
    """``(line, length in the file, fault)``; a line over the bound keeps its head and is a fault."""
    kept = bytearray()
    length = 0
    for chunk in chunks:
        if isinstance(chunk, Fault):
            yield bytes(kept), length, chunk
            return
        start = 0
        while (newline := chunk.find(b"\n", start)) >= 0:
            kept += chunk[start : newline + 1] if length <= bound else b""
            length += newline + 1 - start
            yield _line(kept, length, bound)
            kept, length, start = bytearray(), 0, newline + 1
        if length <= bound:
            kept += chunk[start:]
        length += len(chunk) - start
    if length:
        yield _line(kept, length, bound)


def _line(kept: bytearray, length: int, bound: int) -> tuple[bytes, int, Fault | None]:
    if length <= bound + 1:
        return bytes(kept), length, None
    return (
        bytes(kept[:bound]),
        length,
        Fault(type="too_large", message=f"a line of {length} bytes, over {bound}"),
    )
