"""One settings object: flag over environment over file over default, and errors that name where a value came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.pipeline.errors import SettingsError
from dateline.pipeline.settings import FIELD_NAMES, PREFIX, Settings, load, parse_fields
from dateline.transforms.options import Limits


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "told.toml"
    path.write_text('limit = 3\nzone = "Asia/Tokyo"\n[fields]\nurl = "link"\n')
    return path


def test_flag_over_environment_over_file_over_default(file: Path) -> None:
    environment = {PREFIX + "LIMIT": "4", PREFIX + "MAX_REJECT": "0.5", "LIMIT": "9"}
    assert load({}, {}).limit is None
    assert load({}, {}, file).limit == 3
    assert load({}, environment, file).limit == 4
    found = load({"limit": 5, "zone": None}, environment, file)
    assert (found.limit, found.zone, found.max_reject, found.fields) == (
        5,
        "Asia/Tokyo",
        0.5,
        {"url": "link"},
    )
    assert found.commit_every == Settings().commit_every


def test_file_of_the_working_directory_is_read_where_it_exists(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load({}, {}).limit is None
    file.rename(tmp_path / "dateline.toml")
    assert load({}, {}).limit == 3


@pytest.mark.parametrize(
    ("flags", "environment", "text", "words"),
    [
        ({"limit": -1}, {}, "", "--limit: -1: "),
        ({"max_reject": "many"}, {}, "", "--max-reject: 'many': "),
        ({}, {PREFIX + "WORKERS": "0"}, "", "DATELINE_WORKERS: workers: "),
        ({}, {PREFIX + "FIELDS": "url"}, "", "DATELINE_FIELDS: 'url' is not OURS=THEIRS"),
        ({}, {}, "limit = 'x'", "told.toml: limit: "),
        ({}, {}, "colour = 'red'", "told.toml: colour: "),
        ({}, {}, "limit = ", "told.toml: "),
        ({"zone": "Mars/Base"}, {}, "", "--zone: 'Mars/Base' is not a name such as Europe/Kyiv"),
        (
            {},
            {PREFIX + "PUBLISHED": "yesterday"},
            "",
            "DATELINE_PUBLISHED: published: 'yesterday' is not a day",
        ),
        (
            {},
            {PREFIX + "WORKER": "2"},
            "",
            "DATELINE_WORKER: no setting has this name; did you mean DATELINE_WORKERS?",
        ),
        ({}, {}, "colour = 'red'", "colour: no setting has this name"),
        ({}, {}, "zones = 'UTC'", "did you mean zone?"),
        ({}, {PREFIX + "FIELDS": "urls=link"}, "", "'urls' is no field of ours; did you mean url?"),
    ],
)
def test_errors_name_the_source(
    tmp_path: Path, flags: dict[str, object], environment: dict[str, str], text: str, words: str
) -> None:
    path = tmp_path / "told.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(flags, environment, path)
    assert words in str(caught.value)


def test_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load({}, {}, tmp_path / "none.toml")


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().limit = 3  # type: ignore[misc]


def test_fields_of_other_people() -> None:
    assert parse_fields(" url=link, content=body ,") == {"url": "link", "content": "body"}
    for bad in ("url", "=x", "url="):
        with pytest.raises(SettingsError, match="--map"):
            parse_fields(bad)


def test_fingerprint_is_of_what_changes_a_reading() -> None:
    plain = Settings().fingerprint
    same = [
        Settings(limit=3),
        Settings(force=True),
        Settings(workers=2),
        Settings(commit_every=7),
        Settings(split_bytes=9),
    ]
    other = [
        Settings(zone="Asia/Tokyo"),
        Settings(fields={"url": "link"}),
        Settings(store_text=False),
        Settings(raw_bytes=9),
    ]
    assert {s.fingerprint for s in same} == {plain}
    assert len({plain, *(s.fingerprint for s in other)}) == 5


@pytest.mark.parametrize("name", Limits.model_fields)
def test_every_limit_of_a_page_can_be_set_and_changes_the_fingerprint(name: str) -> None:
    found = load({}, {PREFIX + name.upper(): "7"})
    assert getattr(found.decode, name) == 7
    assert found.fingerprint != Settings().fingerprint


def test_the_names_of_the_map_are_those_that_records_know() -> None:
    from dateline.transforms.records.presets import presets

    assert set(FIELD_NAMES) == set(presets().any)


def test_told_values_come_in_their_plain_form() -> None:
    found = load({"language": "EN", "zone": "europe/kyiv", "published": "20261118"}, {})
    assert (found.language, found.zone, found.published) == ("en", "Europe/Kyiv", "2026-11-18")
