"""Pages of a sentence, decoded."""

from __future__ import annotations

from typing import Any

from dateline.transforms import decode
from dateline.transforms.model import RawArticle

WORDS = "Der Bürgermeister sagte am Mittwoch, die Brücke müsse früher schließen – “sofort”."


def decoded(content: bytes | str, options: decode.Options = decode.DEFAULTS, **fields: Any) -> Any:
    return decode.decode(RawArticle(content=content, origin="a.txt", **fields), options)
