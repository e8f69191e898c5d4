"""Keys and buckets: who meets whom, and where."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.stories import meeting
from dateline.transforms.stories.keys import KEYS, SHARED, UNDATED, WINDOW, buckets, keys
from dateline.transforms.stories.meeting import FOLLOWERS, NEAR, met
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ELSEWHERE, of

DAYS = st.one_of(st.none(), st.integers(700_000, 700_100))


@given(st.lists(DAYS, min_size=2, max_size=9))
def test_a_pair_meets_in_one_bucket_if_it_is_near(days: list[int | None]) -> None:
    days.sort(key=lambda d: -1 if d is None else d)
    met_pairs: list[tuple[int, int]] = []
    for bucket in {x for d in days for x in buckets(d)}:
        here = [n for n, d in enumerate(days) if bucket in set(buckets(d))]
        first, second = met(bucket, [days[n] for n in here], [[7, 8]] * len(here))
        met_pairs += [(here[a], here[b]) for a, b in zip(first, second, strict=True)]
    near = [
        (a, b)
        for a, b in combinations(range(len(days)), 2)
        if (x := days[a]) is None or (y := days[b]) is None or abs(x - y) <= WINDOW
    ]
    assert sorted(met_pairs) == near


def test_one_key_is_too_few() -> None:
    first, _ = met(25_000, [700_000] * 3, [[7, 8], [7, 9], [8, 9]])
    assert not len(first)


def test_those_that_share_most_are_kept() -> None:
    many = FOLLOWERS + 20
    held = [
        [*range(20)],
        *([n, n + 1] for n in range(0, 18, 2)),
        *([[1, 2]] * many),
        [*range(10)],
        [*range(12)],
    ]
    first, second = met(25_000, [700_000] * len(held), held)
    mine = second[first == 0].tolist()
    assert len(mine) == FOLLOWERS
    assert mine[:2] == [len(held) - 1, len(held) - 2]  # those that share most are compared first


def test_a_bucket_of_fifty_thousand_alike_is_bounded() -> None:
    many = 50_000
    first, second = met(25_000, [700_000] * many, [[1, 2]] * many)
    assert len(first) < many * NEAR
    assert int((second - first).max()) == NEAR


@given(st.lists(st.lists(st.integers(0, 12), max_size=6, unique=True), max_size=40))
@settings(max_examples=60, deadline=None)
def test_blocks_come_to_the_same(held: list[list[int]]) -> None:
    whole = met(25_000, [700_000] * len(held), held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting, "_BLOCK", 3)
        parts = met(25_000, [700_000] * len(held), held)
    assert [x.tolist() for x in whole] == [x.tolist() for x in parts]
    wanted = {
        (a, b) for a, b in combinations(range(len(held)), 2) if len(set(held[a]) & set(held[b])) >= SHARED
    }
    found = set(zip(*(x.tolist() for x in whole), strict=True))
    assert found <= wanted and (found == wanted or len(held) > FOLLOWERS)


def test_without_undated_articles_nobody_goes_there() -> None:
    assert UNDATED not in set(buckets(700_000, undated=False))
    assert list(buckets(None, undated=False)) == [UNDATED]


def test_reports_of_one_event_share_keys() -> None:
    a, b, c = (set(keys(of(text).rare).tolist()) for text in (FERRY, FERRY_ELSEWHERE, BUDGET))
    assert len(a & b) >= 2
    assert len(a & c) < 2
    assert max(len(a), len(b), len(c)) <= KEYS
