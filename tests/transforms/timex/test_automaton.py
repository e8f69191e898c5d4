"""The forms of a language as one automaton, beside a regular expression for each form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.timex.automaton import Automaton
from dateline.transforms.timex.forms import items

MEMBERS = {"MONTH": "ab", "YEAR": "bc", "of": "d", "the": "de", "LACKED": ""}


def _pattern(form: str) -> re.Pattern[str]:
    """A form as a pattern with a group for each item, numbered in order."""
    out = []
    for item in items(form):
        if item in "()|?":
            out.append("(?:" if item == "(" else item)
        else:
            out.append(f"([{MEMBERS[item]}])" if MEMBERS[item] else "((?!))")
    return re.compile("".join(out))


def _by_patterns(forms: list[str], run: str) -> list[tuple[int, tuple[str, ...]]]:
    found = []
    for number, form in enumerate(forms):
        m = _pattern(form).match(run)
        if m is not None and m.end():
            named = [item for item in items(form) if item not in "()|?"]
            taken = sorted((m.start(n + 1), item) for n, item in enumerate(named) if m.start(n + 1) >= 0)
            found.append((number, tuple(item for _, item in taken)))
    return found


def _grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequence = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    choice = st.lists(sequence, min_size=1, max_size=3).map(lambda parts: f"({' | '.join(parts)})")
    return st.one_of(inner, choice, choice.map(lambda text: text + "?"))


_ITEMS = st.sampled_from([name + mark for name in MEMBERS for mark in ("", "?")])
FORMS = st.lists(st.recursive(_ITEMS, _grouped, max_leaves=5), min_size=1, max_size=4).map(" ".join)


@given(
    st.lists(FORMS, min_size=1, max_size=4), st.lists(st.text("abcde", min_size=1, max_size=6), max_size=4)
)
def test_it_takes_what_patterns_take(forms: list[str], runs: list[str]) -> None:
    automaton = Automaton(forms, MEMBERS)
    for run in (*runs, *runs):  # The second time by the states that the first has made.
        assert list(automaton.matching(run)) == _by_patterns(forms, run)


def test_what_is_optional_is_taken_first_and_choices_in_order() -> None:
    automaton = Automaton(["MONTH? YEAR", "(YEAR | MONTH) of?", "(YEAR? | the) of"], MEMBERS)
    assert list(automaton.matching("bcd")) == [(0, ("MONTH", "YEAR")), (1, ("YEAR",))]
    assert list(automaton.matching("bd")) == [(0, ("YEAR",)), (1, ("YEAR", "of")), (2, ("YEAR", "of"))]
    assert list(automaton.matching("dd")) == [(2, ("of",))]


def test_a_class_that_a_language_lacks_is_never_taken() -> None:
    automaton = Automaton(["MONTH LACKED", "MONTH LACKED? | LACKED YEAR", "LACKED? of"], MEMBERS)
    assert list(automaton.matching("ac")) == [(1, ("MONTH",))]
    assert list(automaton.matching("d")) == [(2, ("of",))]
    assert list(automaton.matching("c")) == []
    assert [automaton.can_match(n) for n in range(3)] == [False, True, True]


def test_states_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.transforms.timex.automaton.STATES", 2)
    forms = ["the MONTH? YEAR", "MONTH of? YEAR", "YEAR YEAR"]
    automaton = Automaton(forms, MEMBERS)
    for run in ("dbc", "adb", "bcb", "eac", "ab"):
        assert list(automaton.matching(run)) == _by_patterns(forms, run)
        assert len(automaton._states) <= 2


@pytest.mark.parametrize("form", ["(MONTH", "MONTH)", "((MONTH | YEAR) of"])
def test_open_parentheses_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="parenthes"):
        Automaton([form], MEMBERS)
