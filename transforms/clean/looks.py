"""What a line looks like by itself: its length and punctuation, and the words of furniture in it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Set
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dateline.transforms import core, lexicon
from dateline.transforms.clean.language import DENSE

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
_NO_CUES = [0.0] * len(CATEGORIES)
_NOTHING: frozenset[str] = frozenset()
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
        self.sections = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.sections))
        self.comments = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.comments))
        self.openings = tuple(f"{o} " for o in library.union(lexicon.Furniture, lambda f: f.headers.openings))
        self.asides = library.union(lexicon.Furniture, lambda f: f.headers.asides)
        self.says = library.union(lexicon.Furniture, lambda f: f.headers.says)
        more = (
            "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.headers.behind_cut)))
            or "(?!)"
        )
        self.cut = re.compile(rf"(?:…|\.\.\.?)[\s\]\)]*(?:{more})?$", re.IGNORECASE)
        who = "|".join(p for f in every for p in f.bylines.credits) or "(?!)"
        self.worked_on = re.compile(rf"\(\s*(?:{who})", re.IGNORECASE)
        # Words that extractors and page furniture glue to the start of a paragraph without a space.
        glued = "|".join(library.union(lexicon.Furniture, lambda f: f.headers.glued)) or "(?!)"
        self.glue = re.compile(
            rf"\s*date \d{{4}}(?:-\d\d){{0,2}}\s+(?=\S)|(?:{glued})\s*(?-i:(?=[\"“‘'«A-ZÀ-ÞА-Я]))",
            re.IGNORECASE,
        )


def _names(names: lexicon.Names) -> Iterator[str]:
    """Months and weekdays in full."""
    for words in (*names.months.values(), *names.weekdays.values()):
        yield from (word for word in words if not word.endswith("."))


@lru_cache(maxsize=4)
def words_of(library: lexicon.Library) -> Words:
    """The tables of a vocabulary, made once."""
    return Words(library)


Looked = tuple[list[str], float, bytes]
"""The words of a line, its number of words (estimated for a long line), and the columns that depend only on
the line, as floats of 32 bits."""
_PACKED = struct.Struct(f"{len(Looks._fields) + len(CATEGORIES)}f").pack


@lru_cache(maxsize=20_000)
def menu_looks(body: str, key: str, language: str, known: Words) -> Looked:
    """The same for short lines, which repeat from page to page of a site and so are cached."""
    return looks(body, key, language, known)


def looks(body: str, key: str, language: str, known: Words) -> Looked:
    """The columns of a line: :class:`Looks`, and how many words of each category it has."""
    stops = lexicon.frequent(language).words
    head = body[:LONG]
    tokens, stopped, digits, parts, capitals, cues = count(head, stops, known.cues)
    n = len(tokens) or 1
    words = float(n) if len(head) == len(body) else n * len(body) / len(head)
    if language in DENSE:
        words = max(words, len(body) / 2)
    last = (_before_credit(body, known) or body).rstrip(_CLOSING)[-1:] or "-"
    tail = body[-12:]
    cut = (".." in tail or "…" in tail) and known.cut.search(tail) is not None
    whole, half = last in _SENTENCE_END, last in _HALF_END
    found = _NO_CUES
    if cues:
        found = [0.0] * len(CATEGORIES)
        for token in cues:
            found[known.category[token]] += 1.0
    packed = _PACKED(  # in the order of :class:`Looks`, which takes as long to make as all that it holds
        words,
        len(body),
        0.25 if cut else 1.0 if whole else 0.5 if half else 0.0,
        stopped / n if stops else 0.35 * (words >= 6),
        capitals / parts,
        digits / n,
        _QUOTES.search(body) is not None,
        (body.count(",") + body.count("،") + body.count("、")) / n,
        body[0].islower(),
        body.count("|") + body.count("›"),
        len(head) / n,
        key in known.sections or (words <= 6 and key.startswith(known.openings)),
        words < 40 and body[:80].lower().startswith(known.asides),
        digits > 1 and _STAMP.search(head) is not None,
        *found,
    )
    return tokens, words, packed


def count(
    head: str, stops: frozenset[str], cues: frozenset[str]
) -> tuple[list[str], int, int, int, int, Set[str]]:
    """The words of a line in lower case; how many are common and how many are digits; how many pieces between
    blanks it has and how many begin with a capital; and which of its words are of furniture.
    """
    low = head.lower()
    if core.compiled is not None:
        return core.compiled.line_words(head, low, stops, cues)
    tokens = WORD.findall(low)
    parts = head.split()
    return (
        tokens,
        sum(map(stops.__contains__, tokens)),
        sum(map(str.isdigit, tokens)) if _DIGIT.search(head) else 0,
        len(parts),
        sum(map(str.isupper, map(_FIRST, parts))),
        _NOTHING if cues.isdisjoint(tokens) else cues.intersection(tokens),
    )


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
