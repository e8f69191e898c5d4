"""One letter for each token: its part of speech, and for closed words what they do in a clause.

Groups and clauses are read over these letters, so that the words stand in one place.

====  ==============================  ====  =================================
n N   noun, name                      M     modal
y m   noun of time, day or month      b     finite "be"
p s   pronoun, possessive pronoun     1 2 3 "be", "been", "being"
d j   determiner, adjective           h 4   finite "have", "having"
0 q   number, possessive mark         5     "have"
r x   adverb, negation                o     finite "do"
i t   preposition, "to"               D Z   past form, present form
k T   subordinator, "that"            V G   past participle, "-ing" form
w W   relative, question word         B     base form
c f   conjunction, particle           else  the mark itself
====  ==============================  ====  =================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.transforms import lexicon

Codes = NDArray[np.uint8]
Ints = NDArray[np.int64]

_BY_TAG = {
    "NN": "n", "NNP": "N", "PRP": "p", "PRPS": "s", "DT": "d", "JJ": "j", "RB": "r", "IN": "i", "TO": "t",
    "CC": "c", "CD": "0", "VBD": "D", "VBN": "V", "VBG": "G", "VBZ": "Z", "VB": "B", "MD": "M", "WH": "W",
    "POS": "q", "RP": "f", "PU": ".",
}  # fmt: skip
_MARKS = {
    ",": ",", "،": ",", ";": ";", ":": ":", "-": "-", "--": "-", "—": "-", "–": "-", "(": "(", "[": "(",
    ")": ")", "]": ")",
}  # fmt: skip
_VERBAL_ENDINGS = ("ize", "ise", "ify")
_DOERS = ("er", "or", "ist", "man")
_ORDINALS = frozenset(["st", "nd", "rd", "th"])
_VERBAL = frozenset(["VBD", "VBZ", "VB", "VBN", "VBG", "MD"])
_BASES = {"be": "1", "been": "2", "being": "3", "having": "4"}
QUOTES = frozenset(['"', "“", "”", "''", "``", "‘", "’", "'", "„", "«", "»", "’’"])


def symbol(word: str, tag: str) -> str:
    """The letter of a token with a tag."""
    words = lexicon.clauses("en")
    low = word.lower()
    if tag == "POS":
        return "q"
    if tag == "PU" or not word[0].isalnum():
        if low in words.negations:
            return "x"
        if tag != "PU" and (low in words.be or low in words.have or low in words.modals):
            return "b" if low in words.be else _auxiliary(low, words)
        return _MARKS.get(word, '"' if word in QUOTES and tag == "PU" else _BY_TAG.get(tag, "."))
    if low in words.negations:
        return "x"
    if low in words.modals and tag == "MD":
        return "M"
    if low in words.scales or (word[0].isdigit() and low[-2:] in _ORDINALS):
        return "0"
    if tag == "VBZ" and low.endswith(_DOERS) and low not in lexicon.verbs("en").bases:
        # "Rival bidder Korda": no verb has this form.
        return "n"
    if tag in _VERBAL:
        if low in words.be:
            return _BASES.get(low, "b")
        if low in words.have:
            return "4" if low in words.having else "5" if tag == "VB" else "V" if tag == "VBN" else "h"
        if low in words.do:
            return "o"
        if tag == "VB" and not _may_be_base(low):
            # "To parliament", "to context": a noun behind "to" with the tag of a base form.
            return "r" if low.endswith("ly") else "n"
        if tag == "VB" and low in words.participles and low not in lexicon.verbs("en").bases:
            # "The team, beaten twice": a participle with the tag of a base form.
            return "V"
        if (
            tag == "VB"
            and lexicon.verbs("en").irregular.get(low, low) != low
            and low not in lexicon.verbs("en").bases
        ):
            # "The ferry, a catamaran, sank": a form of the past with the tag of a base form.
            return "D"
    if tag in ("NN", "NNP", "CD") and (low in words.days or low in words.months) and word[0].isupper():
        return "m"
    if tag in ("NN", "NNP") and low in words.spans_of_time:
        return "y"
    if tag == "VBG" and low in words.prepositions:
        return "i"
    if low in words.that and tag in ("IN", "WH"):
        return "T" if tag == "IN" else "w"
    if tag == "WH":
        return "w" if low in words.relatives else "W"
    if low in words.whether:
        return "W"
    if tag in ("IN", "RB") and low in words.subordinators:
        return "k"
    return _BY_TAG.get(tag, ".")


def _may_be_base(low: str) -> bool:
    """Whether a word can be the base form of a verb: it is listed, or made like one ("mass-produce", "weaponize").

    Of the words with that tag that are not listed, 20 of 23 are no verb on held-out pages.
    """
    verbs = lexicon.verbs("en")
    known = low in verbs.bases or low in verbs.irregular or not low.isalpha()
    return known or low.endswith(_VERBAL_ENDINGS)


def _auxiliary(low: str, words: lexicon.Clauses) -> str:
    return "h" if low in words.have else "M" if low in words.modals else "."


_AMOUNT = re.compile(
    r"(?:^|(?<=[kTWwc,.;:DZV-]))i(?=00?(?:[jV]?[nN]|V))|(?<=[DZV])i(?=0(?:[.,;:c]|$))|(?:^|(?<=[kTWwc,.;:-]))i(?=d0[jV]?[nN])|[ji][ikrjt](?=d?0)"
)
_BEFORE_NUMBER = re.compile("[ij](?=[ikrjt]?d?0)")
"""Where the longer pattern may begin, found in a third of its time."""
_CALLED = re.compile(r"d([jn]{1,3})[ZB](?=t)")


CLOSED = frozenset(_MARKS) | QUOTES | frozenset(".!?…").union(
    *(
        getattr(lexicon.clauses("en"), name)
        for name in (
            "negations", "be", "have", "modals", "scales", "do", "days", "months", "spans_of_time",
            "prepositions", "that", "relatives", "whether", "subordinators",
        )
    )
)  # fmt: skip
"""The words whose letter does not follow from their tag alone, whatever the tag."""


def is_odd(word: str, low: str) -> bool:
    """Whether the letter of a word that is not closed hangs on its shape."""
    first = word[0]
    return not first.isalnum() or (first.isdigit() and low[-2:] in _ORDINALS)


class Letters:
    """The letters of tokens by the places of closed words and the codes of tags, in one step for an article.

    A cell of the ``table`` is 0 until it is asked for first, and stays 0 for odd words and for tags whose letter
    hangs on the word; these are remembered by word, and forgotten when there are many.
    """

    def __init__(self, tags: Sequence[str], places: int, closed: int) -> None:
        self._closed = closed
        self._table = np.zeros((places, len(tags)), dtype=np.uint8)
        self._table[0] = [0 if tag in _BY_WORD else ord(_BY_TAG[tag]) for tag in tags]
        self._known: dict[tuple[str, str], int] = {}

    def of(self, words: Sequence[str], tags: Sequence[str], codes: Codes, places: Ints) -> str:
        """The letters as one string, one letter a token."""
        found = self._table[places, codes]
        for k in np.flatnonzero(found == 0).tolist():
            key = words[k], tags[k]
            letter = self._known.get(key)
            if letter is None:
                if len(self._known) >= MAX_KNOWN:
                    self._known.clear()
                letter = self._known[key] = ord(symbol(*key))
            found[k] = letter
            if places[k] >= self._closed:
                self._table[places[k], codes[k]] = letter
        return joined(found.tobytes().decode("ascii"), words)


MAX_KNOWN = 1 << 13
_BY_WORD = frozenset(["VB", "VBZ", "PU"])


def joined(letters: str, words: Sequence[str]) -> str:
    """The letters, mended where the letters beside them tell more than the word alone."""
    if "q2" in letters or "q3" in letters:
        # "A date's been set" is no possessive.
        letters = letters.replace("q2", "h2").replace("q3", "b3")
    if "0" in letters:
        letters = _amounts(letters, words)
    if "Zt" in letters or "Bt" in letters:
        letters = _called(letters, words)
    return letters


def _amounts(letters: str, words: Sequence[str]) -> str:
    """``over 40 people``, ``more than a million people``: words of approximation belong to the phrase of
    their number."""
    lexical = lexicon.clauses("en")
    made = letters
    reached = 0
    for before in _BEFORE_NUMBER.finditer(letters):
        at = before.start()
        found = _AMOUNT.match(letters, at) if at >= reached else None
        if found is None:
            continue
        reached = found.end()
        first = words[at].lower()
        if len(found[0]) == 1:
            behind_verb = at > 0 and letters[at - 1] in "DZV"
            if first in (lexical.amounts_behind_verbs if behind_verb else lexical.amounts):
                made = _put(made, at, "r0" if letters[at + 1] == "d" else "r")
        elif first in lexical.comparatives and words[at + 1].lower() in lexical.behind_comparatives:
            made = _put(made, at, "jr0" if letters[at + 2] == "d" else "jr")
    return made


def _called(letters: str, words: Sequence[str]) -> str:
    """``the urgent need to act``: a noun that looks like a verb, behind an adjective or in the object of a verb."""
    lexical = lexicon.clauses("en")
    made = letters
    for found in _CALLED.finditer(letters):
        verb, at = found.end() - 1, found.start()
        if words[verb].lower() not in lexical.nouns_too:
            continue
        people = any(words[k].lower() in lexical.groups_of_people for k in range(at, verb))
        governed = at > 0 and letters[at - 1] in "BDZVG" and words[at - 1].lower() not in lexical.clausal
        if not people and (governed or "n" not in found[1]):
            made = _put(made, verb, "n")
    return made


def _put(letters: str, at: int, others: str) -> str:
    """The letters with others in their place from a token on; of 2,000 letters two or three are changed so."""
    return letters[:at] + others + letters[at + len(others) :]
