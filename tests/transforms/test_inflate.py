"""The one way in which gzip, bzip2, xz and zstd are undone: within bounds, whatever the pieces."""

from __future__ import annotations

import bz2
import gzip
import lzma
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.inflate import MEMBERS, Broken, Inflater, TooMuch, codec_of, inflate, zstd


def zstd_frame(data: bytes) -> bytes:
    """A frame with a checksum, so that a changed byte is found."""
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd_frame}
packers = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
Pack = Callable[[bytes], bytes]


def fed(data: bytes, size: int, **bounds: int | bool) -> bytes:
    codec = codec_of(data)
    assert codec is not None
    inflater = Inflater(codec=codec, **bounds)  # type: ignore[arg-type]
    found = b"".join(out for at in range(0, len(data), size) for out in inflater.feed(data[at : at + size]))
    inflater.close()
    return found


@packers
@given(
    parts=st.lists(st.binary(max_size=300), min_size=1, max_size=4),
    size=st.integers(1, 40),
    padding=st.integers(0, 3),
)
def test_members_are_joined_whatever_the_pieces(
    pack: Pack, parts: list[bytes], size: int, padding: int
) -> None:
    data = (b"\0" * padding).join(pack(part) for part in parts)
    assert fed(data, size) == b"".join(parts)
    assert inflate(data, 10_000, 200) == b"".join(parts)


@packers
@given(cut=st.integers(6, 200), size=st.integers(1, 50))
def test_what_is_cut_is_broken(pack: Pack, cut: int, size: int) -> None:
    data = pack(bytes(range(256)))
    with pytest.raises(Broken):
        fed(data[: min(cut, len(data) - 1)], size)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_trailing_data_is_ignored_only_where_it_may_stand(size: int) -> None:
    data = gzip.compress(b"words") + b"{more}"
    assert fed(data, size) == b"words"
    with pytest.raises(Broken, match="followed by other data"):
        fed(data, size, trailing=False)
    assert fed(gzip.compress(b"words") + b"\0" * 50, size, trailing=False) == b"words"


@packers
def test_a_bomb_is_stopped(pack: Pack) -> None:
    bomb = pack(b"a" * 20_000_000)
    with pytest.raises(TooMuch, match="over 8000000 bytes"):
        inflate(bomb, 8_000_000, 10**9)
    with pytest.raises(TooMuch, match="200 times"):
        inflate(bomb, 10**9, 200)


@packers
def test_a_broken_byte_is_an_error(pack: Pack) -> None:
    data = bytearray(pack(b"".join(b"line %d\n" % n for n in range(2_000))))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(Broken, match="broken"):
        inflate(bytes(data), 10**9, 200)


def test_what_is_not_compressed_stays() -> None:
    assert inflate(b"<html>", 10, 1) == b"<html>"


def test_bounds_hold_before_memory_is_spent() -> None:
    bomb = gzip.compress(b"a" * 100_000_000)
    with pytest.raises(TooMuch, match="over 8000000 bytes"):
        inflate(bomb, 8_000_000, 10**9)
    with pytest.raises(TooMuch, match="200 times"):
        inflate(bomb, 10**9, 200)
    begun = time.process_time()
    with pytest.raises(TooMuch, match="members"):
        inflate(gzip.compress(b"") * (MEMBERS + 1), 8_000_000, 200)
    assert time.process_time() - begun < 2


def test_what_stood_before_a_broken_byte_is_given() -> None:
    data = bytearray(gzip.compress(b"".join(b"line %d\n" % n for n in range(2_000)), mtime=0))
    data[len(data) // 2] ^= 0xFF
    inflater = Inflater()
    found = b""
    with pytest.raises(Broken) as caught:
        for out in inflater.feed(bytes(data)):
            found += out
        inflater.close()
    assert (found + caught.value.rest).startswith(b"line 0\nline 1\n")
