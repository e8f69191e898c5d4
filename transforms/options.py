"""The limits of decoding, and the user's mapping of JSON fields."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """The limits of a page; a page that exceeds one becomes a dead letter.

    This is the only list of limits: settings, environment variables and the parameters of a Dataflow job are
    made from it. Titles and descriptions are shown to operators.
    """

    model_config = ConfigDict(frozen=True)

    raw_bytes: int = Field(
        default=8_000_000,
        gt=0,
        title="Bytes of a page",
        description="Pages over so many bytes become dead letters.",
    )
    decompressed_bytes: int = Field(
        default=8_000_000,
        gt=0,
        title="Bytes of a page, unpacked",
        description="Pages that unpack to more become dead letters.",
    )
    ratio: int = Field(
        default=200,
        gt=1,
        title="Ratio of packing",
        description="Pages that unpack to over so many times their size become dead letters.",
    )
    json_depth: int = Field(
        default=100, gt=0, title="Depth of JSON", description="Records nested deeper become dead letters."
    )
    json_nodes: int = Field(
        default=500_000,
        gt=0,
        title="Values in JSON",
        description="Records that hold more values become dead letters.",
    )
    markup_tags: int = Field(
        default=200_000, gt=0, title="Tags of a page", description="Pages of more tags become dead letters."
    )
    text_chars: int = Field(
        default=2_000_000, gt=0, title="Characters of a page", description="Pages of more text become dead letters."
    )  # fmt: skip


class Options(Limits):
    """Limits, and the mapping of our fields to theirs (``{"url": "link", "content": "fields.bodyText"}``)."""

    fields: Mapping[str, str] = Field(default_factory=dict)


DEFAULTS = Options()
