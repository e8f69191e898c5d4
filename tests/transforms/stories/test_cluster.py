"""Stories out of scores: no chains, any order, bounds."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.stories import cluster

SCORES = st.dictionaries(
    st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda p: p[0] < p[1]),
    st.integers(1, 99).map(lambda n: n / 100),
    max_size=30,
)


def test_one_wrong_link_does_not_join_two_stories() -> None:
    scores = {p: 0.9 for g in ("abc", "xyz") for p in combinations(g, 2)} | {("c", "x"): 0.9}
    assert cluster.stories(scores) == [["a", "b", "c"], ["x", "y", "z"]]


def test_the_pairs_of_a_component_that_were_no_candidates_are_asked_for() -> None:
    chain = {("a", "b"): 0.8, ("b", "c"): 0.8, ("c", "d"): 0.8}
    assert cluster.stories(chain, lambda a, b: 0.8) == [["a", "b", "c", "d"]]
    assert cluster.stories(chain, lambda a, b: 0.0) == [["a", "b"], ["c", "d"]]


@given(SCORES, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_changes_nothing(scores: dict[tuple[str, str], float], chance: random.Random) -> None:
    shuffled = list(scores.items())
    chance.shuffle(shuffled)
    found = cluster.stories(scores)
    assert cluster.stories(dict(shuffled)) == found
    flat = [x for g in found for x in g]
    assert len(flat) == len(set(flat))
    assert all(len(g) > 1 for g in found)


def test_a_thousand_that_hold_as_one_are_one_story() -> None:
    ids = [f"{n:04}" for n in range(1_000)]
    scores = dict.fromkeys(pairwise(ids), 0.99)
    assert cluster.stories(scores) == [ids]


def test_a_large_chain_is_cut_at_higher_scores() -> None:
    ids = [f"{n:04}" for n in range(1_000)]
    scores = {p: 0.9 if n % 10 else 0.4 for n, p in enumerate(pairwise(ids), 1)}
    assert max(len(g) for g in cluster.stories(scores)) <= 10
