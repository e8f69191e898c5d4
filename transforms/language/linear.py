"""A linear model over hashed features, scored for all tokens of an article in one gather.

Features are columns of integers (one column a template), made by arithmetic on arrays
instead of by strings, so that a page costs a fraction of a millisecond: the idea of
feature hashing (Weinberger et al. 2009) with averaged-perceptron weights (Collins 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
EDGE = 1
_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


@lru_cache(maxsize=1 << 16)
def number_of(text: str) -> int:
    """A stable number of a string (32 bits, the same in every process)."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def shift(column: Ints, by: int, sentence: Ints) -> Ints:
    """Each token's neighbour ``by`` places on, ``EDGE`` beyond its sentence."""
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


def mix(template: int, *columns: Ints) -> Ints:
    """One hashed column out of several."""
    out = np.full(len(columns[0]), (template + 1) * 0x5851F42D, dtype=np.uint64)
    for column, prime in zip(columns, _PRIMES, strict=False):
        out = (out ^ column.astype(np.uint64)) * np.uint64(prime)
        out ^= out >> np.uint64(29)
    return out.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights ``[2**bits, labels]``, transitions ``[labels, labels]``, first ``[labels]``."""

    labels: tuple[str, ...]
    weights: Floats
    transitions: Floats
    first: Floats

    def rows(self, columns: Sequence[Ints]) -> Ints:
        """Rows of ``weights``, shape ``[templates, tokens]``."""
        return np.stack(columns) & (len(self.weights) - 1)

    def score(self, rows: Ints) -> Floats:
        """Emission scores ``[tokens, labels]``."""
        total: Floats = self.weights[rows[0]]
        for row in rows[1:]:
            total += self.weights[row]
        return total

    def decode(self, scores: Floats, starts: Sequence[int]) -> Ints:
        """The best label of each token, sequences beginning at ``starts`` (Viterbi, all sequences at once)."""
        count = len(scores)
        bounds = [*starts, count]
        lengths = np.diff(bounds)
        order = np.argsort(-lengths, kind="stable")
        begin, size = np.asarray(starts)[order], lengths[order]
        longest = int(size[0])
        best = scores[begin] + self.first
        back = np.zeros((longest, len(begin), len(self.labels)), dtype=np.int16)
        ended: list[Floats] = [best]
        for step in range(1, longest):
            alive = int(np.searchsorted(-size, -step, side="left"))
            paths = best[:alive, :, None] + self.transitions
            back[step, :alive] = paths.argmax(axis=1)
            best = paths.max(axis=1) + scores[begin[:alive] + step]
            ended.append(best)
        answer = np.zeros(count, dtype=np.int64)
        state = np.zeros(len(begin), dtype=np.int64)
        for step in range(longest - 1, -1, -1):
            alive = len(ended[step])
            here = np.arange(alive)
            last = size[:alive] == step + 1
            state[:alive] = np.where(last, ended[step].argmax(axis=1), state[:alive])
            answer[begin[:alive] + step] = state[:alive]
            state[:alive] = back[step, here, state[:alive]]
        return answer


def load(package: str, name: str) -> Linear:
    """A model shipped as data of a package: arrays only, weights as bytes with one scale a label."""
    with files(package).joinpath("data").joinpath(name).open("rb") as stream:
        held = np.load(stream, allow_pickle=False)
        return Linear(
            tuple(str(x) for x in held["labels"]),
            held["weights"].astype(np.float32) * held["scale"].astype(np.float32),
            held["transitions"].astype(np.float32),
            held["first"].astype(np.float32),
        )


def save(model: Linear, stream: Any) -> None:
    """Write a model as arrays; weights are rounded to one byte each."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-6) / 127
    np.savez_compressed(
        stream,
        labels=np.array(model.labels),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        transitions=model.transitions,
        first=model.first,
    )
