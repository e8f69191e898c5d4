"""Coarse parts of speech by a linear model over a window of five words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from dateline.transforms import core, lexicon
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.language.linear import EDGE, Ints, Packed, Templates, load, number_of
from dateline.transforms.language.vocabulary import Vocabulary

CLAUSES = lexicon.clauses("en")
MODEL = "tags.npz"
COARSE = {
    "NNS": "NN", "NNPS": "NNP", "PRP$": "PRPS", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB",
    "VBP": "VBZ", "WDT": "WH", "WP": "WH", "WRB": "WH", "WP$": "WH", "PDT": "DT", "EX": "PRP", "RP": "RP",
    "$": "CD", "#": "CD", "FW": "NN", "UH": "RB", "SYM": "PU", "LS": "PU",
}  # fmt: skip
"""Penn tags merged to those that claims need. Other tags are kept; punctuation is ``PU``."""
KEPT = frozenset(
    [
        "NN",
        "NNP",
        "PRP",
        "PRPS",
        "DT",
        "JJ",
        "RB",
        "IN",
        "TO",
        "CC",
        "CD",
        "VBD",
        "VBN",
        "VBG",
        "VBZ",
        "VB",
        "MD",
        "WH",
        "POS",
        "RP",
        "PU",
    ]
)


def coarse(penn: str) -> str:
    """The coarse tag of a Penn tag."""
    tag = COARSE.get(penn, penn)
    return tag if tag in KEPT else "PU"


def _parts(word: str) -> tuple[int, int, int, int]:
    """The hashes of the folded word, its last three and two letters, and its shape."""
    low = word.lower()
    if word[0].isdigit():
        low = "0000" if len(word) == 4 and word.isdigit() else "0"
    shape = (
        (
            "A"
            if len(word) > 1 and word.isupper()
            else "a"
            if word[0].isupper()
            else "0"
            if word[0].isdigit()
            else "x"
        )
        + ("-" if "-" in word else "")
        + ("." if word[-1] == "." else "")
        + ("p" if not word[0].isalnum() else "")
    )
    return number_of(low), number_of(low[-3:]), number_of(low[-2:]), number_of(shape)


_PARTS = Vocabulary(4, _parts)
_remembered = lru_cache(maxsize=1 << 12)(_parts)


def columns(words: Sequence[str], sentence: Ints) -> Ints:
    """Base columns of the tagger ``[columns, words]``, as ``_COLUMNS`` names them."""
    found = np.zeros((len(_COLUMNS), len(words)), dtype=np.int64)
    if core.compiled is not None:
        core.compiled.word_columns(words, _remembered, found[:4])
    else:
        found[:4] = _PARTS.rows(words).T
    found[4, :1] = EDGE
    found[4, 1:] = sentence[1:] != sentence[:-1]
    return found


_COLUMNS = ("w", "s3", "s2", "shape", "edge")
"""The folded word, its last three and two letters, its shape, and whether it opens a sentence."""
TEMPLATES = Templates.of(
    _COLUMNS,
    [
        "w",
        "s3 shape",
        "s2",
        "shape edge",
        "w shape",
        "w-1",
        "w+1",
        "w-2",
        "w+2",
        "w-1 w",
        "w w+1",
        "w-1 s3",
        "s3 w+1",
        "s3-1 s3",
        "s3 s3+1",
        "w-2 w-1 s3",
        "w-1 s2 w+1",
        "s3-1 s2 s3+1",
        "shape-1 shape shape+1",
        "s3 w+1 w+2",
        "shape edge shape+1",
        "s3 edge shape+1",
    ],
)


def rows(words: Sequence[str], sentence: Ints, bits: int) -> Ints:
    """Hashed features ``[templates, tokens]``."""
    return TEMPLATES.rows(columns(words, sentence), sentence, bits)


@cache
def _model() -> Packed:
    return load("dateline.transforms.language", MODEL, TEMPLATES)


def sentence_numbers(count: int, firsts: Sequence[int]) -> Ints:
    """The sentence of each of ``count`` tokens, sentences beginning at ``firsts``."""
    marks = np.zeros(count, dtype=np.int64)
    marks[list(firsts)] = 1
    return marks.cumsum()


def tag(words: Sequence[str], firsts: Sequence[int]) -> tuple[str, ...]:
    """The tag of each word; sentences begin at the tokens ``firsts``."""
    if not words:
        return ()
    model = _model()
    sentence = sentence_numbers(len(words), firsts)
    scores = model.emissions(TEMPLATES, columns(words, sentence), sentence)
    best = scores.argmax(axis=1)
    labels = model.labels
    tags = [labels[k] for k in best.tolist()]
    _mend(words, tags, set(firsts))
    if "&" in words:
        _join_firms(words, tags)
    return tuple(tags)


def _join_firms(words: Sequence[str], tags: list[str]) -> None:
    """``Quayle & Reed Co.``: the sign between two names belongs to the name of a firm."""
    for k in range(1, len(words) - 1):
        if words[k] == "&" and tags[k + 1] == "NNP" and words[k - 1][0].isupper():
            tags[k - 1] = tags[k] = "NNP"


_AUXILIARIES = CLAUSES.be | CLAUSES.have | CLAUSES.get
_OBJECTS = frozenset(["DT", "PRPS", "PRP", "CD", "NNP"])
_OPENING = frozenset("\"“‘'«:—–-(")


def _mend(words: Sequence[str], tags: list[str], firsts: set[int]) -> None:
    """What a window of five words cannot tell.

    A participle between a subject and an object, with no auxiliary near, is the verb of its clause ("The minister
    visited three villages"); a capital within a sentence is a name and no verb ("According to Feld, Ilse Brandt"); an
    irregular past form behind a noun is no noun ("the convoy left"), and neither is a participle behind "be" that
    looks like one ("were broadcast"); what "a" and a measure stand before is a noun
    ("a 12% fall").
    """
    last = len(tags) - 1
    for k, found in enumerate(tags):
        if found not in _VERBAL:
            if words[k] in _DOUBLED:
                tags[k] = "PU"
            elif found in _NAMES and words[k] in _OWNING:
                tags[k] = "POS"
            elif found == "JJ" and k and k not in firsts and words[k][-3:] == "ing":
                if _goes_on(words, tags, k):
                    tags[k] = "VBG"
            elif found == "JJ" and k and k not in firsts and _acts(words, tags, k):
                tags[k] = "VBD"
            elif found in _NOMINAL and words[k] in _FORMS and k and k not in firsts:
                if words[k] not in _PAST or words[k] in CLAUSES.participles:
                    if _after_auxiliary(words, tags, k):
                        tags[k] = "VBN"
                elif (
                    tags[k - 1] in _NOUNS
                    or (words[k - 1] == "," and tags[k - 2] in _NOUNS)
                    or (tags[k - 1] == "CC" and words[k] not in CLAUSES.past_nouns)
                ):
                    tags[k] = "VBD"
            continue
        if found in _BASE_FORMS and not words[k].endswith("ed") and _measured(words, tags, k):
            tags[k] = "NN"
        elif words[k][0].isupper() and words[k][1:].islower() and _named(words, tags, k, firsts):
            tags[k] = "NNP"
        elif found == "VBN" and 0 < k < last and tags[k + 1] in _OBJECTS:
            before = k - 1
            while before > 0 and tags[before] == "RB":
                before -= 1
            if tags[before] in ("NN", "NNP", "PRP") and not any(
                w.lower() in _AUXILIARIES for w in words[max(0, k - 4) : k]
            ):
                tags[k] = "VBD"


def _acts(words: Sequence[str], tags: Sequence[str], k: int) -> bool:
    """Whether an adjective is a past form: one that no participle looks like ("last underwent"), or one in "-ed"
    between "and", a noun or a mark and an object ("and incited others").
    """
    word = words[k]
    if word in _ONLY_PAST:
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


MEASURE = 6
"""Words before a noun in which its measure is looked for."""
_BASE_FORMS = frozenset(["VB", "VBZ", "VBN"])
_NOUNS = frozenset(["NN", "NNP", "PRP"])
_PAST = frozenset(
    form
    for form, base in lexicon.verbs("en").irregular.items()
    if form not in lexicon.verbs("en").bases and form[-1] not in "sgn"
)
_ONLY_PAST = frozenset(
    form
    for form in _PAST - CLAUSES.participles - CLAUSES.past_nouns
    if lexicon.verbs("en").irregular[form]
    in {lexicon.verbs("en").irregular.get(p) for p in CLAUSES.participles}
)
"""Past forms of verbs whose participle is another: "underwent", "gave"."""
_OWN_OBJECTS = frozenset(["DT", "PRPS", "PRP"])
_FORMS = _PAST | CLAUSES.unchanged | CLAUSES.participles
_NOMINAL = frozenset(["NN", "JJ"])
_NAMES = frozenset(["NNP", "NN"])
_OWNING = frozenset(["'s", "’s", "'S", "’S"])
_DOUBLED = frozenset(["’’", "‘‘", "''", "``"])
_VERBAL = frozenset(["VB", "VBZ", "VBD", "VBN", "MD"])
