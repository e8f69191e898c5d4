"""The date grammar of a language: its words by class, its rules and guards, compiled once.

Everything that differs between languages is data; the productions that rules name are
common to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dateline.transforms import lexicon
from dateline.transforms.timex.automaton import Automaton
from dateline.transforms.timex.forms import Matching, literals
from dateline.transforms.timex.guards import Guard, Guards, LooksLike
from dateline.transforms.timex.patterns import Around, any_of, link_patterns, one_of, tense_patterns
from dateline.transforms.timex.rules import DateRules, Rule, common, whole_dates
from dateline.transforms.timex.triggers import Triggers
from dateline.transforms.timex.words import Words

NEAR = ("RELDAY", "TONIGHT", "OCLOCKWORD", "DAYPART", "WEEKDAYS")
"""Classes of words that show that a text names days of its own."""
LOWERED = {"MONTH": "LOWMONTH", "WEEKDAY": "LOWDAY"}
"""Classes of words that count only with a capital, and what they are without it: rules that name a whole date ask for it."""
KEPT = 32
"""Languages whose grammars are kept."""
RUNS = 4096
"""Runs of class characters whose matches are kept: a bound, not a need."""
LONGEST = 16
"""Tokens of the longest match that is tried."""


class Grammar:
    """The words, rules and guards of one language."""

    def __init__(
        self,
        language: str,
        names: lexicon.Names,
        calendar: lexicon.Calendar,
        tense: lexicon.Tense,
        rules: Iterable[Rule],
        guards: Iterable[Guard],
    ) -> None:
        self.language = language
        zones = lexicon.zones()
        self.nowadays = calendar.nowadays
        self.words = Words(
            calendar.elided,
            calendar.number_joins | {"-"},
            calendar.ordinal_endings,
            calendar.decade_endings,
            [w for spellings in calendar.classes.get("POSS", {}).values() for w in spellings],
            names.date_signs or (),
        )
        never = "(?!)"
        self.tense = tense_patterns(tense, calendar.links.articles)
        self.weak = tense.weak
        self.ability = tense.ability
        self.bounds = tense.bounds
        self.states = tense.states
        self.negations = tense.negations
        self.articles = tense.articles
        self.plain_subjects = tense.plain_subjects
        self.ungoverned = tense.ungoverned
        self.looking_back = tense.looking_back
        self.present = tense.present
        self.passive = tense.passive
        self.purpose = tense.purpose
        self.plans = tense.plans
        self.bounding = tense.bounding
        self.awaiting = tense.awaiting
        self.owning = tense.owning
        self.label_past = tense.label_past
        self.label_future = tense.label_future
        self.scheduled = tense.scheduled
        self.settled = frozenset(tense.settled)
        self.prepositions = frozenset(calendar.links.on)
        months = "|".join(re.escape(w.rstrip(".")) for n in names.months.values() for w in n)
        joins = "|".join(calendar.joins) or never
        of = "|".join(re.escape(w) for w in calendar.classes.get("OF", {}).get("1", ())) or never
        self.second_number = re.compile(rf"\s?(?:(?:{joins})\s|[-–]\s?)\d[\d.,]{{2,8}}(?!\d)")
        within = "|".join(re.escape(w) for w in calendar.links.within) or never
        self.shared_year = re.compile(
            rf"(?:\s*(?:,|/|-|–|—|(?:{joins})\b)\s*(?:(?:{within})\s)?(?:(?:\d{{1,2}}\.?\s(?:(?:{of})\s)?)?(?:{months or never})\b\.?|\d{{1,2}}\b))"
            rf"(?:\s\d{{1,2}}(?!\d))?,?(?:\s(?:{of}))?\s(?P<year>[12]\d{{3}})(?!\d)"
        )
        self.bound = re.compile(tense.bound or never)
        self.aim = re.compile(tense.aim or never)
        self.set_for = re.compile(tense.set_for or never)
        self.negated_endings = tense.negated_endings
        self.plurals = frozenset(calendar.links.both)
        self.of_parts = frozenset(calendar.links.of_parts)
        self.link_articles = frozenset(calendar.links.articles)
        self.links = link_patterns(calendar.links)
        self.around = {kind: Around(kind, calendar.around) for kind in ("edge", "amount", "bound")}
        self.any_around = any_of(calendar.around)
        self.rules = tuple(rules)
        self.guards: dict[str, list[Guard]] = {}
        for guard in guards:
            self.guards.setdefault(guard.name, []).append(guard)
        self.guarding = lru_cache(maxsize=RUNS)(self._guarding)
        near = [
            w for n, v in calendar.classes.items() if n in NEAR for k, ws in v.items() if k != "0" for w in ws
        ]
        days = [w for words in names.weekdays.values() for w in words if not w.endswith(".")]
        self.days = re.compile(rf"(?<!\w){one_of([*near, *days])}(?!\w)")
        triggers: set[str] = set()
        for name, value in zones.values.items():
            self.words.add("ZONE", value, name)
        for name, entries in _classes(names, calendar):
            for value, spellings in entries.items():
                for spelling in spellings:
                    self.words.add(name, _number(value), spelling)
                    if name == "CARDINAL":
                        self.words.add("NUM", _number(value), spelling)
                    if name in calendar.triggers.classes:
                        triggers.add(spelling.removesuffix("."))
        triggers |= set(calendar.triggers.words)
        meanings = self.words.values
        for rule in self.rules:
            for form in rule.forms:
                for word in literals(form):
                    meanings.setdefault(word, {})["=" + word] = word
        for word in calendar.capital:
            named = meanings.get(word, {})
            self.words.lower[word] = {low: named[name] for name, low in LOWERED.items() if name in named}
        for name in zones.values.keys() - zones.in_lower_case - calendar.capital:
            self.words.lower[name] = {k: v for k, v in meanings[name].items() if k != "ZONE"}
        self.words.seal()
        self.classes = frozenset(name for classes in self.words.chars for name in classes)
        members: dict[str, str] = {}
        for classes, char in self.words.chars.items():
            for name in classes:
                key = name[1:] if name.startswith("=") else name
                members[key] = members.get(key, "") + char
        self.forms = tuple((rule, form) for rule in self.rules for form in rule.forms)
        self.automaton = Automaton([form for _, form in self.forms], members)
        self.matches = lru_cache(maxsize=RUNS)(self._matches)
        self._forms_at = lru_cache(maxsize=RUNS)(self._forms_from)
        decades = (
            [rf"\d0['’]?(?:{'|'.join(sorted(calendar.decade_endings))})\b"] if calendar.decade_endings else []
        )
        zoned = rf"\d\s(?:{'|'.join(sorted(zones.in_lower_case))})\b"
        self.triggers = Triggers(triggers, (*calendar.triggers.digits, *decades, zoned))

    def _matches(self, run: str) -> tuple[tuple[int, tuple[Matching, ...]], ...]:
        """The places of a run of class characters at which forms match, with these forms, the longest first.

        A run ends where a token of no class begins, so few runs differ: most are asked for again.
        """
        places = ((at, self._forms_at(run[at : at + LONGEST])) for at in range(len(run)))
        return tuple((at, forms) for at, forms in places if forms)

    def _forms_from(self, run: str) -> tuple[Matching, ...]:
        found = [
            (-len(taken), number, Matching.of(self.forms[number][0], taken))
            for number, taken in self.automaton.matching(run)
        ]
        found.sort(key=lambda x: x[:2])
        return tuple(form for _, _, form in found)

    def _guarding(self, names: tuple[str, ...]) -> Guards:
        """The guards of these names, which a rule asks."""
        return Guards(guard for name in names for guard in self.guards.get(name, ()))


def _number(value: str) -> Any:
    return int(value) if re.fullmatch(r"-?\d+", value) else value


def _classes(
    names: lexicon.Names, calendar: lexicon.Calendar
) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
    """The classes of a language's words; a long day is a weekday's name that is not short for one."""
    long = {day: [w for w in words if not w.endswith(".")] for day, words in names.weekdays.items()}
    days: list[tuple[str, Mapping[str, Sequence[str]]]] = [
        ("MONTH", names.months),
        ("WEEKDAY", names.weekdays),
        ("LONGDAY", long),
    ]
    return [*days, *calendar.classes.items()]


def grammar(language: str) -> Grammar:
    """The grammar of a language; one without a calendar has whole dates alone, with its own names of months."""
    return _of_library(lexicon.library(), language)


@lru_cache(maxsize=KEPT)
def _of_library(library: lexicon.Library, language: str) -> Grammar:
    code = lexicon.code_of(language)
    if not lexicon.calendar(code).classes:
        return _whole_dates(lexicon.names(code))
    own, looks_like = library.part(DateRules, code), library.part(LooksLike, code)
    return _grammar(code, lexicon.names(code), lexicon.calendar(code), lexicon.tense(code), own, looks_like)


@lru_cache(maxsize=KEPT)
def _whole_dates(names: lexicon.Names) -> Grammar:
    calendar = lexicon.Calendar(triggers=lexicon.Triggers(classes=("MONTH",)))
    months = lexicon.Names(months=names.months, weekdays=names.weekdays, date_signs=names.date_signs)
    return Grammar("", months, calendar, lexicon.Tense(), whole_dates(), common().guards)


@lru_cache(maxsize=KEPT)
def _grammar(
    code: str,
    names: lexicon.Names,
    calendar: lexicon.Calendar,
    tense: lexicon.Tense,
    own: DateRules,
    looks_like: LooksLike,
) -> Grammar:
    shared = common()
    return Grammar(code, names, calendar, tense, own.rules_with(shared), (*shared.guards, *looks_like.guards))
