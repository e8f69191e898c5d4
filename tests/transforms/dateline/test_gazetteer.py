"""The packed table answers as the mapping that it was made of, and knows towns, states and countries."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.dateline import gazetteer
from dateline.transforms.dateline.gazetteer import Gazetteer, country, load, pack, town, town_in

NAMES = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=8)
ZONES = st.sampled_from(["Europe/Oslo", "Asia/Tokyo", "UTC"])


@given(st.dictionaries(NAMES, ZONES, min_size=1, max_size=40), NAMES)
def test_a_table_answers_as_its_mapping(table: dict[str, str], other: str) -> None:
    packed = Gazetteer(gzip.decompress(pack(table)))
    for name in {*table, other}:
        assert packed.zone(name) == table.get(name)


def test_the_same_table_is_the_same_bytes() -> None:
    table = {"oslo": "Europe/Oslo", "bergen": "Europe/Oslo", "tokyo": "Asia/Tokyo"}
    assert pack(table) == pack(dict(reversed(table.items())))


def test_a_table_without_zones_is_refused() -> None:
    with pytest.raises(ValueError, match="build_gazetteer"):
        Gazetteer(b"\n")


@pytest.mark.parametrize(
    ("key", "zone"),
    [
        (town("bergen"), "Europe/Oslo"),
        (town("koln"), "Europe/Berlin"),
        (town("москва"), "Europe/Moscow"),
        (town("portland"), "America/Los_Angeles"),
        (town_in("portland", "maine"), "America/New_York"),
        (town_in("portland", "texas"), "America/Chicago"),
        (country("norway"), "Europe/Oslo"),
        (town("norway"), None),
        (town("no such town at all"), None),
    ],
)
def test_the_packaged_table(key: str, zone: str | None) -> None:
    assert load().zone(key) == zone


def test_a_lone_surrogate_is_no_town() -> None:
    assert load().zone("\ud800") is None


def test_it_is_small() -> None:
    from importlib.resources import files

    assert len(files(gazetteer.__package__).joinpath(gazetteer.FILE).read_bytes()) < 1_000_000
