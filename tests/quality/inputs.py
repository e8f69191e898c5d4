"""Inputs of all kinds, as people have them: the share of which ``dateline run`` makes what it should, by kind.

Each case names files, arguments of the command and what the store should hold, and is judged by the scorer of the
evaluation folder. The command runs within two processes, so that its modules are imported twice and not for each case.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from dateline.pipeline import cli
from dateline.pipeline.errors import InputError
from dateline.pipeline.settings import load, parse_fields
from dateline.pipeline.sources.files import read
from dateline.pipeline.sources.inputs import match
from dateline.transforms.errors import Rejection
from dateline.transforms.walk import walk
from tests.quality import scorers

KINDS = {
    "json": ("json", "json feed"),
    "briefs": ("short news", "rejected"),
    "formats": ("format", "warc"),
    "boilerplate": ("boilerplate",),
}
"""Figures beside that of all cases, and the kinds of cases that each counts."""


def measure(folder: Path) -> dict[str, float]:
    """The share of cases that are right, of all and by kind, each run by the command as a user runs it."""
    lines = (folder / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if not case.get("debatable")]
    with ProcessPoolExecutor(2) as workers:
        wrong = list(workers.map(partial(_wrong, folder), cases))
    total = Counter(case["kind"] for case in cases)
    right = Counter(case["kind"] for case, reasons in zip(cases, wrong, strict=True) if not reasons)
    for case, reasons in zip(cases, wrong, strict=True):
        if reasons:
            print(f"     inputs {case['id']} ({case['essence']}): {'; '.join(reasons)}")
    figures = {"all": right.total() / max(1, total.total())}
    for name, kinds in KINDS.items():
        figures[name] = sum(right[k] for k in kinds) / max(1, sum(total[k] for k in kinds))
    return figures


def _wrong(folder: Path, case: dict[str, Any]) -> list[str]:
    """What is wrong with the store of one case; nothing if it is as it should be."""
    scorer = scorers.module(folder.parent, "inputs")
    files = [str(folder / "cases" / case["id"] / name) for name in case["files"]]
    silent = io.StringIO()
    with tempfile.TemporaryDirectory() as out:
        code: Any = 0
        with contextlib.redirect_stderr(silent), contextlib.redirect_stdout(silent):
            try:
                cli.app(["run", *files, "--output", out, *case["args"]])
            except SystemExit as ended:
                code = ended.code or 0
        found: list[str] = scorer.judge(case["expected"], scorer.load(f"{out}/events.db"), code)
    return found


def outcome(files: Sequence[str], arguments: Sequence[str]) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """What a run of these files would store, as the scorer reads it, and its exit status."""
    flags: dict[str, Any] = {}
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        key = name.removeprefix("--").replace("-", "_")
        flags["fields" if key == "map" else key] = parse_fields(value) if key == "map" else value
    settings = load(flags, environment={})
    store: dict[str, list[dict[str, Any]]] = {"articles": [], "dead": [], "events": [], "dates": []}
    try:
        shards = match(files, settings)
    except InputError:
        return store, 2
    seen: set[str] = set()
    for raw in (raw for shard in shards for raw in read(shard, settings.decode)):
        try:
            done = walk(raw, settings.decode)
        except Rejection as error:
            store["dead"].append({"type": error.type, "message": error.message, "origin": raw.origin})
            continue
        article, anchors = done.article, done.anchors
        assert article and anchors and done.events is not None and done.times is not None
        if article.article_id in seen:
            continue
        seen.add(article.article_id)
        told = article.model_dump(
            include={"origin", "text", "title", "byline", "publisher", "language", "url"}
        )
        store["articles"].append(told | {"agency": anchors.agency, "published": anchors.published})
        store["events"] += [{"event_id": event.event_id} for event in done.events]
        store["dates"] += [{"text": t.span.exact, "value": t.value, "edtf": t.edtf} for t in done.times]
    store["articles"].sort(key=lambda a: str(a["origin"]))
    return store, 0
