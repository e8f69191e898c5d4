"""What is kept of each sample page, and how two such records differ, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope, TimeExpression
from tests.seeds.pages import read_all

FOLDER = Path(__file__).parent
_DATE_FIELDS = (
    "type", "value", "mod", "edtf", "start", "end", "time", "zone", "precision", "partial", "bounds",
    "certainty", "rule", "section",
)  # fmt: skip


def path_of(name: str) -> Path:
    """Where the record of a page stands: ``12_three_records.jsonl#2`` → ``12_three_records.2.json``."""
    stem, _, number = name.partition("#")
    return FOLDER / f"{stem.partition('.')[0]}{'.' + number if number else ''}.json"


def records() -> dict[str, dict[str, Any]]:
    """The record of every sample page as the rooms read it now, as plain JSON."""
    made = {name: _record(found) for name, found in read_all().items()}
    return {name: json.loads(json.dumps(record)) for name, record in made.items()}


def _record(found: Envelope | Rejection) -> dict[str, Any]:
    if isinstance(found, Rejection):
        return {"rejected": found.type, "message": found.message}
    article, anchors = found.article, found.anchors
    assert article and anchors and found.times is not None and found.events is not None
    return {
        "article": article.model_dump(
            mode="json", include={"article_id", "revision", "title", "byline", "publisher", "language"}
        )
        | {"text": [[b.kind, b.section, article.text[b.start : b.end]] for b in article.blocks]},
        "anchors": anchors.model_dump(mode="json", exclude_none=True),
        "dates": [_date(time) for time in found.times],
        # The version is no part of the reading: it changes with every release.
        "events": [
            event.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"pipeline"})
            for event in found.events
        ],
    }


def _date(time: TimeExpression) -> dict[str, Any]:
    told = time.model_dump(mode="json", include=set(_DATE_FIELDS), exclude_none=True)
    anchor = time.anchor
    return {
        "at": time.span.start,
        "words": time.span.exact,
        **told,
        "anchor": [anchor.kind, anchor.value, anchor.rule] if anchor else None,
        "trace": list(time.trace),
    }


def differences(wanted: Any, found: Any, at: str = "") -> Iterator[str]:
    """``path: wanted → found`` of every field that differs; lists are compared place by place."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in sorted({*wanted, *found}):
            if key not in found or key not in wanted:
                yield f"{at}.{key}: {_short(wanted, key)} → {_short(found, key)}"
            else:
                yield from differences(wanted[key], found[key], f"{at}.{key}")
    elif isinstance(wanted, list) and isinstance(found, list):
        for n in range(max(len(wanted), len(found))):
            if n >= len(found) or n >= len(wanted):
                yield f"{at}[{n}]: {_short(wanted, n)} → {_short(found, n)}"
            else:
                yield from differences(wanted[n], found[n], f"{at}[{n}]")
    elif wanted != found:
        yield f"{at}: {wanted!r} → {found!r}"


def _short(value: Any, key: Any) -> str:
    try:
        return repr(value[key])[:120]
    except (KeyError, IndexError):
        return "nothing"
