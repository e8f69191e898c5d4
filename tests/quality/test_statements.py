"""Who said what in other languages than English, against the floors, and how an outcome is counted."""

from __future__ import annotations

import tomllib

import pytest

from tests.quality.check import HERE
from tests.quality.statements import LANGUAGES, expected, figures, outcomes, wrong

FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["statements"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_figures_hold_their_floors(code: str) -> None:
    found = {f"{code}_{name}": value for name, value in figures(code).items()}
    bounds = {name: bound for name, bound in FLOORS.items() if name.startswith(f"{code}_")}
    assert found.keys() == bounds.keys()
    missed = {
        name: (found[name], bound)
        for name, bound in bounds.items()
        if not bound.get("min", 0.0) <= found[name] <= bound.get("max", 1.0)
    }
    assert not missed


def test_statement_that_is_not_expected_and_another_speaker_are_wrong() -> None:
    text = "Ministerin Ute Lang sagte, die Brücke sei sicher. Jan Berg sagte, der Bau sei teuer."
    row = ["sagte", "Karl Roth", "die Brücke sei sicher"]
    first, second = outcomes("de", {"text": text, "told": [row]})
    assert first.claim is not None
    assert first.claim.speaker == "Ute Lang"
    assert second.told is None
    assert wrong(first)
    assert wrong(second)
    (only,) = outcomes(
        "de", {"text": text, "told": [["sagte", "Ute Lang", row[2]]], "may": ["der Bau sei teuer"]}
    )
    assert only.same
    assert not wrong(only)


def test_row_must_stand_in_its_article() -> None:
    with pytest.raises(ValueError, match="no content"):
        expected("Ute Lang sagte nichts.", ["sagte", "Ute Lang", "alles"])
    with pytest.raises(ValueError, match="no cue"):
        expected("Ute Lang sagte nichts.", ["meinte", "Ute Lang", "nichts"])
