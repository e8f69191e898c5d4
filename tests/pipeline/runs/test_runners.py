"""The same inputs give the same records on every runner that README promises.

Compared is :meth:`Store.content_hash`: every article, date, event, dead letter and ledger
row that inputs determine. ``-m slow`` adds a thousand generated pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.pipeline.runs import bounded as runs
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.location import open_existing
from tests import pages, tools
from tests.pipeline import servers

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # warcio leaves its spool files to the collector
)

SEEDS = Path(__file__).parents[3] / "seeds" / "pages"

PLAIN = Settings()


@pytest.fixture(scope="module")
def prism_port() -> Iterator[int]:
    """A Prism that listens. Beam's own switch would start it too, but from the main thread alone."""
    try:
        program = tools.go_tool(tools.PRISM)
    except tools.NoTool as reason:
        pytest.skip(str(reason))

    def command(port: int) -> list[str]:
        return [str(program), f"--job_port={port}", "--serve_http=false", "--log_level=error"]

    server, port = servers.listening(command)
    try:
        yield port
    finally:
        server.kill()
        server.communicate()


@pytest.fixture(params=["fnapi-2-workers", "prism"])
def other(request: pytest.FixtureRequest) -> Settings:
    """The settings of a runner to compare with the default one."""
    if request.param == "fnapi-2-workers":
        return Settings(workers=2)
    port = request.getfixturevalue("prism_port")
    # Prism answers as the job server of any cluster does.
    return Settings(engine="flink", engine_options=(f"job_endpoint=127.0.0.1:{port}",))


def content(inputs: list[str], output: Path, settings: Settings) -> tuple[str, dict[str, int]]:
    """The hash of all that a run of ``inputs`` on one runner stores, and its counts."""
    summary = runs.run(inputs, str(output), settings)
    store, _ = open_existing(str(output))
    try:
        return store.content_hash(), summary.counts
    finally:
        store.close()


@pytest.fixture(scope="module")
def some_pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Generated pages in four formats, with a record that no room can read among them."""
    folder = tmp_path_factory.mktemp("pages")
    pages.write_folder(folder / "html", pages.pages(12))
    pages.write_folder(folder / "text", pages.pages(12, seed=1), "txt")
    (folder / "lines.jsonl").write_bytes(pages.jsonl(pages.pages(12, seed=2)) + b'{"content": \n')
    (folder / "crawl.warc").write_bytes(pages.warc(pages.pages(12, seed=3)))
    return [str(folder)]


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("thousand")
    for part in range(4):
        (folder / f"part-{part}.jsonl").write_bytes(pages.jsonl(pages.pages(250, seed=7, start=250 * part)))
    return [str(folder)]


def test_seeds_are_equal_on_every_runner(other: Settings, tmp_path: Path) -> None:
    expected, counts = content([str(SEEDS)], tmp_path / "a", PLAIN)
    assert counts["article"] > 5
    assert content([str(SEEDS)], tmp_path / "b", other) == (expected, counts)


def test_every_format_is_equal_on_every_runner(
    other: Settings, some_pages: list[str], tmp_path: Path
) -> None:
    expected, counts = content(some_pages, tmp_path / "a", PLAIN)
    assert counts["article"] == 48
    assert counts["dead_letter"] == 1
    assert content(some_pages, tmp_path / "b", other) == (expected, counts)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_pages_are_equal_on_every_runner(
    other: Settings, thousand: list[str], tmp_path: Path
) -> None:
    expected, counts = content(thousand, tmp_path / "a", PLAIN)
    assert counts["article"] == 1000
    assert content(thousand, tmp_path / "b", other) == (expected, counts)


def test_the_comparison_sees_one_changed_word(tmp_path: Path) -> None:
    records = [page.record() for page in pages.pages(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)))
    before, _ = content([str(tmp_path / "in.jsonl")], tmp_path / "a", PLAIN)
    records[1]["content"] = records[1]["content"].replace("the", "that", 1)
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)))
    after, _ = content([str(tmp_path / "in.jsonl")], tmp_path / "b", PLAIN)
    assert before != after
