"""Files of every format become a page a record; what is broken stands alone."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.pipeline.errors import InputError
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import inputs
from dateline.pipeline.sources.files import read, take
from dateline.transforms import errors
from dateline.transforms.decode import Options, decode
from dateline.transforms.model import RawArticle
from tests import pages
from tests.pipeline.sources.conftest import put, raws, texts


def test_unicode_and_invalid_names_become_valid_origins(tmp_path: Path) -> None:
    put(tmp_path / "новини 📰.txt", "one")
    with open(os.path.join(os.fsencode(tmp_path), b"bad\xff.txt"), "wb") as file:
        file.write(b"two")
    found = raws(tmp_path)
    assert texts(found) == ["two", "one"]
    assert [os.path.basename(raw.origin) for raw in found] == ["bad\\udcff.txt", "новини 📰.txt"]
    for raw in found:
        raw.origin.encode("utf-8")


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("ending", ["txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "warc"])
def test_every_format_and_its_gzip(tmp_path: Path, ending: str, zipped: bool) -> None:
    some = list(pages.pages(3))
    one = ending not in ("jsonl", "ndjson", "warc")
    kind = {"json": json.dumps(some[0].record()), "txt": some[0].text(), "text": some[0].text()}
    data = {"jsonl": pages.jsonl(some), "ndjson": pages.jsonl(some), "warc": pages.warc(some)}.get(
        ending, kind.get(ending, some[0].html()).encode()
    )
    path = tmp_path / f"in.{ending}"
    if zipped:
        data = pages.warc(some, gzip=True) if ending == "warc" else gzip.compress(data)
        path = tmp_path / f"in.{ending}.gz"
    found = texts(raws(put(path, data)))
    assert len(found) == (1 if one else 3)
    for page, text in zip(some, found, strict=False):
        assert page.paragraphs[0] in text
    assert texts(raws(tmp_path)) == found


@pytest.mark.parametrize("zipped", [False, True])
def test_json_array_is_a_record_each(tmp_path: Path, zipped: bool) -> None:
    data = "\ufeff" + json.dumps([page.record() for page in pages.pages(3)])
    path = put(tmp_path / "in.json", gzip.compress(data.encode()) if zipped else data)
    found = raws(path)
    assert [raw.origin.rpartition("#")[2] for raw in found] == ["1", "2", "3"]
    assert texts(found) == [page.text() for page in pages.pages(3)]


@pytest.mark.parametrize("data", ["[1, {", "[" * 100_000, '[{"content": ' + "[" * 500 + "]" * 500 + "}]"])
def test_broken_json_array_is_rejected_and_no_crash(tmp_path: Path, data: str) -> None:
    for raw in raws(put(tmp_path / "in.json", data)):
        with pytest.raises(errors.Rejection):
            decode(raw)


def test_blank_lines_and_last_line_without_newline(tmp_path: Path) -> None:
    found = raws(put(tmp_path / "in.jsonl", '{"content": "a"}\r\n\n  \n{"content": "b"}'))
    assert texts(found) == ["a", "b"]
    assert [raw.origin.rpartition("#")[2] for raw in found] == ["1", "4"]


def test_one_broken_line_leaves_the_lines_around_it(tmp_path: Path) -> None:
    lines = pages.jsonl(pages.pages(5)).splitlines(keepends=True)
    lines[2] = lines[2][:40] + b"\n"
    found = raws(put(tmp_path / "in.jsonl", b"".join(lines)))
    assert len(found) == 5
    with pytest.raises(errors.Undecodable, match="broken JSON"):
        decode(found[2])
    assert texts(found[:2] + found[3:]) == [pages.page(n).text() for n in (0, 1, 3, 4)]


def test_line_over_the_bound_is_one_rejection_that_says_where_it_stands(tmp_path: Path) -> None:
    long = b'{"content": "' + b"x" * 300_000 + b'"}\n'
    path = put(tmp_path / "in.jsonl", b'{"content": "a"}\n' + long + b'{"content": "b"}\n')
    found = raws(path, options=Options(raw_bytes=1000))
    assert len(found) == 3
    assert len(found[1].content) == 1000
    assert found[1].fault and found[1].fault.reference == f"{path}@17+{len(long)}"
    with pytest.raises(errors.TooLarge):
        decode(found[1])
    assert texts([found[0], found[2]]) == ["a", "b"]


def test_page_over_the_bound_is_one_rejection(tmp_path: Path) -> None:
    [raw] = raws(put(tmp_path / "in.txt", b"x" * 2000), options=Options(raw_bytes=1000))
    assert raw.fault and raw.fault.reference == f"{tmp_path}/in.txt@0+2000"
    assert len(raw.content) == 1001


# ---------------------------------------------------------------- broken gzip


@pytest.mark.parametrize("cut", [1, 9, 200, 5_000])
def test_truncated_gzip_keeps_the_records_before_and_is_one_rejection(tmp_path: Path, cut: int) -> None:
    data = gzip.compress(pages.jsonl(pages.pages(60)))
    found = raws(put(tmp_path / "in.jsonl.gz", data[:-cut]))
    with pytest.raises(errors.Undecodable, match="truncated gzip"):
        decode(found[-1])
    whole = texts(found[:-1])
    assert whole == [pages.page(n).text() for n in range(len(whole))]
    assert len(whole) >= (60 if cut <= 9 else 20)


def test_broken_byte_in_gzip_keeps_the_records_before_it(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(pages.jsonl(pages.pages(60))))
    data[len(data) // 2 : len(data) // 2 + 8] = b"\xff" * 8
    found = raws(put(tmp_path / "in.jsonl.gz", bytes(data)))
    assert found[-1].fault and found[-1].fault.type == "undecodable"
    good = [text for raw in found[:-1] if (text := _text(raw))]
    assert len(good) >= 20
    assert good[:20] == [pages.page(n).text() for n in range(20)]


def _text(raw: RawArticle) -> str | None:
    try:
        return decode(raw).text
    except errors.Rejection:
        return None


def test_gzip_of_many_members_is_read_to_its_end(tmp_path: Path) -> None:
    lines = pages.jsonl(pages.pages(20)).splitlines(keepends=True)
    data = b"".join(gzip.compress(line) for line in lines) + b"\0" * 512
    assert len(texts(raws(put(tmp_path / "in.jsonl.gz", data)))) == 20


# ---------------------------------------------------------------- sidecars


def test_sidecar_tells_what_flat_text_cannot_say(tmp_path: Path) -> None:
    put(tmp_path / "page.txt.gz", gzip.compress(b"words"))
    put(
        tmp_path / "page.meta.json",
        '{"published": "2024-05-01", "url": "https://a.example/", "desk": "city", "zone": 3}',
    )
    for pattern in (tmp_path, tmp_path / "*.gz", tmp_path / "page.txt.gz"):
        [raw] = raws(pattern)
        assert (raw.published, raw.url, raw.zone) == ("2024-05-01", "https://a.example/", None)
        assert raw.carrier == {"desk": "city", "zone": 3}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("[1]", "schema_violation"),
        ("{", "undecodable"),
        ("[" * 100_000, "too_large"),
    ],
)
def test_broken_sidecar_is_a_rejection_of_its_page(tmp_path: Path, data: str, kind: str) -> None:
    put(tmp_path / "page.txt", "words")
    put(tmp_path / "page.meta.json", data)
    [raw] = raws(tmp_path)
    assert raw.fault and raw.fault.type == kind
    assert "page.meta.json" in raw.fault.message


def test_sidecar_text_can_be_stored(tmp_path: Path) -> None:
    put(tmp_path / "page.txt", "words")
    put(tmp_path / "page.meta.json", '{"note": "half \\ud800"}')
    assert raws(tmp_path)[0].carrier == {"note": "half \ufffd"}


# ---------------------------------------------------------------- splitting


SOME = list(pages.pages(12))


SPLITTABLE = {
    "in.jsonl": pages.jsonl(SOME).replace(b"\n", b"\n\n", 3) + b'{"content": "last line without an end"}',
    "in.warc": pages.warc(SOME),
    "in.warc.gz": pages.warc(SOME, gzip=True),
}


@pytest.mark.parametrize("name", list(SPLITTABLE))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_ranges_of_any_size_give_the_same_records_as_the_whole(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    path = tmp_path / name
    if not path.exists():
        put(path, SPLITTABLE[name])
    size = path.stat().st_size
    split = data.draw(st.integers(min_value=max(1, size // 200), max_value=size + 1))
    whole, parts = raws(path), raws(path, split_bytes=split)
    assert [raw.content for raw in parts] == [raw.content for raw in whole]
    assert len({raw.origin for raw in parts}) == len(parts)


@pytest.mark.parametrize("name", list(SPLITTABLE))
def test_ranges_that_begin_at_a_record_lose_and_double_none(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, SPLITTABLE[name])
    whole = raws(path)
    at = [int(raw.origin.rpartition("@")[2]) for raw in raws(path, split_bytes=path.stat().st_size - 1)]
    for start in at[1:]:
        for split in (start - 1, start, start + 1):
            assert [raw.content for raw in raws(path, split_bytes=split)] == [raw.content for raw in whole]


def test_origins_of_ranges_do_not_depend_on_their_size(tmp_path: Path) -> None:
    path = put(tmp_path / "in.jsonl", SPLITTABLE["in.jsonl"])
    assert [r.origin for r in raws(path, split_bytes=999)] == [
        r.origin for r in raws(path, split_bytes=5_000)
    ]


def test_limit_takes_the_first_records_over_all_shards(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "first")
    put(tmp_path / "b.jsonl", pages.jsonl(pages.pages(5)))
    shards = inputs.match([str(tmp_path)], Settings(split_bytes=3_000))
    for limit in (0, 1, 3, 6, 9):
        found = [raw for shard in take(shards, limit) for raw in read(shard)]
        assert len(found) == min(limit, 6)


def test_workers_share_a_file_whose_records_keep_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = pages.jsonl(pages.pages(40)).splitlines(keepends=True)
    lines.insert(7, b"\n")
    lines.insert(11, b"{broken\n")
    path = put(tmp_path / "in.jsonl", b"".join(lines) + b'{"content": "the last line has no end"}')
    whole = inputs.match([str(path)], Settings())
    assert len(whole) == 1
    found = [(raw.origin, raw.content) for raw in read(whole[0])]
    for least in (1, 700, 5_000, path.stat().st_size):
        monkeypatch.setattr(inputs, "WORKER_BYTES", least)
        for workers in (2, 4):
            shards = inputs.match([str(path)], Settings(workers=workers))
            assert len(shards) <= inputs.SHARDS * workers + 1
            assert (len(shards) > 1) is (least < path.stat().st_size)
            assert [(raw.origin, raw.content) for shard in shards for raw in read(shard)] == found


def test_a_file_that_may_not_be_read_ends_the_run_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "a.txt", "words")

    def refusing(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("dateline.pipeline.sources.files.FileSystems.open", refusing)
    with pytest.raises(InputError, match=r"a\.txt: Permission denied; give yourself the right to read it"):
        raws(path)
