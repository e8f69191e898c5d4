"""Words near a time word, each with the classes that rules speak of.

The words of the shared parse tell where the trigger words of a text stand (months, units, digits in the shape
of a year or clock …); only the run of known words around each is split into tokens. A token holds a value for
each class that it may be: "second" is an ordinal (2) and a unit, "3" a number, a day, an
hour. The set of classes is coded as one character, so that a rule is a small regular
expression over such characters (:mod:`dateline.transforms.timex.grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

from dateline.transforms.model import Parse
from dateline.transforms.timex.patterns import one_of

Values = dict[str, Any]
OTHER = "\x00"
"""The character of a token that no rule speaks of."""

NUMERIC = r"""
 (?P<iso>\d{4}-\d\d-\d\d(?:[tT ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[ ]?(?:[zZ]|[+-]\d\d:?\d\d))?)?(?![\d]))
|(?P<yeardate>\d{4}(?P<yearsep>[-/.])\d{1,2}(?P=yearsep)\d(?![\d]|[-/.]\d))
|(?P<numdate>\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\d]|[-/.]\d))
|(?P<pair>[12]\d{3}\s?[-–—/]\s?(?:[12]\d{3}|\d\d)(?![\d:]|[.,]\d))
|(?P<clock>\d{1,2}(?::\d\d(?::\d\d)?|[.h]\d\d)(?![\d%]|[.:]\d))
|(?P<monthyear>(?<![^\W\d_])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/]))
|(?P<slash>\d{1,2}/\d{1,2}(?![\d/]))
|(?P<decade>(?:['’‘]\d0|1\d\d0|20\d0|[2-9]0)['’]?s(?![^\W\d_]))
|(?P<ord>\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH|e|ème|eme|re|de|ste)(?![^\W\d_]))
|(?P<apos>['’‘]\d\d(?![\w]))
|(?P<dec>\d+(?:[.,]\d+)+)
|(?P<int>\d+)
"""
TOKEN = re.compile(
    # Most tokens are words: one look spares them the dozen shapes of numbers.
    rf"(?=[\d'’‘])(?:{NUMERIC})"
    + r"""
|(?P<ampm>(?<![^\W\d_])[aApP](?:\.\s?[mM](?![^\W\d_])\.?|[mM](?![^\W\d_])))
|(?P<oclock>o['’]clock)
|(?P<bc>(?<![^\W\d_])(?:b\.c(?:\.e)?\.?|a\.d\.|B\.C(?:\.E)?\.?|A\.D\.)(?![^\W\d_]))
|(?P<word>[^\W\d_]+)
|(?P<poss>['’]s(?![^\W\d_]))
|(?P<brk>\n\s*\n)
|(?P<punct>[^\w\s])
""",
    re.VERBOSE,
)
DIGITS = (
    r"(?=[\d'’oa])(?:\d(?:(?<![\d.,]\d)(?<=[12])\d{3}(?!\d)|[:/.hq-]\d|0['’]?s\b|\s?[ap]\.?\s?m\b|\sad\b|\sgmt\b|\sutc\b)"
    r"|['’]\d\d\b|on the \d{1,2}[snrt]|\bad \d)"
)
"""Digits that make a neighbourhood worth reading; a bare number does not."""


class Token(NamedTuple):
    """A token: code points, folded text, class character, value by class."""

    start: int
    end: int
    text: str
    char: str
    values: Values


def number_values(text: str) -> Values:
    """The classes that a run of digits may be."""
    value = int(text[:9])
    values: Values = {"NUM": value, "INT": value}
    if len(text) <= 2:
        if 1 <= value <= 31:
            values["DAY"] = value
        if 1 <= value <= 12:
            values["MM"] = value
        if value <= 24:
            values["HOUR"] = value
        if not 1 <= value <= 31:
            values["NODAY"] = value
        if len(text) == 2:
            values["YY"] = value
            if value > 31:
                values["YYHIGH"] = value
    elif len(text) == 4 and 1000 <= value <= 2199:
        values["YEAR"] = value
    elif len(text) == 3:
        values["OLDYEAR"] = value
    return values


def shaped_values(kind: str, text: str) -> Values:
    """The classes of a token that its shape decides."""
    if kind == "int":
        return number_values(text)
    if kind == "ord":
        value = int(re.match(r"\d+", text)[0])  # type: ignore[index]
        return {"ORD": value, **({"DAYTH": value} if 1 <= value <= 31 else {})}
    if kind == "clock":
        parts = [int(p) for p in re.split(r"[:.h]", text)]
        values: Values = {"DOTCLOCK" if "." in text else "CLOCK": tuple(parts)}
        if "." in text:
            values["NUM"] = float(text)
        return values
    if kind == "dec":
        plain = text.replace(",", "")
        try:
            return {"NUM": float(plain) if "." in plain else int(plain[:9])}
        except ValueError:
            return {}
    if kind == "monthyear":
        a, b = (int(p) for p in text.split("/"))
        return {"MONTHYEAR": (a, b)}
    if kind == "slash":
        a, b = (int(p) for p in text.split("/"))
        return {"SLASH": (a, b)}
    if kind == "decade":
        digits = re.sub(r"\D", "", text)
        return {
            "DECADE": int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) > 10 else 2000
        }
    if kind == "apos":
        return {"APOSYY": int(text[1:])}
    if kind == "pair":
        first, second = re.findall(r"\d+", text)
        return {"PAIR": (int(first), int(second), len(second), "-" in text)}
    if kind == "ampm":
        return {"AMPM": text[0].lower()}
    if kind == "oclock":
        return {"OCLOCK": True}
    if kind == "bc":
        return {"BC": text[0].lower() == "b"}
    return {{"iso": "ISO", "numdate": "NUMDATE", "yeardate": "NUMDATE", "poss": "POSS"}[kind]: text}


def folded(text: str) -> str:
    """Lower case of the same length: one letter, the Turkish İ, has a longer one and becomes a plain i."""
    low = text.lower()
    return low if len(low) == len(text) else text.replace("İ", "i").lower()


CHUNKS = 14
"""Chunks between spaces to a side of a trigger: no rule is longer."""
SPACES = " \n\t\u00a0\u202f"
EDGES = ".,;:()[]\"“”„«»?!‘’'`"
_DIGITS = re.compile(DIGITS)
PIECE = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
NONE, NUMBER, ASKED, ALONE, UNKNOWN = 0, 1, 2, 3, 4
"""A word that is in no trigger, one with digits, one that may be in a trigger, one that is a trigger, a new form."""
AROUND = 8
"""Code points around a word in which the pattern is asked: "on the 20th", "5:30 p.m."."""
FORMS = 20_000
"""Forms of words that are remembered."""
GLUED = re.compile(r"[\d'’/–—-]")
CHUNK = re.compile(r"\S+")


class Triggers:
    """Where a text is worth reading for dates: words of the calendar, and digits in the shape of a date or clock.

    The words are those of the shared parse. Whether a word may be or begin a trigger is
    remembered by its form, so that most words cost one look-up; the pattern is asked only at the others.
    """

    def __init__(self, words: Iterable[str]) -> None:
        phrases = sorted(words)
        self.pattern = re.compile(rf"\b{one_of(phrases)}(?![^\W\d_])|{DIGITS}")
        self._alone = frozenset(w for w in phrases if PIECE.fullmatch(w))
        # A phrase is looked for at its longest piece, "the fall of" at "fall", unless it holds a trigger.
        self._back: dict[str, int] = {}
        for phrase in phrases:
            pieces = list(PIECE.finditer(phrase))
            if pieces and self._alone.isdisjoint(m[0] for m in pieces):
                longest = max(pieces, key=lambda m: (len(m[0]), m.start()))
                self._back[longest[0]] = max(self._back.get(longest[0], 0), longest.start())
        self._reach = max((AROUND, *self._back.values()))
        self._kinds: dict[str, int] = {}

    def _learn(self, word: str) -> int:
        if len(self._kinds) >= FORMS:
            self._kinds.clear()
        kind = self._kinds[word] = self._kind(word)
        return kind

    def _kind(self, word: str) -> int:
        low = folded(word)
        if low in self._alone:
            return ALONE
        pieces = PIECE.findall(low)
        if not (self._back.keys().isdisjoint(pieces) and self._alone.isdisjoint(pieces)):
            return ASKED
        return NUMBER if DIGIT.search(low) is not None else NONE

    def places(self, parse: Parse, low: str) -> list[tuple[int, int]]:
        """The spans of the triggers of a text in lower case, in order of place."""
        kinds, starts, ends = self._kinds, parse.starts, parse.ends
        found: list[tuple[int, int]] = []
        reached = 0
        words = parse.words
        for at in compress(range(len(words)), map(kinds.get, words, repeat(UNKNOWN))):
            word = words[at]
            kind = kinds[word] if word in kinds else self._learn(word)
            if kind == NONE:
                continue
            if kind == ALONE:
                found.append((starts[at], ends[at]))
                reached = ends[at]
                continue
            pattern, around = (_DIGITS, AROUND) if kind == NUMBER else (self.pattern, self._reach)
            for m in pattern.finditer(low, max(reached, starts[at] - around), ends[at] + around):
                if m.start() >= ends[at]:
                    break
                found.append(m.span())
                reached = m.end()
        return found


def windows(
    low: str, places: Sequence[tuple[int, int]], known: frozenset[str], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The neighbourhoods of triggers: each as far as words that rules know run on to both sides."""
    reached = start
    for first, last in places:
        if first < reached:
            continue
        left = _leftward(low, first, reached, known)
        right = _rightward(low, min(last, end), end, known)
        reached = right
        yield left, right


def _is_known(chunk: str, known: frozenset[str]) -> bool:
    word = chunk.strip(EDGES)
    return not word or word in known or GLUED.search(word) is not None


def _leftward(low: str, at: int, floor: int, known: frozenset[str]) -> int:
    for _ in range(CHUNKS):
        stop = at
        while stop > floor and low[stop - 1] in SPACES:
            stop -= 1
        if stop <= floor:
            break
        begin = stop - 1
        while begin > floor and low[begin - 1] not in SPACES:
            begin -= 1
        if stop - begin > 24 or not _is_known(low[begin:stop], known):
            break
        at = begin
    return at


def _rightward(low: str, at: int, end: int, known: frozenset[str]) -> int:
    for count, chunk in enumerate(CHUNK.finditer(low, at, end)):
        # The rest of the trigger's own chunk ("Monday's") is read whatever it is.
        if count >= CHUNKS or (chunk.start() > at and not _is_known(chunk[0][:24], known)):
            break
        at = chunk.end()
    return at
