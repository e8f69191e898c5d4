"""The cues that may stand in a text are all that stand in a piece of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import lexicon
from dateline.transforms.dateline.cues import Beside, cues_of, fold, has

KNOWN = cues_of(lexicon.library())
EVERY = sorted({cue for name in Beside._fields for cue in getattr(KNOWN, name)})


@given(
    st.lists(
        st.one_of(st.sampled_from(EVERY), st.text(alphabet="Ab c-–.’é\n", max_size=12)),
        min_size=1,
        max_size=8,
    )
)
def test_no_cue_of_a_line_is_missed(pieces: list[str]) -> None:
    text = "-".join(pieces)
    beside = KNOWN.beside(text)
    for line in text.split("\n"):
        for name in Beside._fields:
            assert has(fold(line), getattr(beside, name)) == has(fold(line), getattr(KNOWN, name)), (
                name,
                line,
            )


def test_few_cues_stand_in_a_line() -> None:
    beside = KNOWN.beside("POSTED by Ana Ruiz, last-updated 14 May")
    assert has(fold("Posted 14 May"), beside.published)
    assert " last updat" in beside.updated or "updat" in beside.updated
    assert sum(map(len, beside)) < 20


@pytest.mark.parametrize(
    ("text", "heads"), [("Related-stories\nHarbour", True), ("The harbour froze", False)]
)
def test_headers_of_lists(text: str, heads: bool) -> None:
    assert bool(list(KNOWN.listing([text]))) == heads
