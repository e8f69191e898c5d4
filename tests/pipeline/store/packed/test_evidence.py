"""The evidence of links: what the table holds, what Python reads and what the view of either database shows are one."""

from __future__ import annotations

import json

import pytest

from dateline.pipeline.store.links import LinkStore, link_row
from dateline.pipeline.store.location import parse
from dateline.pipeline.store.packed import evidence
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Link, LinkEvidence, LinkPlace
from tests.pipeline.store.conftest import held
from tests.pipeline.store.conftest import rows as article

A, B = "40d21ec4-5970-54c0-abbe-46e4e0c33dc6", "e770591f-9f3a-5bfc-bd5c-fdc704d1425a"
LINKS = (
    Link(kind="copy", a=A, b=B, score=1.0, epoch="e"),
    Link(
        kind="same", a=A, b=B, score=0.123456, epoch="e",
        evidence=(
            LinkEvidence(feature="names", value=0.5, weight=-1.25),
            LinkEvidence(feature="rare", value=3, weight=2.0, places=(LinkPlace(a=(1, 4), b=(9, 12)), LinkPlace(a=(7, 8), b=(0, 1)))),
        ),
    ),
    Link(
        kind="contradicts", a=A, b=B, score=0.7, epoch="e",
        evidence=(LinkEvidence(feature="day", value=0.7, weight=0.7, a="2025-01-01", b="“2025”", places=(LinkPlace(a=(1, 4), b=(9, 12)),)),),
    ),
)  # fmt: skip


def told(link: Link) -> object:
    return [e.model_dump(mode="json", exclude_none=True) for e in link.evidence]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.kind)
def test_python_reads_what_was_packed(link: Link) -> None:
    row = evidence.row_of(link_row(link, {}, 3))
    assert json.loads(row["evidence"]) == told(link)
    first = link.evidence[0] if link.kind == "contradicts" else None
    assert (row["label"], row["stated_a"]) == ((first.feature, first.a) if first else (None, None))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_view_shows_the_same(database: str, store: Store, request: pytest.FixtureRequest) -> None:
    one = store if database == "sqlite" else Store(parse(request.getfixturevalue("postgres")).url)
    for n, name in enumerate((A, B)):
        made = article(n)
        one.write_articles("r", [made._replace(article=made.article | {"article_id": name})])
    rows = [link_row(link, {}, 3) for link in LINKS]
    LinkStore(one, "e").write(rows)
    shown = {row["kind"]: row for row in held(one, "links")}
    for row in map(evidence.row_of, rows):
        there = shown[row["kind"]]
        assert json.loads(there.pop("evidence")) == json.loads(row.pop("evidence"))
        assert there == row
    one.close()
