"""The committed schemas are those of the model, say yes to what the pipeline writes and no to what it must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from dateline.pipeline.commands import schema
from dateline.transforms import errors, model
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import reject
from dateline.transforms.walk import walk
from tests.pages import page

FOLDER = Path(__file__).parents[3] / "deploy" / "schema"
EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))


def validator(name: str) -> Any:
    return jsonschema.Draft202012Validator(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def name_of(path: Path) -> str:
    return next(name for name in schema.SCHEMAS if path.name.startswith(name + "."))


@pytest.mark.parametrize("name", list(schema.SCHEMAS))
def test_committed_schema_is_that_of_the_model(name: str) -> None:
    """A failure here: ``make schema``, and look whether the change is a nullable addition."""
    assert (FOLDER / f"{name}.json").read_text("utf-8") == schema.text_of(name)
    jsonschema.Draft202012Validator.check_schema(schema.schema_of(name))


def test_every_schema_is_written_and_every_file_is_one(tmp_path: Path) -> None:
    made = {path.name for path in schema.write_all(tmp_path)}
    assert made == {path.name for path in FOLDER.iterdir() if path.is_file()}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_examples(path: Path) -> None:
    found = json.loads(path.read_text("utf-8"))
    name = name_of(path)
    good = path.name.endswith(".pass.json")
    assert good or path.name.endswith(".fail.json")
    assert validator(name).is_valid(found) is good
    try:
        getattr(model, schema.SCHEMAS[name]).model_validate(found)
    except ValidationError:
        assert not good
    else:
        assert good, "the model takes what the schema refuses"


def test_every_schema_has_examples_of_both_kinds() -> None:
    kinds = {(name_of(p), p.name.split(".")[-2]) for p in EXAMPLES}
    assert kinds == {(name, kind) for name in schema.SCHEMAS for kind in ("pass", "fail")}


@pytest.mark.parametrize("number", range(4))
def test_what_the_pipeline_writes_is_valid(number: int) -> None:
    raw = RawArticle(content=page(number).html(), origin="a", url=page(number).url)
    done = walk(raw)
    assert done.events and done.times
    for event in done.events:
        validator("news.event.v1").validate(json.loads(event.model_dump_json(by_alias=True)))
    for time in done.times:
        validator("news.date.v1").validate(json.loads(time.model_dump_json()))
    letter = reject(raw, "Clean", errors.NotAnArticle("an index"))
    validator("news.dead_letter.v1").validate(json.loads(letter.model_dump_json()))
    validator("news.raw_article.v1").validate(json.loads(raw.model_dump_json()))
