"""Calendar arithmetic against the standard library and against known days."""

from __future__ import annotations

import calendar as standard
import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.timex.calendar import (
    Day,
    Unit,
    add_months,
    containing,
    day_of,
    easter,
    edtf,
    end_of,
    hebrew_new_year,
    lunar_new_year,
    month_length,
    nth_weekday,
    offset,
    season,
    shift,
    timex,
)

GRAINS = ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century")
days = st.dates(datetime.date(1000, 1, 1), datetime.date(2900, 12, 31))


@given(days, st.sampled_from([g for g in GRAINS if g != "weekend"]))
def test_a_unit_holds_its_day(day: datetime.date, grain: str) -> None:
    unit = containing(grain, day)
    assert unit.start <= day < end_of(unit)


@given(days, st.sampled_from(GRAINS), st.integers(-50, 50))
def test_steps_come_back(day: datetime.date, grain: str, steps: int) -> None:
    unit = containing(grain, day)
    there = shift(unit, steps)
    if there is not None:
        assert shift(there, -steps) == unit
        assert there.start < end_of(there)


@given(days, st.sampled_from([g for g in GRAINS if g != "weekend"]))
def test_units_leave_no_gap(day: datetime.date, grain: str) -> None:
    unit = containing(grain, day)
    following = shift(unit, 1)
    assert following is not None
    assert following.start == end_of(unit)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_month_length(year: int, month: int) -> None:
    assert month_length(year, month) == standard.monthrange(year, month)[1]


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 6), st.integers(1, 5))
def test_nth_weekday(year: int, month: int, weekday: int, n: int) -> None:
    all_of_them = [
        datetime.date(year, month, d) for d in range(1, month_length(year, month) + 1)
        if datetime.date(year, month, d).weekday() == weekday
    ]  # fmt: skip
    found = nth_weekday(year, month, weekday, n)
    assert (found.start if found else None) == (all_of_them[n - 1] if n <= len(all_of_them) else None)
    last = nth_weekday(year, month, weekday, -n)
    assert (last.start if last else None) == (all_of_them[-n] if n <= len(all_of_them) else None)


@pytest.mark.parametrize("day", ["2000-04-23", "2019-04-21", "2024-03-31", "2026-04-05", "2038-04-25"])
def test_easter(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


def test_no_such_days() -> None:
    assert day_of(2014, 2, 29) is None
    assert day_of(2019, 6, 31) is None
    assert day_of(2016, 2, 29) is not None


def test_edges_of_time_give_nothing() -> None:
    assert shift(Unit("year", datetime.date(9999, 1, 1)), 1) is None
    assert add_months(datetime.date(1, 1, 31), -1) is None
    assert offset(datetime.date(9999, 12, 31), 1, "day") is None
    assert end_of(Unit("century", datetime.date(9900, 1, 1))) == datetime.date.max


def test_months_are_cut_to_their_length() -> None:
    assert add_months(datetime.date(2024, 5, 31), -3) == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("unit", "value", "answer"),
    [
        (containing("week", datetime.date(2024, 5, 14)), "2024-W20", "2024-05-13/2024-05-19"),
        (containing("weekend", datetime.date(2024, 5, 14)), "2024-W20-WE", "2024-05-18/2024-05-19"),
        (containing("quarter", datetime.date(2026, 2, 1)), "2026-Q1", "2026-33"),
        (containing("half", datetime.date(2026, 7, 1)), "2026-H2", "2026-41"),
        (season(2026, "WI"), "2026-WI", "2026-24"),
        (containing("season", datetime.date(2027, 1, 5)), "2026-WI", "2026-24"),
        (containing("decade", datetime.date(1999, 7, 1)), "199", "199X"),
        (containing("century", datetime.date(1999, 7, 1)), "19", "19XX"),
    ],
)
def test_values(unit: Unit, value: str, answer: str) -> None:
    assert (timex(unit), edtf(unit)) == (value, answer)


def test_hebrew_new_years() -> None:
    known = {
        1999: "09-11",
        2004: "09-16",
        2013: "09-05",
        2020: "09-19",
        2023: "09-16",
        2024: "10-03",
        2025: "09-23",
    }
    for year, day in known.items():
        assert hebrew_new_year(year) == Day.fromisoformat(f"{year}-{day}")
    assert hebrew_new_year(3) is None


def test_hebrew_new_year_is_never_a_sunday_wednesday_or_friday() -> None:
    for year in range(1900, 2200):
        day = hebrew_new_year(year)
        assert day is not None and day.weekday() not in (6, 2, 4)


def test_lunar_new_years() -> None:
    known = {
        1950: "02-17",
        1985: "02-20",
        2000: "02-05",
        2012: "01-23",
        2024: "02-10",
        2026: "02-17",
        2033: "01-31",
    }
    for year, day in known.items():
        assert lunar_new_year(year) == Day.fromisoformat(f"{year}-{day}")
    assert lunar_new_year(1900) is None and lunar_new_year(2051) is None


def test_lunar_new_years_follow_each_other_by_twelve_or_thirteen_moons() -> None:
    days = [day for year in range(1950, 2051) if (day := lunar_new_year(year)) is not None]
    gaps = {(b - a).days for a, b in pairwise(days)}
    assert gaps <= {353, 354, 355, 383, 384, 385}
