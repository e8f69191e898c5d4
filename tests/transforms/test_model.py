"""The records: spans that hold, fields that are named, values that cannot change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dateline.transforms.model import (
    EVENT_SCHEMA,
    Anchor,
    Anchors,
    Envelope,
    Event,
    RawArticle,
    Span,
    span_of,
)
from dateline.transforms.walk import walk
from tests.pages import page


@given(st.text(max_size=40), st.data())
def test_a_span_holds_its_words_in_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = span_of(text, start, end)
    assert text[span.start : span.end] == span.exact
    assert len(span.exact) == end - start


@pytest.mark.parametrize(
    "bad", [{"start": -1, "end": 2}, {"start": 0, "end": -1}, {"start": 0}, {"start": 0, "end": 1, "x": 1}]
)
def test_spans_of_another_shape_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Span.model_validate({"exact": "ab"} | bad)


def test_records_are_frozen_and_refuse_unknown_fields() -> None:
    raw = RawArticle(content="x", origin="a")
    with pytest.raises(ValidationError):
        raw.origin = "b"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        RawArticle.model_validate({"content": "x", "origin": "a", "colour": "red"})
    with pytest.raises(ValidationError):
        Envelope.model_validate({"raw": raw, "pages": None})


def test_bytes_and_text_stay_what_they_are() -> None:
    assert RawArticle(content=b"x", origin="a").content == b"x"
    assert RawArticle(content="x", origin="a").content == "x"


def test_anchor_of_a_section_falls_back_to_the_page() -> None:
    day, none = Anchor(kind="published", value="2024-05-01T10:00+02:00"), Anchor(kind="none")
    anchors = Anchors(page=day, sections=(none, Anchor(kind="section", value="2024-05-02")))
    assert [anchors.of(n).day for n in (0, 1, 2, 99)] == [
        "2024-05-01",
        "2024-05-02",
        "2024-05-01",
        "2024-05-01",
    ]
    assert none.day is None


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("form", ["html", "text"])
def test_every_span_of_a_finished_article_holds(number: int, form: str) -> None:
    one = page(number)
    done = walk(RawArticle(content=one.html() if form == "html" else one.text(), origin="a"))
    assert done.page and done.article and done.anchors and done.events and done.times and done.claims
    text, whole = done.article.text, done.page.text

    def holds(span: Span | None, where: str) -> None:
        if span is not None:
            assert where[span.start : span.end] == span.exact

    for block in done.article.blocks:
        length = block.end - block.start
        assert text[block.start : block.end] == whole[block.page_start : block.page_start + length]
    for line in done.page.lines:
        assert whole[line.start : line.end].strip()
    holds(done.article.title_span, whole)
    holds(done.article.byline_span, whole)
    for evidence in done.page.evidence:
        holds(evidence.span, whole)
    for anchor in (done.anchors.page, *done.anchors.sections):
        holds(anchor.span, whole)
    if done.anchors.dateline:
        holds(done.anchors.dateline.span, text)
    for time in done.times:
        holds(time.span, text)
    for claim in done.claims:
        for span in (*claim.source, *claim.cue, *claim.content, claim.recipient):
            holds(span, text)
    for event in done.events:
        for span in (*event.content, event.action.span, event.actor and event.actor.span):
            holds(span, text)
        for when in (event.when, *event.about):
            holds(when and when.span, text)


def test_events_carry_their_schema_by_name() -> None:
    done = walk(RawArticle(content=page(1).text(), origin="a"))
    assert done.events
    written = done.events[0].model_dump(by_alias=True)
    assert written["schema"] == EVENT_SCHEMA
    assert Event.model_validate(written) == done.events[0]
