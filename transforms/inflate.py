"""Bounded decompression of gzip, bzip2 and xz: limits on the output, its ratio to the input, and the number
of members."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

RATIO_FLOOR = 1_000_000
"""Bytes below which the ratio is not checked: a small page of one repeated letter exceeds any ratio and does
no harm."""
MEMBERS = 10_000
"""Members of one page: 400,000 empty ones fit in 8 MB, and each costs a copy of the rest."""
STEP = 1 << 16
XZ_MEMORY = 256_000_000
"""Bytes that one xz stream may allocate; its writer chooses the size of the dictionary."""


class Codec(NamedTuple):
    """A compression format: its name, its first bytes, a factory of decompressors, and the error that these
    raise."""

    name: str
    magic: bytes
    start: Callable[[], Any]
    errors: tuple[type[Exception], ...]


GZIP = Codec("gzip", b"\x1f\x8b", lambda: zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), (zlib.error,))
CODECS = (
    GZIP,
    Codec("bzip2", b"BZh", bz2.BZ2Decompressor, (OSError, ValueError)),
    Codec(
        "xz",
        b"\xfd7zXZ\x00",
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY),
        (lzma.LZMAError, MemoryError),
    ),
)
ENDINGS = (".gz", ".bz2", ".xz")
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
