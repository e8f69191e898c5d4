"""What the claims model sees of a token: words, tags, cue rates, quotation, chunks and the nearest cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from transforms.language import lemma
from transforms.language.linear import Ints, mix, number_of, shift
from transforms.model import Parse

NOUNISH = frozenset("DT PRPS JJ NN NNP CD POS".split())
VERBISH = frozenset("MD VB VBD VBG VBN VBZ RB TO RP".split())
VERBS = frozenset("VB VBD VBG VBN VBZ".split())
STRONG = 4
"""Cue rate bucket from which a word counts as a cue that others look for."""


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[int, int, int, int]:
    low = word.lower()
    if word[0].isdigit():
        low = "0"
    shape = "A" if len(word) > 1 and word.isupper() else "a" if word[0].isupper() else "0" if word[0].isdigit() else "x" if word[0].isalnum() else word[0]
    return number_of(low), number_of(lemma(low)), number_of(shape), number_of(low[-3:])


def cue_keys(parse: Parse) -> list[str]:
    """The key of each token in the table of cue rates: lemma and first letter of the tag."""
    return [f"{lemma(w)}/{t[:1]}" for w, t in zip(parse.words, parse.tags, strict=True)]


def bucket(cues: float, seen: float) -> int:
    """How often a word is a cue, in seven steps; 0 also where it was seen too rarely to say."""
    if seen <= 1:
        return 1
    rate = (cues + 0.1) / (seen + 1.0)
    return 0 if rate < 0.005 else 1 if rate < 0.03 else 2 if rate < 0.1 else 3 if rate < 0.25 else 4 if rate < 0.5 else 5 if rate < 0.8 else 6


def owners(parse: Parse) -> tuple[Ints, Ints]:
    """Sentence and block number of each token."""
    sentence = np.zeros(len(parse.words), dtype=np.int64)
    block = np.zeros(len(parse.words), dtype=np.int64)
    for k, s in enumerate(parse.sentences):
        sentence[s.first : s.last] = k
        block[s.first : s.last] = s.block
    return sentence, block


def _runs(mask: np.ndarray, sentence: Ints, breaks: np.ndarray) -> tuple[Ints, Ints]:
    """First and last token of the run of ``mask`` that each token stands in (itself outside)."""
    n = len(mask)
    index = np.arange(n)
    new = np.ones(n, dtype=bool)
    new[1:] = ~(mask[1:] & mask[:-1] & (sentence[1:] == sentence[:-1])) | breaks[1:]
    first = np.maximum.accumulate(np.where(new, index, 0))
    last_mark = np.ones(n, dtype=bool)
    last_mark[:-1] = new[1:]
    last = np.minimum.accumulate(np.where(last_mark, index, n - 1)[::-1])[::-1]
    return first, last


def _at(column: Ints, index: Ints, home: Ints, sentence: Ints) -> Ints:
    """``column`` at other places, 1 where these lie outside the token's own sentence."""
    n = len(column)
    safe = np.clip(index, 0, n - 1)
    return np.where((index >= 0) & (index < n) & (sentence[safe] == sentence[home]), column[safe], 1)


def _near(mask: np.ndarray, *, left: bool) -> Ints:
    """The nearest token of ``mask`` strictly to the left or right; -1 or the count where there is none."""
    n = len(mask)
    index = np.arange(n)
    if left:
        held = np.maximum.accumulate(np.where(mask, index, -1))
        return np.concatenate([[-1], held[:-1]])
    held = np.minimum.accumulate(np.where(mask, index, n)[::-1])[::-1]
    return np.concatenate([held[1:], [n]])


def columns(parse: Parse, rates: Mapping[str, int], keys: Sequence[str] | None = None) -> list[Ints]:
    """Feature columns, one entry a token."""
    n = len(parse.words)
    sentence, block = owners(parse)
    index = np.arange(n)
    parts = np.array([_parts(w) for w in parse.words], dtype=np.int64).reshape(-1, 4)
    w, lem, shape, s3 = parts.T
    tag = np.array([number_of(t) for t in parse.tags], dtype=np.int64)
    rate = np.array([rates.get(k, 1) for k in keys or cue_keys(parse)], dtype=np.int64)
    quote = np.array(parse.quotes, dtype=np.int64)

    nounish = np.array([t in NOUNISH for t in parse.tags])
    verbish = np.array([t in VERBISH for t in parse.tags])
    noun = np.array([t in ("NN", "NNP") for t in parse.tags])
    verb = np.array([t in VERBS for t in parse.tags])
    opens = np.array([t in ("DT", "PRPS") for t in parse.tags])
    pronoun = np.array([t == "PRP" for t in parse.tags])
    n_first, n_last = _runs(nounish | pronoun, sentence, opens | pronoun | np.roll(pronoun, 1))
    v_first, v_last = _runs(verbish, sentence, np.zeros(n, dtype=bool))

    left_verb, right_verb = _near(verb, left=True), _near(verb, left=False)
    cue = rate >= STRONG
    left_cue, right_cue = _near(cue, left=True), _near(cue, left=False)
    # The verb that heads a group is its last one.
    v_head = np.where(verb[v_last], v_last, np.maximum(_near(verb, left=True)[v_last], v_first))
    n_head = np.where(noun[n_last] | ~nounish, n_last, n_last)
    in_n, in_v = nounish | pronoun, verbish

    inside = (quote > 0).astype(np.int64)
    sizes = np.bincount(quote, minlength=1) if n else np.zeros(1, dtype=np.int64)
    size = np.digitize(sizes[quote], [5, 10, 25]) * inside + inside
    edge = np.zeros(n, dtype=np.int64)
    edge[1:] = (quote[1:] != quote[:-1]) * 1
    edge[:-1] += (quote[:-1] != quote[1:]) * 2
    state = size * 4 + edge * inside
    first_of = np.concatenate([[0], np.flatnonzero(np.diff(sentence)) + 1]) if n else np.zeros(0, dtype=np.int64)
    has_quote = np.zeros(int(sentence.max()) + 1 if n else 0, dtype=np.int64)
    np.maximum.at(has_quote, sentence, inside)
    quoted_sentence = has_quote[sentence]
    start = np.zeros(n, dtype=bool)
    start[first_of] = True
    position = np.minimum(index - first_of[np.searchsorted(first_of, index, side="right") - 1], 3)
    block_quote = np.concatenate([[True], np.diff(block) != 0]) & (quote > 0)
    opened = block_quote[np.maximum.accumulate(np.where(np.concatenate([[True], np.diff(block) != 0]), index, 0))]

    def d(column: Ints, by: int) -> Ints:
        return shift(column, by, sentence)

    lc_lem, rc_lem = _at(lem, left_cue, index, sentence), _at(lem, right_cue, index, sentence)
    lc_in = (lc_lem != 1).astype(np.int64)
    rc_in = (rc_lem != 1).astype(np.int64)
    lc_rate, rc_rate = _at(rate, left_cue, index, sentence) * lc_in, _at(rate, right_cue, index, sentence) * rc_in
    lc_far = np.digitize(index - left_cue, [2, 3, 4, 5, 9]) * lc_in
    rc_far = np.digitize(right_cue - index, [2, 3, 4, 5, 9]) * rc_in
    # A cue inside of the same quotation says nothing about who is quoted.
    lc_same = ((_at(quote, left_cue, index, sentence) == quote) & (quote > 0)).astype(np.int64)
    rc_same = ((_at(quote, right_cue, index, sentence) == quote) & (quote > 0)).astype(np.int64)
    lv_rate, rv_rate = _at(rate, left_verb, index, sentence), _at(rate, right_verb, index, sentence)
    lv_lem, rv_lem = _at(lem, left_verb, index, sentence), _at(lem, right_verb, index, sentence)

    n_next, n_prev = n_last + 1, n_first - 1
    v_next, v_prev = v_last + 1, v_first - 1
    n_at = (np.minimum(index - n_first, 1) * 2 + (index == n_last) + 4) * in_n
    v_at = (np.minimum(index - v_first, 1) * 2 + (index == v_last) + 4) * in_v
    nn_lem, np_lem = _at(lem, n_next, index, sentence) * in_n, _at(lem, n_prev, index, sentence) * in_n
    nn_tag, np_tag = _at(tag, n_next, index, sentence) * in_n, _at(tag, n_prev, index, sentence) * in_n
    n_next_verb = _at(v_head, np.clip(n_next, 0, n - 1), index, sentence)
    follows = _at(verbish.astype(np.int64), n_next, index, sentence) == 1
    nv_lem = np.where(in_n & follows, lem[np.clip(n_next_verb, 0, n - 1)], 0)
    nv_rate = np.where(in_n & follows, rate[np.clip(n_next_verb, 0, n - 1)] + 1, 0)
    nh = lem[n_head] * in_n
    vh, vh_rate = lem[v_head] * in_v, (rate[v_head] + 1) * in_v
    vn_lem, vp_lem = _at(lem, v_next, index, sentence) * in_v, _at(lem, v_prev, index, sentence) * in_v
    vn_tag, vp_tag = _at(tag, v_next, index, sentence) * in_v, _at(tag, v_prev, index, sentence) * in_v

    r1, r_1, t1, t_1, t2, t_2 = d(rate, 1), d(rate, -1), d(tag, 1), d(tag, -1), d(tag, 2), d(tag, -2)
    w1, w_1 = d(w, 1), d(w, -1)
    out = [
        (w,), (tag,), (lem, tag), (shape, start.astype(np.int64)), (rate,), (s3, tag),
        (w1,), (w_1,), (d(w, 2),), (d(w, -2),), (w_1, w), (w, w1),
        (t_1, tag), (tag, t1), (t_1, tag, t1), (t_2, t_1, tag), (tag, t1, t2), (d(tag, -3), t_2, t_1), (d(tag, 3), t2, t1),
        (w, t1), (t_1, w), (rate, t_1, t1), (r_1,), (r1,), (d(rate, -2), r_1), (r1, d(rate, 2)), (rate, w1), (rate, w_1),
        (state,), (state, tag), (quoted_sentence, inside, tag), (opened.astype(np.int64), inside), (state, w),
        (n_at, nh), (n_at, nn_lem), (n_at, np_lem), (n_at, np_tag, nn_tag), (n_at, nv_lem), (n_at, nv_rate, shape), (n_at, nv_rate, np_tag),
        (v_at, vh), (v_at, vh_rate), (v_at, vh_rate, vn_tag), (v_at, vh, vn_lem), (v_at, vh_rate, vp_tag), (vh_rate, vp_lem),
        (lc_lem, inside), (lc_far, lc_rate, inside), (rc_lem, inside), (rc_far, rc_rate, inside),
        (lc_far, lc_rate, rc_far, rc_rate), (lc_in, rc_in, lc_same * 2 + rc_same, state), (lc_lem, tag), (rc_lem, tag), (lc_far, lc_lem), (rc_far, rc_lem),
        (lv_rate, rv_rate, tag), (lv_lem, tag), (rv_lem, tag), (position, tag, rate), (position, quoted_sentence, inside),
        (_at(lem, left_cue + 1, index, sentence), lc_rate, tag), (lc_rate, w), (rc_rate, w), (t_1, tag, lc_rate, rc_rate),
    ]  # fmt: skip
    return [mix(k, *parts) for k, parts in enumerate(out)]
