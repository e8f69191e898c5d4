"""A language: its words by class, its rules, and the tokens of a text in its terms.

Everything that differs between languages is in the parts ``calendar`` and ``tense`` of
:mod:`transforms.lexicon` and in ``rules/LANGUAGE.rules.toml``; the productions that rules name are common to all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from transforms import lexicon as vocabulary
from transforms.timex.grammar import Compiled, Rule, compile_form, literals
from transforms.timex.tokens import DIGITS, TOKEN, Token, Values, shaped_values

SEPARATED = {"sep": "numdate", "yearsep": "yeardate"}
OTHER = "\x00"
"""The character of a token that no rule speaks of."""

KEPT = 32
"""Languages whose lexicons are kept."""
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


class Lexicon:
    """The words and rules of one language, compiled once."""

    def __init__(
        self,
        language: str,
        names: vocabulary.Names,
        calendar: vocabulary.Calendar,
        tense: vocabulary.Tense,
        rules: list[dict[str, Any]],
    ) -> None:
        self.language = language
        self.capital = calendar.capital
        self.abbreviated: set[str] = set()
        self.words: dict[str, Values] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Values]]] = {}
        never = "(?!)"
        self.tense = _tense(tense)
        self.weak = tense.weak
        self.bounds = tense.bounds
        months = "|".join(re.escape(w.rstrip(".")) for n in names.months.values() for w in n)
        joins = "|".join(calendar.joins) or never
        self.shared_year = re.compile(
            rf"(?:\s*(?:,|/|-|–|—|(?:{joins})\b)\s*(?:the\s|early\s|late\s|from\s)?(?:(?:\d{{1,2}}\s)?(?:{months or never})\b\.?|\d{{1,2}}\b))"
            r"(?:\s\d{1,2}(?!\d))?,?\s(?P<year>[12]\d{3})(?!\d)"
        )
        self.bound = re.compile(tense.bound or never)
        self.aim = re.compile(tense.aim or never)
        self.around = {kind: Around(kind, calendar.around) for kind in ("edge", "amount", "bound")}
        self.rules = tuple(
            Rule(r["name"], tuple(r["forms"]), r["make"], {k: v for k, v in r.items() if k not in ("name", "forms", "make")})
            for r in rules
        )  # fmt: skip
        triggers: set[str] = set()
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
        inner = {
            w for first, entries in self.phrases.items() for parts, _ in entries for w in (first, *parts)
        }
        self.known = frozenset(self.words) | frozenset(inner) | {"a.m", "p.m", "am", "pm", "b.c", "a.d"}
        self._chars: dict[frozenset[str], str] = {}
        for values in [
            *self.words.values(),
            *(v for entries in self.phrases.values() for _, v in entries),
            *(shaped_values("int", s) for s in _SAMPLES),
            *(shaped_values(*s) for s in _SHAPES),
            *({"NUM": 1, **extra} for extra in ({}, {"YEAR": 1}, {"WORDNUM": 1}, {"WORDNUM": 1, "YEAR": 1})),
        ]:  # fmt: skip
            self._char(values)
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
        self.triggers = re.compile(_trigger_pattern(triggers))

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

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a neighbourhood, phrases joined, number words added up."""
        found: list[Token] = []
        stop = start
        for m in TOKEN.finditer(text, start, end):
            if m.start() < stop:
                continue  # the dot of an abbreviation
            kind = m.lastgroup or ""
            kind = SEPARATED.get(kind, kind)
            word = m[0]
            low = word.lower()
            values: Values
            stop = m.end()
            if kind == "ampm" and low in self.words:
                kind = "word"  # German "am"
            if kind == "word":
                values = self.words.get(low, {})
                if values and low in self.capital and not word[0].isupper():
                    values = {}
                if low in self.abbreviated and text.startswith(".", stop):
                    stop += 1
            elif kind == "punct":
                values = self.words.get(word, {})
            elif kind == "brk":
                values = {}
            else:
                values = shaped_values(kind, word)
            found.append(Token(m.start(), stop, low, self._chars.get(frozenset(values), OTHER), values))
        return self._numbers(self._phrased(found))

    def _phrased(self, tokens: list[Token]) -> list[Token]:
        if self.phrases.keys().isdisjoint([t.text for t in tokens]):
            return tokens
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            for parts, values in self.phrases.get(token.text, ()):
                size = len(parts)
                run = tokens[at : at + size]
                if len(run) == size and all(t.text == p for t, p in zip(run, parts, strict=True)):
                    token = Token(token.start, run[-1].end, " ".join(parts), self._char(values), values)
                    at += size - 1
                    break
            out.append(token)
            at += 1
        return out

    def _numbers(self, tokens: list[Token]) -> list[Token]:
        """Runs of number words as one number: "two hundred and five", "nineteen ninety-six" (a year)."""
        if not any("CARDINAL" in t.values for t in tokens):
            return tokens
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            lead = tokens[at].values
            joins = "A" in lead and at + 1 < len(tokens) and tokens[at + 1].values.get("CARDINAL", 0) >= 100
            if "CARDINAL" not in lead and not joins:
                out.append(tokens[at])
                at += 1
                continue
            first = at
            values = [int(lead.get("CARDINAL", 1))]
            at += 1
            while at < len(tokens) and len(values) < 8:
                step = at + 1 if tokens[at].text in ("-", "and", "und", "y", "e") and values[-1] >= 20 else at
                if step >= len(tokens) or "CARDINAL" not in tokens[step].values:
                    break
                values.append(int(tokens[step].values["CARDINAL"]))
                at = step + 1
            total, year = _sum(values)
            # A lone word keeps its other classes ("one", "a" as hour or article).
            meaning: Values = dict(tokens[first].values) if at == first + 1 else {"WORDNUM": total}
            meaning["NUM"] = total
            if year:
                meaning["YEAR"] = total
            text = " ".join(t.text for t in tokens[first:at])
            char = self._chars.get(frozenset(meaning), OTHER)
            out.append(Token(tokens[first].start, tokens[at - 1].end, text, char, meaning))
        return out


def _classes(
    names: vocabulary.Names, calendar: vocabulary.Calendar
) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
    """The classes of a language's words; a long day is a weekday's name that is not short for one."""
    long = {day: [w for w in words if not w.endswith(".")] for day, words in names.weekdays.items()}
    days: list[tuple[str, Mapping[str, Sequence[str]]]] = [
        ("MONTH", names.months),
        ("WEEKDAY", names.weekdays),
        ("LONGDAY", long),
    ]
    return [*days, *calendar.classes.items()]


class Around:
    """Words before an expression, of one kind, and the mod that each gives."""

    def __init__(self, kind: str, entries: Iterable[vocabulary.Around]) -> None:
        own = [e for e in entries if e.kind == kind]
        self._each = [(re.compile(rf"(?<![^\W_])(?:{e.words})$"), e.mod) for e in own]
        self._any = re.compile(rf"(?<![^\W_])(?:{'|'.join(e.words for e in own) or '(?!)'})$")

    def ending(self, before: str) -> tuple[int, str | None] | None:
        """Length of the words that a text ends in, and their mod."""
        if self._any.search(before) is None:
            return None
        for pattern, mod in self._each:
            if (m := pattern.search(before)) is not None:
                return len(before) - m.start(), mod
        return None


class Tense(NamedTuple):
    """Patterns of verbs: anywhere, and right behind an expression."""

    left: re.Pattern[str]
    right: re.Pattern[str]


def _tense(words: vocabulary.Tense) -> Tense:
    """The patterns of a language's verbs, for text in lower case.

    Words are factored by letters and endings looked for from a word's end: 44 µs for a clause
    became 5.
    """
    never = "(?!)"
    future = one_of(words.future) if words.future else never
    past = one_of(words.past) if words.past else never
    endings = "|".join(f"(?<=\\w\\w{re.escape(e)})" for e in sorted(words.past_endings)) or never
    other = one_of(words.not_past) if words.not_past else never
    left = rf"(?<!\w)(?:(?P<future>{future})|{past}|(?!{other}(?!\w))\w{{3,22}}+(?:{endings}))(?!\w)"
    right = rf"\W{{0,3}}(?:{'|'.join(words.behind) or never})(?!\w)"
    return Tense(re.compile(left), re.compile(right))


def _sum(values: list[int]) -> tuple[int, bool]:
    """Value of a run of number words, and whether it is read as a year."""
    if len(values) > 1 and 13 <= values[0] <= 20 and 10 <= values[1] < 100:
        return values[0] * 100 + sum(values[1:]), True
    total = part = 0
    for value in values:
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif value == 100:
            part = max(part, 1) * 100
        else:
            part += value
    total += part
    return total, 1000 in values and 2000 <= total <= 2099


def _number(value: str) -> Any:
    return int(value) if re.fullmatch(r"-?\d+", value) else value


def _trigger_pattern(words: Iterable[str]) -> str:
    """One pattern of all triggers, so that a text is read once."""
    return rf"\b{one_of(words)}(?![^\W\d_])|{DIGITS}"


def one_of(words: Iterable[str]) -> str:
    """A pattern of words, factored by letters: 36 MB/s where the plain alternation read 3."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_factored(trie)})"


def _factored(node: dict[str, Any]) -> str:
    parts = [re.escape(k) + _factored(v) for k, v in sorted(node.items()) if k]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"
    return f"(?:{joined})?" if "" in node else joined


def lexicon(language: str) -> Lexicon:
    """The lexicon of a language (``en`` where it is not known)."""
    code = vocabulary.code_of(language)
    if not vocabulary.calendar(code).classes:
        code = "en"
    return _lexicon(code, vocabulary.names(code), vocabulary.calendar(code), vocabulary.tense(code))


@lru_cache(maxsize=KEPT)
def _lexicon(
    code: str, names: vocabulary.Names, calendar: vocabulary.Calendar, tense: vocabulary.Tense
) -> Lexicon:
    folder = resources.files("transforms.timex") / "rules"
    # English has rules of its own alone; the others share the common ones and may add to them.
    files = [folder / f"{code}.rules.toml"]
    if code != "en":
        files.insert(0, folder / "common.rules.toml")
    rules = [r for f in files if f.is_file() for r in tomllib.loads(f.read_text("utf-8"))["rule"]]
    return Lexicon(code, names, calendar, tense, rules)
