"""The vocabulary: every folder loads, faults are named, and a part that a language lacks reads nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.transforms import lexicon
from dateline.transforms.dateline.zones import zone_of
from dateline.transforms.timex.guards import LooksLike
from dateline.transforms.timex.rules import DateRules

KINDS = [
    *(
        k
        for k in vars(lexicon).values()
        if isinstance(k, type) and issubclass(k, lexicon.Part) and k is not lexicon.Part
    ),
    DateRules,
    LooksLike,
]
"""Rules and guards are checked against the productions, so their records stand in the room of dates."""
COMMON = [lexicon.Agencies, lexicon.Zones, lexicon.Regions, lexicon.Places]


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_file_of_a_language_is_a_part_and_loads(language: str) -> None:
    files = {entry.name for entry in lexicon.BUILT_IN.joinpath(language).iterdir()}
    known = {f"{kind.FILE}.toml": kind for kind in KINDS if kind not in COMMON}
    assert files <= set(known)
    for name in files:
        assert lexicon.library().part(known[name], language).model_fields_set


@pytest.mark.parametrize("kind", COMMON)
def test_common_parts_load(kind: type[lexicon.Part]) -> None:
    assert lexicon.library().common(kind).model_fields_set


@pytest.mark.parametrize("language", lexicon.languages())
def test_months_and_weekdays_of_a_language_are_whole(language: str) -> None:
    names = lexicon.names(language)
    assert len(names.months) in (0, 12)
    assert len(names.weekdays) in (0, 7)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("verbs = [", "not TOML"),
        ('verb = "sagt"', "verb: Extra inputs are not permitted"),
        ("verbs = 3", "verbs: Input should be a valid frozenset"),
        ('according = "laut"', "according: Input should be a valid tuple"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "de" / "saying.toml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(lexicon.LexiconError, match=re.escape(str(file)) + ".*" + re.escape(fault)):
        lexicon.Library(tmp_path).part(lexicon.Saying, "de")


def test_a_broken_pattern_is_refused(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "tense.toml").write_text("aim = '(zu'", "utf-8")
    with pytest.raises(lexicon.LexiconError, match="aim: not a regular expression"):
        lexicon.Library(tmp_path).part(lexicon.Tense, "de")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in COMMON])
@pytest.mark.parametrize("language", ["xx", "", "../en", "EN/../de"])
def test_a_language_without_a_folder_has_empty_parts(kind: type[lexicon.Part], language: str) -> None:
    assert lexicon.library().part(kind, language).model_fields_set == set()


def test_a_part_that_a_language_lacks_is_empty_and_never_english(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    library = lexicon.Library(tmp_path)
    assert library.languages == ("de",)
    assert library.part(lexicon.Saying, "de").verbs == frozenset()


def test_a_part_is_read_once_and_only_when_it_is_asked_for(tmp_path: Path) -> None:
    for code in ("de", "nl"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "saying.toml").write_text("verbs = [", "utf-8")
    library = lexicon.Library(tmp_path)
    (tmp_path / "de" / "saying.toml").write_text('verbs = "sagt"', "utf-8")
    first = library.part(lexicon.Saying, "de")
    (tmp_path / "de" / "saying.toml").unlink()
    assert library.part(lexicon.Saying, "de-AT") is first


def test_a_later_folder_replaces_a_part(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "saying.toml").write_text('verbs = "sprach"', "utf-8")
    library = lexicon.Library(lexicon.BUILT_IN, tmp_path)
    assert library.part(lexicon.Saying, "de").verbs == {"sprach"}
    assert library.part(lexicon.Calendar, "de").classes
    assert library.languages == lexicon.languages()


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("EDT", "America/New_York"),
        ("pdt", "America/Los_Angeles"),
        ("MESZ", "Europe/Berlin"),
        ("GMT+2", "+02:00"),
        ("CST", None),
        ("IST", None),
        ("et", None),
        ("est", None),
        ("ET", "America/New_York"),
    ],
)
def test_a_zone_is_given_where_its_name_has_one_meaning(words: str, zone: str | None) -> None:
    assert zone_of(words) == zone


def test_no_name_is_both_one_zone_and_several() -> None:
    zones = lexicon.zones()
    assert not {name.casefold() for name in zones.ambiguous} & set(zones.by_name)


def test_every_spelling_of_an_agency_stands_for_a_name() -> None:
    agencies = lexicon.agencies()
    assert set(agencies.spellings.values()) <= set(agencies.names)
