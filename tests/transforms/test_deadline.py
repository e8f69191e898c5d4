"""The cooperative time limit: noticed where a room asks, and nowhere else."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from dateline.transforms import deadline
from dateline.transforms.errors import DeadlinePassed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Both clocks of a thread that nobody interrupts."""
    now = [100.0]
    monkeypatch.setattr(
        deadline, "time", SimpleNamespace(monotonic=lambda: now[0], thread_time=lambda: now[0])
    )
    return now


def test_check_outside_of_any_limit_passes() -> None:
    deadline.check()


def test_check_raises_when_time_is_up_and_not_before(clock: list[float]) -> None:
    with deadline.limit(5):
        clock[0] = 105.0
        deadline.check()
        clock[0] = 105.1
        with pytest.raises(DeadlinePassed):
            deadline.check()
    deadline.check()


def test_a_page_that_waits_for_the_processor_keeps_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, spent = [100.0], [7.0]
    clocks = SimpleNamespace(monotonic=lambda: wall[0], thread_time=lambda: spent[0])
    monkeypatch.setattr(deadline, "time", clocks)
    with deadline.limit(5):
        for _ in range(3):
            wall[0] += 60.0
            spent[0] += 1.5
            deadline.check()
        wall[0] += 0.4
        spent[0] += 0.4
        deadline.check()
        wall[0] += 0.2
        spent[0] += 0.2
        with pytest.raises(DeadlinePassed):
            deadline.check()


def test_limit_ends_with_its_block_even_when_it_raises(clock: list[float]) -> None:
    with pytest.raises(KeyError), deadline.limit(5):
        raise KeyError
    clock[0] = 999.0
    deadline.check()


def test_inner_limit_ends_and_the_outer_counts_on(clock: list[float]) -> None:
    with deadline.limit(5):
        with deadline.limit(50):
            clock[0] = 110.0
            deadline.check()
        with pytest.raises(DeadlinePassed):
            deadline.check()


def test_limit_of_one_thread_is_not_that_of_another(clock: list[float]) -> None:
    failed: list[BaseException] = []

    def other() -> None:
        try:
            deadline.check()
        except DeadlinePassed as error:
            failed.append(error)

    with deadline.limit(5):
        clock[0] = 200.0
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        with pytest.raises(DeadlinePassed):
            deadline.check()
    assert failed == []
