"""Links → stories: average linkage inside the connected components of the links.

Connected components alone chain: one wrong link joins two stories. Average linkage joins two groups only
while the mean score of *all* pairs between them is high enough; a pair without a link counts as 0.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

STORY = 0.25
"""The least mean score of a story, tuned on the development data of five public sets."""
LARGEST = 400
"""Articles of a component to which average linkage is applied; a larger component is first cut at higher
scores."""
FILLED = 100
"""Articles of a component up to which every pair in it is scored, even if it was no candidate."""
_STEPS = (0.5, 0.7, 0.85, 0.95, 0.99)

Pair = tuple[str, str]


def ordered(a: str, b: str) -> Pair:
    """The pair with its smaller id first."""
    return (a, b) if a < b else (b, a)


def components(links: Iterable[Pair]) -> list[list[str]]:
    """The connected components of links (union-find). Each is sorted by id, and the components by their first
    id."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: dict[str, list[str]] = {}
    for x in sorted(parent):
        groups.setdefault(root(x), []).append(x)
    return [groups[first] for first in sorted(groups)]


def stories(
    scores: Mapping[Pair, float], score: Callable[[str, str], float] | None = None, least: float = STORY
) -> list[list[str]]:
    """The stories of two or more articles, from the scores of linked pairs (each pair in order of its ids).

    ``score`` returns the score of a pair that was no candidate, for components of up to :data:`FILLED`
    articles; without it, and in larger components, such pairs count as 0. The same scores give the same
    stories in any order.
    """
    kept = {pair: s for pair, s in scores.items() if s >= least}
    neighbours: dict[str, dict[str, float]] = {}
    for (a, b), s in kept.items():
        neighbours.setdefault(a, {})[b] = s
        neighbours.setdefault(b, {})[a] = s
    found: list[list[str]] = []
    for group in components(kept):
        if score is not None and 2 < len(group) <= FILLED:
            for a, b in combinations(group, 2):
                if b not in neighbours[a]:
                    neighbours[a][b] = neighbours[b][a] = scores[a, b] if (a, b) in scores else score(a, b)
        for part in _bounded(group, neighbours):
            found += _linked(part, neighbours, least)
    return sorted(sorted(g) for g in found if len(g) > 1)


def _bounded(group: list[str], neighbours: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """A component in parts of at most :data:`LARGEST` articles, cut at ever higher scores. A part that no
    score divides stays whole."""
    parts = [group]
    for step in _STEPS:
        if all(len(p) <= LARGEST for p in parts):
            break
        smaller: list[list[str]] = []
        for part in parts:
            if len(part) <= LARGEST:
                smaller.append(part)
                continue
            strong = [(a, b) for a in part for b, s in neighbours[a].items() if a < b and s >= step]
            smaller += components(strong)
        parts = smaller
    return parts


def _linked(
    group: Sequence[str], neighbours: Mapping[str, Mapping[str, float]], least: float
) -> list[list[str]]:
    """Average linkage (UPGMA) over one component: joins the two groups with the highest mean first, ties by
    ids."""
    if len(group) < 3 or len(group) > LARGEST:
        return [list(group)]
    members: dict[int, list[str]] = {n: [x] for n, x in enumerate(group)}
    at = {x: n for n, x in enumerate(group)}
    sums: dict[int, dict[int, float]] = {
        at[x]: {at[y]: s for y, s in neighbours[x].items() if y in at} for x in group
    }
    heap = [(-s, x, y, 1, 1) for x, near in sums.items() for y, s in near.items() if x < y]
    heapq.heapify(heap)
    while heap:
        mean, x, y, size_x, size_y = heapq.heappop(heap)
        if -mean < least:
            break
        if x not in members or y not in members or (len(members[x]), len(members[y])) != (size_x, size_y):
            continue  # One of the two groups has grown since.
        members[x] += members.pop(y)
        for z, s in sums.pop(y).items():
            sums[z].pop(y, None)
            if z != x:
                sums[x][z] = sums[z][x] = sums[x].get(z, 0.0) + s
        for z, s in sums[x].items():
            low, high = sorted((x, z))
            sizes = len(members[low]), len(members[high])
            heapq.heappush(heap, (-s / (sizes[0] * sizes[1]), low, high, *sizes))
    return list(members.values())
