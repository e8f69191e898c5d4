"""The corpus of dates: examples grouped by rule, what must not be read, what stays undated."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.timex import annotate_text
from transforms.timex.lexicon import lexicon

FOLDER = Path(__file__).parents[2] / "corpus"
CORPUS = tomllib.loads((FOLDER / "dates.en.toml").read_text("utf-8"))
OTHERS = tomllib.loads((FOLDER / "dates.others.toml").read_text("utf-8"))
DAY = CORPUS["anchor"]


@pytest.mark.parametrize("example", CORPUS["example"], ids=lambda e: f"{e['rule']}: {e['words']}")
def test_example_is_read_by_its_rule(example: dict[str, Any]) -> None:
    rule = example.get("gives", example["rule"])
    found = [
        t for t in annotate_text(example["text"], DAY) if t.rule == rule and t.span.exact == example["words"]
    ]
    assert found, [(t.span.exact, t.rule) for t in annotate_text(example["text"], DAY)]
    time = found[-1]
    assert (time.type, time.value, time.edtf) == (example["type"], example["value"], example.get("edtf"))
    assert (time.mod, time.time) == (example.get("mod"), example.get("time"))


@pytest.mark.parametrize("example", CORPUS["nothing"], ids=lambda e: e["text"])
def test_nothing_is_read(example: dict[str, Any]) -> None:
    assert [(t.span.exact, t.rule) for t in annotate_text(example["text"], DAY)] == []


@pytest.mark.parametrize("example", CORPUS["undated"], ids=lambda e: e["words"])
def test_without_an_anchor_there_is_span_and_rule_and_no_day(example: dict[str, Any]) -> None:
    (time,) = [t for t in annotate_text(example["text"], None) if t.span.exact == example["words"]]
    assert time.rule == example["rule"]
    assert (time.edtf, time.start, time.end) == (None, None, None)
    assert time.partial == example.get("partial")


@pytest.mark.parametrize("example", OTHERS["example"], ids=lambda e: f"{e['language']}: {e['words']}")
def test_other_languages(example: dict[str, Any]) -> None:
    found = [
        t
        for t in annotate_text(example["text"], DAY, example["language"])
        if t.span.exact == example["words"]
    ]
    assert [t.edtf for t in found] == [example["edtf"]]


@pytest.mark.parametrize("example", OTHERS["value"], ids=lambda e: f"{e['language']}: {e['words']}")
def test_other_languages_by_value(example: dict[str, Any]) -> None:
    found = annotate_text(example["text"], DAY, example["language"])
    assert [t.value for t in found if t.span.exact == example["words"]] == [example["value"]]


@pytest.mark.parametrize("example", OTHERS["nothing"], ids=lambda e: e["text"])
def test_nothing_is_read_in_other_languages(example: dict[str, Any]) -> None:
    assert annotate_text(example["text"], DAY, example["language"]) == ()


def test_a_line_of_a_programme_goes_back_to_its_own_day() -> None:
    text = (
        "Tanz im Saal, morgen um 19 Uhr. "
        + "Chor der Fischer mit neuen Liedern in der alten Halle am Kai, 20 Uhr. " * 2
    )
    days = [t.edtf for t in annotate_text(text, DAY, "de")]
    assert days == ["2026-11-19", "2026-11-19", "2026-11-18", "2026-11-18"]


def test_every_rule_has_an_example() -> None:
    shown = {e["rule"] for e in CORPUS["example"]} | {e.get("rule") for e in CORPUS["nothing"]}
    assert [r.name for r in lexicon("en").rules if r.name not in shown] == []


def test_every_example_names_a_rule() -> None:
    names = {r.name for r in lexicon("en").rules}
    assert [e["rule"] for e in CORPUS["example"] if e["rule"] not in names] == []
