"""The same inputs give the same records on every runner that README promises.

Compared is :meth:`Store.content_hash`: every article, date, event, dead letter and ledger
row that inputs determine. ``-m slow`` adds a thousand generated pages.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.runs import bounded as runs
from pipeline.runs.engine import beam_options
from pipeline.settings import Settings
from pipeline.store.location import open_existing
from tests import pages, tools

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # warcio leaves its spool files to the collector
)

SEEDS = Path(__file__).parents[3] / "seeds" / "pages"

Options = Callable[[], PipelineOptions]
PLAIN: Options = beam_options


def two_workers() -> PipelineOptions:
    return beam_options(2)


@pytest.fixture(scope="module")
def prism_port() -> Iterator[int]:
    """A Prism that listens. Beam's own switch would start it too, but from the main thread alone."""
    try:
        program = tools.go_tool(tools.PRISM)
    except tools.NoTool as reason:
        pytest.skip(str(reason))
    port = tools.free_port()
    with subprocess.Popen(
        [program, f"--job_port={port}", "--serve_http=false", "--log_level=error"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            tools.wait_for_port(port)
            yield port
        finally:
            server.terminate()


@pytest.fixture(params=["fnapi-2-workers", "prism"])
def other(request: pytest.FixtureRequest) -> Options:
    """A runner to compare with the default one."""
    if request.param == "fnapi-2-workers":
        return two_workers
    port = request.getfixturevalue("prism_port")
    flags = ["--runner=PortableRunner", f"--job_endpoint=127.0.0.1:{port}", "--environment_type=LOOPBACK"]
    return lambda: PipelineOptions([*flags, "--no_save_main_session"])


def content(
    inputs: list[str], output: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, dict[str, int]]:
    """The hash of all that a run of ``inputs`` on one runner stores, and its counts."""
    made = options()
    monkeypatch.setattr(runs, "beam_options", lambda _: made)
    summary = runs.run(inputs, str(output), Settings())
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


def test_seeds_are_equal_on_every_runner(
    other: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, counts = content([str(SEEDS)], tmp_path / "a", PLAIN, monkeypatch)
    assert counts["article"] > 5
    assert content([str(SEEDS)], tmp_path / "b", other, monkeypatch) == (expected, counts)


def test_every_format_is_equal_on_every_runner(
    other: Options, some_pages: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, counts = content(some_pages, tmp_path / "a", PLAIN, monkeypatch)
    assert counts["article"] == 48
    assert counts["dead_letter"] == 1
    assert content(some_pages, tmp_path / "b", other, monkeypatch) == (expected, counts)


@pytest.mark.slow
def test_a_thousand_pages_are_equal_on_every_runner(
    other: Options, thousand: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, counts = content(thousand, tmp_path / "a", PLAIN, monkeypatch)
    assert counts["article"] == 1000
    assert content(thousand, tmp_path / "b", other, monkeypatch) == (expected, counts)


def test_the_comparison_sees_one_changed_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [page.record() for page in pages.pages(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)))
    before, _ = content([str(tmp_path / "in.jsonl")], tmp_path / "a", PLAIN, monkeypatch)
    records[1]["content"] = records[1]["content"].replace("the", "that", 1)
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)))
    after, _ = content([str(tmp_path / "in.jsonl")], tmp_path / "b", PLAIN, monkeypatch)
    assert before != after
