"""Readings as records: TIMEX3 value, EDTF, half-open interval, precision; and the TimeML dialect."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms.model import Anchor, Bounds, Endpoint, TimeExpression, span_of
from dateline.transforms.timex.calendar import days_between, edtf, timex
from dateline.transforms.timex.reading import Reading, days_of
from dateline.transforms.timex.rules import unmarked


def value_of(r: Reading) -> str | None:
    """The TIMEX3 value of a reading."""
    if r.value is not None:
        return r.value
    if r.parts:
        first, last = value_of(r.parts[0]), value_of(r.parts[-1])
        return f"{first}/{last}" if first and last else None
    if r.unit is None:
        return None
    if r.time is not None:
        return f"{r.unit.start.isoformat()}T{r.time}"
    if r.part is not None:
        return f"{r.unit.start.isoformat()}T{r.part}"
    return timex(r.unit)


def edtf_of(r: Reading) -> str | None:
    """The EDTF value: the day of a time of day, the days of a week, first and last of a range."""
    if r.edtf is not None:
        return r.edtf
    if r.unit is not None:
        return edtf(r.unit)
    if len(r.parts) == 2:
        first, last = edtf_of(r.parts[0]), edtf_of(r.parts[1])
        if first is None or last is None:
            return None
        return first.split("/")[0] + "/" + last.split("/")[-1]
    if r.first is not None and r.end is not None:
        return days_between(r.first, r.end)
    return None


def record(
    r: Reading, text: str, anchor: Anchor, section: int, bounds: Bounds | None, opening: Sequence[str]
) -> TimeExpression:
    """A reading as the record that leaves the room."""
    first, end = days_of(r)
    precision = r.precision
    if precision is None:
        precision = r.unit.grain if r.unit is not None else "interval" if first is not None else "none"
    answer = edtf_of(r)
    certainty = r.certainty
    if r.anchored and certainty == "implied" and anchor.certainty == "assumed":
        certainty = "assumed"
    value = value_of(r)
    last = f"rule {r.rule}: {answer or value or 'no calendar time'}"
    written: TimeExpression = _validated(
        {
            "span": span_of(text, r.start, r.stop),
            "type": r.type,
            "value": value,
            "mod": r.mod,
            "edtf": answer,
            "start": first.isoformat() if first else None,
            "end": end.isoformat() if end else None,
            "time": r.time[:5] if r.time else None,
            "zone": r.zone,
            "precision": precision,
            "partial": r.partial,
            "bounds": bounds if answer is None and r.anchored and anchor.kind == "none" else None,
            "certainty": certainty,
            "rule": r.rule,
            "anchor": anchor if r.anchored else None,
            "section": section,
            "endpoints": tuple([_endpoint(p, text) for p in r.parts]),
            "trace": (*opening, *r.notes, last) if r.anchored else (*r.notes, last),
        }
    )
    return written


_validated = TimeExpression.__pydantic_validator__.validate_python


def _endpoint(part: Reading, text: str) -> Endpoint:
    return Endpoint(span=span_of(text, part.start, part.stop), type=part.type, value=value_of(part))


def timeml(times: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """The same expressions with the spans and values that TimeML corpora write.

    A range is two expressions there; a decade and a century are the digits they share.
    """
    written: list[TimeExpression] = []
    left_out = unmarked()
    for t in times:
        if t.rule in left_out:
            continue
        if t.endpoints:
            written.extend(
                t.model_copy(update={"span": e.span, "type": e.type, "value": e.value, "endpoints": ()})
                for e in t.endpoints
            )
        else:
            written.append(t)
    return tuple(written)
