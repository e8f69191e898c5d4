"""The task ``records``: everything that the pipeline would store of one page, spans in the given text.

Row
    ``{id | doc_id, text, media_type?, url?, published?, language?, bare?: true, day?}``: a page, or with
    ``bare`` a text that is all article and is read from ``day``. Without a media type, a JSON object
    with ``content`` is read as a record that holds a page, anything else as decode finds it.
Answer
    ``{id, title, byline, publisher, agency, published, modified, language, body, dates: [{start, end, exact,
    edtf, start_day, end_day, mod, rule, certainty}], events: [{kind, action: {start, end, exact, lemma},
    actor: {name, role, start, end, exact} | null, recipient: the same | null, place, content: [{start, end,
    exact}], quotation, modality, when: EDTF | null, within: index | null, plover, …}]}``.
    ``start`` and ``end`` are code points of the given text, null where the page was rendered from
    markup or stood in a JSON record. A page that ends as a dead letter has its type in ``rejected``, no dates and no events.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

from dateline.transforms.errors import Rejection
from dateline.transforms.model import Actor, Anchor, Anchors, Article, Envelope, Event, RawArticle, Span, When
from dateline.transforms.walk import read_steps, walk
from tests.quality.bare import bare_article

Row = dict[str, Any]
Place = Callable[[int, int], tuple[int | None, int | None]]
"""A span of the article's text → the same span of the given text."""
LONGEST_LINE = 20_000
"""Letters of a line up to which a line that differs is matched letter by letter; a longer one is stretched."""
_AFTER_ANCHORS = ("Parse", "Dates", "Claims", "Normalize")


def records(row: Row, mode: Any = "model") -> Row:
    """A page, or a bare text, → its article, dates and events."""
    name = row.get("id", row.get("doc_id"))
    try:
        e = _bare(row, mode) if row.get("bare") else walk(_raw(row, str(name)), mode=mode)
    except Rejection as rejection:
        return {"id": name, "rejected": rejection.type, "body": None, "dates": [], "events": []}
    assert e.article and e.anchors and e.times is not None and e.events is not None
    article, anchors = e.article, e.anchors
    place = _places(row["text"], e)
    index = {v.event_id: n for n, v in enumerate(e.events)}
    return {
        "id": name,
        "title": article.title,
        "byline": article.byline,
        "publisher": article.publisher,
        "agency": anchors.agency,
        "published": anchors.published,
        "modified": anchors.modified,
        "language": article.language,
        "body": body_of(article),
        "dates": [
            {
                **_span(t.span, place),
                "edtf": t.edtf,
                "start_day": t.start,
                "end_day": t.end,
                "mod": t.mod,
                "rule": t.rule,
                "certainty": t.certainty,
            }
            for t in e.times
        ],
        "events": [_event(v, place, index) for v in e.events],
    }


def body_of(article: Article) -> str:
    """The running text of an article: no captions, no headline."""
    kept = (b for b in article.blocks if b.kind not in ("caption", "headline"))
    return "\n".join(article.text[b.start : b.end] for b in kept)


def _raw(row: Row, name: str) -> RawArticle:
    text = row["text"]
    kind = row.get("media_type") or ("application/json" if _holds_page(text) else None)
    return RawArticle(
        content=text,
        origin=name,
        media_type=kind,
        url=row.get("url"),
        published=row.get("published"),
        language=row.get("language"),
    )


def _holds_page(text: str) -> bool:
    if not text.lstrip().startswith("{"):
        return False
    try:
        return "content" in json.loads(text)
    except (ValueError, RecursionError):
        return False


def _bare(row: Row, mode: Any) -> Envelope:
    day = row.get("day")
    anchor = Anchor(kind="published" if day else "none", value=day, rule="given" if day else "none")
    envelope = Envelope(
        raw=RawArticle(content=row["text"], origin="bare"),
        article=bare_article(row["text"], row.get("language") or "en"),
        anchors=Anchors(page=anchor, published=day[:10] if day else None),
    )
    for step in read_steps(mode=mode):
        if step.name in _AFTER_ANCHORS:
            envelope = step.apply(envelope)
    return envelope


def _places(given: str, e: Envelope) -> Place:
    article, page = e.article, e.page
    assert article
    if page is None:
        return lambda start, end: (start, end)
    if page.media_type == "text/html" or e.raw.media_type == "application/json":
        return lambda start, end: (None, None)
    steps = alignment(given, page.text)
    starts = [b.start for b in article.blocks]

    def place(start: int, end: int) -> tuple[int | None, int | None]:
        first = article.blocks[max(0, bisect_right(starts, start) - 1)]
        last = article.blocks[max(0, bisect_right(starts, end - 1) - 1)]
        return steps[first.page_start + start - first.start], steps[last.page_start + end - last.start]

    return place


def alignment(given: str, page: str) -> list[int]:
    """For each code point of the page's text (and its end) the one of the given text that it was made from.

    Decoding leaves out controls, joins ``CR LF``, composes accents, reads entities and mends misread
    letters. Lines are matched first, then the letters of each pair of lines that differ.
    """
    if given == page:
        return list(range(len(page) + 1))
    here, there = page.splitlines(keepends=True), given.splitlines(keepends=True)
    steps: list[int] = []
    at = 0
    for _, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if j - i == m - k:
            pairs = list(zip(here[i:j], there[k:m], strict=True))
        else:
            pairs = [("".join(here[i:j]), "".join(there[k:m]))]
        for made, source in pairs:
            steps.extend(at + n for n in _letters(made, source))
            at += len(source)
    steps.append(len(given))
    return steps


def _letters(made: str, source: str) -> list[int]:
    """For each letter of a line the place in the line that it was made from."""
    if len(made) == len(source):
        return list(range(len(made)))
    if max(len(made), len(source)) > LONGEST_LINE:
        return [n * len(source) // len(made) for n in range(len(made))]
    steps: list[int] = []
    for _, i, j, k, m in SequenceMatcher(None, made, source, autojunk=False).get_opcodes():
        steps.extend(min(k + n, max(k, m - 1)) for n in range(j - i))
    return steps


def _span(span: Span, place: Place) -> Row:
    start, end = place(span.start, span.end)
    return {"start": start, "end": end, "exact": span.exact}


def _actor(actor: Actor | None, place: Place) -> Row | None:
    if actor is None:
        return None
    span = _span(actor.span, place) if actor.span else {"start": None, "end": None, "exact": None}
    return {"name": actor.name, "role": actor.role, **span}


def _when(when: When | None) -> Row:
    if when is None:
        return {"when": None, "when_rule": None}
    return {"when": when.edtf, "when_rule": when.rule}


def _event(v: Event, place: Place, index: dict[str, int]) -> Row:
    action = _span(v.action.span, place) if v.action.span else {"start": None, "end": None, "exact": None}
    return {
        "kind": v.kind,
        "action": {**action, "lemma": v.action.lemma},
        "actor": _actor(v.actor, place),
        "recipient": _actor(v.recipient, place),
        "place": v.place.exact if v.place else None,
        "co_actors": [_actor(a, place) for a in v.co_actors],
        "reported": v.reported.day if v.reported else None,
        "content": [_span(c, place) for c in v.content],
        "quotation": v.quotation,
        "modality": v.modality,
        **_when(v.when),
        "within": index.get(v.within) if v.within else None,
        "plover": v.action.plover,
        "rule": v.rule,
        "trace": list(v.trace),
    }
