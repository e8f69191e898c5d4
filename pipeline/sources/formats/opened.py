"""An opened file with its metadata, from which a reader makes raw articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from dateline.pipeline.sources.carrier import clean_name
from dateline.pipeline.sources.inputs import Shard
from dateline.transforms.inflate import GZIP, Broken, Inflater, codec_of
from dateline.transforms.model import Fault, RawArticle
from dateline.transforms.options import DEFAULTS, Options

CHUNK = 1 << 16


@dataclass(frozen=True)
class Opened:
    """A file (or the member of an archive) at its start.

    ``fields`` (of the raw article) and ``carrier`` (other data) apply to every record in it, and so does
    ``fault``, an error in its metadata.
    """

    file: BinaryIO
    shard: Shard
    fields: dict[str, Any] = field(default_factory=dict)
    carrier: dict[str, Any] = field(default_factory=dict)
    options: Options = DEFAULTS
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """The name of the file in origins."""
        return clean_name(self.shard.name)

    def raw(self, content: bytes | str, part: str = "", **known: Any) -> RawArticle:
        """A raw article whose origin is the file's name and ``part``. The ``fields`` of the file override
        ``known``."""
        carrier = self.carrier | known.pop("carrier", {})
        fault = self.fault or known.pop("fault", None)
        known.pop("fault", None)
        return RawArticle(
            content=content, origin=self.name + part, carrier=carrier, fault=fault, **(known | self.fields)
        )

    def refused(
        self, message: str, part: str = "", head: bytes | str = b"", kind: Any = "undecodable"
    ) -> RawArticle:
        """A raw article for content that cannot be read."""
        return self.raw(head, part, fault=Fault(type=kind, message=message))

    def whole(self) -> tuple[bytes, Fault | None]:
        """The bytes of the file up to the limit, and a fault if it has more."""
        data = self.file.read(self.options.raw_bytes + 1)
        if len(data) <= self.options.raw_bytes:
            return data, None
        message = f"{self.shard.size} bytes, over the bound of {self.options.raw_bytes}"
        reference = f"{clean_name(self.shard.path)}@0+{self.shard.size}"
        return data, Fault(type="too_large", message=message, reference=reference)

    def chunks(self) -> Iterator[bytes | Fault]:
        """The decompressed bytes of the file from the current position; broken data ends in a fault."""
        if self.shard.compressed:
            yield from _inflate(self.file)
            return
        while chunk := self.file.read(CHUNK):
            yield chunk


def _inflate(file: BinaryIO) -> Iterator[bytes | Fault]:
    """The bytes of concatenated members; a broken or truncated one ends in a fault. The reader holds at most
    a line."""
    piece = file.read(CHUNK)
    inflater = Inflater(trailing=False, codec=codec_of(piece) or GZIP)
    try:
        while piece:
            yield from inflater.feed(piece)
            piece = file.read(CHUNK)
        inflater.close()
    except Broken as error:
        yield error.rest
        yield Fault(type="undecodable", message=str(error))
