"""What one line tells by itself."""

from __future__ import annotations

import pytest

from dateline.transforms.clean.lines import AT, read
from tests.transforms.clean.pages import flat


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("The ferry sailed at noon and nobody was hurt.", 1.0),
        ("The ferry sailed at noon and nobody was hurt. (Reporting by Ana Ruiz; Editing by Bo Lind)", 1.0),
        ("The ferry sailed at noon, and nobody was hurt (the crew counted twice)", 0.0),
        ("The mayor waves from the steps of the exchange in Port Sorrel. (Kestrel)", 0.0),
        ("Ferries (12)", 0.0),
    ],
)
def test_a_credit_in_brackets_leaves_the_last_sentence_whole(line: str, end: float) -> None:
    table = read(flat(line)).table
    assert table[0, AT["end"]] == end
