"""Finds past forms that the tagger took for participles: "The guard, who had fled, *attacked passengers*".

A participle behind an aside reads like part of the noun phrase that follows it ("attacked passengers", "posted
losses"), and the sentence is left without its verb: of 6,900 finite verbs of held-out pages 62 carry the tag of a
participle, and half of those stand before an object without an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.transforms.language.clauses.draft import SAYING, WORDS
from dateline.transforms.language.lemmas import lemma

_NOUNS = "[dsjr0q]{0,6}[nNq]{1,8}"
_PHRASE = rf"(?:{_NOUNS}(?:i{_NOUNS}){{0,3}}|p)"
_PART = r"[^,.;:()\"]{0,60}"
_BEGIN = "(?:[wiG0rds]|V(?=[irt]))"
_ASIDE = rf",{_BEGIN}{_PART}(?:,{_BEGIN}{_PART})?,"
_OBJECT = "(?=[dsj0]{0,4}[nNp])"
_HIDDEN = re.compile(rf"(?:^|(?<=[,kTcDZ;:\"-])){_PHRASE}(?:{_ASIDE}r?|(?<!q)r)([Vj]){_OBJECT}")
_HINT = re.compile(rf"[,r](?:(?<=,)r?|(?<!qr))[Vj]{_OBJECT}")
"""What every match ends with, found in a fraction of its time: one of ten sentences holds it."""
_LATER = re.compile("(?<=,)r?[DZbhM]")

REACH = 120
"""Tokens behind a participle within which another verb may prove that it is none of its sentence."""


def hidden_verb(letters: str, low: Sequence[str], first: int, last: int) -> int | None:
    """The first participle among the tokens ``[first, last)`` that has the place of a verb, or none.

    ``letters`` and ``low`` are the letters and the words in lower case of the article.
    """
    if _HINT.search(letters, first, last) is None:
        return None
    letters = letters[first:last]
    for found in _HIDDEN.finditer(letters):
        at = first + found.start(1)
        later = _LATER.search(letters, found.end(), found.end() + REACH)
        if later is not None and lemma(low[first + later.end() - 1]) not in SAYING.verbs:
            # "The firm, founded in 1990, given licences in May, *has* 40 staff."
            continue
        before = found.start() - 1
        if before >= 0 and letters[before] in "DZ" and lemma(low[first + before]) not in SAYING.verbs:
            continue
        if found[1] == "V":
            if low[at] not in WORDS.participles:
                return at
        elif low[at].endswith("ed") and "-" not in low[at]:
            return at
    return None
