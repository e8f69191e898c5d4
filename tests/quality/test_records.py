"""The task ``records``: spans stand in the text as it was given."""

from __future__ import annotations

import json
import unicodedata

import pytest

from tests.quality.records import alignment, records

STORY = (
    "Harbour board closes the old quay\n\nPublished: 18 November 2026\n\n"
    "PORT ALWYN - The harbour board closed the old quay on Monday after a wall gave way, and boats were moved.\n\n"
    "Chair René Abt said on Tuesday that repairs would take two years and that the ferry would not stop there.\n"
)


@pytest.mark.parametrize(
    "given",
    [
        STORY,
        STORY.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", STORY),
        "\ufeff" + STORY.replace("quay", "qu\u200bay"),
    ],
    ids=["plain", "crlf", "decomposed", "controls"],
)
def test_spans_are_those_of_the_given_text(given: str) -> None:
    answer = records({"id": "a", "text": given, "media_type": "text/plain"})
    assert answer["published"] == "2026-11-18"
    spans = [*answer["dates"], *(e["action"] for e in answer["events"])]
    assert len(spans) >= 3
    for span in spans:
        cut = unicodedata.normalize("NFC", given[span["start"] : span["end"]].replace("\u200b", ""))
        assert cut == span["exact"]


def test_a_bare_text_is_all_article_and_read_from_its_day() -> None:
    answer = records({"doc_id": "b", "text": "Ana Ruiz said on Monday.", "bare": True, "day": "2026-11-18"})
    assert answer["id"] == "b"
    assert [d["edtf"] for d in answer["dates"]] == ["2026-11-16"]
    undated = records({"id": "b", "text": "Ana Ruiz said on Monday.", "bare": True})
    assert [d["edtf"] for d in undated["dates"]] == [None]


def test_a_record_that_holds_markup_has_no_places() -> None:
    page = (
        "<html><body><article>"
        + "".join(f"<p>{p}</p>" for p in STORY.split("\n\n"))
        + "</article></body></html>"
    )
    answer = records({"id": "c", "text": json.dumps({"content": page, "published": "2026-11-18"})})
    assert answer["dates"]
    assert all(d["start"] is None for d in answer["dates"])


def test_a_dead_letter_is_told() -> None:
    assert records({"id": "d", "text": "  "}) == {
        "id": "d",
        "rejected": "empty",
        "body": None,
        "dates": [],
        "events": [],
    }


def test_spans_are_found_behind_letters_and_entities_that_were_mended() -> None:
    given = STORY.replace("René", "RenÃ©").replace("quay on", "quay &ldquo;Â£10&rdquo; &amp; on")
    answer = records({"id": "e", "text": given, "media_type": "text/plain"})
    said = next(e for e in answer["events"] if e["action"]["lemma"] == "say")
    assert given[said["action"]["start"] : said["action"]["end"]] == "said"


def test_a_line_is_aligned_letter_by_letter() -> None:
    assert alignment("a\nx &amp; y\nz", "a\nx & y\nz") == [0, 1, 2, 3, 4, 9, 10, 11, 12, 13]
    assert alignment("one", "") == [3]
    assert len(alignment("", "one")) == 4
