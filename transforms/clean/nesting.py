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
    whole, all_words, all_linked = own.copy(), every.copy(), linked.copy()
    for n in range(count - 1, 0, -1):  # A box always has a higher number than the box around it.
        whole[above[n]] += whole[n]
        all_words[above[n]] += all_words[n]
        all_linked[above[n]] += all_linked[n]
    home = int(np.argmax(group))
    up, down = _steps(above, home)
    depth = np.zeros(count)
    for n in range(1, count):
        depth[n] = depth[above[n]] + 1
    at_home = running * ((box == home) | (outer[box] == home))
    columns: dict[str, Any] = {
        "up": up[box],
        "down": down[box],
        "same_box": box == home,
        "box_words": np.log1p(own)[box],
        "box_share": (own / total)[box],
        "group_share": (group / total)[box],
        "around_share": (whole[outer] / total)[box],
        "box_lines": np.log1p(lines_in)[box],
        "box_link": (linked / np.maximum(1, every))[box],
        "around_link": (all_linked / np.maximum(1, all_words))[outer][box],
        "box_above": _above(running, box),
        "box_below": _above(running[::-1], box[::-1])[::-1],
        "home_above": np.cumsum(at_home) - at_home,
        "home_below": np.cumsum(at_home[::-1])[::-1] - at_home,
        "home_share": group[home] / total,
        "deeper": np.clip(depth - depth[home], -_FAR, _FAR)[box],
        "heading_level": [
            int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0 for tag in lines.tags
        ],
        "tag_li": [tag == "li" for tag in lines.tags],
        "tag_div": [tag == "div" for tag in lines.tags],
        "in_article": [zone == "article" for zone in lines.zones],
        "in_aside": [zone in ("nav", "aside", "footer") for zone in lines.zones],
    }
    for name, kinds in _MARKS.items():
        columns[f"mark_{name}"] = [mark in kinds for mark in lines.marks]
    for name, tags in _KINDS.items():
        columns[f"box_{name}"] = np.array([tag in tags for _, tag in lines.tree])[box]
    table = np.empty((size, len(NAMES)), dtype=np.float32)
    for k, name in enumerate(NAMES):
        table[:, k] = columns[name]
    return table


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
