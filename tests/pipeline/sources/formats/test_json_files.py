"""Files of JSON, whatever holds their records together."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.files import read
from dateline.pipeline.sources.formats import json_files
from dateline.pipeline.sources.inputs import match
from dateline.transforms import records
from dateline.transforms.decode import decode
from dateline.transforms.errors import Rejection
from dateline.transforms.model import RawArticle

PLAIN = Settings()
TEXTS = ["The bridge is shut, the mayor said.", "The bridge is open again, he said."]
RECORDS = [{"title": f"T{n}", "text": text} for n, text in enumerate(TEXTS)]


def raws(path: Path, data: str | bytes, settings: Settings = PLAIN) -> list[RawArticle]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [raw for shard in match([str(path)], settings) for raw in read(shard, settings.decode)]


def outcome(raw: RawArticle) -> str:
    try:
        return decode(raw).text
    except Rejection as error:
        return error.type


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(RECORDS),
        json.dumps({"articles": RECORDS}, indent=2),
        "\n".join(map(json.dumps, RECORDS)),
        "\n".join(json.dumps(r, indent=2) for r in RECORDS),
        json.dumps({"articles": RECORDS}).encode("utf-16"),
    ],
)
def test_each_record_is_an_article(tmp_path: Path, data: str | bytes) -> None:
    found = raws(tmp_path / "a.json", data)
    assert [outcome(raw) for raw in found] == TEXTS
    assert [raw.origin.rpartition("#")[2] for raw in found] == ["1", "2"]


def test_line_that_is_an_answer_gives_its_records(tmp_path: Path) -> None:
    found = raws(tmp_path / "a.jsonl", json.dumps({"data": RECORDS}) + "\n" + json.dumps(RECORDS[0]))
    assert [outcome(raw) for raw in found] == [*TEXTS, TEXTS[0]]
    assert [raw.origin.rpartition("#")[2] for raw in found] == ["1.1", "1.2", "2"]


def test_broken_line_in_a_json_file_is_one_dead_letter(tmp_path: Path) -> None:
    found = raws(tmp_path / "a.json", f'{json.dumps(RECORDS[0])}\n{{"text": \n{json.dumps(RECORDS[1])}\n')
    assert [outcome(raw) for raw in found] == [TEXTS[0], "undecodable", TEXTS[1]]


def test_cut_array_keeps_what_was_whole(tmp_path: Path) -> None:
    found = raws(tmp_path / "a.json", json.dumps([*RECORDS, RECORDS[0]])[:-20])
    assert [outcome(raw) for raw in found] == [*TEXTS, "undecodable"]


def test_array_over_the_bound_is_split_and_one_large_record_is_one_dead_letter(tmp_path: Path) -> None:
    large = {"text": "x" * 5000}
    data = json.dumps([RECORDS[0], large, RECORDS[1]])
    found = raws(tmp_path / "a.json", data, Settings(raw_bytes=2000))
    assert [outcome(raw) for raw in found] == [TEXTS[0], "too_large", TEXTS[1]]


@pytest.mark.parametrize("data", ["", " ", "{}", "[]", "null", "{", '{"a": [1, {"b": '])
def test_what_holds_nothing_is_rejected_once(tmp_path: Path, data: str) -> None:
    found = raws(tmp_path / "a.json", data)
    assert all(outcome(raw) in ("schema_violation", "undecodable", "empty") for raw in found)
    assert len(found) <= 1


_WORDS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.sampled_from(['{"a": 1}', "[1]", "}{"])
)
_KEYS = st.one_of(st.sampled_from(["text", "data", "articles", "title"]), st.text(max_size=3))
_INNER = st.one_of(_WORDS, st.dictionaries(_KEYS, _WORDS, max_size=2), st.lists(_WORDS, max_size=2))


@given(st.dictionaries(_KEYS, _INNER, max_size=4), st.booleans())
def test_a_line_that_is_not_looked_into_is_one_record(record: dict[str, object], ascii_only: bool) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    value = json.loads(line.decode("utf-8", "surrogatepass"))
    if json_files._is_flat(line):
        assert records.found_in(value, {}) is None
    if any(isinstance(inner, list | dict) for inner in record.values()):
        assert not json_files._is_flat(line)
