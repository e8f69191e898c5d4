"""The members of ZIP and tar files."""

from __future__ import annotations

import bz2
import lzma
from pathlib import Path

import pytest

from dateline.transforms.inflate import zstd
from tests.pipeline.sources.formats.samples import (
    MEMBERS,
    PAGE,
    TEXTS,
    message,
    outcome,
    raws,
    tarred,
    zipped,
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(*MEMBERS)),
        ("a.tar", tarred(*MEMBERS)),
        ("a.tar.gz", tarred(*MEMBERS, mode="w:gz")),
        ("a.tgz", tarred(*MEMBERS, mode="w:gz")),
        ("a.tar.bz2", bz2.compress(tarred(*MEMBERS))),
        ("a.txz", lzma.compress(tarred(*MEMBERS))),
        ("a.tar.zst", zstd.compress(tarred(*MEMBERS))),
    ],
)
def test_members_of_archives(tmp_path: Path, name: str, data: bytes) -> None:
    found = raws(tmp_path / name, data)
    assert [outcome(raw) for raw in found] == ["\n\n".join(TEXTS), TEXTS[0]]
    assert [raw.origin.removeprefix(str(tmp_path / name)) for raw in found] == ["#a.html", "#sub/b.jsonl#1"]


def test_bomb_in_an_archive_is_one_dead_letter(tmp_path: Path) -> None:
    data = zipped(("bomb.txt", b"a" * 60_000_000), ("a.html", PAGE.encode()))
    found = raws(tmp_path / "a.zip", data)
    assert [outcome(raw) for raw in found] == ["too_large", "\n\n".join(TEXTS)]


def test_locked_archive_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.html", PAGE.encode())))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + at] |= 1  # the flag of encryption
    found = raws(tmp_path / "a.zip", bytes(data))
    assert any("can not be unpacked" in message(raw) for raw in found)


def test_document_within_an_archive_is_said_and_a_picture_is_not(tmp_path: Path) -> None:
    found = raws(
        tmp_path / "a.zip",
        zipped(("a.html", PAGE.encode()), ("b.pdf", b"%PDF-1.4"), ("c.png", b"x"), ("d/e.zip", b"PK")),
    )
    assert [raw.fault is not None for raw in found] == [False, True, True]
