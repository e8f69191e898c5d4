"""Keys and buckets: who meets whom, and where."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.stories.keys import KEYS, UNDATED, WINDOW, buckets, keys
from dateline.transforms.stories.meeting import NEAR, met
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ELSEWHERE, of

DAYS = st.one_of(st.none(), st.integers(700_000, 700_100))


@given(st.lists(DAYS, min_size=2, max_size=9))
def test_a_pair_meets_in_one_bucket_if_it_is_near(days: list[int | None]) -> None:
    days.sort(key=lambda d: -1 if d is None else d)
    met_pairs: list[tuple[int, int]] = []
    for bucket in {x for d in days for x in buckets(d)}:
        here = [n for n, d in enumerate(days) if bucket in set(buckets(d))]
        first, second, shared = met(bucket, [days[n] for n in here], [[7, 8]] * len(here))
        assert set(shared.tolist()) <= {2}
        met_pairs += [(here[a], here[b]) for a, b in zip(first, second, strict=True)]
    near = [
        (a, b)
        for a, b in combinations(range(len(days)), 2)
        if (x := days[a]) is None or (y := days[b]) is None or abs(x - y) <= WINDOW
    ]
    assert sorted(met_pairs) == near


def test_a_full_key_is_bounded_and_its_order_is_of_no_matter() -> None:
    many = 50_000
    first, second, shared = met(25_000, [700_000] * many, [[1]] * many)
    assert len(first) < many * NEAR
    assert int((second - first).max()) == NEAR
    assert set(shared.tolist()) == {1}


def test_without_undated_articles_nobody_goes_there() -> None:
    assert UNDATED not in set(buckets(700_000, undated=False))
    assert list(buckets(None, undated=False)) == [UNDATED]


def test_reports_of_one_event_share_keys() -> None:
    a, b, c = (set(keys(of(text).rare).tolist()) for text in (FERRY, FERRY_ELSEWHERE, BUDGET))
    assert len(a & b) >= 2
    assert len(a & c) < 2
    assert max(len(a), len(b), len(c)) <= KEYS
