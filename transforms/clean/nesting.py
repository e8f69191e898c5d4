"""The position of each line in the nesting of its page, relative to the box with most of the running text."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.transforms.clean.lines import AT, Column, Lines, Mask, Table

_FAR = 8
"""Steps of nesting that are distinguished."""
_CAP = 60.0
"""Most words of a line that count for its box."""
_MARKS = {
    "comments": ("comments",),
    "related": ("related",),
    "offer": ("newsletter", "bio", "paywall", "promo", "cookie"),
}
_KINDS = {
    "figure": ("figure",),
    "list": ("ul", "ol", "dl"),
    "apart": ("aside", "nav", "footer", "header", "form"),
}
_OF_KIND = (
    "heading_level", "tag_li", "tag_div", "in_article", "in_aside", *(f"mark_{name}" for name in _MARKS),
)  # fmt: skip
"""The columns that follow from the tag, the zone and the mark of a line."""
NAMES = (
    "up", "down", "same_box", "box_words", "box_share", "group_share", "around_share", "box_lines", "box_link", "around_link",
    "box_above", "box_below", "home_above", "home_below", "home_share", "deeper",
    *(f"mark_{name}" for name in _MARKS), *(f"box_{name}" for name in _KINDS),
    "heading_level", "tag_li", "tag_div", "in_article", "in_aside",
)  # fmt: skip
"""The names of the columns of :func:`nesting`; all zero for plain text."""


def nesting(lines: Lines, good: Mask) -> Table:
    """One row for each line. ``good``: the lines that read like running text.

    The home box contains most of the running text, with the boxes directly inside it. ``up`` and ``down`` are
    the steps from the line's box to the box around both, and from there to the home box. ``box_*`` are about
    the line's own box, ``group_*`` about it and the boxes inside it, ``around_*`` about everything in the box
    around it. ``*_above`` and ``*_below`` count running text before and after the line.
    """
    size = len(lines)
    if len(lines.tree) < 2:
        return np.zeros((size, len(NAMES)), dtype=np.float32)
    above = [outer for outer, _ in lines.tree]
    count = len(above)
    box = np.array(lines.boxes)
    words = np.minimum(lines.table[:, AT["words"]], _CAP)
    running = words * good
    own = np.bincount(box, running, count)
    total = max(1.0, float(own.sum()))
    every = np.bincount(box, words, count)
    linked = np.bincount(box, words * lines.table[:, AT["link"]], count)
    lines_in = np.bincount(box, minlength=count)
    outer = np.array(above)
    group = own.copy()
    np.add.at(group, outer[1:], own[1:])
    whole, all_words, all_linked = (_with_inner(values, above) for values in (own, every, linked))
    home = int(np.argmax(group))
    up, down = _steps(above, home)
    steps = [0] * count
    for n in range(1, count):
        steps[n] = steps[above[n]] + 1
    depth = np.array(steps)
    at_home = running * ((box == home) | (outer[box] == home))
    of_box: dict[str, npt.ArrayLike] = {
        "up": up,
        "down": down,
        "box_words": np.log1p(own),
        "box_share": own / total,
        "group_share": group / total,
        "around_share": whole[outer] / total,
        "box_lines": np.log1p(lines_in),
        "box_link": linked / np.maximum(1, every),
        "around_link": (all_linked / np.maximum(1, all_words))[outer],
        "deeper": np.clip(depth - depth[home], -_FAR, _FAR),
    }
    for name, tags in _KINDS.items():
        of_box[f"box_{name}"] = [tag in tags for _, tag in lines.tree]
    columns: dict[str, npt.ArrayLike] = {
        "same_box": box == home,
        "box_above": _above(running, box),
        "box_below": _above(running[::-1], box[::-1])[::-1],
        "home_above": np.cumsum(at_home) - at_home,
        "home_below": np.cumsum(at_home[::-1])[::-1] - at_home,
        "home_share": group[home] / total,
    }
    # Many lines have the same box, and the same tag, zone and mark.
    columns |= zip(of_box, np.array(list(of_box.values()), dtype=np.float32).take(box, axis=1), strict=True)
    kinds = list(zip(lines.tags, lines.zones, lines.marks, strict=True))
    numbers = {kind: n for n, kind in enumerate(dict.fromkeys(kinds))}
    told = np.array([_kind(*kind) for kind in numbers], dtype=np.float32).T
    columns |= zip(_OF_KIND, told.take([numbers[kind] for kind in kinds], axis=1), strict=True)
    table = np.empty((size, len(NAMES)), dtype=np.float32)
    for k, name in enumerate(NAMES):
        table[:, k] = columns[name]
    return table


def _kind(tag: str, zone: str, mark: str) -> tuple[int, ...]:
    """The columns of :data:`_OF_KIND` of a line."""
    level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
    marks = (mark in kinds for kinds in _MARKS.values())
    return (level, tag == "li", tag == "div", zone == "article", zone in ("nav", "aside", "footer"), *marks)


def _with_inner(values: npt.NDArray[Any], above: list[int]) -> npt.NDArray[np.float64]:
    """The values of boxes, with those of the boxes inside."""
    whole = values.tolist()
    for n in range(len(above) - 1, 0, -1):  # A box always has a higher number than the box around it.
        whole[above[n]] += whole[n]
    return np.array(whole)


def _steps(above: list[int], home: int) -> tuple[Column, Column]:
    """For each box: its steps up to the common ancestor with the home box, and the steps down from there."""
    path = [home]
    while path[-1]:
        path.append(above[path[-1]])
    distance = {box: n for n, box in enumerate(path)}
    up, down = [0] * len(above), [0] * len(above)
    for n, outer in enumerate(above):
        if n in distance:
            down[n] = distance[n]
        else:
            up[n], down[n] = up[outer] + 1, down[outer]
    return np.minimum(up, _FAR).astype(np.float32), np.minimum(down, _FAR).astype(np.float32)


def _above(running: Column, box: npt.NDArray[np.int64]) -> Column:
    """The number of words of running text before each line in its own box."""
    order = np.argsort(box, kind="stable")
    held = running[order]
    before = np.cumsum(held) - held
    first = np.concatenate([[True], box[order][1:] != box[order][:-1]])
    base = np.maximum.accumulate(np.where(first, before, 0))
    found = np.empty(len(box), dtype=np.float32)
    found[order] = before - base
    return found
