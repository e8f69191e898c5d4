"""What decoding is told: its bounds, and how other people's JSON names our fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Options:
    """Bounds, and our field → theirs (``{"url": "link", "content": "fields.bodyText"}``)."""

    raw_bytes: int = 8_000_000
    decompressed_bytes: int = 8_000_000
    ratio: int = 200
    json_depth: int = 100
    text_chars: int = 2_000_000
    json_nodes: int = 500_000
    markup_tags: int = 200_000
    fields: Mapping[str, str] = field(default_factory=dict)


DEFAULTS = Options()
