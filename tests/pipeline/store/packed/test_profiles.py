"""Profiles as bytes: the text comes back, the rare words are found without it, other forms are kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.store.packed import profiles
from dateline.transforms import stories
from tests.pipeline.store.conftest import rows


@pytest.mark.parametrize("number", range(4))
def test_the_text_comes_back_and_takes_half_the_room(number: int) -> None:
    made = rows(number)
    text, ids = made.article["profile"], [event["event_id"] for event in made.events]
    packed = profiles.pack(text, ids)
    assert profiles.unpack(packed, ids) == text
    assert len(packed) < 0.5 * len(text)
    wanted = stories.unpack_rare(text)
    found = profiles.rare(packed)
    assert wanted is not None and found is not None and found.tolist() == wanted.tolist()


@pytest.mark.parametrize("number", range(4))
def test_a_profile_is_read_without_its_text(number: int) -> None:
    made = rows(number)
    text, ids = made.article["profile"], [event["event_id"] for event in made.events]
    ids.append(made.article["article_id"])
    wanted, packed = stories.unpack(text), profiles.pack(text, ids)
    assert wanted is not None
    for data in (packed, profiles.pack(text)):
        found = profiles.read(data, ids)
        assert found is not None
        assert replace(found, slots=tuple(found.slots)) == wanted
    told = profiles.read(packed, ids[-1:], words=False)
    assert told is not None and (told.terms, told.places, told.names) == ({}, {}, frozenset())
    assert (told.article_id, told.days, told.source) == (wanted.article_id, wanted.days, wanted.source)
    assert [(s.kind, s.day, s.at) for s in told.slots] == [(s.kind, s.day, s.at) for s in wanted.slots]
    assert len(told.slots) == len(wanted.slots) > 0
    assert stories.main_day(told) == stories.main_day(wanted)


def test_a_profile_of_another_form_is_kept_as_it_is() -> None:
    for text in ('{"form":1,"rare":"AA=="}', json.dumps({"form": 2, "terms": "not base 64"}), '{"form": 99}'):
        packed = profiles.pack(text)
        assert profiles.unpack(packed) == text
    assert profiles.read(profiles.pack('{"form":1,"rare":"AAAA"}')) is None
    assert profiles.rare(profiles.pack('{"form":1,"rare":"AAAA"}')) is None


def test_an_empty_profile() -> None:
    made = json.loads(rows(1).article["profile"])
    for name in ("terms", "weights", "rare", "head", "names", "sketch", "places"):
        made[name] = ""
    made |= {"numbers": [], "days": [], "slots": []}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    assert profiles.unpack(profiles.pack(text)) == text
    one = profiles.read(profiles.pack(text))
    assert one is not None and (tuple(one.slots), one.days, one.terms) == ((), (), {})


@given(st.integers(1, 400))
def test_damage_is_found(cut: int) -> None:
    packed = profiles.pack(rows(1).article["profile"])
    with pytest.raises(ValueError, match=r"packed|damaged|cut"):
        profiles.unpack(packed[:-cut])
    with pytest.raises(ValueError, match=r"packed|damaged|cut"):
        profiles.read(packed[:-cut])
