"""The alert policies watch what the guide sets up and what the code counts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from dateline.transforms.model import DeadLetterType

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "deploy" / "alerts").glob("*.json"))


def query_of(path: Path) -> str:
    (condition,) = json.loads(path.read_text("utf-8"))["conditions"]
    return str(condition["conditionPrometheusQueryLanguage"]["query"])


def counted() -> set[str]:
    """The names of counters in the code, what is filled in left open."""
    sources = [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "transforms").glob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    plain = set(re.findall(r'Metrics\.counter\("dateline", "([\w.]+)"\)', text))
    return plain | (
        {"undated", "dated.stated"} if 'f"dated.{' in text and 'else "undated"' in text else set()
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
