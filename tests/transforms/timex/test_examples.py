"""Every rule and every guard of every language, by its own examples; each is needed by one of them."""

from __future__ import annotations

import copy
import importlib
import re
from dataclasses import dataclass
from functools import lru_cache

import pytest

from dateline.transforms import lexicon
from dateline.transforms.model import TimeExpression
from dateline.transforms.timex import annotate_text
from dateline.transforms.timex.forms import Matching
from dateline.transforms.timex.grammar import Grammar, grammar
from dateline.transforms.timex.guards import LooksLike
from dateline.transforms.timex.rules import DateRules, Example, Rule, common

DAY = "2026-11-18"
"""A Wednesday."""
CALENDAR = re.compile(r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?")
annotating = importlib.import_module("dateline.transforms.timex.annotate")


@dataclass(frozen=True)
class Case:
    language: str
    rule: str
    example: Example

    def read(self) -> tuple[TimeExpression, ...]:
        day = self.example.day or DAY
        return annotate_text(self.example.text, None if day == "none" else day, self.language)

    def fault(self) -> str:
        """What is wrong in the reading, empty where it is right."""
        e, found = self.example, self.read()
        if e.nothing:
            return "" if not found else f"read {[(t.span.exact, t.rule) for t in found]}"
        # Words that stand twice are shown by their last.
        named = [t for t in found if t.span.exact == e.words]
        if not named:
            return f"not read: {[(t.span.exact, t.rule) for t in found]}"
        time = named[-1]
        wrong = []
        # A value that is a day, month, year or a range of them is its own EDTF.
        edtf = e.edtf or (e.value if e.value and CALENDAR.fullmatch(e.value) else None)
        expected = {"edtf": edtf, "mod": e.mod, "time": e.time, "partial": e.partial}
        if e.value is not None or edtf is None:
            expected["value"] = e.value
        if e.type is not None:
            expected["type"] = e.type
        if e.day == "none":
            del expected["value"]
        if e.mod is None and e.value is None:
            del expected["mod"], expected["time"]
        for field, value in expected.items():
            if getattr(time, field) != value:
                wrong.append(f"{field} is {getattr(time, field)!r}, not {value!r}")
        if self.language == "en" and time.rule != (e.gives or self.rule):
            wrong.append(f"read by {time.rule}")
        return "; ".join(wrong)


def own(language: str) -> DateRules:
    return lexicon.library().part(DateRules, language)


def rules_of(language: str) -> tuple[Rule, ...]:
    return grammar(language).rules


def examples_of(language: str, rule: Rule) -> tuple[Example, ...]:
    return (
        *(rule.examples if rule in own(language).rules else ()),
        *own(language).examples.get(rule.name, ()),
    )


LANGUAGES = tuple(code for code in lexicon.languages() if lexicon.calendar(code).classes)
CASES = [
    Case(language, rule.name, example)
    for language in LANGUAGES
    for rule in rules_of(language)
    for example in examples_of(language, rule)
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language} {c.rule}: {c.example.text[:60]}")
def test_example_is_read(case: Case) -> None:
    assert case.fault() == ""


def usable(language: str) -> frozenset[str]:
    """Rules that have a form whose words the language has."""
    g = grammar(language)
    return frozenset(rule.name for n, (rule, _) in enumerate(g.forms) if g.automaton.can_match(n))


def without_rule(g: Grammar, name: str) -> Grammar:
    other = copy.copy(g)

    def matches(run: str) -> tuple[tuple[int, tuple[Matching, ...]], ...]:
        left = ((at, tuple(f for f in forms if f.rule.name != name)) for at, forms in g.matches(run))
        return tuple((at, forms) for at, forms in left if forms)

    other.matches = lru_cache(maxsize=64)(matches)
    return other


def without_guard(g: Grammar, name: str) -> Grammar:
    other = copy.copy(g)
    other.guards = {k: v for k, v in g.guards.items() if k != name}
    other.guarding = lru_cache(maxsize=64)(other._guarding)
    return other


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_rule_one_of_its_examples_fails(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = []
    for rule in rules_of(language):
        if rule.name in usable(language):
            lame = without_rule(grammar(language), rule.name)
            monkeypatch.setattr(annotating, "grammar", lambda _, lame=lame: lame)
            if not any(c.fault() for c in CASES if c.language == language and c.rule == rule.name):
                idle.append(rule.name)
    assert idle == []


def guards_of(language: str) -> frozenset[str]:
    used = {name for rule in rules_of(language) if rule.name in usable(language) for name in rule.unless}
    return frozenset(used & grammar(language).guards.keys())


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_guard_one_of_its_examples_fails(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = []
    for name in sorted(guards_of(language)):
        lame = without_guard(grammar(language), name)
        monkeypatch.setattr(annotating, "grammar", lambda _, lame=lame: lame)
        if not any(c.fault() for c in CASES if c.language == language and c.example.guard == name):
            idle.append(name)
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guard_is_asked_by_a_rule(language: str) -> None:
    asked = {name for rule in rules_of(language) for name in rule.unless}
    named = {guard.name for guard in lexicon.library().part(LooksLike, language).guards}
    assert named <= asked


def test_every_guard_that_a_rule_asks_exists() -> None:
    for language in LANGUAGES:
        known = grammar(language).guards.keys()
        for rule in own(language).rules:
            assert set(rule.unless) <= known, (language, rule.name)
    somewhere = {name for language in LANGUAGES for name in grammar(language).guards}
    for rule in common().rules:
        assert set(rule.unless) <= somewhere, rule.name


def test_examples_of_common_rules_name_a_rule() -> None:
    for language in LANGUAGES:
        assert own(language).examples.keys() <= {r.name for r in common().rules}, language


def test_a_line_of_a_programme_goes_back_to_its_own_day() -> None:
    text = (
        "Tanz im Saal, morgen um 19 Uhr. "
        + "Chor der Fischer mit neuen Liedern in der alten Halle am Kai, 20 Uhr. " * 2
    )
    days = [t.edtf for t in annotate_text(text, DAY, "de")]
    assert days == ["2026-11-19", "2026-11-19", "2026-11-18", "2026-11-18"]
