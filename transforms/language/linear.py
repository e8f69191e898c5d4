"""A linear model over hashed features, scored for all tokens of an article at once.

Features are columns of integers (one for each template), computed by arithmetic on arrays instead of strings,
so that a page costs a fraction of a millisecond. The idea is feature hashing (Weinberger et al. 2009) with
averaged-perceptron weights (Collins 2002).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.transforms import core

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
EDGE = 1
CHUNK = 256
"""Tokens that are hashed and scored at a time, so that what is made of them stays in the processor's cache.

Hashing takes .43 instead of 1.5 ms a page so, scoring .16 instead of .27.
"""
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)

_REACH = re.compile(r"(.+?)([+-]\d)?")


def number_of(text: str) -> int:
    """A stable hash of a string (32 bits, the same in every process)."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def shift(column: Ints, by: int, sentence: Ints) -> Ints:
    """The neighbour of each token ``by`` positions later, ``EDGE`` outside of its sentence."""
    moved = np.full_like(column, EDGE)
    if abs(by) >= len(column):
        return moved
    if by > 0:
        same = sentence[by:] == sentence[:-by]
        moved[:-by] = np.where(same, column[by:], EDGE)
    else:
        same = sentence[:by] == sentence[-by:]
        moved[-by:] = np.where(same, column[:by], EDGE)
    return moved


@dataclass(frozen=True)
class Templates:
    """Which base columns are joined into which features, as data.

    Each template names up to four base columns; a feature is their multiply-add hash, taken
    for all templates and tokens in a few array operations. A name may end in how many tokens on a column is
    looked at: ``w-2`` is the word two tokens before.
    """

    written: tuple[str, ...]
    """The templates as they are written, in order: the names of the model's features."""
    columns: tuple[str, ...]
    """The base columns, in the order in which :meth:`rows` is given them."""
    reach: Ints
    """``[names, 2]``: which column each name looks at, and how many tokens on."""
    slots: Ints
    salt: NDArray[np.uint64]

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.uint64], list[Ints]]:
        """The salts of the templates, those with most names first, and of each slot the names of the templates that have
        one in it, which are the first.
        """
        order = np.argsort(-np.count_nonzero(self.slots, axis=0), kind="stable")
        return self.salt[order], [slot[slot > 0] for slot in self.slots[:, order]]

    @classmethod
    def of(cls, columns: Sequence[str], templates: Sequence[str]) -> Templates:
        """From names of base columns and templates written as names with blanks between."""
        written = [t.split() for t in templates]
        place = {name: k + 1 for k, name in enumerate(dict.fromkeys(n for names in written for n in names))}
        looked = [_REACH.fullmatch(name) for name in place]
        reach = [(columns.index(m[1]), int(m[2] or 0)) for m in looked if m is not None]
        rows = [[place[n] for n in names] for names in written]
        slots = np.array([r + [0] * (len(_PRIMES) - len(r)) for r in rows], dtype=np.int64).T
        salt = np.arange(1, len(rows) + 1, dtype=np.uint64)[:, None] * np.uint64(0x2545F4914F6CDD1D)
        return cls(
            tuple(templates),
            tuple(columns),
            np.array(reach, dtype=np.int64),
            np.ascontiguousarray(slots),
            salt,
        )

    def rows(self, columns: Ints, sentence: Ints, bits: int) -> Ints:
        """Hashed rows ``[templates, tokens]`` of base columns ``[columns, tokens]``, in a fixed order of the templates.

        ``sentence`` is the number of each token's sentence: what lies beyond it is not looked at.
        """
        base = np.zeros((len(self.reach) + 1, columns.shape[1]), dtype=np.uint64)
        for n, (column, by) in enumerate(self.reach.tolist()):
            base[n + 1] = shift(columns[column], by, sentence) if by else columns[column]
        rows = np.empty((len(self.salt), base.shape[1]), dtype=np.uint64)
        salt, (first, *others) = self._sorted
        for at in range(0, base.shape[1], CHUNK):
            part = base[:, at : at + CHUNK]
            total = (part * _PRIMES[0]).take(first, axis=0)
            total += salt
            for slot, prime in zip(others, _PRIMES[1:], strict=True):
                if len(slot):
                    total[: len(slot)] += (part * prime).take(slot, axis=0)
            total ^= total >> np.uint64(31)
            total *= np.uint64(0x9E3779B97F4A7C15)
            total >>= np.uint64(64 - bits)
            rows[:, at : at + CHUNK] = total
        return rows.view(np.int64)


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights ``[2**bits, labels or more]``, transitions ``[labels, labels]``, first ``[labels]``."""

    labels: tuple[str, ...]
    weights: Floats
    transitions: Floats
    first: Floats

    @property
    def bits(self) -> int:
        """Rows of ``weights`` are numbered by this many bits."""
        return len(self.weights).bit_length() - 1

    def score(self, rows: Ints) -> Floats:
        """Emission scores ``[tokens, labels]`` of hashed rows ``[templates, tokens]``."""
        total: Floats = np.take(self.weights, rows, axis=0).sum(axis=0)
        return total[:, : len(self.labels)]

    def decode(self, scores: Floats, starts: Sequence[int]) -> Ints:
        """The best label of each token, sequences beginning at ``starts`` (Viterbi, all sequences at once)."""
        count = len(scores)
        if core.compiled is not None:
            path = np.empty(count, dtype=np.int64)
            begins = np.asarray(starts, dtype=np.int64)
            core.compiled.viterbi(np.ascontiguousarray(scores), self.transitions, self.first, begins, path)
            return path
        lengths = np.diff([*starts, count])
        order = np.argsort(-lengths, kind="stable")
        begin, size = np.asarray(starts)[order], lengths[order]
        longest = int(size[0])
        # Sequences sorted by length: at each step the first ``alive`` of them go on.
        alive = np.searchsorted(-size, -np.arange(longest), side="left")
        # Tokens by step, those of one step side by side: each step is a slice then.
        bounds = [0, *np.cumsum(alive).tolist()]
        step = np.repeat(np.arange(longest), alive)
        place = begin[np.arange(len(step)) - np.repeat(bounds[:-1], alive)] + step
        # Labels first, sequences last: numpy reduces the first axis many times faster than a last one of seven.
        columns = np.ascontiguousarray(scores.T).take(place, axis=1)
        best = columns[:, : bounds[1]] + self.first[:, None]
        trail: list[Floats] = [best]
        onward = self.transitions[:, :, None]
        for at, end in pairwise(bounds[1:]):
            best = (best[:, None, : end - at] + onward).max(axis=0)
            best += columns[:, at:end]
            trail.append(best)
        state = trail.pop().argmax(axis=0)
        found = [state]
        for chosen in reversed(trail):
            chosen[:, : len(state)] += self.transitions.take(state, axis=1)
            state = chosen.argmax(axis=0)
            found.append(state)
        answer = np.zeros(count, dtype=np.int64)
        answer[place] = np.concatenate(found[::-1])
        return answer


@dataclass(frozen=True, slots=True)
class Packed(Linear):
    """A model in its shipped form: weights as bytes (128 is zero), with one scale for each label.

    The bytes of eight labels are one word of 64 bits, and those of all features of a token are added in lanes
    of 16 bits, four at once. Such a table takes a quarter of the memory of floats, and integer sums are
    exact. ``packed`` is ``[2**bits, words]``, so that each feature of a token is one look-up; ``weights`` is empty.
    """

    scale: Floats
    packed: NDArray[np.uint64]

    @property
    def bits(self) -> int:
        """Rows of ``packed`` are numbered by this many bits."""
        return len(self.packed).bit_length() - 1

    def emissions(self, templates: Templates, columns: Ints, sentence: Ints) -> Floats:
        """Emission scores ``[tokens, labels]`` of base columns, as :meth:`Templates.rows` takes them."""
        if core.compiled is None:
            return self.score(templates.rows(columns, sentence, self.bits))
        found = np.empty((columns.shape[1], len(self.labels)), dtype=np.float32)
        none = float(_NONE * len(templates.salt))
        core.compiled.score(
            columns, sentence, templates.reach, templates.slots, templates.salt, _PRIMES, self.bits, self.packed,
            self.scale, none, found,
        )  # fmt: skip
        return found

    def score(self, rows: Ints) -> Floats:
        """Emission scores ``[tokens, labels]`` of hashed rows ``[templates, tokens]``, of 256 templates or fewer."""
        words = self.packed.shape[1]
        lanes = np.empty((rows.shape[1], words, 4, 2), dtype=np.uint16)
        for at in range(0, rows.shape[1], CHUNK):
            held, sums = self.packed.take(rows[:, at : at + CHUNK], axis=0), lanes[at : at + CHUNK]
            sums[..., 0] = np.add.reduce(held & _LOW_BYTES, axis=0).view(np.uint16).reshape(-1, words, 4)
            held >>= np.uint64(8)
            held &= _LOW_BYTES
            sums[..., 1] = np.add.reduce(held, axis=0).view(np.uint16).reshape(-1, words, 4)
        total = lanes.reshape(rows.shape[1], -1)[:, : len(self.labels)].astype(np.float32)
        total -= np.float32(_NONE * len(rows))
        total *= self.scale
        return total


_LOW_BYTES = np.uint64(0x00FF00FF00FF00FF)
_NONE = 128


def load(package: str, name: str, templates: Templates) -> Packed:
    """A model shipped as data of a package: arrays only, weights as bytes with one scale a label.

    Raises :class:`ValueError` if it was trained on other features.
    """
    with files(package).joinpath("data").joinpath(name).open("rb") as stream:
        return unpack(stream, templates)


def unpack(stream: Any, templates: Templates) -> Packed:
    """What :func:`save` wrote. Raises :class:`ValueError` if it was trained on other features."""
    held = np.load(stream, allow_pickle=False)
    if tuple(held["features"].tolist()) != templates.written:
        raise ValueError("the model was trained on other features: run train.py")
    labels = tuple(str(x) for x in held["labels"])
    stored = held["weights"]
    padded = np.full((len(stored), -(-len(labels) // 8) * 8), _NONE, dtype=np.uint8)
    padded[:, : len(labels)] = (stored.astype(np.int16) + _NONE).astype(np.uint8)
    return Packed(
        labels,
        np.zeros((0, len(labels)), dtype=np.float32),
        held["transitions"].astype(np.float32),
        held["first"].astype(np.float32),
        held["scale"].astype(np.float32),
        padded.view(np.uint64),
    )


def save(model: Linear, stream: Any, templates: Templates) -> None:
    """Write a model as arrays, with the names of its features; weights are rounded to one byte each."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-6) / 127
    np.savez_compressed(
        stream,
        labels=np.array(model.labels),
        features=np.array(templates.written),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        transitions=model.transitions,
        first=model.first,
    )
