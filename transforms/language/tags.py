"""Coarse parts of speech by a linear model over a window of five words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from dateline.transforms import core
from dateline.transforms.language.clauses.symbols import Letters
from dateline.transforms.language.linear import EDGE, Ints, Packed, Templates, load, number_of
from dateline.transforms.language.marks import CLOSED, KNOWN, PLACE, PLACES, mark
from dateline.transforms.language.mends import Tagged, mend
from dateline.transforms.language.vocabulary import Vocabulary

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


def _row(word: str) -> tuple[int, ...]:
    return (*_parts(word), mark(word))


WORDS = 1 << 16
"""Words that are remembered: of a page's 560, 55 are new, with a quarter as many remembered 180 (583 pages); 13 MB."""
_ROWS = Vocabulary(5, _row, WORDS)
_remembered = lru_cache(maxsize=1 << 12)(_row)


def looks(words: Sequence[str]) -> tuple[Ints, list[str]]:
    """The numbers of words ``[5, words]`` (the first four columns and the mark), and the words in lower case."""
    if core.compiled is None:
        return np.ascontiguousarray(_ROWS.rows(words).T), list(map(str.lower, words))
    found = np.empty((5, len(words)), dtype=np.int64)
    return found, core.compiled.word_columns(words, _remembered, KNOWN, found)


def columns(words: Sequence[str], sentence: Ints) -> Ints:
    """Base columns of the tagger ``[columns, words]``, as ``_COLUMNS`` names them."""
    return _with_edges(looks(words)[0], sentence)


def _with_edges(found: Ints, sentence: Ints) -> Ints:
    """Put whether each word opens a sentence in the place of the marks."""
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


def tag(words: Sequence[str], firsts: Sequence[int]) -> Tagged:
    """Words with the tag of each; sentences begin at the tokens ``firsts``."""
    model = _model()
    sentence = sentence_numbers(len(words), firsts)
    found, low = looks(words)
    marks = found[4].copy()
    scores = model.emissions(TEMPLATES, _with_edges(found, sentence), sentence)
    tagged = Tagged(words, low, marks, scores.argmax(axis=1).astype(np.uint8), model.labels)
    tagged.hashes = found[0]
    mend(tagged, set(firsts))
    return tagged


@cache
def _letters(labels: tuple[str, ...]) -> Letters:
    return Letters(labels, PLACES, CLOSED)


def letters(tagged: Tagged) -> str:
    """The letters of tagged words, as :mod:`dateline.transforms.language.clauses.symbols` gives them."""
    return _letters(tagged.labels).of(tagged.words, tagged.tags, tagged.codes, tagged.marks >> PLACE)
