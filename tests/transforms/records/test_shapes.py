"""Where records lie in other people's answers."""

from typing import Any

import pytest

from dateline.transforms import records

A = {"title": "First", "text": "The bridge is shut.", "url": "https://h.example/1"}
B = {"title": "Second", "text": "The bridge is open.", "url": "https://h.example/2"}


@pytest.mark.parametrize(
    "answer",
    [
        [A, B],
        {"data": [A, B]},
        {"status": "ok", "articles": [A, B]},
        {"articles": {"results": [A, B], "totalResults": 2}},
        {"response": {"meta": {"hits": 2}, "docs": [A, B]}},
        {"hits": {"total": {"value": 2}, "hits": [{"_source": A}, {"_source": B}]}},
        {"rows": [{"row_idx": 0, "row": A}, {"row_idx": 1, "row": B}]},
        {"@graph": [A, B]},
        {"1": A, "2": B},
        {"title": {"0": "First", "1": "Second"}, "text": {"0": A["text"], "1": B["text"]}},
        {"title": ["First", "Second"], "text": [A["text"], B["text"]]},
        [{"data": [A]}, {"data": [B]}],
    ],
)
def test_records_are_found(answer: Any) -> None:
    found = records.found_in(answer, {})
    assert found is not None
    assert [(r["title"], r["text"]) for r in found] == [("First", A["text"]), ("Second", B["text"])]


@pytest.mark.parametrize(
    "value", [A, {"a": 1}, {"error": {"code": 401, "message": "no key"}}, [], {}, "x", 5, None, [1, A]]
)
def test_one_record_or_none_is_left_alone(value: Any) -> None:
    assert not records.found_in(value, {})


def test_title_of_a_feed_is_the_publisher_of_its_entries() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harrow Ledger", "language": "de",
            "items": [{"id": "1", "content_text": "Text.", "date_published": "2024-05-14"}]}  # fmt: skip
    [entry] = records.found_in(feed, {}) or []
    values = records.read(entry, {}).values
    assert (values["source"], values["language"]) == ("Harrow Ledger", "de")


def test_map_tells_which_list_holds_records() -> None:
    assert records.found_in({"x": [{"blob": "a"}, {"blob": "b"}]}, {"content": "blob"}) == [
        {"blob": "a"},
        {"blob": "b"},
    ]


def test_deep_and_wide_values_are_looked_at_within_bounds() -> None:
    deep: Any = A
    for _ in range(50):
        deep = {"x": deep}
    assert records.found_in(deep, {}) is None
    assert records.found_in({str(n): {"x": {"y": n}} for n in range(10_000)}, {}) is None


def test_answer_without_a_record_names_the_list_that_is_empty() -> None:
    assert records.empty_list({"status": "ok", "articles": []}) == "articles"
    assert records.empty_list({"response": {"docs": []}}) == "docs"
    assert records.empty_list({"articles": [A], "tags": []}) is None
