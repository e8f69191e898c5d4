"""Fixtures of servers that tests of several folders share, and the settings of property tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.pipeline import servers
from tests.pipeline.kafka import Broker, broker
from tests.pipeline.site import Site, serving
from tests.tools import NoTool
from tests.waiting import LONG

# The same examples in each run, so that a test passes or fails by the code alone. A busy machine takes 300 ms for
# what takes 1 ms otherwise; what must be fast has a bound of its own.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", settings.get_profile("repeatable"), derandomize=False)
settings.load_profile("repeatable")


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of our own."""
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def pubsub_server() -> Iterator[str]:
    """``host:port`` of a Pub/Sub server for the whole test run."""
    try:
        with servers.pubsub() as address:
            yield address
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.fixture
def pubsub(pubsub_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The Pub/Sub server, in the environment where Google's client looks for it."""
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", pubsub_server)
    return pubsub_server


@pytest.fixture(scope="session")
def killing_server() -> Iterator[str]:
    """``host:port`` of the Pub/Sub server for tests that kill its clients: Google's fake for Go.

    The emulator keeps a response that it was sending while its client died for minutes beyond the
    lease (20 messages of 338 were still out after four), which would be the test's time.
    """
    try:
        with servers.pubsub(first=servers.PSTEST) as address:
            yield address
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.fixture
def lethal_pubsub(killing_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """That server, in the environment where Google's client looks for it."""
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", killing_server)
    return killing_server


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[Broker]:
    """A Kafka broker for the whole test run."""
    try:
        with broker() as started:
            yield started
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.fixture
def kafka(kafka_server: Broker, monkeypatch: pytest.MonkeyPatch) -> Broker:
    """That broker, waited for as long as a busy machine needs."""
    for module in ("sources", "sinks"):
        monkeypatch.setattr(f"dateline.pipeline.{module}.kafka.REACH_SECONDS", LONG)
    return kafka_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Postgres]:
    """A PostgreSQL server for the whole test run."""
    try:
        with servers.postgres() as server:
            yield server
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgres(postgres_server: servers.Postgres) -> str:
    """The URL of a database of its own on that server."""
    return postgres_server.fresh()
