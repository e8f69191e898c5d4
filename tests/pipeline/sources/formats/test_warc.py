"""Web archives: each record a page, and a broken one stands alone."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.transforms.inflate import zstd
from tests import pages
from tests.pipeline.sources.conftest import put, raws, texts


@pytest.mark.parametrize("zipped", [False, True])
def test_broken_warc_record_is_one_rejection_and_the_others_stand(tmp_path: Path, zipped: bool) -> None:
    parts = [pages.warc([page], gzip=zipped) for page in pages.pages(3)]
    bad = (
        b"\x1f\x8b\x08broken" + b"\x00" * 300
        if zipped
        else b"WARC/1.0\r\nbroken header " + b"x" * 300 + b"\r\n\r\n"
    )
    found = raws(put(tmp_path / "in.warc", parts[0] + bad + parts[1] + parts[2]))
    faults = [raw for raw in found if raw.fault]
    assert [raw.fault.type for raw in faults if raw.fault] == ["undecodable"]
    assert faults[0].origin == f"{tmp_path}/in.warc@{len(parts[0])}"
    good = texts([raw for raw in found if not raw.fault])
    assert [page.paragraphs[0] in text for page, text in zip(pages.pages(3), good, strict=True)] == [True] * 3


@pytest.mark.parametrize("zipped", [False, True])
def test_truncated_warc_keeps_the_records_before(tmp_path: Path, zipped: bool) -> None:
    data = pages.warc(pages.pages(5), gzip=zipped)
    found = raws(put(tmp_path / "in.warc", data[:-700]))
    assert found[-1].fault and found[-1].fault.type == "undecodable"
    good = texts(found[:-1])
    assert len(good) == 4
    for page, text in zip(pages.pages(4), good, strict=True):
        assert page.paragraphs[0] in text


def test_warc_that_was_put_through_gzip_as_a_whole(tmp_path: Path) -> None:
    path = put(tmp_path / "in.warc.gz", gzip.compress(pages.warc(pages.pages(30))))
    assert len(texts(raws(path))) == 30
    assert [raw.content for raw in raws(path, split_bytes=1_500)] == [raw.content for raw in raws(path)]
    found = raws(put(path, gzip.compress(pages.warc(pages.pages(30)))[:-2000]))
    assert found[-1].fault and found[-1].fault.type == "undecodable"
    assert len(found) > 10


@pytest.mark.parametrize(
    ("ending", "pack"), [(".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd.compress)]
)
def test_warc_in_bzip2_xz_and_zstd(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    data = pack(pages.warc(pages.pages(30)))
    assert len(texts(raws(put(tmp_path / f"in.warc{ending}", data)))) == 30
    found = raws(put(tmp_path / f"in.warc{ending}", data[: len(data) // 2]))
    assert found[-1].fault and found[-1].fault.type == "undecodable"


@pytest.mark.parametrize("pack", [bytes, zstd.compress])
def test_warc_in_zstd_with_a_dictionary(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    records = [pages.warc([page]) for page in pages.pages(30)]
    dictionary = zstd.train_dict(records, 2_000)
    held = pack(dictionary.dict_content)
    head = b"]*M\x18" + len(held).to_bytes(4, "little") + held
    frames = b"".join(zstd.compress(record, zstd_dict=dictionary) for record in records)
    assert len(texts(raws(put(tmp_path / "in.warc.zst", head + frames)))) == 30
    found = raws(put(tmp_path / "cut.warc.zst", head + frames[: len(frames) // 2]))
    assert len(found) > 5
    assert found[-1].fault and found[-1].fault.type == "undecodable"


@pytest.mark.parametrize("held", [(10**9).to_bytes(4, "little"), b"\x02\0\0\0xy", b"\x09"])
def test_a_broken_dictionary_is_one_dead_letter(tmp_path: Path, held: bytes) -> None:
    [found] = raws(put(tmp_path / "in.warc.zst", b"]*M\x18" + held))
    assert found.fault and "dictionary" in found.fault.message


def test_records_that_are_no_pages_are_counted_by_what_they_are(tmp_path: Path) -> None:
    record = (
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://h.example/{n}\r\nWARC-Date: 2024-05-14T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: {type}\r\nContent-Length: 4\r\n\r\nbody\r\n\r\n"
    )
    others = [
        ("request", "text/x"),
        ("metadata", "text/x"),
        ("resource", "image/png"),
        ("resource", "text/css"),
    ]
    data = "".join(record.format(kind=k, type=t, n=n) for n, (k, t) in enumerate(others)).encode()
    path = put(tmp_path / "in.warc", data + pages.warc(pages.pages(1)))
    summary = run([str(path)], str(tmp_path / "out"), Settings())
    kinds = {k: n for k, n in summary.counts.items() if k.startswith("passed.")}
    assert kinds == {"passed.request": 2, "passed.metadata": 1, "passed.image": 1, "passed.text/css": 1}
    assert "5 records of archives that are no pages: request, image, metadata, text/css" in summary.sentence


def test_warc_tells_address_and_time_and_leaves_out_what_is_no_page(tmp_path: Path) -> None:
    [raw] = raws(put(tmp_path / "in.warc", pages.warc(pages.pages(1))))
    assert raw.url == pages.page(0).url
    assert raw.fetched_at == f"{pages.page(0).published}T10:00:00Z"
