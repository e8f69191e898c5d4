"""The features of a token for the claims model: words, tags, cue rates, quotation, chunks and the nearest
cues.

All are computed with arithmetic on whole columns (one entry for each token). The table ``TEMPLATES`` says
which columns are joined into features.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.transforms import core
from dateline.transforms.language import lemma
from dateline.transforms.language.linear import Floats, Ints, Packed, Templates, number_of
from dateline.transforms.language.tags import KEPT
from dateline.transforms.language.vocabulary import Vocabulary
from dateline.transforms.model import Parse

Mask = NDArray[np.bool_]
WEAK = 3
"""Least cue rate bucket of a verb whose clause is a feature."""
STRONG = 4
"""Least cue rate bucket of a word that counts as a cue for other tokens."""
UNKNOWN = 1
WORDS = 1 << 16
"""Words that are remembered: of a page's 560, 55 are new, with a quarter as many remembered 180 (583 pages); 16 MB."""
_STEPS = (0.005, 0.03, 0.1, 0.25, 0.5, 0.8)
_CLASSES = {
    "DT": 1 | 16, "PRPS": 1 | 16, "JJ": 1, "NN": 1, "NNP": 1, "CD": 1, "POS": 1, "PRP": 8,
    "MD": 2, "RB": 2, "TO": 2, "RP": 2, "VB": 6, "VBD": 6, "VBG": 6, "VBN": 6, "VBZ": 6,
}  # fmt: skip
"""Bits of a tag: 1 within a noun phrase, 2 within a verb group, 4 a verb, 8 a pronoun, 16 opens a phrase."""

COLUMNS = (
    "w", "lem", "shape", "s3", "tag", "rate", "start", "position", "inside", "state", "sentq", "opened",
    "n_at", "n_head", "n_next", "n_prev", "n_next_tag", "n_prev_tag", "n_verb", "n_verb_rate",
    "v_at", "v_head", "v_rate", "v_next", "v_prev", "v_next_tag", "v_prev_tag",
    "lc", "lc_rate", "lc_far", "lc_same", "lc_next", "rc", "rc_rate", "rc_far", "rc_same", "lv", "lv_rate", "rv", "rv_rate",
    "part", "part_rate", "part_shape",
)  # fmt: skip
"""The base columns, in the order of the compiled core."""
_WRITTEN = """
w|tag|lem tag|shape start|rate|s3 tag
w+1|w-1|w+2|w-2|w-1 w|w w+1
tag-1 tag|tag tag+1|tag-1 tag tag+1|tag-2 tag-1 tag|tag tag+1 tag+2|tag-3 tag-2 tag-1|tag+3 tag+2 tag+1
w tag+1|tag-1 w|rate tag-1 tag+1|rate-1|rate+1|rate-2 rate-1|rate+1 rate+2|rate w+1|rate w-1
state|state tag|sentq inside tag|opened inside|state w
n_at n_head|n_at n_next|n_at n_prev|n_at n_prev_tag n_next_tag|n_at n_verb|n_at n_verb_rate shape|n_at n_verb_rate n_prev_tag
v_at v_head|v_at v_rate|v_at v_rate v_next_tag|v_at v_head v_next|v_at v_rate v_prev_tag|v_rate v_prev
lc inside|lc_far lc_rate inside|rc inside|rc_far rc_rate inside|lc_far lc_rate rc_far rc_rate
lc_rate rc_rate lc_same state|rc_same lc_same state|lc tag|rc tag|lc_far lc|rc_far rc
lv_rate rv_rate tag|lv tag|rv tag|position tag rate|position sentq inside
lc_next lc_rate tag|lc_rate w|rc_rate w|tag-1 tag lc_rate rc_rate
part|part_rate|part_shape|part-1 part part+1|part_shape tag|part_rate inside state|part_shape lc_rate|part_rate part-1 part+1
"""
TEMPLATES = Templates.of(COLUMNS, _WRITTEN.strip().replace("\n", "|").split("|"))


def _parts(word: str, base: str) -> tuple[int, int, int, int]:
    """Numbers of the folded word, its base form, its shape, its last three letters."""
    low = word.lower()
    if word[0].isdigit():
        low = base = "0"
    shape = word[0]
    if word[0].isalnum():
        shape = (
            "A"
            if len(word) > 1 and word.isupper()
            else "a"
            if word[0].isupper()
            else "0"
            if word[0].isdigit()
            else "x"
        )
    return number_of(low), number_of(base), number_of(shape), number_of(low[-3:])


_TAGS = ("", *sorted(KEPT))
_TAG = {tag: n for n, tag in enumerate(_TAGS)}
_INITIALS = tuple(sorted({tag[:1] for tag in _TAGS}))
_BY_TAG = np.array(
    [(number_of(tag), _CLASSES.get(tag, 0), _INITIALS.index(tag[:1])) for tag in _TAGS], dtype=np.int64
)
"""The number, the class bits and the place of the initial of each tag."""


class Rates:
    """How often words are cues: ``table`` has a bucket by key, as :func:`cue_keys` writes keys."""

    def __init__(self, table: Mapping[str, int]) -> None:
        self._rates: dict[str, list[int]] = {}
        for key, rate in table.items():
            base, _, initial = key.rpartition("/")
            row = self._rates.setdefault(base, [UNKNOWN] * len(_INITIALS))
            row[_INITIALS.index(initial)] = rate
        self._unknown = [UNKNOWN] * len(_INITIALS)
        self._words = Vocabulary(4 + len(_INITIALS), self._row, WORDS)

    def _row(self, word: str) -> tuple[int, ...]:
        base = lemma(word)
        return (*_parts(word, base), *self._rates.get(base, self._unknown))

    def columns(self, parse: Parse) -> Ints:
        """``[7, tokens]``: word, lemma, shape, last three letters, tag, class bits of the tag and cue rate."""
        words = self._words.rows(parse.words)
        tags = np.take(
            _BY_TAG, np.frombuffer(bytes(map(_TAG.__getitem__, parse.tags)), dtype=np.uint8), axis=0
        )
        found = np.empty((7, len(words)), dtype=np.int64)
        found[:4] = words[:, :4].T
        found[4:6] = tags[:, :2].T
        found[6] = words[np.arange(len(words)), 4 + tags[:, 2]]
        return found


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


def owners(parse: Parse) -> tuple[Ints, Ints]:
    """Sentence and block number of each token."""
    sizes = [s.last - s.first for s in parse.sentences]
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    return sentence, np.array([s.block for s in parse.sentences], dtype=np.int64)[sentence]


def _runs(mask: Mask, breaks: Mask, index: Ints) -> tuple[Ints, Ints]:
    """First and last token of the run of ``mask`` that each token stands in (itself outside)."""
    new = np.ones(len(mask), dtype=bool)
    new[1:] = ~(mask[1:] & mask[:-1]) | breaks[1:]
    first = np.maximum.accumulate(np.where(new, index, 0))
    final = np.ones(len(mask), dtype=bool)
    final[:-1] = new[1:]
    last = np.minimum.accumulate(np.where(final, index, len(mask))[::-1])[::-1]
    return first, last


class _Columns:
    """Looking up columns at other tokens of the same sentence."""

    def __init__(self, sentence: Ints) -> None:
        self.sentence = sentence
        self.count = len(sentence)
        self.index = np.arange(self.count)

    def reach(self, place: Ints) -> tuple[Ints, Mask]:
        """Places made safe to look at, and which of them lie in the token's own sentence."""
        safe = np.minimum(np.maximum(place, 0), self.count - 1)
        return safe, (safe == place) & (self.sentence[safe] == self.sentence)

    def left(self, mask: Mask) -> Ints:
        """The nearest token of ``mask`` before each token, -1 where there is none."""
        held = np.maximum.accumulate(np.where(mask, self.index, -1))
        return np.concatenate([[-1], held[:-1]])

    def right(self, mask: Mask) -> Ints:
        """The nearest token of ``mask`` behind each token, the count where there is none."""
        held = np.minimum.accumulate(np.where(mask, self.index, self.count)[::-1])[::-1]
        return np.concatenate([held[1:], [self.count]])


def _quotation(quote: Ints, sentence: Ints, block: Ints, index: Ints) -> dict[str, Ints]:
    """Whether a token is quoted, how long its quotation is, and what its sentence and block open with."""
    inside = (quote > 0).astype(np.int64)
    size = (np.digitize(np.bincount(quote), [5, 10, 25])[quote] + 1) * inside
    edge = np.zeros_like(quote)
    edge[1:] = quote[1:] != quote[:-1]
    edge[:-1] += (quote[:-1] != quote[1:]) * 2
    sentence_start = np.concatenate([[True], sentence[1:] != sentence[:-1]])
    block_start = np.concatenate([[True], block[1:] != block[:-1]])
    first = np.maximum.accumulate(np.where(sentence_start, index, 0))
    quoted = np.bincount(sentence, inside, int(sentence[-1]) + 1) > 0
    return {
        "inside": inside,
        "state": size * 4 + edge * inside,
        "sentq": quoted[sentence].astype(np.int64),
        "opened": inside[np.maximum.accumulate(np.where(block_start, index, 0))],
        "start": sentence_start.astype(np.int64),
        "position": np.minimum(index - first, 3),
    }


def _clauses(parse: Parse, rate: Ints) -> Ints:
    """``[3, tokens]``: what each token is to a verb that is often a cue: its subject, itself, what it reports, its object.

    ``part`` names the part in the outermost such clause, ``part_rate`` joins it with how often the verb is a
    cue, ``part_shape`` whether the clause is finite and what kind of complement it has.
    """
    count = len(parse.words)
    # A byte a token: the largest, a shape, is 4 * 32 + 16.
    part, strength, shape = bytearray(count), bytearray(count), bytearray(count)
    rates = rate.tolist()
    for c in parse.clauses:
        often = rates[c.verb.head]
        if often < WEAK:
            continue
        verb = c.verb
        kind = 1 + _COMPLEMENTS.index(c.complement_kind) + 4 * verb.finite + 8 * (verb.voice == "passive")
        said = c.complement or (c.objects[0] if c.objects else None)
        for run, mark in ((said, 4 if c.complement is None else 3), (c.subject, 1), (verb[:2], 2)):
            if run is None:
                continue
            first, last = run
            if mark != 2 and any(part[first:last]):
                continue
            size = last - first
            part[first:last] = _BYTES[mark] * size
            strength[first:last] = _BYTES[mark * 8 + often] * size
            shape[first:last] = _BYTES[mark * 32 + kind] * size
    return np.frombuffer(part + strength + shape, dtype=np.uint8).reshape(3, count).astype(np.int64)


_BYTES = [bytes([n]) for n in range(256)]
_COMPLEMENTS = (None, "that", "quotation", "infinitive")


def scores(parse: Parse, rates: Rates, model: Packed) -> Floats:
    """The score of each label of each token of an article that has words, ``[tokens, labels]``."""
    sentence, block = owners(parse)
    return model.emissions(TEMPLATES, columns(parse, rates, sentence, block), sentence)


def rows(parse: Parse, rates: Rates, bits: int) -> Ints:
    """Hashed features ``[templates, tokens]`` of an article that has words."""
    sentence, block = owners(parse)
    return TEMPLATES.rows(columns(parse, rates, sentence, block), sentence, bits)


def columns(parse: Parse, rates: Rates, sentence: Ints, block: Ints) -> Ints:
    """The base columns ``[columns, tokens]``, as :data:`COLUMNS` names them."""
    words = rates.columns(parse)
    quote = np.zeros(len(parse.quotes), dtype=np.int64)
    if any(parse.quotes):
        quote[:] = parse.quotes
    parts = _clauses(parse, words[6])
    if core.compiled is not None:
        found = np.empty((len(COLUMNS), len(quote)), dtype=np.int64)
        core.compiled.claim_columns(words, np.stack([quote, sentence, block]), parts, STRONG, found)
        return found
    look = _Columns(sentence)
    index = look.index
    w, lem, shape, s3, tag, kind, rate = words
    c: dict[str, Any] = {"w": w, "lem": lem, "shape": shape, "s3": s3, "tag": tag, "rate": rate}
    c |= _quotation(quote, sentence, block, index)
    c |= dict(zip(("part", "part_rate", "part_shape"), parts, strict=True))

    nominal, verbal, verb = (kind & 9) > 0, (kind & 2) > 0, (kind & 4) > 0
    parted = np.concatenate([[True], sentence[1:] != sentence[:-1]])
    pronoun = (kind & 8) > 0
    n_first, n_last = _runs(
        nominal, parted | ((kind & 24) > 0) | np.concatenate([[False], pronoun[:-1]]), index
    )
    v_first, v_last = _runs(verbal, parted, index)
    left_verb, right_verb = look.left(verb), look.right(verb)
    # The verb that heads a group is its last one.
    v_head = np.where(verb[v_last], v_last, np.maximum(left_verb[v_last], v_first))
    n_in, v_in = nominal.astype(np.int64), verbal.astype(np.int64)
    c["n_at"] = (np.minimum(index - n_first, 1) * 2 + (index == n_last) + 4) * n_in
    c["v_at"] = (np.minimum(index - v_first, 1) * 2 + (index == v_last) + 4) * v_in
    c["n_head"], c["v_head"], c["v_rate"] = lem[n_last] * n_in, lem[v_head] * v_in, (rate[v_head] + 1) * v_in
    for name, place, within in (
        ("n_next", n_last + 1, n_in),
        ("n_prev", n_first - 1, n_in),
        ("v_next", v_last + 1, v_in),
        ("v_prev", v_first - 1, v_in),
    ):
        safe, here = look.reach(place)
        c[name] = np.where(here, lem[safe], 1) * within
        c[name + "_tag"] = np.where(here, tag[safe], 1) * within
        if name == "n_next":
            follows = here & verbal[safe] & nominal
            c["n_verb"] = np.where(follows, lem[v_head[safe]], 0)
            c["n_verb_rate"] = np.where(follows, rate[v_head[safe]] + 1, 0)
    cue = rate >= STRONG
    for name, place in (
        ("lc", look.left(cue)),
        ("rc", look.right(cue)),
        ("lv", left_verb),
        ("rv", right_verb),
    ):
        safe, here = look.reach(place)
        c[name] = np.where(here, lem[safe], 1)
        c[name + "_rate"] = np.where(here, rate[safe], 0)
        if name[1] == "c":
            c[name + "_far"] = np.where(here, np.digitize(np.abs(place - index), [2, 3, 4, 5, 9]), 9)
            # A cue inside of the same quotation says nothing about who is quoted.
            c[name + "_same"] = (here & (quote > 0) & (quote[safe] == quote)).astype(np.int64)
        if name == "lc":
            safe, here = look.reach(place + 1)
            c["lc_next"] = np.where(here, lem[safe], 1)
    return np.stack([c[name] for name in COLUMNS])
