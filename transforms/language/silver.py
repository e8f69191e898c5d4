"""Makes silver tags and parses of news pages: ``python -m dateline.transforms.language.silver PAGES OUT``.

PAGES is a JSONL file (gzip) of pages {id, gold_body, lang, gold_body_suspect}; OUT has a row {doc_id, text,
s: [{t: [[start, end, word, tag, ""]], h: heads, r: relations}]} for each English page. Needs spaCy and its
model ``en_core_web_sm`` (both MIT), which are not dependencies of this project.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
from pathlib import Path
from typing import Any

MIN_TEXT, MAX_TEXT = 400, 8000


def parsed(nlp: Any, text: str) -> list[dict[str, Any]]:
    """The sentences of a text whose lines are paragraphs."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((line, at))
        at += len(line) + 1
    return [
        {
            "t": [[at + w.idx, at + w.idx + len(w), w.text, w.tag_, ""] for w in sentence],
            "h": [w.head.i - sentence.start if w.head.i != w.i else -1 for w in sentence],
            "r": [w.dep_ for w in sentence],
        }
        for doc, at in nlp.pipe(lines, as_tuples=True)
        for sentence in doc.sents
    ]


def main() -> None:
    """Read pages, write their silver parses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", default="en_core_web_sm")
    arguments = parser.parse_args()
    nlp = importlib.import_module(arguments.model).load(disable=["ner", "lemmatizer"])
    with gzip.open(arguments.pages, "rt") as lines, gzip.open(arguments.out, "wt") as out:
        for line in lines:
            page = json.loads(line)
            text = page.get("gold_body") or ""
            english = (page.get("lang") or "en").startswith("en")
            if not english or len(text) < MIN_TEXT or page.get("gold_body_suspect"):
                continue
            text = text[:MAX_TEXT]
            out.write(json.dumps({"doc_id": page["id"], "text": text, "s": parsed(nlp, text)}) + "\n")


if __name__ == "__main__":
    main()
