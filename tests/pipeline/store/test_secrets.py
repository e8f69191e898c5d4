"""Passwords from a stand-in for Secret Manager: read late, kept shortly, never shown."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.store import secrets
from dateline.pipeline.store.location import parse
from dateline.pipeline.store.store import Store
from tests.pipeline.servers import Postgres
from tests.pipeline.site import Answer, Site

PATH = "/v1/projects/paper/secrets/{}/versions/{}:access"


def _held(password: str) -> Answer:
    data = base64.b64encode(password.encode()).decode()
    return Answer(
        json.dumps({"payload": {"data": data}}).encode(), headers={"Content-Type": "application/json"}
    )


@pytest.fixture(autouse=True)
def _manager(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets.ENDPOINT, f"127.0.0.1:{site.address[1]}")
    monkeypatch.setattr(secrets, "_kept", {})
    site.pages[PATH.format("db", "latest")] = _held("opensesame\n")


def test_a_secret_is_read_once_in_a_while(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [secrets.read("secret://paper/db") for _ in range(3)] == ["opensesame"] * 3
    assert len(site.requests) == 1
    site.pages[PATH.format("db", "7")] = _held("seven")
    assert secrets.read("secret://paper/db/7") == "seven"
    monkeypatch.setattr(secrets, "KEEP_SECONDS", -1.0)
    monkeypatch.setattr(secrets, "_kept", {})
    site.pages[PATH.format("db", "latest")] = _held("rotated")
    assert secrets.read("secret://paper/db") == "rotated"


def test_what_can_not_be_read_is_said_without_it(site: Site) -> None:
    site.pages[PATH.format("bad", "latest")] = Answer(b'{"payload": {"data": "opensesame!"}}')
    for name in ("secret://paper/none", "secret://paper/bad", "secret://paper", "secret://paper/../x"):
        with pytest.raises(secrets.SecretError) as caught:
            secrets.read(name)
        assert "opensesame" not in str(caught.value)


def test_an_output_may_name_a_secret_and_nothing_else(site: Site) -> None:
    place = parse("postgresql://news@localhost/news?password=secret://paper/db")
    assert "opensesame" not in place.url and site.requests == []
    for bad in ("opensesame", "secret://paper", "secret://"):
        with pytest.raises(OutputError, match="PGPASSWORD"):
            parse(f"postgresql://news@localhost/news?password={bad}")


def test_a_server_that_asks_for_a_password_is_given_it(
    postgres_server: Postgres, postgres: str, tmp_path: Path
) -> None:
    postgres_server.ask_for_password("news", "opensesame")
    try:
        with pytest.raises(StoreError, match="password"):
            Store(parse(postgres).url, retry_seconds=1).transact(lambda c: None)
        store = Store(parse(f"{postgres}?password=secret://paper/db").url, retry_seconds=1)
        store.transact(lambda c: None)
        assert "opensesame" not in store.place
        store.close()
        with pytest.raises(StoreError, match="status 404"):
            Store(parse(f"{postgres}?password=secret://paper/none").url, retry_seconds=1).transact(
                lambda c: None
            )
    finally:
        postgres_server.trust()
