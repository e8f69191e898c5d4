"""Detects the language of a page from its script and its most common words; if these are few, with py3langid."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from dateline.transforms import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_OTHER = re.compile("[\u0370-\u0dff\u0e00-\u0e7f\u3040-\ud7af]")
"""Any letter of the scripts above and a few more, so that a page in Latin letters is not searched for each
script."""
_SAMPLE = 3_000
"""Characters of running text that are examined; a few sentences are enough."""
_KNOWN_SHARE = 0.2
"""Running text with a smaller share of common words is probably in a language without a word list. Of 1,599
development pages .9844 were right by these words alone, .9925 by py3langid alone (3.7 ms a page, against .5
for the words), and .9919 with py3langid only for the 41 pages below this share."""
_KINDS = 4
"""The least number of different common words of a language in its running text; Hungarian "a" is in five
lists."""
_FIRST = 40
"""Words from which the language is guessed that all words then have to confirm."""
_RUNNING = 20
"""Least words of a text that is long enough for detection."""
DENSE = frozenset(["ja", "ko", "zh", "th"])
"""Languages that do not separate words by spaces, or have few and long words."""


@lru_cache(maxsize=4)
def _languages(library: lexicon.Library) -> dict[str, tuple[str, ...]]:
    """The languages of each common word."""
    found: dict[str, tuple[str, ...]] = {}
    for code, frequent in library.every(lexicon.Frequent).items():
        for word in frequent.words:
            found[word] = (*found.get(word, ()), code)
    return found


@lru_cache(maxsize=4)
def _dated(library: lexicon.Library) -> dict[str, tuple[str, ...]]:
    """The languages of each name of a month or a weekday; they settle what the few words of a brief leave open."""
    found: dict[str, tuple[str, ...]] = {}
    for code, names in library.every(lexicon.Names).items():
        for words in (*names.months.values(), *names.weekdays.values()):
            for word in words:
                found[word] = (*found.get(word, ()), code)
    return found


def detect(text: str) -> str:
    """The ISO 639-1 code of running text; ``en`` if it cannot be detected."""
    return min(likely(text), key=lambda code: (code != "en", code), default="en")


def likely(text: str) -> tuple[str, ...]:
    """The most likely languages of a text: one for running text, several if its few words belong to several,
    none if it cannot be detected."""
    sample = text[:_SAMPLE]
    if _OTHER.search(sample) is not None:
        letters = len(_LETTER.findall(sample))
        for code, script in _SCRIPTS:
            # Kana and Hangul decide before Han; a few borrowed characters decide nothing.
            if len(script.findall(sample)) > 0.15 * letters:
                return (code,)
    words = _WORD.findall(sample.lower())
    if (sure := _sure(words)) is not None:
        return (sure,)
    languages = _languages(lexicon.library())
    votes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in languages.get(word, ()):
            votes[code] += count
            kinds[code] += 1
    best = max(votes.values(), default=0)
    found = sorted((c for c in votes if votes[c] == best), key=lambda code: (code != "en", code))
    if len(words) >= _RUNNING and (best < _KNOWN_SHARE * len(words) or not found or kinds[found[0]] < _KINDS):
        return (_by_letters(sample),)
    if len(found) > 1:
        dated = _dated(lexicon.library())
        names = {code: sum(code in dated.get(word, ()) for word in words) for code in found}
        found = [code for code in found if names[code] == max(names.values())]
    if found:
        return tuple(found)
    if _CYRILLIC.search(sample):
        return ("ru",)
    return ("ar",) if _ARABIC.search(sample) else ()


@lru_cache(maxsize=256)
def _against(library: lexicon.Library, code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The common words of a language, and those of all others."""
    every = {other: frozenset(frequent.words) for other, frequent in library.every(lexicon.Frequent).items()}
    own = every.pop(code, frozenset())
    return own, frozenset().union(*every.values())


def _sure(words: list[str]) -> str | None:
    """The language of running text that has more common words of it than of all others together, so that those need not
    be counted one by one; ``None`` where the first words do not show such a language."""
    if len(words) < _RUNNING:
        return None
    library = lexicon.library()
    languages = _languages(library)
    first = Counter(code for word in words[:_FIRST] for code in languages.get(word, ()))
    code = max(first, key=first.__getitem__, default="")
    own, others = _against(library, code)
    best = sum(map(own.__contains__, words))
    sure = (
        best >= _KNOWN_SHARE * len(words)
        and best > sum(map(others.__contains__, words))
        and len(own.intersection(words)) >= _KINDS
    )
    return code if sure else None


def _by_letters(text: str) -> str:
    """The language by character n-grams, among the 97 that py3langid knows."""
    import py3langid  # It takes a second and 120 MB to load, and two pages in a hundred need it.

    return str(py3langid.classify(text)[0])
