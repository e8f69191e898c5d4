"""Every sample page gives the record that was kept, field by field; ``make golden`` keeps anew."""

from __future__ import annotations

import json

import pytest

from tests.golden import stories
from tests.golden.record import FOLDER, differences, path_of, records
from tests.seeds.pages import raw_articles

NAMES = [name for name, _ in raw_articles()]


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    wanted = json.loads(path_of(name).read_text("utf-8"))
    assert list(differences(wanted, records()[name])) == []


def test_the_stories_that_the_pages_tell_together() -> None:
    found = stories.records()
    assert {path.stem for path in stories.FOLDER.glob("*.json")} == found.keys()
    for name, record in found.items():
        wanted = json.loads((stories.FOLDER / f"{name}.json").read_text("utf-8"))
        assert list(differences(wanted, json.loads(json.dumps(record)))) == [], name


def test_no_record_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {path_of(name).name for name in NAMES}


def test_differences_are_named_by_their_path() -> None:
    wanted = {"events": [{"actor": "Ann", "when": "2025-01-01"}, {"actor": "Bob"}], "title": "x"}
    found = {"events": [{"actor": "Ann", "when": None, "new": 1}], "title": "x"}
    assert list(differences(wanted, found)) == [
        ".events[0].new: nothing → 1",
        ".events[0].when: '2025-01-01' → None",
        ".events[1]: {'actor': 'Bob'} → nothing",
    ]
    assert list(differences(wanted, wanted)) == []
