"""Reads and writes raw articles as messages of a broker: data and attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dateline.pipeline.sources.carrier import FIELDS
from dateline.transforms.model import DECLARED, Fault, RawArticle

FAULT = "dateline_fault"
_MEDIA_NAMES = ("media_type", "content-type", "content_type")
_FAULT_CHARS = 200


def raw_of(data: bytes, attributes: Mapping[str, str], origin: str) -> RawArticle:
    """A message as a raw article.

    The data is the page, or a raw article as JSON (``media_type`` application/json, or data that begins with
    ``{`` and has no type). Attributes with the name of one of our fields fill that field; others are kept as
    carrier data.
    """
    known: dict[str, Any] = {k: v for k in FIELDS if (v := attributes.get(k))}
    media = next((attributes[k] for k in _MEDIA_NAMES if attributes.get(k)), None)
    if media is None and data[:64].lstrip().startswith(b"{"):
        media = "application/json"
    rest = {k: v for k, v in attributes.items() if k not in known and k not in _MEDIA_NAMES}
    fetched = rest.pop("fetched_at", None)
    declared = rest.pop(DECLARED, "") == "true"
    fault = _fault(rest.pop(FAULT, None), rest.pop(f"{FAULT}_message", ""))
    return RawArticle(
        content=data,
        origin=origin,
        media_type=media,
        fetched_at=fetched,
        carrier=rest,
        declared=declared,
        fault=fault,
        **known,
    )


def _fault(kind: str | None, message: str) -> Fault | None:
    """A fault that the publisher reported, such as a page that was too large to fetch."""
    if kind is None:
        return None
    try:
        return Fault.model_validate({"type": kind, "message": message})
    except ValueError:
        return Fault(type="schema_violation", message=f"an attribute names the fault {kind[:40]!r}")


def content_of(raw: RawArticle) -> bytes:
    """The data of the message."""
    return raw.content if isinstance(raw.content, bytes) else raw.content.encode("utf-8", "surrogatepass")


def attributes_of(raw: RawArticle, most: int) -> dict[str, str]:
    """The metadata of an article as attributes; a value of more than ``most`` bytes is left out."""
    fields = {name: getattr(raw, name) for name in (*FIELDS, "media_type", "fetched_at")}
    fields |= {str(k): v for k, v in raw.carrier.items()}
    if raw.declared:
        fields[DECLARED] = "true"
    if raw.fault is not None:
        fields |= {FAULT: raw.fault.type, f"{FAULT}_message": raw.fault.message[:_FAULT_CHARS]}
    return {
        name: str(value)
        for name, value in fields.items()
        if value is not None and len(str(value).encode()) <= most
    }


def cut(raw: RawArticle, most: int) -> RawArticle:
    """An article whose content fits into ``most`` bytes. An article that is cut has a fault, so that it becomes a dead letter."""
    content = content_of(raw)
    if len(content) <= most:
        return raw
    fault = Fault(type="too_large", message=f"{len(content)} bytes, over the {most} that a message holds")
    return raw.model_copy(update={"content": content[:most], "fault": raw.fault or fault})
