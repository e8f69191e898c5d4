"""Where sentences end."""

from __future__ import annotations

from transforms import lexicon

_ENDS = frozenset([".", "!", "?", "…", "...", "..", "؟", "。", "۔"])
_CLOSERS = frozenset([*"\"”’')]»“›", "''", "’’"])
_OPENERS = frozenset("\"“«„‘'([¿¡—–•-")
_SHORT = lexicon.library().every(lexicon.Abbreviations).values()
_DOTTED = frozenset(f"{word}." for short in _SHORT for word in short.before_names)
STARTERS = frozenset(word for short in _SHORT for word in short.starters)
MAX_TOKENS = 400
"""A run of words without an end is cut here, so that no later step meets an endless sentence."""


def cuts(starts: list[int], ends: list[int], words: list[str]) -> list[int]:
    """Token indexes at which a new sentence begins, the first (0) included, for one block."""
    found = [0] if words else []
    count = len(words)
    i = 0
    while i < count:
        word = words[i]
        if word in _ENDS:
            j = i + 1
            while j < count and words[j] in _CLOSERS and starts[j] == ends[j - 1]:
                j += 1
            while j < count and words[j] in _ENDS and starts[j] == ends[j - 1]:
                j += 1
            if j < count and starts[j] > ends[j - 1] and _begins(words[j], word, quoted=j > i + 1):
                found.append(j)
            i = j
            continue
        if word[-1] == "." and len(word) > 1 and word not in _DOTTED and i + 1 < count:
            j = i + 1
            while j < count and words[j] in _CLOSERS and starts[j] == ends[j - 1]:
                j += 1
            if (
                j < count
                and starts[j] > ends[j - 1]
                and (words[j] in STARTERS or (j > i + 1 and words[j][0].isupper()))
            ):
                found.append(j)
                i = j
                continue
        if i - found[-1] >= MAX_TOKENS:
            found.append(i)
        i += 1
    return found


def _begins(word: str, end: str, *, quoted: bool) -> bool:
    """Whether a word can open a sentence: no lower case letter (scripts without case always can).

    After an ellipsis only an upper case letter opens; after ``!`` or ``?`` inside quotation
    marks the cue verb may follow (``"Why?" Ruiz asked`` stays two, ``asked Ruiz`` one).
    """
    first = word[0]
    if first.islower():
        return False
    if end[0] in "…" or end.startswith(".."):
        return first.isupper() or (quoted and first in _OPENERS)
    return first.isalnum() or first in _OPENERS or first in "@#$£€"
