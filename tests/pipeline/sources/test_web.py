"""Pages by their addresses, from a site of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.fetch.fetcher import Fetcher
from dateline.pipeline.sources.web import WebPages
from tests.pipeline.articles import page
from tests.pipeline.site import PATIENT, Site


def test_a_page_by_its_address(site: Site, tmp_path: Path) -> None:
    for n in range(3):
        site.pages[f"/{n}"] = site.tagged(page(n))
    fetcher = Fetcher(PATIENT, exempt=[site.address])
    urls = [site.url("/0"), site.url("/1"), site.url("/0"), site.url("/2")]
    source = WebPages.open(urls, Settings(limit=2), fetcher)
    summary = run(urls, str(tmp_path / "out"), Settings(workers=2), source=source)
    assert summary.counts["read"] == summary.counts["article"] == 2 and summary.counts["events"] >= 2
    assert (tmp_path / "out" / "events.jsonl").exists()
    for path in ("/missing", "/0:x@"):
        with pytest.raises(InputError):
            WebPages.open([site.url(path)], Settings(), fetcher)
