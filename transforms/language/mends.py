"""Mends the slips of the tagger that the words around prove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dateline.transforms import lexicon
from dateline.transforms.language import marks as m
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.language.linear import Ints

CLAUSES = lexicon.clauses("en")
Codes = NDArray[np.uint8]


class Tagged:
    """Words with their tags. ``low`` are the words in lower case, ``marks`` the numbers of :mod:`.marks`.

    ``codes`` are the tags as places in ``labels``; :meth:`set` keeps both alike. ``hashes`` are those of the words in lower
    case (:func:`dateline.transforms.language.linear.number_of`).
    """

    __slots__ = ("codes", "hashes", "labels", "low", "marks", "tags", "words")
    hashes: Ints

    def __init__(
        self, words: Sequence[str], low: list[str], marks: Ints, codes: Codes, labels: tuple[str, ...]
    ) -> None:
        self.words, self.low, self.marks, self.codes, self.labels = words, low, marks, codes, labels
        self.tags: list[str] = _names(labels).take(codes).tolist()

    def set(self, token: int, tag: str) -> None:
        """Give a token another tag."""
        self.tags[token] = tag
        self.codes[token] = self.labels.index(tag)

    def have(self, *tags: str) -> NDArray[np.bool_]:
        """Which tokens have one of these tags."""
        found: NDArray[np.bool_] = _among(self.labels, tags).take(self.codes)
        return found


@cache
def _names(labels: tuple[str, ...]) -> NDArray[np.object_]:
    return np.array(labels, dtype=object)


@cache
def _among(labels: tuple[str, ...], tags: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([label in tags for label in labels])


@cache
def _telling(labels: tuple[str, ...]) -> Ints:
    """The flags of words that a tag of each label may be wrong for."""
    return np.array(
        [
            m.CAPITAL
            if label in _VERBAL
            else m.DOUBLED
            | m.OWNING * (label in _NAMES)
            | (m.ING | m.PAST) * (label == "JJ")
            | m.FORM * (label in _NOMINAL)
            for label in labels
        ],
        dtype=np.int64,
    )


def mend(tagged: Tagged, firsts: set[int]) -> None:
    """What a window of five words cannot tell; sentences begin at the tokens ``firsts``.

    A participle between a subject and an object, with no auxiliary near, is the verb of its clause ("The minister
    visited three villages"); a capital within a sentence is a name and no verb ("According to Feld, Ilse Brandt"); an
    irregular past form behind a noun is no noun ("the convoy left"), and neither is a participle behind "be" that
    looks like one ("were broadcast"); what "a" and a measure stand before is a noun
    ("a 12% fall").
    """
    mend_tokens(tagged, firsts, np.flatnonzero(_doubtful(tagged)).tolist())
    _join_firms(tagged)


def _doubtful(tagged: Tagged) -> NDArray[np.bool_]:
    """The tokens that :func:`mend_tokens` may give another tag: one of eighty."""
    doubtful = (_telling(tagged.labels).take(tagged.codes) & tagged.marks) > 0
    measure = tagged.have("CD") | ((tagged.marks & m.SHARE) > 0)
    doubtful[1:] |= tagged.have(*_BASE_FORMS)[1:] & measure[:-1]
    doubtful[:-1] |= tagged.have("VBN")[:-1] & tagged.have(*_OBJECTS)[1:]
    return doubtful


def mend_tokens(tagged: Tagged, firsts: set[int], tokens: Iterable[int]) -> None:
    """:func:`mend` for some tokens, in order."""
    words, tags = tagged.words, tagged.tags
    last = len(tags) - 1
    for k in tokens:
        found = tags[k]
        if found not in _VERBAL:
            within = k > 0 and k not in firsts
            if words[k] in m.DOUBLES:
                tagged.set(k, "PU")
            elif found in _NAMES and words[k] in m.OWNERS:
                tagged.set(k, "POS")
            elif found == "JJ" and within and words[k][-3:] == "ing":
                if _goes_on(words, tags, k):
                    tagged.set(k, "VBG")
            elif found == "JJ" and within and _acts(words, tags, k):
                tagged.set(k, "VBD")
            elif found in _NOMINAL and words[k] in m.FORMS and within:
                if words[k] not in m.PAST_FORMS or words[k] in CLAUSES.participles:
                    if _after_auxiliary(words, tags, k):
                        tagged.set(k, "VBN")
                elif (
                    tags[k - 1] in _NOUNS
                    or (words[k - 1] == "," and tags[k - 2] in _NOUNS)
                    or (tags[k - 1] == "CC" and words[k] not in CLAUSES.past_nouns)
                ):
                    tagged.set(k, "VBD")
        elif found in _BASE_FORMS and not words[k].endswith("ed") and _measured(words, tags, k):
            tagged.set(k, "NN")
        elif words[k][0].isupper() and words[k][1:].islower() and _named(words, tags, k, firsts):
            tagged.set(k, "NNP")
        elif found == "VBN" and 0 < k < last and tags[k + 1] in _OBJECTS:
            before = k - 1
            while before > 0 and tags[before] == "RB":
                before -= 1
            if tags[before] in ("NN", "NNP", "PRP") and not any(
                w.lower() in _AUXILIARIES for w in words[max(0, k - 4) : k]
            ):
                tagged.set(k, "VBD")


def _join_firms(tagged: Tagged) -> None:
    """``Quayle & Reed Co.``: the sign between two names belongs to the name of a firm."""
    words = tagged.words
    for k in np.flatnonzero(tagged.marks & m.AND).tolist():
        if 0 < k < len(words) - 1 and tagged.tags[k + 1] == "NNP" and words[k - 1][0].isupper():
            tagged.set(k - 1, "NNP")
            tagged.set(k, "NNP")


def name(tagged: Tagged, firsts: Sequence[int]) -> None:
    """Give a first word the tag of a name that is one elsewhere and never a word ("Daly denied it").

    ``firsts`` are the first tokens of the sentences.
    """
    words, tags = tagged.words, tagged.tags
    doubtful = {words[k]: k for k in firsts if tags[k] in _UNSURE and words[k].istitle()}
    if not doubtful:
        return
    opening = set(firsts)
    names = np.flatnonzero(tagged.have("NNP")).tolist()
    named = {words[k] for k in names if words[k] in doubtful and k not in opening}
    if not named:
        return
    named -= {word.title() for word in {word.lower() for word in named}.intersection(words)}
    for k, end in zip(firsts, [*firsts[1:], len(words)], strict=True):
        # "South Korean police": no name is cut from its adjective.
        if words[k] in named and tags[k] in _UNSURE and k + 1 < end and tags[k + 1] != "JJ":
            tagged.set(k, "NNP")


def settle(tagged: Tagged) -> None:
    """Mend what the next tag proves wrong.

    "The May 3 *slide* killed 14" is no base form, "China's *embassy* denied" no adjective, "stabbed *retired* teacher Paul Lind" no second past form,
    "was called and *arrested* Lind" no adjective, "thanked fans and *promised* cheap tickets" no participle, "offered
    *shareholders* a premium" no verb, and "admitted money *laundering*" tells of a trade. In "paid *her* a pension" she owns
    nothing.
    """
    words, tags = tagged.words, tagged.tags
    doubtful = tagged.have("VB", "PRPS")
    adjectives, past = tagged.have("JJ"), tagged.have("VBD")
    doubtful[1:] |= (past[1:] & past[:-1]) | (adjectives[1:] & tagged.have("POS", "CC")[:-1])
    doubtful[1:] |= tagged.have("VBZ")[1:] & tagged.have(*_LEXICAL)[:-1]
    doubtful[1:] |= tagged.have("VBG")[1:] & tagged.have("NN")[:-1]
    doubtful[1:] |= tagged.have("VBN")[1:] & tagged.have("CC")[:-1]
    right: dict[int, str] = {}
    for k in np.flatnonzero(doubtful[1:-1]).tolist():
        before, tag, behind = tags[k : k + 3]
        k += 1
        if tag == "VB":
            if behind in _FINITE and before in _BEFORE_NOUN:
                right[k] = "NN"
        elif tag == "VBD":
            if behind in _NAMES and _is_past(words, k) and _is_past(words, k - 1):
                right[k] = "VBN"
        elif tag == "PRPS":
            if words[k] == "her" and _owns_nothing(words, tags, k + 1):
                right[k] = "PRP"
        elif tag == "VBZ":
            if len(words[k]) > AUXILIARY and lemma(words[k], "VBZ") not in _VERBS.bases:
                right[k] = "NN"
        elif tag == "VBG":
            if words[k] in CLAUSES.trades and behind not in _BEHIND_VERB:
                right[k] = "NN"
        elif tag == "VBN":
            promises = tags[k - 2] in _NAMES and lemma(words[k], "VBD") in CLAUSES.promising
            if promises and behind in _BEHIND_PROMISE:
                right[k] = "VBD"
        elif before == "POS":
            if behind in _FINITE or (behind == "VBN" and tags[k + 2 : k + 3] in _BEHIND_LONE):
                right[k] = "NN"
        elif behind in _BEHIND_VERB and _is_past(words, k):
            right[k] = "VBD"
    for k, tag in right.items():
        tagged.set(k, tag)


def _owns_nothing(words: Sequence[str], tags: Sequence[str], behind: int) -> bool:
    """Whether no noun of "her" begins at a token, or behind the quotation mark there: "called *her* “the voice”"."""
    behind += words[behind] in _QUOTES and behind + 1 < len(words)
    return tags[behind] in _NO_NOUN or words[behind] in ".,;"


def _acts(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    """Whether an adjective is a past form: one that no participle looks like ("last underwent"), or one in "-ed"
    between "and", a noun or a mark and an object ("and incited others").
    """
    word = words[k]
    if word in m.ONLY_PAST:
        return True
    if word[-2:] != "ed" or k + 1 >= len(tags) or lemma(word, "VBD") not in lexicon.verbs("en").bases:
        return False
    behind = (
        tags[k + 1] in _OWN_OBJECTS
        or words[k + 1] in CLAUSES.others
        # "Rebels captured and burned the town"
        or (tags[k + 1 : k + 3] == ["CC", "VBD"] and tags[k - 1] in ("NN", "NNP"))
    )
    return behind and (tags[k - 1] in ("CC", "NN", "NNP", "RB"))


def _goes_on(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    """Whether an adjective is a verb that goes on: an act between "be" and a preposition ("are striking at")."""
    if k + 1 >= len(tags) or tags[k + 1] != "IN" or words[k - 1].lower() not in CLAUSES.be:
        return False
    return words[k] not in CLAUSES.adjectives and lemma(words[k], "VBG") in _deed_verbs()


@cache
def _deed_verbs() -> frozenset[str]:
    """The verbs of the verb table that tell deeds."""
    frames = (f for f in lexicon.deeds("en").frame if f.kind == "did")
    return frozenset(p.split()[p.startswith("<")] for f in frames for p in f.verbs)


def _after_auxiliary(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    """Whether an auxiliary stands before a word that is participle and noun ("were broadcast on", "has sunk")."""
    before = k - 1
    while before > 0 and tags[before] == "RB":
        before -= 1
    behind = k + 1 >= len(tags) or tags[k + 1] in ("IN", "PU", "RB", "TO", "CC")
    helper = words[before].lower()
    return behind and (helper in CLAUSES.be or (helper in CLAUSES.have and words[k] in CLAUSES.participles))


def _measured(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    """Whether "a" and a measure alone stand before a word: "a 12% fall", "a $3 million cut"."""
    floor, first = max(0, k - MEASURE), k
    while first > floor and (tags[first - 1] == "CD" or words[first - 1].lower() in CLAUSES.shares):
        first -= 1
    return floor < first < k and words[first - 1].lower() in CLAUSES.indefinite


def _named(words: Sequence[str], tags: Sequence[str], k: int, firsts: set[int]) -> bool:
    """Whether a capital verb is a name: beside another name, and at the head of a sentence with a verb behind both."""
    beside = k + 1 < len(tags) and tags[k + 1] == "NNP"
    if k and k not in firsts and words[k - 1] not in _OPENING:
        return beside or tags[k - 1] == "NNP"
    if not beside:
        return False
    end = k + 1
    while end < len(tags) - 1 and tags[end] == "NNP":
        end += 1
    return tags[end] in ("VBD", "VBZ") and end not in firsts


def _is_past(words: Sequence[str], token: int) -> bool:
    """Whether a word has the form of a past participle, and is none of saying."""
    low = words[token].lower()
    base = lemma(low, "VBD")
    return base != low and base in _VERBS.bases and base not in _SAYING.verbs and not low.endswith("ing")


MEASURE = 6
"""Words before a noun in which its measure is looked for."""
_AUXILIARIES = CLAUSES.be | CLAUSES.have | CLAUSES.get
_VERBS = lexicon.verbs("en")
_SAYING = lexicon.saying("en")
_OBJECTS = ("DT", "PRPS", "PRP", "CD", "NNP")
_OPENING = frozenset("\"“‘'«:—–-(")
_BASE_FORMS = ("VB", "VBZ", "VBN")
_NOUNS = frozenset(["NN", "NNP", "PRP"])
_OWN_OBJECTS = frozenset(["DT", "PRPS", "PRP"])
_NOMINAL = frozenset(["NN", "JJ"])
_NAMES = frozenset(["NNP", "NN"])
_VERBAL = frozenset(["VB", "VBZ", "VBD", "VBN", "MD"])
_FINITE = frozenset(["VBD", "VBZ", "MD"])
_BEFORE_NOUN = frozenset(["DT", "JJ", "CD"])
_LEXICAL = ("VB", "VBD", "VBZ", "VBN", "VBG")
_NO_NOUN = frozenset(["DT", "IN", "TO", "CC", "PRP", "PRPS", "WH", "MD", "VBD", "VBZ", "RP"])
_QUOTES = frozenset('"“')
AUXILIARY = 4
"""Code points of the longest auxiliary in the present ("does")."""
_BEHIND_LONE = (["IN"], ["TO"], ["DT"], ["PRP"], ["PRPS"])
_BEHIND_VERB = frozenset(["NNP", "DT", "PRP", "PRPS"])
_BEHIND_PROMISE = _BEHIND_VERB | {"NN", "JJ", "CD"}
_UNSURE = frozenset(["NN", "JJ", "RB", "VB", "VBD", "VBG", "VBN", "VBZ"])
"""Tags that a name may have by mistake at the start of its sentence."""
