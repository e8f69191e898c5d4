"""The page in a real browser: its filters filter, its links lead to the words, and hostile text does nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dateline.pipeline.report import ArticleRecords, page, render
from dateline.transforms.model import Action, Actor, Anchor, Anchors
from tests.pipeline.browser import Tab
from tests.pipeline.report.browsing import (
    CARDS,
    READY,
    SEEN,
    WIDTHS,
    assert_quiet,
    choose,
    click,
    needs_browser,
    put,
    show,
    texts,
)
from tests.pipeline.report.sample import (
    EVENTS,
    MONDAY,
    TOLD,
    event,
    hostile,
    many,
    record,
    records,
    when,
)
from tests.waiting import until

pytestmark = needs_browser


def test_the_chronology_runs_from_old_to_new_and_tells_acts_from_reports(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, records())
    assert [" ".join(t.split()) for t in texts(tab, "#list .group h2")] == ["3MondayNovember 2025", "6ThursdayNovember 2025"]  # fmt: skip
    assert texts(tab, "#list .group:not(.faint) .event strong") == ["Radio Sable"]
    assert texts(tab, "#list .group.faint .row strong") == ["Ines Rourke", "Ines Rourke", "the union"]
    assert "does not say when they happened" in texts(tab, "#list .group.faint .reported h3")[0]
    click(tab, "#order")
    assert texts(tab, "#list .group h2 .numeral") == ["6", "3"]
    assert "order=new" in tab.eval("location.hash")
    assert_quiet(tab)


def test_times_that_are_spoken_of_have_a_lane_of_their_own(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, records(), at="#view=spoken")
    assert texts(tab, "#list .spokenof h2") == ["Friday 7 November 2025"]
    assert texts(tab, "#list .spokenof a") == ["Radio Sable", "Ines Rourke"]
    assert "7" not in texts(tab, "#list .numeral")


def test_an_undated_page_stands_on_no_day(tab: Tab, tmp_path: Path) -> None:
    undated = record(1, published=None, anchors=Anchors(page=Anchor(kind="none")),
                      events=(event(0, actor=Actor(name="Ann Lee")),))  # fmt: skip
    show(tab, tmp_path, ArticleRecords([undated]))
    assert texts(tab, "#list .group") == [] and "Ann Lee" in texts(tab, "#undated")[0]
    show(tab, tmp_path, ArticleRecords([]))
    assert "The store holds no article" in texts(tab, "#list .empty")[0]
    assert_quiet(tab)


def test_a_deed_shows_who_did_it_to_whom(tab: Tab, tmp_path: Path) -> None:
    quay, ines = Actor(name="the quay"), Actor(name="Ines Rourke", role="harbour master")
    deed = {"kind": "did", "action": Action(lemma="close", plover="COERCE"), "when": when(MONDAY)}
    events = (event(0, actor=ines, recipient=quay, **deed), event(1, recipient=quay, **deed))
    show(tab, tmp_path, ArticleRecords([record(1, events=events)]))
    first, second = texts(tab, "#list .event.did")
    assert first.startswith("Ines Rourke, harbour master close") and "recipient: the quay" in first
    assert second.startswith("the quay close (by no one named)") and "recipient" not in second
    assert texts(tab, "#list .event .root") == ["coerce", "coerce"]


def test_long_times_wait_in_a_fold(tab: Tab, tmp_path: Path) -> None:
    year = when(MONDAY).model_copy(update={"edtf": "2019", "start": "2019-01-01", "end": "2020-01-01"})
    events = (event(0, when=year, actor=Actor(name="Ann Lee")), *EVENTS)
    show(tab, tmp_path, ArticleRecords([record(1, events=events)]))
    assert "1 event over longer times" in texts(tab, ".earlier summary")[0] and not tab.eval("document.querySelector('.earlier').open")  # fmt: skip
    assert texts(tab, "#list > .group h2 .numeral") == ["3", "6"]


def test_filters_and_their_address(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, records(2))
    assert tab.eval(f"{CARDS}.length") == 8
    choose(tab, "actor", "Ines Rourke")
    assert tab.eval("document.getElementById('count').value") == "4 of 8 events"
    assert "actor=Ines+Rourke" in tab.eval("location.hash")
    tab.eval("window.before = true; location.reload()")
    tab.wait(f"!window.before && {READY}")
    assert tab.eval(f"{CARDS}.length") == 4, "the address brings the filter back"
    choose(tab, "actor", "Radio Sable")
    choose(tab, "certainty", "implied")
    assert tab.eval(f"{CARDS}.length") == 2, "values of one facet add up, facets narrow"
    click(tab, "#clear")
    assert tab.eval(f"{CARDS}.length") == 8
    put(tab, "f-q", "PILOTS oct", "input")
    assert tab.eval(f"{CARDS}.length") == 2
    put(tab, "f-q", '"the pilots were"', "input")
    assert tab.eval(f"{CARDS}.length") == 2
    put(tab, "f-q", '"pilots the"', "input")
    assert tab.eval(f"{CARDS}.length") == 0 and "No event fits" in texts(tab, "#list .empty")[0]
    put(tab, "f-q", "", "input")
    put(tab, "f-to", "2025-11-03")
    assert tab.eval(f"{CARDS}.length") == 2
    put(tab, "f-from", "2025-11-04")
    put(tab, "f-to", "2025-11-30")
    assert tab.eval(f"{CARDS}.length") == 6
    tab.eval("history.back()")
    assert_quiet(tab)


def test_counts_of_a_facet_say_what_a_click_would_show(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, many(20), at="#source=Paper+3")
    rows = dict(tab.eval("[...document.querySelectorAll('[data-facet]')].map(e => [e.dataset.facet + ' ' + e.value, +e.parentElement.querySelector('.n').textContent])"))  # fmt: skip
    assert rows["source Paper 3"] == 8 and rows["source Paper 1"] == 12, (
        "other values of the same facet keep their counts"
    )
    assert rows["actor Ines Rourke"] == 4 and rows["certainty implied"] == 2
    choose(tab, "actor", "Ines Rourke")
    assert tab.eval("document.getElementById('count').value") == "4 of 80 events"


def test_a_drag_over_the_axis_chooses_days(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, many(300))
    left, top, width = tab.eval("(r => [r.left, r.top, r.width])(document.querySelector('.plane').getBoundingClientRect())")  # fmt: skip
    for kind, part in (("mousePressed", 0.4), ("mouseMoved", 0.5), ("mouseReleased", 0.6)):
        tab.send("Input.dispatchMouseEvent", type=kind, x=left + width * part, y=top + 30, button="left", buttons=1, clickCount=1)  # fmt: skip
    tab.wait("location.hash.includes('from=')")
    first, last = tab.eval("[...new URLSearchParams(location.hash.slice(1)).values()]")
    assert "2024-04-20" < first < last < "2024-08-10"
    assert tab.eval("document.getElementById('count').value").endswith("of 1,200 events")
    tab.eval("document.querySelector('.plane').focus()")
    tab.press("ArrowRight", 39)
    assert tab.eval("new URLSearchParams(location.hash.slice(1)).get('from')") > first
    tab.press("Escape", 27)
    tab.wait("!location.hash.includes('from=')")
    assert_quiet(tab)


def test_keys_lead_from_an_event_to_its_words(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, many(2))
    tab.eval("document.querySelector('#list .event a.source').focus()")
    tab.press("Enter", 13)
    tab.wait("document.querySelector('.m.on')")
    lit = tab.eval("[...document.querySelectorAll('.m.on')].map(m => m.textContent).join('|')")
    assert "Radio Sable" in lit and "the ferry would sail" in lit and "pilots" not in lit
    assert tab.eval("document.activeElement.closest('#reader') !== null")
    tab.eval("document.querySelector('.text a.date').focus()")
    tab.press("Enter", 13)
    tab.wait("document.querySelector('.dates > .target')")
    assert "on Monday" in tab.eval("document.activeElement.textContent")
    tab.press("Escape", 27)
    tab.wait("!document.querySelector('.article')")
    assert_quiet(tab)


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_a_link_to_an_event_leads_to_its_words_and_back(
    tab: Tab, tmp_path: Path, width: int, height: int
) -> None:
    """The target of a link was missed by up to 36,000 pixels while heights were estimated."""
    show(tab, tmp_path, many(300), width, height, at="#event=event-290-2")
    assert tab.eval(f"[...document.querySelectorAll('.m.on')].some({SEEN})")
    assert tab.eval(f"{SEEN}(document.getElementById('e-event-290-2'))")
    if width < 1000:
        cover = tab.eval(
            "(r => [r.left, r.top, r.width])(document.getElementById('reader').getBoundingClientRect())"
        )
        assert cover == [0, 0, width], "on a phone the article covers the list"
        assert tab.eval("document.getElementById('list').inert"), "and keys do not reach what lies below"
    click(tab, "#reader .close")
    assert not tab.eval(
        "document.body.classList.contains('reading') || document.getElementById('list').inert"
    )
    assert tab.eval(f"{SEEN}(document.getElementById('e-event-290-2'))"), "the list stands where it was left"
    drawn = tab.eval(f"{CARDS}.length")
    assert drawn < 400, "of 1,200 events, those around it"
    click(tab, "#list .above")
    assert tab.eval(f"{CARDS}.length") > drawn
    assert tab.eval(f"{SEEN}(document.getElementById('e-event-290-2'))"), (
        "what comes above pushes nothing away"
    )
    tab.eval("history.back()")
    tab.wait("document.querySelector('.m.on')")
    click(tab, "#reader .permalink")
    assert tab.eval("location.hash") == "#event=event-290-2"
    tab.eval("location.hash = 'article=article-7'")
    tab.wait("document.querySelector('.headline').textContent.includes('(7)')")
    assert_quiet(tab)


def test_a_text_that_is_searched_shows_where(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, records(2), at="#view=articles&q=wind+drops")
    assert len(texts(tab, "#list .page")) == 2 and texts(tab, "#list mark") == ["wind", "wind"]


def test_the_csv_holds_the_filter_and_runs_nothing(tab: Tab, tmp_path: Path) -> None:
    formula = event(9, actor=Actor(name='=HYPERLINK("x")'), reported=TOLD)
    show(tab, tmp_path, ArticleRecords([record(1, events=(*EVENTS, formula))]), at="#kind=said")
    tab.eval("URL.createObjectURL = (blob) => { window.blob = blob; return '#'; }")
    click(tab, "#csv")
    lines = list(csv.DictReader(io.StringIO(tab.eval("window.blob.text()").removeprefix("\ufeff"))))
    assert len(lines) == 5
    radio = next(line for line in lines if line["actor"] == "Radio Sable")
    assert (radio["when_start"], radio["reported"], radio["lemma"]) == ("2025-11-03", "2025-11-06", "report")
    assert next(x for x in lines if x["event_id"] == "event-9")["actor"] == '\'=HYPERLINK("x")'
    assert not {line["when_start"] for line in lines if line["actor"] == "Ines Rourke"} - {""}


def test_the_remedy_for_a_cut_page_helps(tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show(tab, tmp_path, many(2), limit=1)
    assert texts(tab, "#notice code") == ["dateline report OUT --limit 2"]
    monkeypatch.setattr(page, "MAX_BYTES_ASKED", 10)
    show(tab, tmp_path, many(2), limit=2)
    assert texts(tab, "#notice code") == ["dateline export OUT --to FOLDER"], "nobody is sent in a circle"


def test_hostile_text_does_nothing(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, hostile(), at="#article=article-1")
    assert tab.eval("document.title") == "Dateline report"
    assert tab.eval("typeof owned") == "undefined"
    assert tab.eval("document.querySelectorAll('script:not([type])').length") == 1
    assert "<script>document.title" in tab.eval("document.querySelector('.article .text').textContent")
    assert tab.eval("document.querySelectorAll('a[href^=javascript]').length") == 0
    assert_quiet(tab)


def test_the_policy_holds_even_if_markup_came_in(tab: Tab, tmp_path: Path) -> None:
    """Were escaping ever to fail, the browser would still run and fetch nothing."""
    file = tmp_path / "broken.html"
    broken = "<script>document.title='owned'</script><img src='https://evil.example/x.png'>"
    file.write_text(render(records()).replace("<footer>", f"{broken}<footer>"), encoding="utf-8")
    tab.complaints.clear()
    tab.open(file.as_uri())
    assert tab.eval("document.title") == "Dateline report"
    tab.wait("document.images[0].complete")
    assert tab.eval("document.images[0].naturalWidth") == 0

    def refused(what: str) -> bool:
        tab.eval("0")  # brings what was logged meanwhile
        return any("Content Security Policy" in line and what in line for line in tab.complaints)

    until(lambda: refused("script") and refused("image"))


def test_a_click_on_an_event_opens_it_where_it_stands(tab: Tab, tmp_path: Path) -> None:
    """Only the title at its foot was a link; readers click on the name or the words."""
    show(tab, tmp_path, records())
    for card in (".group:not(.faint) .event .who", ".group.faint .row p"):
        click(tab, f"#list {card}")
        assert tab.eval(f"document.querySelector('#list {card}').closest('li').classList.contains('chosen')")
        assert "event=" in tab.eval("location.hash")
    assert_quiet(tab)


def test_the_counts_of_the_views_are_those_of_the_filter(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, records())
    assert texts(tab, ".tabs a") == ["Chronology 4", "Spoken of 2", "Articles 1", "Not read 2"]
    choose(tab, "actor", "Radio Sable")
    assert texts(tab, ".tabs a") == ["Chronology 1", "Spoken of 1", "Articles 1", "Not read 2"]
    put(tab, "f-q", "rutabaga", "input")
    assert texts(tab, ".tabs a") == ["Chronology 0", "Spoken of 0", "Articles ", "Not read 2"]
    click(tab, ".tabs a[href*=articles]")
    assert texts(tab, ".tabs a")[2] == "Articles 0"
    assert_quiet(tab)
