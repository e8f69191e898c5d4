"""What a line looks like by itself: its length and punctuation, and the words of furniture in it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms import core, lexicon
from dateline.transforms.clean.language import DENSE
from dateline.transforms.clean.themes import REACH, Themes
from dateline.transforms.lexicon.literals import starts

WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_STAMP = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d|\d{1,2}[hH]\d\d\b")
_CLOSING = "\"”’')]»“ \t\xa0*_"
_SENTENCE_END = frozenset(".?!。！？؟।")
_CREDIT = 300
"""Most characters of a credit in brackets after the last sentence of a line."""
_HALF_END = frozenset(":;,،，；：")
_QUOTES = re.compile('["“”«»„「」]')
_WORDED = tuple(lexicon.LineWords.model_fields)
CATEGORIES = (*_WORDED[:8], "month", *_WORDED[8:])
"""The categories of words of furniture, in the order of the columns."""
_NO_CUES = [0] * len(CATEGORIES)
_FIRST = itemgetter(0)
LONG = 1_200
"""Characters of a line that are examined; the rest does not change its kind."""


class Looks(NamedTuple):
    """What a line looks like by itself; truth values are 0 and 1, shares are of its words.

    ``end`` is 1 where it ends like a sentence, .5 for half a stop, .25 for a teaser that was cut short.
    ``stop`` is the share of the commonest words, ``low`` a first letter in lower case, ``length`` the
    mean length of a word, ``header`` and ``aside`` what the vocabulary says of how it opens.
    """

    words: float
    chars: float
    end: float
    stop: float
    title: float
    digits: float
    quotes: float
    commas: float
    low: float
    pipes: float
    length: float
    header: float
    aside: float
    stamp: float


class Words:
    """The words of furniture of all languages, as tables that a line is looked up in."""

    def __init__(self, library: lexicon.Library) -> None:
        every = library.every(lexicon.Furniture).values()
        words = {name: {w for f in every for w in getattr(f.lines, name)} for name in _WORDED}
        # Names that are also common words ("may") are left out, and short forms except English ones ("set",
        # "ago").
        taken = set(library.union(lexicon.Frequent, lambda f: f.words)).union(*words.values())
        english = library.part(lexicon.Names, "en").months.values()
        short = {name.rstrip(".") for names in english for name in names}
        words["month"] = (set(library.union(lexicon.Names, _names)) | short) - taken
        self.category = {word: n for n, name in enumerate(CATEGORIES) for word in words[name]}
        self.cues = frozenset(self.category)
        self._flags: dict[frozenset[str], dict[str, int]] = {}
        self.sections = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.sections))
        self.comments = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.comments))
        self.openings = tuple(f"{o} " for o in library.union(lexicon.Furniture, lambda f: f.headers.openings))
        self.asides = library.union(lexicon.Furniture, lambda f: f.headers.asides)
        self.says = library.union(lexicon.Furniture, lambda f: f.headers.says)
        self.says_ends = frozenset(words[-1] for words in self.says)
        headers = (*self.sections, *self.openings, *self.asides)
        self.beginnings = frozenset(words[:4] for words in headers if len(words) >= 4)
        """The first four characters of all headers and asides: nine lines of ten begin otherwise."""
        self.short = frozenset(words[:1] for words in headers if len(words) < 4)
        """The first character of shorter ones."""
        more = (
            "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.headers.behind_cut)))
            or "(?!)"
        )
        self.cut = re.compile(rf"(?:…|\.\.\.?)[\s\]\)]*(?:{more})?$", re.IGNORECASE)
        who = "|".join(p for f in every for p in f.bylines.credits) or "(?!)"
        self.worked_on = re.compile(rf"\(\s*(?:{who})", re.IGNORECASE)
        # Words that extractors and page furniture glue to the start of a paragraph without a space.
        glued = "|".join(library.union(lexicon.Furniture, lambda f: f.headers.glued)) or "(?!)"
        self.joined = tuple({start[:4] for start in ("o ", "date", *starts(glued))})
        """The first characters of glued words, in lower case, and of bullets that are letters."""
        self.glue = re.compile(
            rf"\s*date \d{{4}}(?:-\d\d){{0,2}}\s+(?=\S)|(?:{glued})\s*(?-i:(?=[\"“‘'«A-ZÀ-ÞА-Я]))",
            re.IGNORECASE,
        )

    def flags(self, stops: frozenset[str]) -> dict[str, int]:
        """What a word counts for: 1 for a common one, and twice the number of its category, from 1."""
        found = self._flags.get(stops)
        if found is None:
            found = {word: 2 * (n + 1) + (word in stops) for word, n in self.category.items()}
            found = self._flags[stops] = dict.fromkeys(stops, 1) | found
        return found


def _names(names: lexicon.Names) -> Iterator[str]:
    """Months and weekdays in full."""
    for words in (*names.months.values(), *names.weekdays.values()):
        yield from (word for word in words if not word.endswith("."))


@lru_cache(maxsize=4)
def words_of(library: lexicon.Library) -> Words:
    """The tables of a vocabulary, made once."""
    return Words(library)


class Counts(NamedTuple):
    """What is counted in a line, as whole numbers; the categories of words follow.

    ``seen`` are the characters that are examined, ``parts`` the pieces between blanks and ``capitals`` those that
    begin with one, ``end`` the index of :data:`_ENDS`.
    """

    words: int
    stops: int
    digits: int
    parts: int
    capitals: int
    commas: int
    bars: int
    quotes: int
    low: int
    seen: int
    chars: int
    end: int
    stamp: int


_WIDTH = len(Counts._fields) + len(CATEGORIES)
_PACKED = struct.Struct(f"{_WIDTH}i").pack
_ENDS = np.array([0.0, 0.5, 1.0, 0.25])
_NO_END, _HALF, _WHOLE, _CUT, _ASK = 0, 1, 2, 3, -1
"""Lines of the last kind have to be looked at by a pattern."""
_MENU = 40
"""Most characters of a line that is likely to be a menu entry."""


def looks(
    lines: list[str], lows: list[str], keys: list[str], language: str, known: Words
) -> tuple[list[list[str]], Themes, npt.NDArray[np.float32]]:
    """The words of each line in lower case, their themes, and the columns of all lines: :class:`Looks`, and how many
    words of each category a line has. ``lows`` are the lines in lower case, ``keys`` without marks around them."""
    stops = lexicon.frequent(language).words
    tokens, themes, counted = counts(lines, lows, stops, known)
    c = Counts(*counted.T[: len(Counts._fields)])
    n = np.maximum(c.words, 1).astype(np.float64)
    words = n * c.chars / c.seen
    if language in DENSE:
        words = np.maximum(words, c.chars / 2)
    header, aside = _headers(lows, keys, words.tolist(), known)
    columns: dict[str, npt.ArrayLike] = {
        "words": words,
        "chars": c.chars,
        "end": _ENDS.take(c.end),
        "stop": c.stops / n if stops else 0.35 * (words >= 6),
        "title": c.capitals / c.parts,
        "digits": c.digits / n,
        "quotes": c.quotes,
        "commas": c.commas / n,
        "low": c.low,
        "pipes": c.bars,
        "length": c.seen / n,
        "header": header,
        "aside": aside,
        "stamp": c.stamp,
    }
    table = np.empty((len(lines), len(Looks._fields) + len(CATEGORIES)), dtype=np.float32)
    for k, name in enumerate(Looks._fields):
        table[:, k] = columns[name]
    table[:, len(Looks._fields) :] = counted[:, len(Counts._fields) :]
    return tokens, themes, table


def _headers(
    lows: list[str], keys: list[str], words: list[float], known: Words
) -> tuple[list[bool], list[bool]]:
    """Which lines are or open with words that head a section, and which open an aside."""
    header, aside = [False] * len(keys), [False] * len(keys)
    long, short = known.beginnings, known.short
    for n in [n for n, key in enumerate(keys) if key[:4] in long or key[:1] in short]:
        header[n] = keys[n] in known.sections or (words[n] <= 6 and keys[n].startswith(known.openings))
    for n in [n for n, low in enumerate(lows) if low[:4] in long or low[:1] in short]:
        aside[n] = words[n] < 40 and lows[n].startswith(known.asides)
    return header, aside


def counts(
    lines: list[str], lows: list[str], stops: frozenset[str], known: Words
) -> tuple[list[list[str]], Themes, npt.NDArray[np.int32]]:
    """The words of each line in lower case, their themes, and a row of :class:`Counts` and categories for each line."""
    if core.compiled is None:
        rows = [
            (_menu_counts if len(line) <= _MENU else _counts)(line, low, stops, known)
            for line, low in zip(lines, lows, strict=True)
        ]
        tokens = [held for held, _ in rows]
        table = np.frombuffer(bytearray().join([row for _, row in rows]), np.int32).reshape(
            len(lines), _WIDTH
        )
        return tokens, Themes(lines, tokens), table
    table = np.zeros((len(lines), _WIDTH), dtype=np.int32)
    tokens, held, bounds = core.compiled.line_words(lines, lows, known.flags(stops), LONG, REACH, table)
    at = Counts._fields.index("end")
    for n in np.flatnonzero(table[:, at] == _ASK).tolist():
        table[n, at] = _end(lines[n], known)
    return tokens, Themes(lines, tokens, (held, bounds)), table


def _counts(line: str, low: str, stops: frozenset[str], known: Words) -> tuple[list[str], bytes]:
    """The words of a line, and its row as whole numbers of 32 bits."""
    head = line[:LONG]
    tokens = WORD.findall(low if len(head) == len(line) else head.lower())
    parts = head.split()
    digits = sum(map(str.isdigit, tokens)) if _DIGIT.search(head) else 0
    found = _NO_CUES
    if not known.cues.isdisjoint(tokens):
        found = [0] * len(CATEGORIES)
        for token in known.cues.intersection(tokens):
            found[known.category[token]] += 1
    return (
        tokens,
        _PACKED(  # in the order of :class:`Counts`, which takes as long to make as all that it holds
            len(tokens),
            sum(map(stops.__contains__, tokens)),
            digits,
            len(parts),
            sum(map(str.isupper, map(_FIRST, parts))),
            line.count(",") + line.count("،") + line.count("、"),
            line.count("|") + line.count("›"),
            _QUOTES.search(line) is not None,
            line[0].islower(),
            len(head),
            len(line),
            _end(line, known),
            digits > 1 and _STAMP.search(head) is not None,
            *found,
        ),
    )


_menu_counts = lru_cache(maxsize=20_000)(_counts)
"""The same for short lines, which repeat from page to page of a site."""


def _end(line: str, known: Words) -> int:
    """How a line ends, as an index of :data:`_ENDS`."""
    tail = line[-12:]
    if (".." in tail or "…" in tail) and known.cut.search(tail) is not None:
        return _CUT
    last = (_before_credit(line, known) or line).rstrip(_CLOSING)[-1:] or "-"
    return _WHOLE if last in _SENTENCE_END else _HALF if last in _HALF_END else _NO_END


def _before_credit(body: str, known: Words) -> str:
    """The sentences before a credit in brackets at the end of a line, "(Reporting by …)"; empty if there is
    none.

    Other brackets after a full stop are credits of pictures: "The mayor waves in Port Sorrel. (Kestrel)".
    """
    if not body.endswith(")"):
        return ""
    at = max(body.rfind("(", -_CREDIT), 0)
    before = body[:at].rstrip()
    return before if before[-1:] in _SENTENCE_END and known.worked_on.match(body, at) else ""
