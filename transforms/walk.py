"""The steps from a raw article to its events, as data. The Beam graph, the library and the evaluation harness
all run them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from dateline.transforms import (
    claims,
    clean,
    corrections,
    dateline,
    decode,
    deeds,
    events,
    language,
    stories,
    timex,
)
from dateline.transforms.model import Envelope, RawArticle


class Step(NamedTuple):
    """A named pure function from envelope to envelope; the name is stable (Dataflow updates by it)."""

    name: str
    apply: Callable[[Envelope], Envelope]


def _step(name: str, apply: Callable[[Envelope], Envelope]) -> Step:
    return Step(name, partial(_unswept, apply))


def _unswept(apply: Callable[[Envelope], Envelope], e: Envelope) -> Envelope:
    """``apply(e)``, with cyclic garbage collected behind it and not while it runs.

    A room makes thousands of small records, nearly all of which live as long as it does: looking through them every
    700 records is a fifteenth of the time of a page.
    """
    if not gc.isenabled():
        return apply(e)
    gc.disable()
    try:
        return apply(e)
    finally:
        gc.enable()


def _set(envelope: Envelope, **fields: object) -> Envelope:
    return envelope.model_copy(update=fields)


def decode_step(options: decode.Options = decode.DEFAULTS) -> Step:
    """The first step and the only one with settings: the limits, and the mapping of JSON fields."""
    return _step("Decode", partial(_decode, options))


def _decode(options: decode.Options, e: Envelope) -> Envelope:
    return _set(e, page=decode.decode(e.raw, options))


def _clean(e: Envelope, mode: clean.Mode) -> Envelope:
    assert e.page
    return _set(e, article=clean.clean(e.page, mode))


def _anchor(e: Envelope, mode: clean.Mode) -> Envelope:
    assert e.page and e.article
    return _set(e, anchors=dateline.anchors(e.page, e.article, rules=mode == "rules"))


def _parse(e: Envelope) -> Envelope:
    assert e.article
    opening = e.anchors.dateline if e.anchors else None
    return _set(e, parse=language.parse(e.article, [opening.span] if opening else []))


def _times(e: Envelope) -> Envelope:
    assert e.article and e.anchors and e.parse
    times = timex.annotate(e.article, e.anchors, e.parse)
    anchors, times = timex.bounded(e.article, e.anchors, e.parse, times, e.page.text if e.page else "")
    return _set(e, anchors=anchors, times=times)


def _claims(e: Envelope, mode: clean.Mode) -> Envelope:
    assert e.article and e.parse
    context = claims.Context(e.article, e.parse)
    said = claims.extract(e.article, e.parse, mode, context)
    return _set(e, claims=deeds.extract(e.article, e.parse, said, context, e.times or ()))


def _events(e: Envelope) -> Envelope:
    assert e.article and e.anchors
    assert e.times is not None
    assert e.claims is not None
    return _set(e, events=events.normalize(e.article, e.anchors, e.times, e.claims, e.parse))


def _profile(e: Envelope) -> Envelope:
    assert e.article and e.anchors and e.parse
    made = stories.columns_of(e.article, e.anchors, e.parse, e.times or (), e.events or ())
    return _set(e, profile=made.line())


def read_steps(
    told: corrections.Corrections = corrections.NONE, mode: clean.Mode = "model"
) -> tuple[Step, ...]:
    """The steps after decoding, with corrections made by hand.

    ``mode="rules"`` reads articles, anchors and claims without their trained models (the tagger of parts of
    speech keeps its own).
    """
    return (
        _step("Clean", partial(_clean, mode=mode)),
        _step("Anchor", partial(_anchor, mode=mode)),
        _step("Correct", partial(corrections.correct, corrections=told)),
        _step("Parse", _parse),
        _step("Dates", _times),
        _step("Claims", partial(_claims, mode=mode)),
        _step("Normalize", _events),
        _step("Profile", _profile),
    )


def walk(
    raw: RawArticle,
    options: decode.Options = decode.DEFAULTS,
    told: corrections.Corrections = corrections.NONE,
    mode: clean.Mode = "model",
) -> Envelope:
    """Run one article through every step. Raises what the steps raise."""
    envelope = Envelope(raw=raw)
    for step in (decode_step(options), *read_steps(told, mode)):
        envelope = step.apply(envelope)
    return envelope
