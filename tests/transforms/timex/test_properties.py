"""What holds for any text: spans, order, purity, and no day where there is none."""

from __future__ import annotations

import datetime
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.lexicon import library
from dateline.transforms.timex import annotate_text, timeml
from dateline.transforms.timex.rules import DateRules

PIECES = [
    "on", "the", "Monday", "last", "next", "week", "of", "March", "3", "5,", "2019", "two", "years", "ago", "from", "to",
    "May", "will", "said", "every", "third", "quarter", "a", "-", "'98", "1990s", "10:30", "p.m.", "Easter", "not", "before",
    "second", "half", "31", "February", "12/25/2019", "yesterday", "morning", "İstanbul", "ﬁnal", "\n\n", ",", ".",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(lambda d: d.isoformat())


@settings(max_examples=300, deadline=None)
@given(texts, days)
def test_spans_round_trip_and_intervals_are_not_empty(text: str, day: str) -> None:
    found = annotate_text(text, day)
    for time in (*found, *timeml(found)):
        assert text[time.span.start : time.span.end] == time.span.exact
        assert (time.start is None) == (time.end is None)
        if time.start and time.end:
            assert time.start < time.end
    spans = [(t.span.start, t.span.end) for t in found]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@settings(max_examples=100, deadline=None)
@given(texts, days)
def test_the_same_text_gives_the_same_times(text: str, day: str) -> None:
    first = annotate_text(text, day)
    annotate_text("An unrelated text of March 3, 1911.", "1950-01-01")
    assert annotate_text(text, day) == first


@settings(max_examples=200, deadline=None)
@given(texts)
def test_without_an_anchor_only_what_carries_its_year_is_dated(text: str) -> None:
    for time in annotate_text(text, None):
        if time.anchor is not None:
            assert (time.edtf, time.start, time.end) == (None, None, None)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["Monday", "Thursday", "Saturday"]), days)
def test_behind_a_past_verb_no_weekday_lies_further_ahead_than_tomorrow(name: str, day: str) -> None:
    (time,) = annotate_text(f"The mayor resigned on {name} after a row.", day)
    assert time.start is not None
    assert time.start <= (datetime.date.fromisoformat(day) + datetime.timedelta(1)).isoformat()


@given(st.sampled_from(["April", "June", "September", "November"]), st.integers(1900, 2100), days)
def test_a_31st_of_a_short_month_is_no_day(month: str, year: int, day: str) -> None:
    for text in (
        f"on {month} 31, {year} it rained",
        f"on 31 {month} {year} it rained",
        f"on {month} 31 it rained",
    ):
        assert [t for t in annotate_text(text, day) if t.precision == "day"] == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), days)
def test_any_text_is_read(text: str, day: str) -> None:
    for time in annotate_text(text, day):
        assert text[time.span.start : time.span.end] == time.span.exact


def test_an_expression_alone_reads_as_itself() -> None:
    for rule in library().part(DateRules, "en").rules:
        for example in (
            rule.examples if rule.name in ("date.full", "date.iso", "month.year", "century") else ()
        ):
            if example.words is not None:
                (time,) = annotate_text(example.words, None)
                assert time.span.exact == example.words
