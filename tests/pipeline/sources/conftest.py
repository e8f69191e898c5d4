"""Files of our own, and what is read from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import inputs
from dateline.pipeline.sources.files import read
from dateline.transforms.decode import DEFAULTS, Options, decode
from dateline.transforms.model import RawArticle


def raws(*patterns: object, options: Options = DEFAULTS, **fields: Any) -> list[RawArticle]:
    shards = inputs.match([str(p) for p in patterns], Settings(**fields))
    return [raw for shard in shards for raw in read(shard, options)]


def texts(some: list[RawArticle]) -> list[str]:
    return [decode(raw).text for raw in some]


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
