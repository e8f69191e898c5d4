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
from dateline.transforms.timex.forms import Compiled, Match, compile_form, literals
from dateline.transforms.timex.guards import Guard, LooksLike
from dateline.transforms.timex.numbers import added_up
from dateline.transforms.timex.patterns import Around, link_patterns, one_of, tense_patterns
from dateline.transforms.timex.rules import DateRules, Rule, common, whole_dates
from dateline.transforms.timex.tokens import OTHER, TOKEN, Token, Triggers, Values, folded, shaped_values

SEPARATED = {"sep": "numdate", "yearsep": "yeardate"}
NEAR = ("RELDAY", "TONIGHT", "OCLOCKWORD", "DAYPART", "WEEKDAYS")
"""Classes whose words tell that a text speaks of its own days."""
KEPT = 32
"""Languages whose grammars are kept."""
LOWER_ZONES = frozenset(["gmt", "utc"])
"""Zones that count in lower case too: others are words there ("et", "est", "wit")."""
SHAPES = 4096
"""Numbers and dates in digits whose classes are kept."""
RUNS = 4096
"""Runs of class characters whose matches are kept: a bound, not a need."""

_SAMPLES = (
    *(str(n) for n in range(100)), *(f"{n:02d}" for n in range(100)), "123", "999", "1200", "1999", "2500", "12345",
)  # fmt: skip
_SHAPES = (
    ("ord", "3rd"), ("ord", "45th"), ("clock", "10:30"), ("clock", "10.30"), ("dec", "1.5"), ("slash", "1/2"), ("monthyear", "3/2013"),
    ("decade", "1990s"), ("apos", "'98"), ("pair", "1990-91"), ("ampm", "am"), ("oclock", "o'clock"), ("bc", "b.c."),
    ("iso", "2020-01-01"), ("numdate", "1/2/2020"), ("poss", "'s"),
)  # fmt: skip

NOTHING: tuple[Values, str] = ({}, OTHER)
"""What a word of no class means."""


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
        self.elided = calendar.elided
        self.nowadays = calendar.nowadays
        self.abbreviated: set[str] = set()
        self.words: dict[str, Values] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Values]]] = {}
        never = "(?!)"
        self.tense = tense_patterns(tense)
        self.weak = tense.weak
        self.ability = tense.ability
        self.bounds = tense.bounds
        self.states = tense.states
        self.negations = tense.negations
        self.articles = tense.articles
        self.ungoverned = tense.ungoverned
        self.looking_back = tense.looking_back
        self.purpose = tense.purpose
        self.number_joins = calendar.number_joins | {"-"}
        self.scheduled = tense.scheduled
        self.settled = frozenset(tense.settled)
        self.prepositions = frozenset(calendar.links.on)
        months = "|".join(re.escape(w.rstrip(".")) for n in names.months.values() for w in n)
        joins = "|".join(calendar.joins) or never
        of = "|".join(re.escape(w) for w in calendar.classes.get("OF", {}).get("1", ())) or never
        self.shared_year = re.compile(
            rf"(?:\s*(?:,|/|-|–|—|(?:{joins})\b)\s*(?:the\s|early\s|late\s|from\s)?(?:(?:\d{{1,2}}\s)?(?:{months or never})\b\.?|\d{{1,2}}\b))"
            rf"(?:\s\d{{1,2}}(?!\d))?,?(?:\s(?:{of}))?\s(?P<year>[12]\d{{3}})(?!\d)"
        )
        self.bound = re.compile(tense.bound or never)
        self.aim = re.compile(tense.aim or never)
        self.link_articles = frozenset(calendar.links.articles)
        self.links = link_patterns(calendar.links)
        self.around = {kind: Around(kind, calendar.around) for kind in ("edge", "amount", "bound")}
        self.rules = tuple(rules)
        self.guards: dict[str, list[Guard]] = {}
        for guard in guards:
            self.guards.setdefault(guard.name, []).append(guard)
        near = [
            w for n, v in calendar.classes.items() if n in NEAR for k, ws in v.items() if k != "0" for w in ws
        ]
        days = [w for words in names.weekdays.values() for w in words if not w.endswith(".")]
        self.days = re.compile(rf"(?<!\w){one_of([*near, *days])}(?!\w)")
        triggers: set[str] = set()
        for name, value in zones.values.items():
            self._add("ZONE", value, name)
        for name, entries in _classes(names, calendar):
            for value, spellings in entries.items():
                for spelling in spellings:
                    self._add(name, _number(value), spelling)
                    if name == "CARDINAL":
                        self._add("NUM", _number(value), spelling)
                    if name in calendar.triggers.classes:
                        triggers.add(spelling.removesuffix("."))
        triggers |= set(calendar.triggers.words)
        for rule in self.rules:
            for form in rule.forms:
                for word in literals(form):
                    self.words.setdefault(word, {})["=" + word] = word
        # What words mean without a capital, where that is less.
        self.lower: dict[str, Values] = {word: {} for word in calendar.capital}
        for name in zones.values.keys() - LOWER_ZONES - calendar.capital:
            self.lower[name] = {k: v for k, v in self.words[name].items() if k != "ZONE"}
        inner = {
            w for first, entries in self.phrases.items() for parts, _ in entries for w in (first, *parts)
        }
        self.known = frozenset(self.words) | frozenset(inner) | {"a.m", "p.m", "am", "pm", "b.c", "a.d"}
        self._chars: dict[frozenset[str], str] = {}
        for values in [
            *self.words.values(),
            *self.lower.values(),
            *(v for entries in self.phrases.values() for _, v in entries),
            *(shaped_values("int", s) for s in _SAMPLES),
            *(shaped_values(*s) for s in _SHAPES),
            *({"NUM": 1, **extra} for extra in ({}, {"YEAR": 1}, {"WORDNUM": 1}, {"WORDNUM": 1, "YEAR": 1})),
        ]:  # fmt: skip
            self._char(values)
        self._meant = {
            word: (values, self._chars.get(frozenset(values), OTHER)) for word, values in self.words.items()
        }
        # Words whose capital, dot or apostrophe matters.
        self._marked = self.lower.keys() | self.abbreviated | self.elided
        self.classes = frozenset(name for classes in self._chars for name in classes)
        members: dict[str, str] = {}
        for classes, char in self._chars.items():
            for name in classes:
                key = name[1:] if name.startswith("=") else name
                members[key] = members.get(key, "") + char
        self.by_first: dict[str, list[Compiled]] = {}
        for rule in self.rules:
            for form in rule.forms:
                compiled = compile_form(rule, form, members)
                for char in compiled.first:
                    self.by_first.setdefault(char, []).append(compiled)
        self.matches = lru_cache(maxsize=RUNS)(self._matches)
        self.shaped = lru_cache(maxsize=SHAPES)(self._shaped)
        self.triggers = Triggers(triggers)

    def _matches(self, run: str) -> tuple[tuple[Compiled, re.Match[str]], ...]:
        """The forms that match at the start of a run of class characters, the longest first.

        A run ends where a token of no class begins, so few runs differ: most are asked for again.
        """
        found = [
            (-m.end(), order, compiled, m)
            for order, compiled in enumerate(self.by_first.get(run[0], ()))
            if (m := compiled.pattern.match(run)) is not None and m.end() > 0
        ]
        found.sort(key=lambda x: x[:2])
        return tuple((compiled, m) for _, _, compiled, m in found)

    def refusing(self, rule: Rule, m: Match, text: str, low: str) -> Guard | None:
        """The guard of the rule that says that the match is something else."""
        for name in rule.unless:
            for guard in self.guards.get(name, ()):
                if guard.refuses(m, text, low):
                    return guard
        return None

    def _add(self, name: str, value: Any, spelling: str) -> None:
        if spelling.endswith("."):
            spelling = spelling[:-1]
            self.abbreviated.add(spelling)
        parts = tuple(t[0].lower() for t in TOKEN.finditer(spelling))
        if len(parts) == 1:
            self.words.setdefault(spelling, {})[name] = value
            return
        entries = self.phrases.setdefault(parts[0], [])
        for known, values in entries:
            if known == parts:
                values[name] = value
                return
        entries.append((parts, {name: value}))
        entries.sort(key=lambda e: -len(e[0]))

    def _char(self, values: Values) -> str:
        key = frozenset(values)
        if not key:
            return OTHER
        return self._chars.setdefault(key, chr(0xE000 + len(self._chars)))

    def _shaped(self, kind: str, word: str) -> tuple[Values, str]:
        """The classes of a token by its shape, and their character."""
        values = shaped_values(kind, word)
        return values, self._chars.get(frozenset(values), OTHER)

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a neighbourhood, phrases joined, number words added up."""
        found: list[Token] = []
        known, marked, phrases = self._meant, self._marked, self.phrases
        stop = start
        opened = counted = False
        for m in TOKEN.finditer(text, start, end):
            begin = m.start()
            if begin < stop:
                continue  # the dot of an abbreviation, the apostrophe of an article
            kind, word, stop = m.lastgroup, m[0], m.end()
            low = word.lower() if word.isascii() else folded(word)
            if kind == "word" or (kind == "ampm" and low in self.words):  # German "am"
                meant = known.get(low, NOTHING)
                if low in marked:
                    if low in self.lower and not word[0].isupper():
                        meant = self.lower[low], self._chars.get(frozenset(self.lower[low]), OTHER)
                    if (low in self.abbreviated and text.startswith(".", stop)) or (
                        low in self.elided and text.startswith(("'", "’"), stop)
                    ):
                        stop += 1
                counted = counted or "CARDINAL" in meant[0]
            elif kind == "punct":
                meant = known.get(word, NOTHING)
            elif kind == "brk":
                meant = NOTHING
            else:
                meant = self.shaped(SEPARATED.get(kind or "", kind or ""), word)
            opened = opened or low in phrases
            found.append(Token(begin, stop, low, meant[1], meant[0]))
        if opened:
            found = self._phrased(found)
        return added_up(found, self._chars, self.number_joins) if opened or counted else found

    def _phrased(self, tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            for parts, values in self.phrases.get(token.text, ()):
                size = len(parts)
                run = tokens[at : at + size]
                if len(run) == size and run[1].text == parts[1] and [t.text for t in run] == list(parts):
                    token = Token(token.start, run[-1].end, " ".join(parts), self._char(values), values)
                    at += size - 1
                    break
            out.append(token)
            at += 1
        return out


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
    code = lexicon.code_of(language)
    if not lexicon.calendar(code).classes:
        return _whole_dates(lexicon.names(code))
    own, looks_like = lexicon.library().part(DateRules, code), lexicon.library().part(LooksLike, code)
    return _grammar(code, lexicon.names(code), lexicon.calendar(code), lexicon.tense(code), own, looks_like)


@lru_cache(maxsize=KEPT)
def _whole_dates(names: lexicon.Names) -> Grammar:
    calendar = lexicon.Calendar(triggers=lexicon.Triggers(classes=("MONTH",)))
    months = lexicon.Names(months=names.months, weekdays=names.weekdays)
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
