"""Dead letters and takedowns of a BigQuery dataset, against a fake that notes queries and runs none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.runs.replay import Choice, read, replay
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import client as bigquery_client
from dateline.pipeline.store.rows import dead_letter_row
from dateline.transforms.errors import DeadlinePassed
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import reject
from tests.pipeline.articles import text
from tests.pipeline.bq_fake import BigQuery, serving

OUTPUT = "bigquery://paper/news"
URL = "https://paper.example/news/1"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[BigQuery]:
    with serving() as (found, address):
        monkeypatch.setenv(bigquery_client.EMULATOR, address)
        yield found


def letter(n: int, payload: str) -> dict[str, Any]:
    """The row of a page that took too long, as a SELECT gives it."""
    raw = RawArticle(content=payload, origin=f"m#{n}", media_type="text/plain")
    row = dead_letter_row(reject(raw, "Decode", DeadlinePassed("slow")), "run")
    return {k: v for k, v in row.items() if isinstance(v, str)}


def statements(fake: BigQuery, verb: str) -> list[tuple[str, dict[str, Any]]]:
    """The queries that begin with a verb, and their parameters by name."""
    found = []
    for query in fake.queries:
        values: dict[str, Any] = {}
        for parameter in query.get("queryParameters", ()):
            value = parameter["parameterValue"]
            many = value.get("arrayValues")
            values[parameter["name"]] = [v["value"] for v in many] if many is not None else value["value"]
        if query["query"].startswith(verb):
            found.append((query["query"], values))
    return found


def test_dead_letters_are_read_again_and_those_that_became_articles_removed(fake: BigQuery) -> None:
    read_now, empty = fake.results = [letter(1, text(1)), letter(2, " ")]
    counts = replay(OUTPUT, None, Choice(type="deadline", since="2026-11-01"), Settings(link=False))
    assert counts == {"replayed": 2, "recovered": 1, "failed": 1}
    (ids, chosen), (_, some) = statements(fake, "SELECT")
    assert "`paper.news.current_dead_letters`" in ids and chosen == {
        "kind": "deadline",
        "since": "2026-11-01",
    }
    assert some == {"ids": [read_now["dead_letter_id"], empty["dead_letter_id"]]}
    assert [row["origin"] for row in fake.rows["articles"]] == ["m#1"]
    ((statement, values),) = statements(fake, "DELETE")
    assert "`paper.news.dead_letters`" in statement and values == {"ids": [read_now["dead_letter_id"]]}


def test_dead_letters_that_cannot_be_removed_yet_are_said_so(
    fake: BigQuery, caplog: pytest.LogCaptureFixture
) -> None:
    fake.results, fake.young = [letter(1, text(1))], True
    assert replay(OUTPUT, None, Choice(), Settings(link=False))["recovered"] == 1
    assert "within the last 90 minutes" in caplog.text


def test_an_article_is_taken_down_after_its_dead_letters(fake: BigQuery) -> None:
    fake.results = [{"article_id": "a1", "origin": "m#1"}, {"article_id": "a1", "origin": "m#9"}]
    done = CliRunner().invoke(app, ["forget", URL, "--output", OUTPUT])
    assert (done.exit_code, done.stdout) == (0, "a1\n"), done.output
    ((_, asked),) = statements(fake, "SELECT")
    assert asked == {"name": URL, "url": URL}
    (letters, of_letters), (articles, of_articles) = statements(fake, "DELETE")
    assert "dead_letters" in letters and of_letters == {"ids": ["m#1", "m#9"]}
    assert "`paper.news.articles`" in articles and of_articles == {"ids": ["a1"]}


def test_a_takedown_that_finds_nothing_or_must_wait_says_so(fake: BigQuery) -> None:
    done = CliRunner().invoke(app, ["forget", URL, "--output", OUTPUT])
    assert done.exit_code == 1 and "no article of this id or address" in done.output
    fake.results, fake.young = [{"article_id": "a1", "origin": "m#1"}], True
    done = CliRunner().invoke(app, ["forget", URL, "--output", OUTPUT])
    assert done.exit_code == 1 and "run it again later" in done.output


def test_outputs_without_rows_are_refused_in_words() -> None:
    done = CliRunner().invoke(app, ["forget", URL, "--output", "events.parquet"])
    assert done.exit_code == 2 and "taken down from databases and BigQuery" in done.output
    with pytest.raises(Exception, match="dead letters are read from databases"):
        list(read("events.parquet", Choice()))
