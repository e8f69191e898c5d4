"""JSON text → values, and objects one after another."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import records
from dateline.transforms.errors import Undecodable
from dateline.transforms.options import Options


def split(data: bytes, size: int = 7, bound: int = 100_000) -> list[bytes]:
    chunks = [data[n : n + size] for n in range(0, len(data), size)]
    return [piece for piece, _ in records.split_objects(chunks, bound)]


def test_what_python_writes_for_missing_numbers_is_null() -> None:
    assert records.load('{"a": NaN, "b": -Infinity}') == {"a": None, "b": None}


def test_broken_json_says_where() -> None:
    with pytest.raises(Undecodable, match="line 1 column"):
        records.load('{"a": ', Options())


@pytest.mark.parametrize("joint", ["", "\n", ",\n", "\x1e", "  \n\n"])
def test_objects_one_after_another(joint: str) -> None:
    objects = [{"a": "}{]["}, {"b": [{"c": '"\\'}]}]
    text = joint.join(json.dumps(o, indent=1) for o in objects)
    assert [json.loads(p.strip(b"\n \x1e,")) for p in split(text.encode())] == objects
    assert [json.loads(p.strip(b"\n \x1e,")) for p in split(f"[{text}]".encode())] == objects


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.lists(st.integers())), max_size=5),
    st.integers(1, 9),
)
def test_split_gives_back_what_was_joined(objects: list[dict[str, object]], size: int) -> None:
    for text in (json.dumps(objects), "\n".join(map(json.dumps, objects))):
        assert [json.loads(p.strip(b", \n")) for p in split(text.encode(), size)] == objects


def test_object_over_the_bound_keeps_its_head_and_its_length() -> None:
    data = b'[{"a": 1}, {"b": "' + b"x" * 5000 + b'"}, {"c": 2}]'
    found = list(records.split_objects([data], 100))
    assert [len(piece) <= 100 for piece, _ in found] == [True] * 3
    assert found[1][1] > 5000 and json.loads(found[2][0]) == {"c": 2}


def test_what_is_cut_comes_as_it_stands() -> None:
    assert split(b'{"a": 1}\n{"b": ') == [b'{"a": 1}', b'{"b": ']
