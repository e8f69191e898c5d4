"""Labels tokens as source, cue or content with a linear sequence model."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from dateline.transforms.claims.draft import Piece, Role
from dateline.transforms.claims.features import TEMPLATES, Rates, scores
from dateline.transforms.language.linear import Ints, Packed, load
from dateline.transforms.model import Parse

_ROLES: tuple[Role, ...] = ("source", "source", "cue", "content")
CUE_LEAN = 0.4
"""Added to the score of a cue, because a missed claim costs more than a superfluous one."""
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


def sequence_starts(parse: Parse) -> list[int]:
    """The first token of each sequence: a sentence, with those before it in whose quotation it begins.

    Whole blocks as sequences read no better (PolNeAR 67.3 both), and the longest sets the time.
    """
    starts: list[int] = []
    block = -1
    for s in parse.sentences:
        number = parse.quotes[s.first]
        # The token before is the last one of the sentence before.
        if not number or s.block != block or parse.quotes[s.first - 1] != number:
            starts.append(s.first)
        block = s.block
    return starts


@cache
def _rates() -> Rates:
    table: dict[str, int] = json.loads(
        files("dateline.transforms.claims").joinpath("data/rates.json").read_text("utf-8")
    )
    return Rates(table)


@cache
def _model() -> Packed:
    held = load("dateline.transforms.claims", "roles.npz", TEMPLATES)
    # Transitions that the labels rule out are forbidden instead of learned: I-x follows only B-x and I-x.
    moves = held.transitions.copy()
    first = held.first.copy()
    begins = held.labels.index("B-cue")
    moves[:, begins] += CUE_LEAN
    first[begins] += CUE_LEAN
    for j, b in enumerate(held.labels):
        if b.startswith("I-"):
            first[j] = -1e4
            for i, a in enumerate(held.labels):
                if a[2:] != b[2:]:
                    moves[i, j] = -1e4
    return replace(held, transitions=moves, first=first)


def pieces(parse: Parse) -> list[Piece]:
    """The labelled runs of an English article, in the order of the text."""
    if not parse.words:
        return []
    model = _model()
    path = model.decode(scores(parse, _rates(), model), sequence_starts(parse))
    return runs(path)


def runs(path: Ints) -> list[Piece]:
    """Labels of tokens, as indexes of ``LABELS``, as runs."""
    kind = (path + 1) // 2
    begins = np.flatnonzero((path > 0) & (np.concatenate([[0], kind[:-1]]) != kind) | (path % 2 == 1))
    if not len(begins):
        return []
    held = np.concatenate([kind, [0]])
    starts = begins.tolist()
    changes = np.flatnonzero(held[1:] != held[:-1]) + 1
    ends = changes[np.searchsorted(changes, begins, side="right")].tolist()
    stops = [min(e, s) for e, s in zip(ends, [*starts[1:], len(path)], strict=True)]
    return [Piece(_ROLES[kind[s]], s, e) for s, e in zip(starts, stops, strict=True)]
