"""Bounded decompression of gzip, bzip2, xz and zstd: limits on the output, its ratio to the input, and the number
of members."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

RATIO_FLOOR = 1_000_000
"""Bytes below which the ratio is not checked: a small page of one repeated letter exceeds any ratio and does
no harm."""
MEMBERS = 10_000
"""Members of one page: 400,000 empty ones fit in 8 MB, and each costs a copy of the rest."""
STEP = 1 << 16
XZ_MEMORY = 256_000_000
"""Bytes that one xz stream may allocate; its writer chooses the size of the dictionary."""
ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}
"""The base-2 logarithm of the bytes that one zstd frame may look back, which are kept in memory: the most that the
program ``zstd`` takes unless it is told otherwise."""


class Codec(NamedTuple):
    """A compression format: its name, its first bytes, a factory of decompressors, the errors that these
    raise, and a reader of a compressed file from its current position."""

    name: str
    magic: bytes
    start: Callable[[], Any]
    errors: tuple[type[Exception], ...]
    reader: Callable[[BinaryIO], Any]


GZIP = Codec(
    "gzip",
    b"\x1f\x8b",
    lambda: zlib.decompressobj(wbits=zlib.MAX_WBITS | 16),
    (zlib.error,),
    lambda file: gzip.GzipFile(fileobj=file),
)
DICTIONARY_BYTES = 8_000_000
"""Bytes of the largest dictionary that is read."""
ZSTD_DICTIONARY = b"]*M\x18"
"""The first bytes of a zstd file that begins with the dictionary of its frames, as web archives do
(https://iipc.github.io/warc-specifications/specifications/warc-zstd/)."""
ZSTD = Codec(
    "zstd",
    b"(\xb5/\xfd",
    lambda: zstd.ZstdDecompressor(options=ZSTD_WINDOW),
    (zstd.ZstdError, MemoryError),
    lambda file: zstd.ZstdFile(file, options=ZSTD_WINDOW),
)
CODECS = (
    GZIP,
    Codec("bzip2", b"BZh", bz2.BZ2Decompressor, (OSError, ValueError), bz2.BZ2File),
    Codec(
        "xz",
        b"\xfd7zXZ\x00",
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY),
        (lzma.LZMAError, MemoryError),
        lzma.LZMAFile,
    ),
    ZSTD,
)
ERRORS = (zlib.error, lzma.LZMAError, zstd.ZstdError)
"""What the readers of broken data raise, beside the errors that all files raise."""
ENDINGS = (".gz", ".bz2", ".xz", ".zst")
"""File name endings of compressed files."""


def codec_of(head: bytes) -> Codec | None:
    """The compression format that the first bytes show."""
    return next((codec for codec in CODECS if head.startswith(codec.magic)), None)


class TooMuch(Exception):
    """The decompressed data exceeds a bound."""


class Broken(Exception):
    """The compressed data ends early or is invalid. ``rest`` is the output of the broken piece before its
    fault."""

    def __init__(self, message: str, rest: bytes = b"") -> None:
        super().__init__(message)
        self.rest = rest


def zstd_reader_with_dictionary(file: BinaryIO) -> Any:
    """A reader of the frames after the dictionary at the current position. The dictionary may be compressed
    itself. Raises ``ValueError`` if it is broken or larger than :data:`DICTIONARY_BYTES`."""
    head = file.read(8)
    size = int.from_bytes(head[4:], "little")
    if len(head) < 8 or size > DICTIONARY_BYTES:
        raise ValueError(f"a dictionary of {size} bytes")
    packed = file.read(size)
    try:
        found = inflate(packed, DICTIONARY_BYTES, DICTIONARY_BYTES)
        return zstd.ZstdFile(file, options=ZSTD_WINDOW, zstd_dict=zstd.ZstdDict(found))
    except (TooMuch, Broken, zstd.ZstdError) as error:
        raise ValueError(f"a broken dictionary: {error}") from None


class Inflater:
    """Decompresses concatenated members (for gzip RFC 1952, 2.2) piece by piece, at most one step past a
    bound.

    ``limit`` is in bytes of output and ``ratio`` in times the input; ``None`` means no bound, for a caller
    that keeps nothing. NUL padding between members is skipped. Data after the last member is ignored, or an
    error if ``trailing`` data is not allowed.
    """

    def __init__(
        self,
        limit: int | None = None,
        ratio: int | None = None,
        members: int | None = None,
        trailing: bool = True,
        codec: Codec = GZIP,
    ) -> None:
        self._codec = codec
        self._trailing = trailing
        self._limit = limit
        self._ratio = ratio
        self._members = members
        self._stream = codec.start()
        self._begun = self._ended = self._more = False
        self._taken = self._given = self._count = 0
        self._head = b""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The output for ``piece``, in steps. Raises :class:`TooMuch` or :class:`Broken`."""
        self._taken += len(piece)
        while (piece or self._more) and not self._ended:
            if not self._begun:
                piece = self._next_member(piece)
                continue
            before = self._stream.copy() if self._codec is GZIP else None
            try:
                out = self._stream.decompress(piece, STEP)
            except self._codec.errors as error:
                rest = _until_fault(before, piece) if before is not None else b""
                raise Broken(f"broken {self._codec.name}: {error}", rest) from None
            self._given += len(out)
            self._check()
            if out:
                yield out
            self._more = False
            if self._stream.eof:
                piece = self._stream.unused_data
                self._stream = self._codec.start()
                self._begun = False
            elif self._codec is GZIP:
                piece = self._stream.unconsumed_tail
            else:  # These decompressors keep the input that they did not process.
                piece, self._more = b"", not self._stream.needs_input

    def _next_member(self, piece: bytes) -> bytes:
        """The rest of the piece from the start of a member; empty while there is none."""
        piece = self._head + piece
        self._head = b""
        if self._count:
            piece = piece.lstrip(b"\0")
        magic = self._codec.magic
        if len(piece) < len(magic) and magic.startswith(piece):
            self._head = piece
            return b""
        if self._count and not piece.startswith(magic):
            if not self._trailing:
                raise Broken(f"broken {self._codec.name}: a member is followed by other data")
            self._ended = True
            return b""
        self._begun = True
        self._count += 1
        if self._members is not None and self._count > self._members:
            raise TooMuch(f"over {self._members} {self._codec.name} members")
        return piece

    def _check(self) -> None:
        if self._limit is not None and self._given > self._limit:
            raise TooMuch(f"over {self._limit} bytes when decompressed")
        if self._ratio is not None and self._given > max(RATIO_FLOOR, self._ratio * self._taken):
            raise TooMuch(f"decompresses to over {self._ratio} times its size")

    def close(self) -> None:
        """Raises :class:`Broken` if the data ended within a member, or before one."""
        if self._begun or self._head or not self._count:
            raise Broken(f"truncated {self._codec.name}")


def _until_fault(stream: Any, piece: bytes) -> bytes:
    """The output of a piece up to its broken byte; zlib returns nothing from a call that fails."""
    out = bytearray()
    for at in range(len(piece)):
        try:
            out += stream.decompress(piece[at : at + 1])
        except zlib.error:
            break
    return bytes(out)


def inflate(data: bytes, limit: int, ratio: int) -> bytes:
    """Decompress all members of ``data`` to at most ``limit`` bytes; return other data unchanged. Raises
    :class:`TooMuch` or :class:`Broken`."""
    codec = codec_of(data)
    if codec is None:
        return data
    inflater = Inflater(limit, ratio, MEMBERS, codec=codec)
    found = bytearray()
    for at in range(0, len(data), STEP):
        for out in inflater.feed(data[at : at + STEP]):
            found += out
    inflater.close()
    return bytes(found)
