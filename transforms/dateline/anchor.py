"""The publication day: a full date beside a cue, alone on its line, or told by the carrier."""

from __future__ import annotations

import re

from transforms.model import Anchor, Anchors, Article, Page, span_of
from transforms.timex import full_dates

_CUE = re.compile(r"publish|updated|posted|\bdate\b", re.IGNORECASE)
HEAD_LINES = 12
"""A date alone on its line counts as published only this near to the top."""


def anchors(page: Page, article: Article) -> Anchors:
    """Carrier and metadata first, then the text of the page; none where nothing says so."""
    for evidence in page.evidence:
        if evidence.role == "published" and (found := full_dates(evidence.value)):
            anchor = Anchor(
                kind="published", value=found[0][2], text=evidence.value, rule=f"published.{evidence.source}"
            )
            return Anchors(page=anchor, published=anchor.day)
    for index, line in enumerate(re.finditer(r"\S[^\n]*", page.text)):
        if len(line[0]) > 80:
            continue
        for start, end, day in full_dates(line[0]):
            alone = (end - start) > 0.6 * len(line[0].strip()) and index < HEAD_LINES
            if _CUE.search(line[0][:start]) or alone:
                span = span_of(page.text, line.start() + start, line.start() + end)
                rule = "published.alone" if alone else "published.cue"
                anchor = Anchor(kind="published", value=day, span=span, text=line[0].strip(), rule=rule)
                return Anchors(page=anchor, published=day)
    return Anchors(page=Anchor(kind="none"))
