"""Who meets whom in one bucket: a join of articles over their keys, a block of keys at a time.

The articles of a key are compared pair by pair up to :data:`FULL` of them; in a fuller key each meets the
:data:`NEAR` that follow it in order of day and id. Either way the answer depends on which articles
stand in the bucket, never on their order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.transforms.stories.keys import BUCKET, UNDATED, WINDOW

FULL = 128
NEAR = 16
NO_DAY = -(10**6)

Ints = npt.NDArray[np.int64]


def met(bucket: int, days: Sequence[int | None], held: Sequence[npt.ArrayLike]) -> tuple[Ints, Ints, Ints]:
    """The pairs of articles that share a key here: first, second, and how many keys they share.

    ``days`` and ``held`` (keys) are of the articles in order of day (the undated first) and id; the answers
    are places in that order, each pair once, the first before the second.
    """
    day = np.array([NO_DAY if d is None else d for d in days], np.int64)
    kept = [np.asarray(k, np.uint64) for k in held]
    size = np.array([len(k) for k in kept], np.int64)
    nothing = np.zeros(0, np.int64)
    if len(day) < 2 or not size.sum():
        return nothing, nothing, nothing
    owner = np.repeat(np.arange(len(day)), size)
    key = np.concatenate(kept)
    order = np.lexsort((owner, key))
    key, owner = key[order], owner[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    counts = np.diff(np.r_[starts, len(key)])
    run = np.repeat(counts, counts)
    left = np.repeat(starts + counts, counts) - np.arange(len(key)) - 1
    undated = day[owner] == NO_DAY
    here = undated if bucket == UNDATED else (~undated & (day[owner] // BUCKET == bucket))
    at = np.flatnonzero(here & (left > 0))
    codes = []
    for step in range(1, int(counts.max())):
        at = at[(left[at] >= step) & ((run[at] <= FULL) | (step <= NEAR))]
        if bucket != UNDATED:
            at = at[day[owner[at + step]] - day[owner[at]] <= WINDOW]
        if not len(at):
            break
        codes.append(owner[at] * len(day) + owner[at + step])
    if not codes:
        return nothing, nothing, nothing
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    return pairs // len(day), pairs % len(day), shared.astype(np.int64)
