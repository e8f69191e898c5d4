"""The main day of an article, and the day that partners give an undated one."""

from __future__ import annotations

from dateline.transforms.model import RawArticle
from dateline.transforms.stories.days import infer, main_day
from dateline.transforms.stories.profile import CAPTION, ordinal, unpack
from dateline.transforms.walk import walk
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ELSEWHERE, of

TUESDAY = ordinal("2026-03-10")


def test_the_main_day_is_that_of_the_deed() -> None:
    told = (
        "Harbour master Ilse Ketteler said on Thursday that the ferry had run aground on Tuesday.\n\n" + FERRY
    )
    day = main_day(of(told, published="2026-03-12"))
    assert day is not None and day.start == TUESDAY


def test_the_day_of_a_saying_yields_to_that_of_what_is_told() -> None:
    text = (
        "Harbour master Ilse Ketteler said on Monday that the town would look at the moorings of Port Meriden.\n\n"
        "The ferry Aldana broke loose from the quay on Wednesday and drifted as far as the Corran reef.\n\n"
        "Tugs of the Lowgate shipyard brought the Aldana back, and nobody was on board of the ferry."
    )
    one = of(text, published="2026-03-12")
    day = main_day(one)
    assert day is not None and text[day.at : day.until] == "Wednesday"


def test_nothing_dated_has_no_main_day() -> None:
    assert main_day(of(FERRY, published=None)) is None


def test_two_sources_give_an_undated_page_its_day() -> None:
    undated = of(FERRY, "u", None)
    a = of(FERRY, "a", "2026-03-11", publisher="Meriden Post")
    b = of(FERRY_ELSEWHERE, "b", "2026-03-11", publisher="Lowgate Mail")
    found = infer(undated, [undated, a, b])
    assert found is not None and found.certain
    assert (found.start, found.sources, found.partners) == (TUESDAY, 2, ("a", "b"))


def test_one_source_twice_is_one_source() -> None:
    undated = of(FERRY, "u", None)
    a = of(FERRY, "a", "2026-03-11", publisher="Meriden Post")
    again = of(FERRY_ELSEWHERE, "b", "2026-03-11", publisher="Meriden Post")
    found = infer(undated, [a, again])
    assert found is not None and not found.certain


def test_partners_that_differ_give_none() -> None:
    a = of(FERRY, "a", "2026-03-11", publisher="Meriden Post")
    b = of(BUDGET, "b", "2026-03-12", publisher="Lowgate Mail")
    assert infer(of(FERRY, "u", None), [a, b]) is None
    assert infer(of(FERRY, "u", None), []) is None


def test_a_day_in_a_caption_is_kept_and_is_no_main_day() -> None:
    page = (
        "<html><head><title>Ferry runs aground off Port Meriden</title></head><body><article>"
        "<h1>Ferry runs aground off Port Meriden</h1>"
        "<figure><img src='a.jpg'><figcaption>The ferry Aldana in the harbour on March 2, 2026.</figcaption></figure>"
        + "".join(f"<p>{p}</p>" for p in FERRY.split("\n\n"))
        + "</article></body></html>"
    )
    e = walk(RawArticle(content=page, origin="a", media_type="text/html", published="2026-03-12"))
    one = unpack(e.profile or "")
    assert one is not None
    assert [d.certainty == CAPTION for d in one.days if d.start == ordinal("2026-03-02")] == [True]
    day = main_day(one)
    assert day is not None and day.start == TUESDAY
