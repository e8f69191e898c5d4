"""The productions, which give the words of a date their meaning, in one file for each noun. A rule names one
of these functions as its ``make``."""

from dateline.transforms.timex.productions import (
    back_references,
    clocks,
    counted,
    days,
    durations,
    months_years,
    ranges,
    recurring,
    seasons_holidays,
    units,
    weekdays,
    year_parts,
)

__all__ = [
    "back_references",
    "clocks",
    "counted",
    "days",
    "durations",
    "months_years",
    "ranges",
    "recurring",
    "seasons_holidays",
    "units",
    "weekdays",
    "year_parts",
]
