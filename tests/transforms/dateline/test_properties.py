"""What holds for any text: it never raises, spans stand, days are days, nothing lies beyond the bounds, time is linear."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.dateline import anchors
from dateline.transforms.dateline.opening import read
from dateline.transforms.dateline.stamps import find
from dateline.transforms.model import Anchors, Evidence, Page
from tests.quality.bare import bare_article
from tests.timing import spent

PIECES = st.sampled_from(
    [
        "Published:", "Updated", "By Ana Ruiz", "May", "14", "2026", "14 May 2026", "05/06/2026", "2026-05-14T23:30:00Z", "9:05 PM EST",
        "Monday,", "OSLO, Dec. 31 (Reuters) -", "©", "Most read", "(AP)", "\n", " ", "-", "—", "0001-01-01", "9999-12-31", "12/31/99",
        "The board said that it would vote on the plan before the end of the week, after all.", "年5月", "٢٠٢٦", "31 June 2026", "24:00",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join))
VALUES = st.one_of(
    st.sampled_from(
        [
            "2026-06-02",
            "2026-06-01T23:30:00Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-12:00",
            "2026-02-30",
            "2026-05-14T99:99",
        ]
    ),
    st.text(max_size=30),
)


def judge(text: str, value: str) -> tuple[Page, Anchors]:
    evidence = (
        Evidence(source="json-ld", role="published", value=value),
        Evidence(source="carrier", role="fetched", value="2026-06-01"),
    )
    page = Page(text=text, media_type="text/plain", origin="t", evidence=evidence)
    return page, anchors(page, bare_article(text))


@settings(max_examples=150, deadline=None)
@given(TEXTS, VALUES)
def test_any_text_is_anchored_within_its_bounds(text: str, value: str) -> None:
    page, found = judge(text, value)
    article = bare_article(text)
    for anchor in (found.page, *found.sections):
        assert (anchor.value is None) == (anchor.kind == "none")
        if anchor.day:
            datetime.date.fromisoformat(anchor.day)
        if anchor.span:
            assert page.text[anchor.span.start : anchor.span.end] == anchor.span.exact
        for lost in anchor.losers:
            assert lost.reason
            assert lost.span is None or page.text[lost.span.start : lost.span.end] == lost.span.exact
    if found.bounds.not_after:
        assert all(a.day is None or a.day <= found.bounds.not_after for a in (found.page, *found.sections))
    if found.dateline:
        span = found.dateline.span
        assert article.text[span.start : span.end] == span.exact


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_stamps_stand_in_order_and_inside(text: str) -> None:
    stamps = find(text)
    assert [s.start for s in stamps] == sorted(s.start for s in stamps)
    for stamp in stamps:
        assert 0 <= stamp.first <= stamp.start < stamp.end <= stamp.last <= len(text)
        assert 1 <= len(stamp.days) <= 2


@pytest.mark.parametrize(
    "piece",
    [
        "2026 ",
        "May 14, 2026 ",
        "14/05/2026 ",
        "A.",
        "A b, ",
        "(a",
        "9:05 ",
        "Published: ",
        "May ",
        "1 ",
        "1/",
        "X, Y ",
        "\n",
        "2026-",
        "月",
    ],
)
def test_time_is_linear(piece: str) -> None:
    """Twenty times the line may cost forty times, not four hundred."""

    def cost(count: int) -> float:
        line = piece * count
        return spent(lambda: (find(line), read(line), judge(line, "2026-05-14")), tries=3)

    assert cost(20_000) < max(0.25, 60 * cost(1_000))
