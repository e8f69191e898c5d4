"""The table of template parameters, and the metadata that is printed from it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dateline.pipeline.commands import template
from dateline.pipeline.runs import parameters
from dateline.pipeline.settings import Settings
from tests.waiting import LONG

DEPLOY = Path(__file__).parents[3] / "deploy"
GOOD = {
    "input": ["gs://acme-pages/2026/*.jsonl", "gs://acme-pages/day/,gs://acme-pages/crawl.warc.gz"],
    "subscription": ["projects/acme-news/subscriptions/pages"],
    "output": ["bigquery://acme-news/news"],
    "sdk_container_image": [
        "europe-west1-docker.pkg.dev/acme-news/dateline/dateline:v1.2.3",
        "europe-west1-docker.pkg.dev/acme-news/dateline/dateline@sha256:" + "0a" * 32,
    ],
    "map": ["url=link,content=body"],
    "corrections": ["gs://acme-pages/corrections.toml"],
    "published": ["2026-11-20", "2026-11-20T06:30:00+01:00"],
    "url": ["https://courier.example/a?b=1"],
    "time_zone": ["Europe/Kyiv", "UTC", "America/Argentina/Buenos_Aires"],
    "language": ["de"],
    "store_text": ["true", "false"],
    "page_seconds": ["20", "7.5"],
}
BAD = {
    "input": ["", "pages/*.jsonl", "s3://acme/x.jsonl", "gs://acme-pages"],
    "subscription": ["pages", "projects/acme-news/topics/pages", "projects/acme-news/subscriptions/pages;x"],
    "output": ["out", "bigquery://news", "bigquery://acme-news/news/x", "sqlite:///events.db"],
    "sdk_container_image": ["dateline", "dateline:1", "europe-docker.pkg.dev/p/r/d:1 --rm"],
    "map": ["url", "url=", "url=link;content=body"],
    "corrections": ["corrections.toml", "gs://acme-pages/corrections.json"],
    "published": ["yesterday", "20.11.2026", "2026-11-20T06"],
    "url": ["ftp://x", "https://a b"],
    "time_zone": ["+02:00 or so", "Europe/"],
    "language": ["german", "DE"],
    "store_text": ["yes", "True"],
    "raw_bytes": ["0", "-1", "8e6"],
    "page_seconds": ["soon", "-1"],
}


def by_name() -> dict[str, parameters.Parameter]:
    return {p.name: p for p in parameters.PARAMETERS}


@pytest.mark.parametrize("mode", parameters.MODES)
def test_committed_metadata_is_what_the_code_reads(mode: str) -> None:
    committed = (DEPLOY / mode / "metadata.json").read_text("utf-8")
    assert committed == template.text_of(mode), "run: dateline template --write deploy"


@pytest.mark.parametrize("mode", parameters.MODES)
def test_every_parameter_has_a_label_a_help_text_and_a_pattern_that_compiles(mode: str) -> None:
    for entry in json.loads(template.text_of(mode))["parameters"]:
        assert entry["label"] and entry["helpText"].endswith((".", ")."))
        (pattern,) = entry["regexes"]
        assert pattern.startswith("^") and pattern.endswith("$")
        re.compile(pattern)


def test_batch_reads_files_and_streaming_a_subscription() -> None:
    batch, streaming = ({p.name for p in parameters.of(m)} for m in parameters.MODES)
    assert "input" in batch - streaming
    assert "subscription" in streaming - batch


def test_every_setting_is_offered_or_has_a_reason_not_to_be() -> None:
    offered = {p.setting for p in parameters.PARAMETERS if p.setting}
    assert offered | set(parameters.NOT_OFFERED) == set(Settings.model_fields)
    assert not offered & set(parameters.NOT_OFFERED)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in GOOD.items() for v in vs])
def test_pattern_takes(name: str, value: str) -> None:
    assert re.fullmatch(by_name()[name].pattern, value)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in BAD.items() for v in vs])
def test_pattern_refuses(name: str, value: str) -> None:
    assert not re.fullmatch(by_name()[name].pattern, value)


def test_every_number_takes_the_default_of_its_setting() -> None:
    for p in parameters.PARAMETERS:
        if p.kind == "NUMBER":
            assert p.setting
            assert re.fullmatch(p.pattern, str(Settings.model_fields[p.setting].default)), p.name


def test_metadata_is_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template.template(write=tmp_path)
    assert capsys.readouterr().out.count("metadata.json") == 2
    assert (tmp_path / "batch" / "metadata.json").read_text("utf-8") == template.text_of("batch")


@pytest.mark.parametrize("mode", parameters.MODES)
def test_gcloud_takes_the_metadata(mode: str) -> None:
    gcloud = shutil.which("gcloud")
    if gcloud is None:
        pytest.skip("gcloud is not installed")
    command = [gcloud, "dataflow", "flex-template", "build", "gs://acme-dateline/template.json", "--sdk-language=PYTHON",
               "--image=europe-docker.pkg.dev/acme-news/dateline/dateline:1", "--print-only",
               f"--metadata-file={DEPLOY / mode / 'metadata.json'}"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 0, done.stderr
    assert template.metadata(mode)["name"] in done.stdout
    for p in parameters.of(mode):
        assert f'"name": "{p.name}"' in done.stdout
