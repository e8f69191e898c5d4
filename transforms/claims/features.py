"""The features of a token for the claims model: words, tags, cue rates, quotation, clauses and the nearest cues.

Only sentences that may hold a claim are read. Columns (one entry for each token that is read) are computed with
arithmetic on arrays. The table ``TEMPLATES`` says which columns are joined into features.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.transforms import core
from dateline.transforms.language import lemma
from dateline.transforms.language.linear import Floats, Ints, Packed, Templates, number_of
from dateline.transforms.language.tags import TAGS, numbers
from dateline.transforms.model import Parse

Mask = NDArray[np.bool_]
WEAK = 3
"""Least cue rate bucket of a verb whose clause is a feature."""
STRONG = 4
"""Least cue rate bucket of a word that counts as a cue for other tokens, and of a verb or noun whose sentence is read."""
CERTAIN = 5
"""Least cue rate bucket of any other word whose sentence is read: "according", and not "also" or a colon."""
UNKNOWN = 1
_STEPS = (0.005, 0.03, 0.1, 0.25, 0.5, 0.8)

COLUMNS = (
    "w", "lem", "tag", "rate", "inside", "state", "sentq",
    "lc", "lc_rate", "lc_far", "rc", "rc_rate", "rc_far", "lv", "lv_rate", "rv", "rv_rate",
    "part", "part_rate", "part_shape",
)  # fmt: skip
"""The base columns, in the order of the compiled core."""
_WRITTEN = """
w|lem tag|w-1|w-1 w|lc_rate w|state w
tag tag+1|tag-2 tag-1 tag|tag tag+1 tag+2|tag-3 tag-2 tag-1|tag+3 tag+2 tag+1
rate tag-1 tag+1|rate+1 rate+2|rate w+1|rate w-1
state tag|sentq inside tag
lc_far lc_rate inside|rc inside|rc_far rc_rate inside|lc_far lc_rate rc_far rc_rate
lc_rate rc_rate state|lc tag|rc tag|lc_far lc
lv_rate rv_rate tag|lv tag|rv tag
part|part_shape|part-1 part part+1|part_shape lc_rate|part_rate part-1 part+1
"""
TEMPLATES = Templates.of(COLUMNS, _WRITTEN.strip().replace("\n", "|").split("|"))

_INITIALS = tuple(sorted({tag[:1] for tag in TAGS}))
_NUMBERS = np.array([number_of(tag) for tag in TAGS], dtype=np.int64)
_VERBAL = np.array([tag.startswith("V") for tag in TAGS], dtype=np.int64)
_INITIAL = np.array([_INITIALS.index(tag[:1]) for tag in TAGS], dtype=np.int64)


class Words(NamedTuple):
    """What is known of each token of an article: the hash of its word, the number of its tag, the row of its base form,
    how often it is a cue, and whether its sentence is read for that."""

    hashes: Ints
    tags: Ints
    row: Ints
    rate: Ints
    telling: Mask


class Rates:
    """How often words are cues: ``table`` has a bucket by key, as :func:`cue_keys` writes keys, and ``forms`` the base
    forms of words in lower case that are none. Other words are their own base forms.

    Words are looked up by the hash that the tagger has of each, for all tokens of an article in one step.
    """

    def __init__(self, table: Mapping[str, int], forms: Mapping[str, str]) -> None:
        unknown = [UNKNOWN] * len(_INITIALS)
        rates: dict[str, list[int]] = {}
        for key, rate in table.items():
            base, _, initial = key.rpartition("/")
            rates.setdefault(base, list(unknown))[_INITIALS.index(initial)] = rate
        bases = {base: base for base in rates if base not in forms} | dict(forms)
        rows = {number_of(form): (number_of(base), rates.get(base, unknown)) for form, base in bases.items()}
        # The last row is that of all other words.
        held = [*sorted(rows.items()), (_LAST, (0, unknown))]
        self._hashes = np.array([h for h, _ in held], dtype=np.uint32)
        self._bases = np.array([base for _, (base, _) in held], dtype=np.int64)
        cells = np.array([row for _, (_, row) in held], dtype=np.int64)
        least = [STRONG if initial in ("V", "N") else CERTAIN for initial in _INITIALS]
        self._rates, self._telling = cells.ravel(), (cells >= least).ravel()

    def words(self, parse: Parse) -> Words:
        """What is known of the tokens of an article."""
        hashes, tags = numbers(parse)
        row = np.searchsorted(self._hashes, hashes.astype(np.uint32))
        row[self._hashes.take(row) != hashes] = len(self._hashes) - 1
        place = row * len(_INITIALS) + _INITIAL.take(tags)
        return Words(hashes, tags, row, self._rates.take(place), self._telling.take(place))

    def columns(self, words: Words, places: Ints) -> Ints:
        """``[5, places]``: the word, its base form, its tag, whether it is a verb, and its cue rate."""
        found = np.empty((5, len(places)), dtype=np.int64)
        tags, row = words.tags.take(places), words.row.take(places)
        found[0] = words.hashes.take(places)
        found[1] = np.where(row < len(self._hashes) - 1, self._bases.take(row), found[0])
        found[2], found[3] = _NUMBERS.take(tags), _VERBAL.take(tags)
        found[4] = words.rate.take(places)
        return found


_LAST = 0xFFFFFFFF


def _key(word: str, tag: str) -> str:
    return f"{lemma(word)}/{tag[:1]}"


def cue_keys(parse: Parse) -> list[str]:
    """The key of each token in the table of cue rates: lemma and first letter of the tag."""
    return list(map(_key, parse.words, parse.tags))


def bucket(cues: float, seen: float) -> int:
    """How often a word is a cue, in seven steps; ``UNKNOWN`` where it was seen too rarely to say."""
    if seen <= 1:
        return UNKNOWN
    rate = (cues + 0.1) / (seen + 1.0)
    return sum(rate >= step for step in _STEPS)


class Read(NamedTuple):
    """The tokens that are read: their places in the article, their columns ``[columns, tokens]``, the sentence of each,
    and where sequences begin among them."""

    places: Ints
    columns: Ints
    sentence: Ints
    starts: Ints


def read(parse: Parse, rates: Rates, silent: Collection[int] = ()) -> Read:
    """The tokens of the sentences that may hold a part of a claim, because of a word that is often a cue, or a
    quotation. Sentences of blocks that are ``silent`` are not read.

    On pages of the web half of the tokens are read.
    """
    words = rates.words(parse)
    quote = np.zeros(len(parse.quotes), dtype=np.int64)
    if any(parse.quotes):
        quote[:] = parse.quotes
    firsts = [s.first for s in parse.sentences]
    holds = np.logical_or.reduceat(words.telling | (quote > 0), firsts)
    if silent:
        holds &= [s.block not in silent for s in parse.sentences]
    sizes = np.diff(firsts, append=len(quote))
    places = np.flatnonzero(np.repeat(holds, sizes))
    sentence = np.repeat(np.flatnonzero(holds), sizes[holds])
    parts = _clauses(parse, words.rate, holds, places)
    quote = quote.take(places)
    found = _columns(rates.columns(words, places), quote, sentence, parts)
    return Read(places, found, sentence, _starts(quote, sentence))


def _starts(quote: Ints, sentence: Ints) -> Ints:
    """The first token of each sequence: a sentence, with those before it in whose quotation it begins.

    Whole blocks as sequences read no better (PolNeAR 67.3 both), and the longest sets the time.
    """
    new = np.ones(len(quote), dtype=bool)
    # Each quotation stands in one block, and sentences that it spans are all read.
    new[1:] = (sentence[1:] != sentence[:-1]) & ((quote[1:] == 0) | (quote[1:] != quote[:-1]))
    return np.flatnonzero(new)


def _clauses(parse: Parse, rate: Ints, holds: Mask, places: Ints) -> Ints:
    """``[3, places]``: what each token is to a verb that is often a cue: its subject, itself, what it reports, its object.

    ``part`` names the part in the outermost such clause, ``part_rate`` joins it with how often the verb is a
    cue, ``part_shape`` whether the clause is finite and what kind of complement it has. ``holds`` are the sentences that
    are read.
    """
    code = bytearray(len(parse.words))
    rates = rate.take(parse.heads) if parse.clauses else rate[:0]
    for n in np.flatnonzero(rates >= WEAK).tolist():
        c = parse.clauses[n]
        if not holds[c.sentence]:
            continue
        verb, said = c.verb, c.complement or (c.objects[0] if c.objects else None)
        shape = _COMPLEMENTS.index(c.complement_kind) + 4 * verb.finite + 8 * (verb.voice == "passive")
        shape += (int(rates[n]) - WEAK) * _SHAPES + 1
        for run, mark in ((said, 2), (c.subject, 0), (verb[:2], 1)):
            if run is None:
                continue
            first, last = run
            if mark != 1 and any(code[first:last]):
                continue
            code[first:last] = _BYTES[mark * _BUCKETS * _SHAPES + shape] * (last - first)
    return _PARTS.take(np.frombuffer(code, dtype=np.uint8).take(places), axis=1)


_BYTES = [bytes([n]) for n in range(256)]
_COMPLEMENTS = (None, "that", "quotation", "infinitive")
_SHAPES, _BUCKETS = 16, 4


def _parts_of_codes() -> Ints:
    """``[3, 256]``: the columns of each code of :func:`_clauses`; what is said is an object (4) without a complement."""
    found = np.zeros((3, 256), dtype=np.int64)
    for code in range(3 * _BUCKETS * _SHAPES):
        mark, left = divmod(code, _BUCKETS * _SHAPES)
        bucket_, shape = divmod(left, _SHAPES)
        part = mark + 1 if mark < 2 else 3 if shape % 4 else 4
        found[:, code + 1] = part, part * 8 + bucket_ + WEAK, part * 32 + shape + 1
    return found


_PARTS = _parts_of_codes()


def scores(found: Read, model: Packed) -> Floats:
    """The score of each label of each token that is read, ``[tokens, labels]``."""
    return model.emissions(TEMPLATES, found.columns, found.sentence)


class _Nearest:
    """Looking up columns at other tokens of the same sentence."""

    def __init__(self, sentence: Ints) -> None:
        self.sentence = sentence
        self.count = len(sentence)
        self.index = np.arange(self.count)

    def left(self, mask: Mask) -> Ints:
        """The nearest token of ``mask`` before each token, -1 where there is none."""
        held = np.maximum.accumulate(np.where(mask, self.index, -1))
        return np.concatenate([[-1], held[:-1]])

    def right(self, mask: Mask) -> Ints:
        """The nearest token of ``mask`` behind each token, the count where there is none."""
        held = np.minimum.accumulate(np.where(mask, self.index, self.count)[::-1])[::-1]
        return np.concatenate([held[1:], [self.count]])

    def columns(self, name: str, place: Ints, lem: Ints, rate: Ints) -> dict[str, Ints]:
        """Base form and rate of the tokens at ``place``, and how far these are, where they are in the token's own sentence."""
        safe = np.minimum(np.maximum(place, 0), self.count - 1)
        here = (safe == place) & (self.sentence[safe] == self.sentence)
        return {
            name: np.where(here, lem[safe], 1),
            f"{name}_rate": np.where(here, rate[safe], 0),
            f"{name}_far": np.where(here, np.digitize(np.abs(place - self.index), [2, 3, 4, 5, 9]), 9),
        }


def _columns(words: Ints, quote: Ints, sentence: Ints, parts: Ints) -> Ints:
    """The base columns ``[columns, tokens]``, as :data:`COLUMNS` names them, of words ``[5, tokens]``: word, base form,
    tag, whether it is a verb, cue rate."""
    if core.compiled is not None:
        found = np.empty((len(COLUMNS), len(quote)), dtype=np.int64)
        core.compiled.claim_columns(words, np.stack([quote, sentence]), parts, STRONG, found)
        return found
    if not len(quote):
        return np.empty((len(COLUMNS), 0), dtype=np.int64)
    w, lem, tag, verb, rate = words
    c: dict[str, Any] = {"w": w, "lem": lem, "tag": tag, "rate": rate}
    c |= dict(zip(("part", "part_rate", "part_shape"), parts, strict=True))
    c |= _quotation(quote, sentence)
    look = _Nearest(sentence)
    cue, verbal = rate >= STRONG, verb > 0
    for name, place in (
        ("lc", look.left(cue)),
        ("rc", look.right(cue)),
        ("lv", look.left(verbal)),
        ("rv", look.right(verbal)),
    ):
        c |= look.columns(name, place, lem, rate)
    return np.stack([c[name] for name in COLUMNS])


def _quotation(quote: Ints, sentence: Ints) -> dict[str, Ints]:
    """Whether a token is quoted, how long its quotation is with where it begins and ends, and whether its sentence quotes."""
    inside = (quote > 0).astype(np.int64)
    size = (np.digitize(np.bincount(quote), [5, 10, 25])[quote] + 1) * inside
    edge = np.zeros_like(quote)
    edge[1:] = quote[1:] != quote[:-1]
    edge[:-1] += (quote[:-1] != quote[1:]) * 2
    quoted = np.bincount(sentence, inside, int(sentence[-1]) + 1) > 0
    return {"inside": inside, "state": size * 4 + edge * inside, "sentq": quoted[sentence].astype(np.int64)}
