"""The one way in which gzip is undone: within bounds, whatever the pieces."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.inflate import MEMBERS, Broken, Inflater, TooMuch, inflate


def fed(data: bytes, size: int, **bounds: int | bool) -> bytes:
    inflater = Inflater(**bounds)  # type: ignore[arg-type]
    found = b"".join(out for at in range(0, len(data), size) for out in inflater.feed(data[at : at + size]))
    inflater.close()
    return found


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 40), st.integers(0, 3))
def test_members_are_joined_whatever_the_pieces(parts: list[bytes], size: int, padding: int) -> None:
    data = (b"\0" * padding).join(gzip.compress(part) for part in parts)
    assert fed(data, size) == b"".join(parts)
    assert inflate(data, 10_000, 200) == b"".join(parts)


@given(st.integers(0, 200), st.integers(1, 50))
def test_what_is_cut_is_broken(cut: int, size: int) -> None:
    data = gzip.compress(bytes(range(256)))
    with pytest.raises(Broken):
        fed(data[: min(cut, len(data) - 1)], size)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_trailing_data_is_ignored_only_where_it_may_stand(size: int) -> None:
    data = gzip.compress(b"words") + b"{more}"
    assert fed(data, size) == b"words"
    with pytest.raises(Broken, match="followed by other data"):
        fed(data, size, trailing=False)
    assert fed(gzip.compress(b"words") + b"\0" * 50, size, trailing=False) == b"words"


def test_bounds_hold_before_memory_is_spent() -> None:
    bomb = gzip.compress(b"a" * 100_000_000)
    with pytest.raises(TooMuch, match="over 8000000 bytes"):
        inflate(bomb, 8_000_000, 10**9)
    with pytest.raises(TooMuch, match="200 times"):
        inflate(bomb, 10**9, 200)
    begun = time.monotonic()
    with pytest.raises(TooMuch, match="members"):
        inflate(gzip.compress(b"") * (MEMBERS + 1), 8_000_000, 200)
    assert time.monotonic() - begun < 2


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
