"""The dashboard and the rules read the numbers that the code exports, and leave none out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.pipeline.runs.metrics import Sample, WatchState
from dateline.pipeline.runs.stream import Meter

FOLDER = Path(__file__).parents[2] / "deploy" / "prometheus"
BOARD: dict[str, Any] = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yaml").read_text("utf-8"))["groups"][0][
    "rules"
]
_NAME = re.compile(r"\bdateline_\w+")
_LABELS = re.compile(r"by \(([^)]*)\)|\{(\w+)=")
_COUNTED = re.compile(r"\b(?:rate|increase)\((\w+)")
SAMPLES: list[Sample] = [
    *Meter().reading(0).samples(),
    *WatchState(counts={}, pause=0.0, since=0.0, every=1.0).samples(),
]


def expressions() -> list[str]:
    found = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
    return found + [rule["expr"] for rule in RULES]


def test_every_name_is_exported_and_every_number_is_shown() -> None:
    names = {sample.name for sample in SAMPLES}
    queries = [v["query"]["query"] for v in BOARD["templating"]["list"] if v["type"] == "query"]
    read = {name for text in (*expressions(), *queries) for name in _NAME.findall(text)}
    assert read == names


def test_rates_are_taken_of_counters_alone_and_gauges_are_read_as_they_are() -> None:
    kinds = {sample.name: sample.kind for sample in SAMPLES}
    assert len(kinds) == len({(s.name, s.kind) for s in SAMPLES})
    for text in expressions():
        of_counters = set(_COUNTED.findall(text))
        assert {kinds[name] for name in of_counters} <= {"counter"}, text
        assert {kinds[name] for name in set(_NAME.findall(text)) - of_counters} <= {"gauge"}, text


def test_labels_are_those_of_the_samples() -> None:
    given = {name for sample in SAMPLES for name, _ in sample.labels} | {"job", "instance"}
    for text in expressions():
        for names in _LABELS.findall(text):
            assert {n.strip() for n in (names[0] or names[1]).split(",")} <= given, text


def test_every_rule_says_what_to_do() -> None:
    for rule in RULES:
        assert rule["alert"].startswith("Dateline") and rule["for"]
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert len(rule["annotations"]["action"]) > 30 and rule["annotations"]["summary"]


def test_the_dashboard_asks_for_its_data_source_and_its_panels_do_not_overlap() -> None:
    places = [tuple(panel["gridPos"][k] for k in "xywh") for panel in BOARD["panels"]]
    cells = [(x + i, y + j) for x, y, w, h in places for i in range(w) for j in range(h)]
    assert len(cells) == len(set(cells)) and max(x for x, _ in cells) < 24
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    for panel in BOARD["panels"]:
        assert {t["datasource"]["uid"] for t in panel["targets"]} == {"${datasource}"}


def test_promtool_finds_nothing() -> None:
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not installed")
    done = subprocess.run(
        [program, "check", "rules", str(FOLDER / "alerts.yaml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
