"""The base record and the span."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """A frozen, strict record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A piece of a text, in code points, half open."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    exact: str


_validated = Span.__pydantic_validator__.validate_python


def span_of(text: str, start: int, end: int) -> Span:
    """The span ``text[start:end]``."""
    # A page makes some two hundred spans: asking the validator takes .6 of the time of calling the class, which asks it too.
    span: Span = _validated({"start": start, "end": end, "exact": text[start:end]})
    return span
