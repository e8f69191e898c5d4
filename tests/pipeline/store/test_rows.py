"""An article as rows: what sorts, what tells two readings apart, what a column holds."""

from __future__ import annotations

import json

import pytest

from dateline.pipeline.store import rows as r
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Anchor, Anchors, Candidate
from tests.pipeline.store.conftest import RUN, rows, whole


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.4.0", 1_004_000), ("0.1.0", 1_000), ("2.0.0rc1", 2_000_001), ("1.10", 1_010_000)],
)
def test_versions_sort(number: str, shown: int) -> None:
    assert r.version_order(number) == shown


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        (("2024-05-01T10:00:00+02:00",), "2024-05-01T08:00:00"),
        ((None, "2024-05-01"), "2024-05-01T00:00:00"),
        (("May 1", "2024-05-01T10:00Z"), "2024-05-01T10:00:00"),
        (("0001-01-01T00:00:00+10:00",), ""),
        (("9999-12-31T23:59:59-10:00", "2024-01-01"), "2024-01-01T00:00:00"),
        ((), ""),
    ],
)
def test_order_of_revisions_is_by_utc(candidates: tuple[str | None, ...], order: str) -> None:
    assert r.order_at(*candidates) == order


def test_carrier_fields_and_settings_change_the_fingerprint() -> None:
    same = rows(1).fingerprint
    assert same == rows(1, "other origin").fingerprint
    assert same == rows(1, fetched_at="2024-01-01").fingerprint
    assert len({same, rows(1, settings="s2").fingerprint, rows(1, published="2024-01-01").fingerprint,
                rows(1, carrier={"desk": 1}).fingerprint}) == 4  # fmt: skip


def test_rows_hold_valid_json(store: Store) -> None:
    store.write_articles(RUN, [rows(1)])
    for table, column in (
        ("dates", "record"),
        ("events", "record"),
        ("articles", "anchors"),
        ("articles", "blocks"),
    ):
        for row in whole(store, table):
            json.loads(row[column])


def test_a_loser_without_a_day_is_read_again() -> None:
    """A correction of an undated page puts "no anchor" among the losers, and a store leaves out what is empty."""
    loser = Candidate(kind="none", rule="none", reason="corrected")
    anchors = Anchors(page=Anchor(kind="published", value="2025-05-06", rule="correction.x", losers=(loser,)))
    assert Anchors.model_validate_json(anchors.model_dump_json(exclude_none=True)) == anchors
