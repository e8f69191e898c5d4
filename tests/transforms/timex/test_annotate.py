"""The door: sections, anchors, bounds, evidence, ranges, the TimeML dialect."""

from __future__ import annotations

from dateline.transforms import language
from dateline.transforms.model import Anchor, Anchors, Article, Block, Bounds
from dateline.transforms.timex import annotate, annotate_text, timeml


def article(*posts: str) -> Article:
    text = "\n\n".join(posts)
    blocks, at = [], 0
    for section, post in enumerate(posts):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(post), page_start=at, section=section))
        at += len(post) + 2
    return Article(article_id="a", revision="r", origin="o", text=text, blocks=tuple(blocks))


def anchor(day: str | None, kind: str = "published", certainty: str = "stated") -> Anchor:
    return Anchor.model_validate({"kind": kind, "value": day, "certainty": certainty, "rule": "test"})


def test_each_section_is_read_from_its_own_anchor() -> None:
    sections = (anchor("2026-11-18", "section"), anchor("2026-11-16", "section"))
    page = article("The pier burned yesterday.", "The pier opened yesterday.")
    found = annotate(page, Anchors(page=anchor("2026-11-01"), sections=sections), language.parse(page))
    assert [(t.edtf, t.section) for t in found] == [("2026-11-17", 0), ("2026-11-15", 1)]
    assert found[0].anchor == sections[0]


def test_a_date_with_its_year_needs_no_anchor() -> None:
    (time,) = annotate_text("The pier burned on 5 March 2019.", "2026-11-18")
    assert (time.certainty, time.anchor) == ("stated", None)


def test_an_assumed_anchor_makes_assumed_dates() -> None:
    page = article("The pier burned yesterday.")
    (time,) = annotate(page, Anchors(page=anchor("2026-11-18", "modified", "assumed")), language.parse(page))
    assert (time.edtf, time.certainty) == ("2026-11-17", "assumed")


def test_without_anchor_bounds_and_partial_are_kept() -> None:
    page = article("The attack of Oct. 7 began on Friday.")
    limits = Bounds(not_after="2024-07-22")
    attack, friday = annotate(page, Anchors(page=anchor(None, "none"), bounds=limits), language.parse(page))
    assert (attack.partial, attack.bounds, attack.edtf) == ("XXXX-10-07", limits, None)
    assert (friday.edtf, friday.start, friday.rule, friday.bounds) == (None, None, "weekday", limits)


def test_an_instant_counts_as_its_day() -> None:
    (time,) = annotate_text("The pier burned yesterday.", "2026-11-18T08:05:00+01:00")
    assert time.edtf == "2026-11-17"


def test_hours_are_counted_from_an_instant_alone() -> None:
    (from_instant,) = annotate_text("The pier burned three hours ago.", "2026-11-18T02:00:00+01:00")
    assert (from_instant.edtf, from_instant.time) == ("2026-11-17", "23:00")
    (from_day,) = annotate_text("The pier burned three hours ago.", "2026-11-18")
    assert (from_day.value, from_day.edtf) == ("PT3H", None)


def test_the_trace_names_anchor_tense_rule_and_answer() -> None:
    (time,) = annotate_text("The council will meet on Friday.", "2026-11-18")
    assert any("2026-11-18" in line for line in time.trace)
    assert any("future: 'will'" in line for line in time.trace)
    assert time.trace[-1] == "rule weekday.future: 2026-11-20"


def test_the_anchors_own_weekday_is_today() -> None:
    (time,) = annotate_text("The council met Wednesday.", "2026-11-18")
    assert time.edtf == "2026-11-18"


def test_headlines_without_a_verb_look_back() -> None:
    (time,) = annotate_text("Fire on Monday", "2026-11-18")
    assert time.edtf == "2026-11-16"


def test_the_year_turns() -> None:
    (time,) = annotate_text("The ship ran aground on Dec. 29, he said.", "2024-01-02")
    assert time.edtf == "2023-12-29"


def test_a_range_keeps_its_ends() -> None:
    text = "She led the port from 2010 to 2014, he said."
    (time,) = annotate_text(text, "2026-11-18")
    assert (time.edtf, time.start, time.end, time.rule) == ("2010/2014", "2010-01-01", "2015-01-01", "range")
    assert [(e.span.exact, e.value) for e in time.endpoints] == [("2010", "2010"), ("2014", "2014")]
    assert [(t.span.exact, t.value) for t in timeml((time,))] == [("2010", "2010"), ("2014", "2014")]


def test_weekday_ranges_run_forward() -> None:
    (time,) = annotate_text("It rained between Tuesday and Thursday.", "2026-11-18")
    assert time.edtf == "2026-11-17/2026-11-19"


def test_timeml_leaves_rates_unmarked() -> None:
    found = annotate_text("The pier earns $5 million a year.", "2026-11-18")
    assert [t.rule for t in found] == ["set.rate"]
    assert timeml(found) == ()


def test_a_clock_joins_its_day_and_zone() -> None:
    (time,) = annotate_text("The offer ends at 5 p.m. EST on Nov. 9.", "2026-11-18")
    assert (time.value, time.time, time.zone, time.edtf) == (
        "2026-11-09T17:00",
        "17:00",
        "-05:00",
        "2026-11-09",
    )


def test_bounds_of_time_are_mods() -> None:
    mods = {
        "The law takes force before March 3, 2027.": "BEFORE",
        "The law is in force since March 3, 2019.": "ON_OR_AFTER",
        "The law is in force until March 3, 2027.": "ON_OR_BEFORE",
        "The law took force in early March 2019.": "START",
        "The law took force in mid-2019.": "MID",
    }
    for text, mod in mods.items():
        (time,) = annotate_text(text, "2026-11-18")
        assert time.mod == mod, text


def test_a_day_counted_from_a_feast() -> None:
    (time,) = annotate_text("The shop closed three weeks before Christmas 2019.", "2026-11-18")
    assert (time.edtf, time.rule) == ("2019-12-04", "counted")


def test_a_narrative_leans_on_its_story() -> None:
    told = (
        "In 1861 the league formed. By 1862 it held the coast, and in 1863 the fleet sailed. On July 3, 1863, it met the enemy. "
        "The battle ended on July 5. In December the league fell back, and in January it broke. "
        "Accounts of 1880, 1884, 1891 and 1902 differ."
    )
    found = {t.span.exact: t.edtf for t in annotate_text(told, "2009-12-19")}
    assert (found["July 5"], found["December"], found["January"]) == ("1863-07-05", "1863-12", "1864-01")


def test_a_holiday_that_bounds_a_plan_lies_ahead() -> None:
    for text, day in {
        "Ruiz's group has called on the mayor to pay by Christmas.": "2025-12-25",
        "The union asked the firm to pay by Easter.": "2026-04-05",
        "The firm opened a shop at Christmas.": "2024-12-25",
    }.items():
        assert [t.edtf for t in annotate_text(text, "2025-10-08")] == [day], text


def test_an_obituary_is_news() -> None:
    life = (
        "Born in 1931, she left home in 1949 and sailed in 1953. She married in 1958, moved in 1962 and sold her first boat in "
        "1966. A second yard followed in 1971, a third in 1975. She closed them in 1988."
    )
    told = {
        "en": (
            f"The boat builder Inge Falk died on Sunday. {life} A service will be held on 2 April.",
            "Sunday",
            "2 April",
        ),
        "de": (
            f"Die Bootsbauerin Inge Falk ist am Sonntag gestorben. {life} Sie wird am 2. April beigesetzt.",
            "Sonntag",
            "2. April",
        ),
    }
    for code, (text, died, held) in told.items():
        found = {t.span.exact: t.edtf for t in annotate_text(text, "2025-03-26", code)}
        assert (found[died], found[held]) == ("2025-03-23", "2025-04-02"), code


def test_a_feast_and_a_dated_weekday_make_no_news() -> None:
    for lead in ("Bloody Sunday changed the town.", "The fleet sailed on Sunday, 7 July 1861."):
        told = (
            f"{lead} In 1861 the league formed. By 1862 it held the coast, and in 1863 the fleet came. On July 3, 1863, it met "
            "the enemy. It lost on July 5. Accounts of 1880, 1884, 1891 and 1902 differ."
        )
        found = {t.span.exact: t.edtf for t in annotate_text(told, "2009-12-19")}
        assert found["July 5"] == "1863-07-05", lead


def test_no_text_no_times() -> None:
    assert annotate_text("", "2026-11-18") == ()


def test_a_text_that_writes_the_day_first_does_so_throughout() -> None:
    text = "Signed 25/12/2019. Filed 03/04/2020."
    assert [t.edtf for t in annotate_text(text, "2026-11-18")] == ["2019-12-25", "2020-04-03"]
    assert [t.edtf for t in annotate_text("Filed 03/04/2020.", "2026-11-18")] == ["2020-03-04"]


def test_a_quarter_that_leans_on_the_text_does_not_claim_the_anchor() -> None:
    for text in (
        "last quarter 2019 the quarter",
        "In the third quarter of 2019 sales fell. The quarter was cold.",
    ):
        time = annotate_text(text, None)[-1]
        assert (time.edtf is not None, time.anchor, time.certainty) == (True, None, "implied"), text


def test_a_year_later_is_counted_from_the_year_told_after_the_day() -> None:
    text = "Ana Ruiz was born on 5 March 1955. The mill was sold in 1984. One year later it burned."
    assert annotate_text(text, "2011-10-06")[-1].edtf == "1985"
