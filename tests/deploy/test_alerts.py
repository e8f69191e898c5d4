"""The alert policies watch what the guide sets up and what the code counts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args
from unittest.mock import patch

import pytest

from dateline.pipeline.sinks import counters
from dateline.pipeline.store.rows import ArticleRows
from dateline.transforms.model import DeadLetterType

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "deploy" / "alerts").glob("*.json"))


def query_of(path: Path) -> str:
    (condition,) = json.loads(path.read_text("utf-8"))["conditions"]
    return str(condition["conditionPrometheusQueryLanguage"]["query"])


def counted() -> set[str]:
    """The names of counters that the code names, and those of an article with a date that is resolved and one that is not."""
    sources = [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "transforms").glob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    dates = [{"edtf": None, "anchor_kind": None}, {"edtf": "2025-05-14", "anchor_kind": None}]
    with patch.object(counters.Metrics, "counter") as counter:
        counters.count(cast("ArticleRows", SimpleNamespace(dates=dates, events=[])))
    return {call.args[1] for call in counter.call_args_list} | set(
        re.findall(r'Metrics\.counter\("dateline", "([\w.]+)"\)', text)
    )


def test_there_are_the_four_that_the_guide_names() -> None:
    assert [p.stem for p in FILES] == ["dead-letter-rate", "dead-topic", "oldest-unacked", "undated-share"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_policy_says_what_to_do(path: Path) -> None:
    policy: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert policy["displayName"].startswith("dateline: ")
    assert len(policy["documentation"]["content"]) > 60
    assert policy["combiner"] == "OR"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_policy_watches_what_exists(path: Path) -> None:
    query, guide = query_of(path), (ROOT / "deploy" / "README.md").read_text("utf-8")
    for subscription in re.findall(r'subscription_id="([\w-]+)"', query):
        assert f"gcloud pubsub subscriptions create {subscription} " in guide
    names = counted() | {f"rejected.{kind}" for kind in get_args(DeadLetterType)}
    for sign, pattern in re.findall(r'metric_name(=~?)"([^"]+)"', query):
        plain = pattern.replace("\\\\", "\\")
        found = {n for n in names if (re.fullmatch(plain, n) if sign == "=~" else n == plain)}
        assert found, pattern
