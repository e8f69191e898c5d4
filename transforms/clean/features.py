"""The features of a line for the model: its own looks, those of its neighbours, and its place in the page."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.transforms import lexicon
from dateline.transforms.clean import nesting, rules
from dateline.transforms.clean.lines import AT, COLUMNS, Column, Lines, Mask, Table
from dateline.transforms.clean.looks import words_of

_NEAR = ("words", "end", "stop", "title", "header", "bullet", "indent", "blank", "count", "stamp", "link")
"""Columns of neighbouring lines that are features too."""
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (2, 5, 12)
_FAR = 40.0
_THEME_WORDS = 4
"""Least words of a line that has a theme."""
_PLACES = (
    "position", "words_before", "good_before", "good_after", "lines", "good_words", "good_share",
    *(f"{name}_{k}" for k in _WINDOWS for name in ("density", "mass", "above", "below")),
    "gap_above", "gap_below", "since_header", "since_comments", "says", "cohesion", "theme", "shadow", "in_run", "from_start", "to_end", "level", "chosen",
)  # fmt: skip
NAMES = (
    *COLUMNS, "furniture", *(f"{name}{offset:+d}" for offset in _OFFSETS for name in _NEAR), *_PLACES, *nesting.NAMES,
)  # fmt: skip
"""The names of the features, in order."""


def features(lines: Lines) -> Table:
    """One row of ``len(NAMES)`` numbers for each line."""
    size, own = lines.table.shape
    good = lines.sentences
    rows = np.empty((size, len(NAMES)), dtype=np.float32)
    table = rows[:, :own]
    table[:] = lines.table
    table[:, AT["words"]] = np.minimum(150, table[:, AT["words"]])
    table[:, AT["chars"]] = np.log1p(table[:, AT["chars"]])
    rows[:, own] = lines.furniture
    near, places, nested = own + 1, own + 1 + len(_OFFSETS) * len(_NEAR), len(NAMES) - len(nesting.NAMES)
    _neighbours(table, rows[:, near:places])
    _places(lines, good, rows[:, places:nested])
    rows[:, nested:] = nesting.nesting(lines, good)
    return rows


def _neighbours(table: Table, out: Table) -> None:
    """Fill the columns of the lines above and below each."""
    near = table[:, [AT[name] for name in _NEAR]]
    size, width = near.shape
    out[:] = -1.0
    for k, offset in enumerate(_OFFSETS):
        low, high = max(0, -offset), min(size, size - offset)
        if low < high:
            out[low:high, k * width : (k + 1) * width] = near[low + offset : high + offset]


def _places(lines: Lines, good: Mask, out: Table) -> None:
    """Fill the columns of the place of each line in its page."""
    table = lines.table
    size = len(lines)
    at = np.arange(size)
    words = np.minimum(table[:, AT["words"]], 150)
    mass = _running(words)
    fine = _running(words * good)
    total, whole = max(1.0, float(mass[-1])), max(1.0, float(fine[-1]))
    first, last = rules.best_run(rules.weights(table, good))
    columns: dict[str, npt.ArrayLike] = {
        "position": at / size,
        "words_before": mass[:-1] / total,
        "good_before": fine[:-1] / whole,
        "good_after": (whole - fine[1:]) / whole,
        "lines": np.log1p(size),
        "good_words": np.log1p(whole),
        "good_share": whole / total,
    }
    # All windows at once: a row for each.
    reach = np.array(_WINDOWS)[:, None]
    low, high = np.maximum(0, at - reach), np.minimum(size, at + reach + 1)
    below, above, span = fine[low], fine[high], mass[high] - mass[low]
    windows = ((above - below) / np.maximum(1, span), span, fine[:-1] - below, above - fine[1:])
    for name, rows in zip(("density", "mass", "above", "below"), windows, strict=True):
        columns |= zip((f"{name}_{k}" for k in _WINDOWS), rows, strict=True)
    header = table[:, AT["header"]] > 0
    known = words_of(lexicon.library())
    cohesion, theme = _cohesion(lines, good, first, last)
    shade = rules.shadow(table, good)
    columns |= {
        "gap_above": _since(good, size),
        "gap_below": _since(good[::-1], size)[::-1],
        "since_header": _since(header, size),
        "since_comments": _since(
            np.array(list(map(known.comments.__contains__, lines.keys)), dtype=bool), size
        ),
        "says": [text[-1] in known.says_ends and text.endswith(known.says) for text in lines.texts],
        "cohesion": cohesion,
        "theme": theme,
        "shadow": shade,
        "in_run": (at >= first) & (at <= last),
        "from_start": np.clip(at - first, -_FAR, _FAR),
        "to_end": np.clip(last - at, -_FAR, _FAR),
        "level": (table[:, AT["indent"]] == 0) & bool(np.ptp(table[:, AT["indent"]]) > 0),
        "chosen": rules.choose(lines, (first, last), shade),
    }
    for k, name in enumerate(_PLACES):
        out[:, k] = columns[name]


def _cohesion(lines: Lines, good: Mask, first: int, last: int) -> tuple[Column, Column]:
    """The share of a line's long words that the best run also has elsewhere, and the number of its long
    words."""
    run = good.copy()
    run[:first] = False
    run[last + 1 :] = False
    own = lines.table[:, AT["words"]] >= _THEME_WORDS
    shared, many = lines.themes.shared(own, run)
    share = np.where(own, shared / np.maximum(1, many), -1.0).astype(np.float32)
    return share, many.astype(np.float32)


def _running(values: Column) -> Column:
    total: Column = np.concatenate([np.zeros(1), np.cumsum(values)]).astype(np.float32)
    return total


def _since(marks: Mask, size: int) -> Column:
    """The number of lines since the last mark above each line, not counting the line itself."""
    at = np.arange(size)
    last = np.full(size + 1, -1000)
    np.maximum.accumulate(np.where(marks, at, -1000), out=last[1:])
    gap: Column = np.minimum(_FAR, at - last[:-1]).astype(np.float32)
    return gap
