"""Texts saved from news databases (Nexis, Factiva) → raw articles: many documents in one file of text, with their fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dateline.transforms.charset import to_text
from dateline.transforms.errors import Rejection

_HEAD = 4_000
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(rf"^\s*({_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[ \t]{0,60}\d{1,5} of \d{1,5} DOCUMENTS[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_LABEL = re.compile(
    r"^(BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|URL|GRAPHIC|CORRECTION-DATE)\s?: ?(.*)",
    re.IGNORECASE,
)
_ABOVE = frozenset(["BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT"])
"""Fields above the text; the others stand below it."""
_LENGTH = re.compile(r"^Length: {1,3}[\d,]{1,9} words", re.MULTILINE)
_RIGHTS = re.compile(r"^(?:Copyright|All Rights Reserved)\b", re.IGNORECASE)
_FIELD = re.compile(r"^([A-Z][A-Z0-9])(?: {1,4}(\S.*))?$")
_FACTIVA = re.compile(r"^HD(?: .*)?$(?:.*\n){1,60}?^PD(?: .*)?$", re.MULTILINE)
_DOCUMENT = re.compile(r"^AN(?: .*)?$", re.MULTILINE)


def records(content: bytes) -> Iterator[str] | None:
    """The documents of a saved list as records in JSON; ``None`` for every other text."""
    start = content[:_HEAD]
    if not (b" DOCUMENTS" in start or b"Length:" in start or (b"HD" in start and b"PD" in start)):
        return None
    try:
        text = to_text(content, "text/plain").replace("\r\n", "\n")
    except Rejection:
        return None
    head = text[:_HEAD]
    if _NUMBER.search(head) is not None:
        return map(_nexis, _NUMBER.split(text)[1:])
    if _LENGTH.search(head) is not None and _END.search(text) is not None:
        return map(_nexis, filter(str.strip, _END.split(text)))
    if _FACTIVA.search(head) is not None and _DOCUMENT.search(text) is not None:
        return map(json.dumps, _factiva(text))
    return None


def _nexis(document: str) -> str:
    """A document of Nexis: paper, day and headline, labelled fields, the text, labelled fields."""
    told: dict[str, str] = {}
    lines = [line.strip() for line in document.splitlines()]
    dated = next((n for n, line in enumerate(lines) if _DAY.match(line)), -1)
    first, label = dated + 1, ""
    for n in range(max(0, dated), len(lines)):
        found = _LABEL.match(lines[n])
        if found is not None:
            label = found[1].upper()
            told.setdefault(label, found[2].strip())
            if label not in _ABOVE:
                break
            first = n + 1
        elif label and lines[n].lower() == "body":
            first = n + 1
    last = next(
        (
            n
            for n in range(first, len(lines))
            if _RIGHTS.match(lines[n]) or ((m := _LABEL.match(lines[n])) and m[1].upper() not in _ABOVE)
        ),
        len(lines),
    )
    above = [line for line in lines[: max(dated, 0)] if line and not _RIGHTS.match(line)]
    between = [
        line
        for line in lines[dated + 1 : first]
        if line and not _LABEL.match(line) and line.lower() != "body" and not _RIGHTS.match(line)
    ]
    heads = [line for line in between if not line.lower().endswith("edition")]
    # Nexis Uni has the headline above the paper, Nexis before it below the day.
    source, title = (
        (above[-1] if above else None),
        (heads[0] if heads else above[0] if len(above) > 1 else None),
    )
    day = _DAY.match(lines[dated]) if dated >= 0 else None
    text = "\n".join(lines[first:last]).strip()
    if (place := told.get("DATELINE")) and not text.casefold().startswith(place[:12].casefold()):
        text = f"{place.rstrip(' -–—')} — {text}"
    record = {
        "content": text, "title": title, "source": source, "published": day[1] if day else None, "byline": told.get("BYLINE"),
        "language": told.get("LANGUAGE", "").partition(";")[0].strip().lower() or None,
    }  # fmt: skip
    return json.dumps({name: value for name, value in record.items() if value})


_OF_FACTIVA = {"HD": "title", "BY": "byline", "PD": "published", "SN": "source", "LA": "language"}


def _factiva(text: str) -> Iterator[dict[str, str]]:
    """Documents of Factiva: fields of two letters, each with the lines below it; ``AN`` is the last."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in (*text.splitlines(), "HD"):
        found = _FIELD.match(line.strip())
        if found is None:
            if name:
                fields[name].append(line.rstrip())
            continue
        if found[1] == "HD" and fields.get("HD"):
            yield _of_factiva(fields)
            fields = {}
        name = found[1]
        fields.setdefault(name, []).extend([found[2]] if found[2] else [])


def _of_factiva(fields: dict[str, list[str]]) -> dict[str, str]:
    body = "\n".join((*fields.get("LP", ()), "", *fields.get("TD", ()))).strip()
    told = {ours: " ".join(" ".join(fields.get(theirs, ())).split()) for theirs, ours in _OF_FACTIVA.items()}
    told["language"] = told["language"].lower()
    return {"content": body, **{name: value for name, value in told.items() if value}}
