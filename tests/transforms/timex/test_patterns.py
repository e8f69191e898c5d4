"""Patterns run in linear time: each form and cue is fed long runs of what it nearly matches."""

from __future__ import annotations

import pytest

from dateline.transforms.lexicon import languages
from dateline.transforms.timex import annotate_text
from dateline.transforms.timex.grammar import grammar
from tests.timing import spent

PUMPS = [
    "1", "12/", "1-", "March ", "Monday, ", "the last ", "two hundred ", "from March 3 to ", "a year and a half ",
    "early late mid- ", "'", "the end of ", "ed ", "p.m. ", "20:30 ", "2019-", "nineteen ninety ", " ", ".", "every other ",
]  # fmt: skip


@pytest.mark.parametrize("pump", PUMPS)
def test_doubling_a_text_does_not_square_its_time(pump: str) -> None:
    def seconds(size: int) -> float:
        text = pump * size
        return spent(lambda: annotate_text(text, "2026-11-18"), tries=3)

    small, large = seconds(400), seconds(1600)
    assert large < 0.05 + 10 * small


@pytest.mark.parametrize("language", languages())
def test_no_form_repeats(language: str) -> None:
    for rule in grammar(language).rules:
        for form in rule.forms:
            assert not {"*", "+", "{"} & set(form)


def test_a_form_names_what_the_english_words_have() -> None:
    words = grammar("en")
    classes = {c for c in words.classes if not c.startswith("=")}
    for rule in words.rules:
        for form in rule.forms:
            named = {
                w for w in form.replace("(", " ").replace(")", " ").replace("?", " ").split() if w.isupper()
            }
            assert named <= classes, (rule.name, named - classes)
