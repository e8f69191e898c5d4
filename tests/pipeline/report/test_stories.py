"""Stories in the report, and links in explain: counts, copies folded, contradictions beside one another."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from dateline.pipeline.report import StoreReader, explain, render
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store
from tests import stories
from tests.pipeline.report.reading_page import data_of


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> StoreReader:
    folder = tmp_path_factory.mktemp("report")
    pages = [*stories.story(0, 4), *stories.story(7, 1)]
    pages[0]["title"] = "<script>alert(1)</script> Mill burned"
    (folder / "in.jsonl").write_text(stories.jsonl(pages), "utf-8")
    run([str(folder / "in.jsonl")], str(folder / "out"), Settings())
    return StoreReader(Store(sqlite_url(folder / "out" / "events.db")))


def test_a_story_folds_its_copies_and_shows_its_conflict(reader: StoreReader) -> None:
    (story,) = reader.stories()
    assert (story.articles, story.texts, story.sources) == (4, 3, 3)
    assert sorted(m.copies for m in story.members) == [0, 0, 1]
    assert all(d.label == "day" and d.stated[0] != d.stated[1] and all(d.words) for d in story.disputes)
    assert len(story.disputes) >= 2


def test_the_page_shows_it_and_obeys_no_title(reader: StoreReader) -> None:
    page = render(reader)
    (story,) = data_of(page)["stories"]
    assert (story["articles"], story["texts"], story["sources"]) == (4, 3, 3)
    assert [m["copies"] for m in story["members"] if "copies" in m] == [1]
    assert (
        story["disputes"][0]["label"] == "day"
        and story["disputes"][0]["stated"][0] != story["disputes"][0]["stated"][1]
    )
    assert "<script>alert" not in page


def test_what_several_sources_tell_stands_once_with_its_tellers(tmp_path: Path) -> None:
    """Three papers with one sentence, in the order in which they were published; a copy is no second source."""
    pages = stories.story(3, 3)
    said = "Mayor Ana Ruiz said on Monday that the old crane by the harbour would be sold before the summer."
    own = (
        "Our reporter walked along the quay at dawn and counted eleven sailors, two tugs and one sleeping dog.",
        "Readers wrote to us about the noise of engines, about gulls in the chimneys and about the price of rope.",
        "A painter from the hills has drawn the harbour in every month of the year and will show it in a barn.",
    )
    for n, one in enumerate(pages):
        lead = one["content"].partition("\n\n")[0]  # what follows is alike enough for a copy
        one["content"] = f"{lead}\n\n{own[n]}\n\n{said}"
        one["published"] = f"2026-02-{9 - n:02}"
    (tmp_path / "in.jsonl").write_text(stories.jsonl(pages), "utf-8")
    run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), Settings())
    store = Store(sqlite_url(tmp_path / "out" / "events.db"))
    (story,) = StoreReader(store).stories()
    claim = next(c for c in story.claims if c.actor == "Ana Ruiz")
    assert [t.published for t in claim.tellers] == sorted(t.published for t in claim.tellers)
    assert len({t.publisher for t in claim.tellers}) == len(claim.tellers) == 3
    assert "crane" in claim.words
    store.close()


def test_an_undated_page_gets_the_day_of_its_story_apart_from_its_events(tmp_path: Path) -> None:
    pages = stories.story(5, 2)
    undated = dict(
        stories.story(5, 1)[0], url="https://observer.example/5-9", source="Observer", published=""
    )
    undated["content"] = undated["content"].replace(" on ", " late on ", 1)
    undated["content"] = re.sub(r"on (\w+day), \d+ \w+", r"on \1", undated["content"])
    (tmp_path / "in.jsonl").write_text(stories.jsonl([*pages, undated]), "utf-8")
    run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), Settings())
    store = Store(sqlite_url(tmp_path / "out" / "events.db"))
    entries = {a["url"]: a for a in data_of(render(StoreReader(store)))["articles"]}
    entry = entries["https://observer.example/5-9"]
    assert entry["inferred"]["certainty"] in ("inferred", "bound") and entry["inferred"]["evidence"][0][1]
    assert "reported" not in entry and not any("start" in e.get("when", {}) for e in entry["events"])
    assert not any("inferred" in a for url, a in entries.items() if url != entry["url"])
    store.close()


def test_explain_shows_each_link_and_its_reasons(reader: StoreReader) -> None:
    out = io.StringIO()
    assert explain(reader, f"https://{stories.PAPERS[2]}.example/0-2", Console(file=out, width=200)) == 1
    told = out.getvalue()
    assert "4 pages, 3 texts, 3 sources" in told
    assert re.search(r"contradicts.*\n +states +2026-\d\d-\d\d, there 2026-\d\d-\d\d +\(day\)", told)
    assert re.search(r"because +terms \+\d", told)


def test_an_article_alone_has_no_story(reader: StoreReader) -> None:
    out = io.StringIO()
    assert explain(reader, f"https://{stories.PAPERS[0]}.example/7-0", Console(file=out, width=200)) == 1
    assert "contradicts" not in out.getvalue() and "event day" in out.getvalue()
