"""Labels tokens as source, cue or content with a linear sequence model."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from dateline.transforms.claims.draft import Piece, Role
from dateline.transforms.claims.features import TEMPLATES, Rates, read, scores
from dateline.transforms.language.linear import Ints, Packed, load
from dateline.transforms.model import Parse

_ROLES: tuple[Role, ...] = ("source", "source", "cue", "content")
CUE_LEAN = 1.0
"""Added to the score of a cue, because a missed claim costs more than a superfluous one."""
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


@cache
def cue_rates() -> Rates:
    """How often words are cues, as trained."""
    held = json.loads(files("dateline.transforms.claims").joinpath("data/rates.json").read_text("utf-8"))
    return Rates(held["rates"], held["forms"])


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


def pieces(parse: Parse, silent: Collection[int] = ()) -> list[Piece]:
    """The labelled runs of an English article, in the order of the text, without those of blocks that are ``silent``."""
    if not parse.words:
        return []
    model, found = _model(), read(parse, cue_rates(), silent)
    if not len(found.places):
        return []
    places = found.places.tolist()
    path = model.decode(scores(found, model), found.starts)
    return [Piece(role, places[first], places[last - 1] + 1) for role, first, last in runs(path)]


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
