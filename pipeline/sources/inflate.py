"""Decompression that stops: a cap on what comes out and on how much more it is than what went in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

RATIO = 200
RATIO_FLOOR = 1_000_000
"""Below this size the ratio is not judged: a short page of one letter is harmless."""
_STEP = 65_536


class TooMuch(Exception):
    """The decompressed data passed a bound."""


class Broken(Exception):
    """The compressed data ends early or is none."""


class Inflater:
    """gzip or zlib data, piece by piece, never holding more than one step past the cap.

    ``limit`` is in bytes of output. One member only: what follows the first gzip member is ignored.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        self._taken = 0
        self._given = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The output that ``piece`` allows. Raises :class:`TooMuch` or :class:`Broken`."""
        self._taken += len(piece)
        while piece and not self._inner.eof:
            try:
                out = self._inner.decompress(piece, _STEP)
            except zlib.error as error:
                raise Broken(str(error)) from None
            piece = self._inner.unconsumed_tail
            self._given += len(out)
            if self._given > self._limit:
                raise TooMuch(f"more than {self._limit} bytes when decompressed")
            if self._given > max(RATIO_FLOOR, RATIO * self._taken):
                raise TooMuch(f"more than {RATIO} times its compressed size")
            yield out

    def close(self) -> None:
        """Raises :class:`Broken` if the data ended before its end mark."""
        if not self._inner.eof:
            raise Broken("the compressed data is cut short")


def inflate(pieces: Iterable[bytes], limit: int) -> bytes:
    """All of a compressed stream, at most ``limit`` bytes. Raises :class:`TooMuch` or :class:`Broken`."""
    inflater = Inflater(limit)
    found = b"".join(out for piece in pieces for out in inflater.feed(piece))
    inflater.close()
    return found
