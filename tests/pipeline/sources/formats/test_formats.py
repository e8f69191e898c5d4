"""What holds for every format: compression, broken files, wrong endings, and what is not read at all."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.transforms.decode import decode
from dateline.transforms.inflate import zstd
from tests.pipeline.sources.formats.samples import (
    MAIL,
    MEMBERS,
    MHTML,
    NEWSML,
    NITF,
    PAGE,
    ROWS,
    RSS,
    TEXTS,
    message,
    outcome,
    parquet,
    raws,
    table,
    tarred,
    zipped,
)


@pytest.mark.parametrize(
    ("second", "day"),
    [("06/13/2024", "2024-06-05"), ("13/06/2024", "2024-05-06"), ("07/06/2024", "06/05/2024")],
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.jsonl.gz", "a.json"])
def test_order_of_day_and_month_is_that_of_the_other_records(
    tmp_path: Path, name: str, second: str, day: str
) -> None:
    rows = [{"text": text, "date": date} for text, date in zip(TEXTS, ("06/05/2024", second), strict=True)]
    data = "\n".join(map(json.dumps, rows)) if "jsonl" in name else json.dumps(rows)
    if name == "a.csv":
        data = "date,text\n" + "".join(f'{row["date"]},"{row["text"]}"\n' for row in rows)
    packed = gzip.compress(data.encode()) if name.endswith(".gz") else data.encode()
    assert decode(raws(tmp_path / name, packed)[0]).evidence[0].value == day


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd.compress)],
)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", PAGE.encode()),
        ("a.txt", TEXTS[0].encode()),
        ("a.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.csv", table()),
        ("a.xml", RSS.encode()),
        ("a.eml", MAIL.encode()),
    ],
)
def test_a_compressed_file_is_read_as_it_is(
    tmp_path: Path, name: str, data: bytes, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    plain = [outcome(raw) for raw in raws(tmp_path / name, data)]
    packed = pack(data)
    assert [outcome(raw) for raw in raws(tmp_path / (name + ending), packed)] == plain != []
    cut = [outcome(raw) for raw in raws(tmp_path / (name + ending), packed[: len(packed) * 3 // 4])]
    assert "undecodable" in cut


def test_a_compressed_bomb_is_one_dead_letter(tmp_path: Path) -> None:
    for name, pack in (
        ("a.txt.bz2", bz2.compress),
        ("a.html.xz", lzma.compress),
        ("a.txt.zst", zstd.compress),
    ):
        assert [outcome(raw) for raw in raws(tmp_path / name, pack(b"a" * 60_000_000))] == ["too_large"]


NOT_READ = {
    "a.pdf": (b"%PDF-1.4\n1 0 obj << /Type /Pages >>", "a PDF"),
    "a.docx": (zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<w/>")), "Word"),
    "a.odt": (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), ""),
    "a.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG"),
    "a.html": (b"%PDF-1.7 x", "a PDF"),
    "a.rtf": (b"{\\rtf1 The mayor said on Monday.}", "RTF"),
    "a.db": (b"SQLite format 3\x00" + b"\x00" * 90, "SQLite"),
    "a.xml": (b"<?xml version='1.0'?><office><p>The mayor said on Monday.</p></office>", "<office>"),
    "b.xml": (
        b"<?xml version='1.0'?><urlset><url><loc>https://h.example/</loc></url></urlset>",
        "dateline watch",
    ),
    "a.csv": (b"region,amount\nNorth,5\nSouth,6\n", "it has: region, amount. Name it: --map content=COLUMN"),
    "a.parquet": (parquet([{"region": "North"}]), "it has: region"),
    "a.py": (b'print("The mayor said on Monday.")', "a program's source"),
    "a.css": (b"p { color: red }", "a style sheet"),
    "a.ics": (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "a calendar"),
    "b.txt": (b"1\n00:00:01,000 --> 00:00:04,000\nThe mayor said on Monday.", "subtitles"),
    "c.txt": (b"WEBVTT\n\n00:01.000 --> 00:04.000\nThe mayor said on Monday.", "subtitles"),
    "a.feather": (b"ARROW1\x00\x00", "an Arrow file, which is not read: save it as Parquet"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_not_read_is_refused_in_words_once(tmp_path: Path, name: str) -> None:
    data, words = NOT_READ[name]
    [raw] = raws(tmp_path / name, data)
    assert words in message(raw)


GOOD = {
    "a.csv": table(), "a.parquet": parquet(ROWS), "a.xml": RSS.encode(), "b.xml": NITF.encode(), "c.xml": NEWSML.encode(),
    "a.mhtml": MHTML.encode(), "a.eml": MAIL.encode(), "a.mbox": b"From a Tue\n" + MAIL.encode(), "a.zip": zipped(*MEMBERS), "a.tar": tarred(*MEMBERS), "a.tar.gz": tarred(*MEMBERS, mode="w:gz"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_empty_cut_and_garbled_files_are_dead_letters_and_no_crash(tmp_path: Path, name: str) -> None:
    data = GOOD[name]
    for n, broken in enumerate(
        [
            b"",
            b" \n",
            data[:20],
            data[: len(data) // 2],
            data[:-5],
            data[:60] + b"\x00\xff" * 40 + data[60:],
            b"\x00" * 2000,
        ]
    ):
        found = raws(tmp_path / f"{n}{name}", broken)
        assert found, (name, n)
        assert len({raw.origin for raw in found}) == len(found)
        for raw in found:
            outcome(raw)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "other", ["a.csv", "a.parquet", "a.xml", "a.eml", "a.zip", "a.tar", "a.jsonl", "a.json", "a.html"]
)
def test_wrong_ending_is_no_crash(tmp_path: Path, name: str, other: str) -> None:
    for raw in raws(tmp_path / other, GOOD[name]):
        outcome(raw)
