"""A rename that would break ``--update`` fails here first, with the mapping to give."""

from __future__ import annotations

import pytest

from dateline.pipeline.runs import parameters
from tests.deploy import steps

ROOMS = ("Decode", "Clean", "Anchor", "Correct", "Parse", "Dates", "Claims", "Normalize")


@pytest.mark.parametrize("mode", parameters.MODES)
def test_the_steps_of_the_templates_are_those_committed(mode: str) -> None:
    committed, now = steps.read(steps.STEPS.read_text("utf-8"))[mode], steps.names(mode)
    change = steps.compare(committed, now)
    assert not change.breaks, f"a running stream refuses this: {change.advice()}"
    assert committed == now, "new steps: run python -m tests.deploy.steps, and commit deploy/steps.txt"


def test_both_templates_are_one_graph_between_source_and_sink() -> None:
    """A batch job loads files into BigQuery, a stream inserts rows: only the steps within the write differ."""
    ends = ("Read/", "Write to bigquery")
    batch, streaming = ([s for s in steps.names(mode) if not s.startswith(ends)] for mode in parameters.MODES)
    assert batch == streaming
    assert [s.partition("/")[0] for s in streaming if s.partition("/")[0] in ROOMS] == list(ROOMS)


def test_a_rename_gives_its_mapping() -> None:
    old = ["Read", "Decode/Apply", "Clean/Apply", "Write"]
    change = steps.compare(old, ["Read", "Decode/Apply", "Tidy/Apply", "Write", "Count"])
    assert change == steps.Change({"Clean/Apply": "Tidy/Apply"}, [], ["Count"])
    assert change.breaks
    assert change.advice() == "MAPPING='Clean/Apply=Tidy/Apply' deploy/template.sh update JOB"


def test_a_step_that_is_gone_needs_a_drain() -> None:
    change = steps.compare(["Read", "Decode", "Clean", "Write"], ["Read", "Clean", "Write"])
    assert change == steps.Change({}, ["Decode"], [])
    assert "drains and launches" in change.advice()


def test_a_step_that_moved_or_came_new_breaks_nothing() -> None:
    assert not steps.compare(["Read", "Decode", "Clean"], ["Read", "Clean", "Decode"]).breaks
    assert steps.compare(["Read", "Clean"], ["Read", "Decode", "Clean"]) == steps.Change({}, [], ["Decode"])
