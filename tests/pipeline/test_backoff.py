"""Pauses double up to a bound, and begin anew after a success."""

from __future__ import annotations

from dateline.pipeline.backoff import Backoff


def test_pauses_double_up_to_the_longest() -> None:
    backoff = Backoff(0.5, 3.0)
    assert [backoff.failed() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    assert backoff.pause == 3.0
    backoff.succeeded()
    assert backoff.pause == 0.0 and backoff.failed() == 0.5


def test_a_first_pause_over_the_longest_is_cut() -> None:
    assert Backoff(5.0, 1.0).failed() == 1.0
