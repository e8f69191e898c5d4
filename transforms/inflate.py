"""Gzip that stops: a cap on what comes out, on how much more that is than what went in, and on members."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

RATIO_FLOOR = 1_000_000
"""A small page of one repeated letter compresses better than any ratio; below this size it does no harm."""
MEMBERS = 10_000
"""Members of one page: 400,000 empty ones fit in 8 MB, and each costs a copy of what follows."""
STEP = 1 << 16
_MAGIC = b"\x1f\x8b"


class TooMuch(Exception):
    """The decompressed data passed a bound."""


class Broken(Exception):
    """The compressed data ends early or is none. ``rest`` is what the broken piece gave before its fault."""

    def __init__(self, message: str, rest: bytes = b"") -> None:
        super().__init__(message)
        self.rest = rest


class Inflater:
    """Concatenated gzip members (RFC 1952, 2.2), piece by piece, never more than one step past a bound.

    ``limit`` is in bytes of output and ``ratio`` in times the input; ``None`` is without a bound, for
    a caller that keeps nothing. NUL padding between members is skipped. What follows the last
    member is ignored, or broken where ``trailing`` data is not allowed.
    """

    def __init__(
        self,
        limit: int | None = None,
        ratio: int | None = None,
        members: int | None = None,
        trailing: bool = True,
    ) -> None:
        self._trailing = trailing
        self._limit = limit
        self._ratio = ratio
        self._members = members
        self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._begun = self._ended = False
        self._taken = self._given = self._count = 0
        self._head = b""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The output that ``piece`` allows, in steps. Raises :class:`TooMuch` or :class:`Broken`."""
        self._taken += len(piece)
        while piece and not self._ended:
            if not self._begun:
                piece = self._next_member(piece)
                continue
            before = self._stream.copy()
            try:
                out = self._stream.decompress(piece, STEP)
            except zlib.error as error:
                raise Broken(f"broken gzip: {error}", _until_fault(before, piece)) from None
            self._given += len(out)
            self._check()
            if out:
                yield out
            if self._stream.eof:
                piece = self._stream.unused_data
                self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                self._begun = False
            else:
                piece = self._stream.unconsumed_tail

    def _next_member(self, piece: bytes) -> bytes:
        """The piece from where a member begins; empty while that is not known or there is none."""
        piece = self._head + piece
        self._head = b""
        if self._count:
            piece = piece.lstrip(b"\0")
        if len(piece) < len(_MAGIC) and _MAGIC.startswith(piece):
            self._head = piece
            return b""
        if self._count and not piece.startswith(_MAGIC):
            if not self._trailing:
                raise Broken("broken gzip: a member is followed by other data")
            self._ended = True
            return b""
        self._begun = True
        self._count += 1
        if self._members is not None and self._count > self._members:
            raise TooMuch(f"over {self._members} gzip members")
        return piece

    def _check(self) -> None:
        if self._limit is not None and self._given > self._limit:
            raise TooMuch(f"over {self._limit} bytes when decompressed")
        if self._ratio is not None and self._given > max(RATIO_FLOOR, self._ratio * self._taken):
            raise TooMuch(f"decompresses to over {self._ratio} times its size")

    def close(self) -> None:
        """Raises :class:`Broken` if the data ended within a member, or before one."""
        if self._begun or self._head or not self._count:
            raise Broken("truncated gzip")


def _until_fault(stream: zlib._Decompress, piece: bytes) -> bytes:
    """What a piece gives up to its broken byte: zlib keeps nothing of a call that fails."""
    out = bytearray()
    for at in range(len(piece)):
        try:
            out += stream.decompress(piece[at : at + 1])
        except zlib.error:
            break
    return bytes(out)


def inflate(data: bytes, limit: int, ratio: int) -> bytes:
    """All members of ``data``, at most ``limit`` bytes. Raises :class:`TooMuch` or :class:`Broken`."""
    inflater = Inflater(limit, ratio, MEMBERS)
    found = bytearray()
    for at in range(0, len(data), STEP):
        for out in inflater.feed(data[at : at + STEP]):
            found += out
    inflater.close()
    return bytes(found)
