"""An undated page: bounds by its own dates, and a year only where a weekday leaves one."""

from __future__ import annotations

import pytest

from dateline.transforms import language
from dateline.transforms.model import (
    Anchor,
    Anchors,
    Article,
    Block,
    Bounds,
    Candidate,
    Span,
    TimeExpression,
)
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


def read_page(
    caption: str, body: str, lost: str = "", not_after: str | None = None
) -> tuple[Anchors, tuple[TimeExpression, ...]]:
    """A caption and a paragraph of an undated page; ``lost`` is a line of the page that is not in the article."""
    text = f"{caption}\n\n{body}"
    blocks = (
        Block(kind="caption", start=0, end=len(caption), page_start=0),
        Block(kind="paragraph", start=len(caption) + 2, end=len(text), page_start=len(caption) + 2),
    )
    article = Article(article_id="", revision="", origin="", language="en", text=text, blocks=blocks)
    page_text = f"{text}\n{lost}"
    losers = tuple(
        Candidate(
            kind="published", value="2019-02-12", rule="stamp", reason="told in the running text", span=span
        )
        for at in [page_text.find("February 12, 2019")]
        if at >= 0
        for span in [Span(start=at, end=at + 17, exact="February 12, 2019")]
    )
    anchors = Anchors(page=Anchor(kind="none", losers=losers), bounds=Bounds(not_after=not_after))
    parse = language.parse(article)
    return bounded(article, anchors, parse, annotate(article, anchors, parse), page_text)


PHOTO = "Farmers shovel mud from a barn in Lower Tarn on Tuesday, Feb. 12, 2019. (Ida Holm)"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("The river left its bed late on Tuesday.", "2019-02-12"),
        ("Two bridges fell by Tuesday night.", "2019-02-12"),
        ("Two bridges fell on Feb. 9.", "2019-02-09"),
        ("The rain began on New Year's Day.", "2019-01-01"),
        # Wednesday is the day after the photo, or six days before it.
        ("The river left its bed on Wednesday.", None),
        ("The bridges will reopen on Tuesday.", None),
        ("The town flooded on Feb. 14.", "2019-02-14"),
        # It may be that of the year before.
        ("The town flooded on March 20.", None),
        ("A storm like it hit on Sunday, July 1, 2019, and on Tuesday.", None),
    ],
)
def test_the_photo_of_the_news_settles_what_fits_one_day(body: str, day: str | None) -> None:
    anchors, times = read_page(PHOTO, body)
    assert times[-1].edtf == day
    assert anchors.page.kind == "none"
    assert anchors.bounds.not_after is None


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Farmers shovel mud in Lower Tarn on Tuesday, Feb. 12, 2019. (Ida Holm)",
        "In this Tuesday, Feb. 12, 2019 photo, farmers shovel mud in Lower Tarn. (Ida Holm)",
        "Farmers shovel mud in Lower Tarn on Feb. 12, 2019. (Ida Holm)",
    ],
)
def test_an_old_photo_settles_nothing(caption: str) -> None:
    assert read_page(caption, "The river left its bed late on Tuesday.")[1][-1].edtf is None


def test_a_photo_after_the_fetch_settles_nothing() -> None:
    assert read_page(PHOTO, "The river left its bed on Tuesday.", not_after="2019-02-01")[1][-1].edtf is None


LEAD = "A court in Lower Tarn fined the dam company Orvel 3 million crowns {} for leaving its gates open."


def test_a_line_that_tells_a_sentence_again_settles_its_weekday() -> None:
    for lost, day in (
        (LEAD.format("on February 12, 2019"), "2019-02-12"),
        # A Tuesday, told of something else.
        ("The mayor of Lower Tarn opened the new dam of its power company on February 12, 2019.", None),
    ):
        _, times = read_page("The court. (Ida Holm)", LEAD.format("on Tuesday"), lost)
        assert times[-1].edtf == day
    # It was no Wednesday.
    _, times = read_page("", LEAD.format("on Wednesday"), LEAD.format("on February 12, 2019"))
    assert times[-1].edtf is None
