"""An undated page: bounds by its own dates, and a year only where a weekday leaves one."""

from __future__ import annotations

import pytest

from dateline.transforms import language
from dateline.transforms.model import Anchor, Anchors, Article, Block, Bounds, TimeExpression
from dateline.transforms.timex import annotate, bounded

NOWHERE = Anchor(kind="none")


def read(
    text: str, not_after: str | None = None, page: Anchor = NOWHERE
) -> tuple[Anchors, tuple[TimeExpression, ...]]:
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    article = Article(article_id="", revision="", origin="", language="en", text=text, blocks=(block,))
    anchors = Anchors(page=page, bounds=Bounds(not_after=not_after))
    parse = language.parse(article)
    return bounded(article, anchors, parse, annotate(article, anchors, parse))


def test_a_day_that_is_told_as_past_bounds_the_page_from_below() -> None:
    anchors, times = read("The mill burned on Friday. It had closed on 5 March 2018.")
    assert anchors.bounds == Bounds(not_before="2018-03-05")
    assert times[0].bounds == anchors.bounds


@pytest.mark.parametrize(
    "text",
    [
        "The mill must be painted by 5 March 2030.",
        "The mill will reopen on 5 March 2030.",
        "The mill had to be painted before 5 March 2030.",
    ],
)
def test_a_day_to_come_bounds_nothing_from_below(text: str) -> None:
    assert read(text)[0].bounds == Bounds()


def test_a_day_after_the_fetch_is_no_bound() -> None:
    anchors, _ = read("It closed on 5 March 2018. It had shut on 7 May 2031.", "2021-06-01")
    assert anchors.bounds == Bounds(not_before="2018-03-05", not_after="2021-06-01")


FIRE = "The mill burned on Sunday, Jan. 19, and two men died. It had reopened on 5 March 2018."


def test_a_weekday_settles_its_year_where_the_bounds_leave_one() -> None:
    anchors, (fire, _) = read(FIRE, "2021-06-01")
    assert (fire.edtf, fire.certainty) == ("2020-01-19", "assumed")
    assert anchors.bounds == Bounds(not_before="2020-01-19", not_after="2021-01-19")
    assert anchors.page.kind == "none"


def test_a_weekday_settles_nothing_where_two_years_are_left_or_a_bound_lacks() -> None:
    for not_after in (None, "2026-06-01"):
        anchors, (fire, _) = read(FIRE, not_after)
        assert (fire.edtf, fire.partial, fire.bounds) == (None, "XXXX-01-19", anchors.bounds)


def test_a_plan_bounds_the_page_from_above() -> None:
    text = "The mill will reopen on Saturday, March 7. It closed on 5 March 2018."
    anchors, (plan, _) = read(text, "2021-06-01")
    assert plan.edtf == "2020-03-07"
    assert anchors.bounds == Bounds(not_before="2019-03-07", not_after="2020-03-07")


def test_a_dated_page_is_left_as_it_is() -> None:
    page = Anchor(kind="published", value="2026-11-18", rule="test")
    anchors, times = read(FIRE, "2026-11-30", page)
    assert anchors.bounds == Bounds(not_after="2026-11-30")
    assert times[0].edtf == "2025-01-19"
