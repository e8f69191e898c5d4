"""How any scorer asks the project: ``python -m tests.quality.predict TASK < rows.jsonl > predictions.jsonl``.

TASK is ``dates``, ``body``, ``dateline``, ``claims``, ``pages``, ``records``, ``events``, or ``stories``, whose answer is
one object for all rows. Rows carry no
labels; the formats are those of the scorers. A row that can not be
read is answered with an empty prediction, never with a crash: a scorer counts it as wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from dateline.transforms import claims, clean, dateline, decode, language, timex
from dateline.transforms.clean import forest
from dateline.transforms.errors import Rejection
from dateline.transforms.identity import registered_domain
from dateline.transforms.model import Article, Envelope, Page, RawArticle, TimeExpression
from dateline.transforms.walk import walk
from tests.quality.bare import bare_article
from tests.quality.records import body_of, records
from tests.quality.stories import stories

Row = dict[str, Any]
CONTEXT = 32


def dates(row: Row) -> Row:
    """Running text and its day of publication → TimeML-compatible TIMEX3."""
    found = timex.annotate_text(
        row["text"], row["dct"][:10] if row.get("dct") else None, row.get("language", "en")
    )
    timexes = [
        {"start": t.span.start, "end": t.span.end, "text": t.span.exact, "type": t.type, "value": t.value}
        for t in timex.timeml(found)
    ]
    return {"doc_id": row["doc_id"], "timexes": timexes}


def _page_of(row: Row) -> Page:
    # Rows of the development pages name their HTML by a path; the content itself holds markup.
    html = row.get("html") or ""
    marked_up = "<" in html
    text = html if marked_up else row.get("flat_text") or row.get("text") or ""
    kind = "text/html" if marked_up else "text/plain"
    return decode.decode(RawArticle(content=text, origin=str(row["id"]), media_type=kind, url=row.get("url")))


@lru_cache(maxsize=forest.FOLDS)
def _fold(n: int) -> forest.Forest:
    path = Path(__file__).parent / "folds" / f"forest-{n}.npz"
    return forest.parse(path.read_bytes())


def body(row: Row, mode: clean.Mode = "model", out_of_fold: bool = False, day: bool = True) -> Row:
    """A page → its article and, where ``day`` asks for it, its publication day."""
    site = row.get("domain") or registered_domain(row.get("url")) or ""
    trees = _fold(forest.fold_of(site)) if out_of_fold else None
    try:
        page = _page_of(row)
        article = clean.clean(page, mode, trees)
    except Rejection:
        return {"id": row["id"], "body": None, "date": None}
    published = dateline.anchors(page, article).published if day else None
    return {"id": row["id"], "body": body_of(article), "date": published}


def dateline_(row: Row) -> Row:
    """A wire story → place, day and agency of its dateline."""
    raw = RawArticle(
        content=row["text"], origin=str(row["id"]), media_type="text/plain", published=row.get("published")
    )
    page = decode.decode(raw)
    article = bare_article(page.text)
    anchors = dateline.anchors(page, article)
    found = anchors.dateline
    if found is None:
        return {"id": row["id"], "place": None, "day": None, "agency": anchors.agency}
    return {"id": row["id"], "place": found.place, "day": found.day, "agency": found.agency}


def claims_(row: Row, mode: str = "model") -> Row:
    """Running text → attributions."""
    article = bare_article(row["text"])
    found = claims.extract(article, language.parse(article), mode)
    return {
        "doc_id": row["doc_id"],
        "attributions": [
            {
                "id": f"A{n}",
                **{
                    role: [[s.start, s.end] for s in spans]
                    for role, spans in (("source", c.source), ("cue", c.cue), ("content", c.content))
                },
            }
            for n, c in enumerate(found)
            if c.kind == "said"
        ],
    }


def _date_row(article: Article, t: TimeExpression) -> Row:
    text = article.text
    return {
        "exact": t.span.exact,
        "prefix": text[max(0, t.span.start - CONTEXT) : t.span.start],
        "suffix": text[t.span.end : t.span.end + CONTEXT],
        "value": t.edtf,
    }


def pages(row: Row, mode: clean.Mode = "model") -> Row:
    """A whole page → publication day, dates, claims with their day, body. Deeds are no claims: ``records`` has them."""
    try:
        raw = RawArticle(
            content=row["text"], origin=str(row["id"]), media_type="text/plain", url=row.get("url")
        )
        e: Envelope = walk(raw, mode=mode)
    except Rejection:
        return {"id": row["id"], "published": None, "dates": [], "claims": [], "body": ""}
    assert e.article and e.anchors and e.times is not None and e.events is not None
    return {
        "id": row["id"],
        "published": e.anchors.published,
        "dates": [_date_row(e.article, t) for t in e.times],
        "claims": [
            {
                "source": v.actor.name if v.actor else None,
                "cue": v.action.span.exact if v.action.span else None,
                "content": " ".join(c.exact for c in v.content),
                "when": v.when.edtf if v.when else None,
            }
            for v in e.events
            if v.kind == "said" and v.content
        ],
        "body": body_of(e.article),
    }


def events(row: Row) -> Row:
    """A sentence → the PLOVER root that the pipeline stores of its first event that has one."""
    found = records({"id": row["id"], "text": row["text"], "bare": True})["events"]
    return {"id": row["id"], "event": next((e["plover"] for e in found if e["plover"]), None)}


TASKS: dict[str, Callable[[Row], Row]] = {
    "dates": dates,
    "body": body,
    "dateline": dateline_,
    "claims": claims_,
    "pages": pages,
    "events": events,
    "records": records,
}


def main() -> None:
    """Read rows from standard input, write one prediction a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=[*TASKS, "stories"])
    parser.add_argument(
        "--mode", choices=("model", "rules"), default="model", help="rules: without trained models"
    )
    parser.add_argument(
        "--out-of-fold", action="store_true", help="answer each row with a model that never saw its document"
    )
    chosen = parser.parse_args()
    if chosen.task == "stories":
        print(
            json.dumps(stories([json.loads(line) for line in sys.stdin if line.strip()]), ensure_ascii=False)
        )
        return
    answer = TASKS[chosen.task]
    if chosen.task == "claims":
        # The claims model was trained on one part of the documents and is judged on another: no
        # development document was seen, so out of fold is the model as it is.
        answer = partial(claims_, mode=chosen.mode)
    elif chosen.task == "pages":
        answer = partial(pages, mode=chosen.mode)
    elif chosen.task == "records":
        answer = partial(records, mode=chosen.mode)
    elif chosen.task == "body":
        answer = partial(body, mode=chosen.mode, out_of_fold=chosen.out_of_fold)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(answer(json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
