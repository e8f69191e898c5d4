"""Check what a run needs, and say what to do. Nothing is ever changed: no table is made, no message pulled."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import sqlalchemy as sa
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems
from sqlalchemy.exc import SQLAlchemyError

from pipeline.runs.watch import read_feeds
from pipeline.sinks import bigquery, outputs
from pipeline.sinks.bigquery_client import Dataset
from pipeline.sinks.bigquery_tables import ARTICLES
from pipeline.sinks.files import file_output
from pipeline.sources import kinds
from pipeline.sources.inputs import InputError
from pipeline.store import tables as t
from pipeline.store.connection import StoreError, words

State = Literal["ok", "note", "fail"]
SKEW_SECONDS = 30.0
_RELEASED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_LEASE = 10


class Finding(NamedTuple):
    """One check: what was looked at, how it stands, and what to do where it is not well."""

    check: str
    state: State
    message: str
    do: str = ""


def examine(inputs: Sequence[str], to: Sequence[str], archive: str | None = None) -> list[Finding]:
    """Every check of these inputs, outputs (or topics) and archive."""
    found = [_clock()]
    for name in inputs:
        found += _input(name)
    for name in to:
        found += _topic(name) if name.startswith(kinds.PUBSUB) else _output(name)
    if archive is not None:
        found.append(_place("archive", archive, must_hold=False))
    return found


def _clock() -> Finding:
    now = datetime.datetime.now(datetime.UTC)
    if now < _RELEASED:
        return Finding("clock", "fail", f"it says {now:%Y-%m-%d}", "set the clock of this machine (NTP)")
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC")


# ------------------------------------------------------------- inputs


def _input(name: str) -> Iterator[Finding]:
    if name.startswith(kinds.PUBSUB):
        yield from _subscription(name)
    elif name.lower().startswith(kinds.WEB):
        yield Finding("address", "note", name, "addresses are asked when they are read, not before")
    elif Path(name).is_file() and Path(name).suffix == ".txt":
        try:
            yield Finding("feeds", "ok", f"{name} names {len(read_feeds([name]))}")
        except InputError as error:
            yield Finding("feeds", "note", str(error), "as a list of feeds it needs one address a line")
    else:
        yield _place("input", name)


def _place(check: str, name: str, must_hold: bool = True) -> Finding:
    """A folder or pattern on any Beam file system, and whether it must hold something."""
    try:
        matched = FileSystems.match([name.rstrip("/") + "/**" if os.path.isdir(name) else name], limits=[1])
        some = bool(matched[0].metadata_list)
    except (BeamIOError, OSError, ValueError) as error:
        do = "pip install 'dateline-pipeline[cloud]' and log in" if "://" in name else "check the name"
        return Finding(check, "fail", f"{name}: {str(error)[:300]}", do)
    if some or not must_hold:
        return Finding(check, "ok", name)
    return Finding(check, "fail", f"{name}: matches nothing", "check the name")


def _subscription(name: str) -> Iterator[Finding]:
    from google.api_core.exceptions import GoogleAPICallError, NotFound
    from google.auth.exceptions import GoogleAuthError
    from google.cloud import pubsub_v1

    from pipeline.sources import pubsub

    try:
        subscription = pubsub.parse(name)
        with pubsub_v1.SubscriberClient() as client:
            found = client.get_subscription(subscription=subscription.path, timeout=10, retry=None)
    except InputError as error:
        yield Finding("subscription", "fail", str(error), "name it as pubsub://PROJECT/SUBSCRIPTION")
        return
    except NotFound:
        make = f"gcloud pubsub subscriptions create {subscription.name} --project={subscription.project} --topic=TOPIC --ack-deadline=60"
        yield Finding("subscription", "fail", f"{name}: is not there", make)
        return
    except (GoogleAPICallError, GoogleAuthError) as error:
        yield Finding("subscription", "fail", f"{name}: {_line(error)}", _LOGIN)
        return
    yield Finding("subscription", "ok", f"{name} on {found.topic}")
    if found.push_config.push_endpoint:
        yield Finding("subscription", "fail", f"{name}: pushes", "make a pull subscription of its own")
    if found.ack_deadline_seconds <= _LEASE:
        yield Finding(
            "leases",
            "note",
            f"ack deadline is {found.ack_deadline_seconds} s",
            "60 s is calmer; leases are extended anyway",
        )
    if not found.dead_letter_policy.dead_letter_topic:
        yield Finding(
            "poison", "note", f"{name}: no dead letter topic",
            "none is needed: what can not be read becomes a dead letter of the output",
        )  # fmt: skip


def _topic(name: str) -> Iterator[Finding]:
    from google.api_core.exceptions import GoogleAPICallError, NotFound
    from google.auth.exceptions import GoogleAuthError
    from google.cloud import pubsub_v1

    from pipeline.sources import pubsub

    try:
        topic = pubsub.parse(name)
        client = pubsub_v1.PublisherClient()
        client.get_topic(topic=topic.topic, timeout=10, retry=None)
        client.stop()
    except InputError as error:
        yield Finding("topic", "fail", str(error), "name it as pubsub://PROJECT/TOPIC")
    except NotFound:
        make = f"gcloud pubsub topics create {topic.name} --project={topic.project}"
        yield Finding("topic", "fail", f"{name}: is not there", make)
    except (GoogleAPICallError, GoogleAuthError) as error:
        yield Finding("topic", "fail", f"{name}: {_line(error)}", _LOGIN)
    else:
        yield Finding("topic", "ok", name)


_LOGIN = "gcloud auth application-default login, or give the service account the role roles/pubsub.editor"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


# ------------------------------------------------------------- outputs


def _output(name: str) -> Iterator[Finding]:
    if name.startswith(bigquery.SCHEME):
        yield from _bigquery(name)
        return
    try:
        file = file_output(name)
        if file is not None:
            yield _place("files", file.url.rpartition("/")[0] or ".", must_hold=False)
            return
        place = outputs.parse(name)
    except outputs.OutputError as error:
        yield Finding("output", "fail", str(error), "see dateline run --help for what --output takes")
        return
    if place.store.startswith("sqlite"):
        yield from _sqlite(name, Path(sa.make_url(place.store).database or ""))
    else:
        yield from _postgresql(name, place.store)


def _bigquery(name: str) -> Iterator[Finding]:
    try:
        project, dataset = bigquery.parse(name)
        client = Dataset(project, dataset, retry_seconds=5)
        status, answer = client.call("GET", "")
        held, _ = client.call("GET", f"/tables/{ARTICLES}") if status == 200 else (0, {})
        client.close()
    except ValueError as error:
        yield Finding("output", "fail", str(error), "name it as bigquery://PROJECT/DATASET")
    except StoreError as error:
        yield Finding("output", "fail", _line(error), _LOGIN.replace("pubsub.editor", "bigquery.dataEditor"))
    else:
        if status == 404:
            yield Finding("output", "fail", f"{name}: is not there", f"bq mk --dataset {project}:{dataset}")
        elif status != 200:
            message = answer.get("error", {}).get("message", f"status {status}")
            yield Finding(
                "output", "fail", f"{name}: {message}", "grant roles/bigquery.dataEditor on the dataset"
            )
        else:
            yield Finding("output", "ok", name if held == 200 else f"{name}: tables will be made")


def _sqlite(name: str, file: Path) -> Iterator[Finding]:
    folder = next(p for p in (file.parent, *file.parents) if p.exists())
    if not os.access(folder, os.W_OK):
        yield Finding(
            "output", "fail", f"{folder}: cannot be written to", f"chmod u+w {folder}, or another --output"
        )
        return
    status = os.statvfs(folder)
    free = status.f_bavail * status.f_frsize
    if free < 1_000_000_000:
        yield Finding(
            "disk",
            "note",
            f"{free // 1_000_000} MB are free in {folder}",
            "a million articles take about 20 GB",
        )
    if not file.exists():
        yield Finding("output", "ok", f"{name}: will be made")
        return
    engine = sa.create_engine(f"sqlite:///file:{file}?mode=ro&uri=true")
    yield from _schema(name, engine)


def _postgresql(name: str, store: str) -> Iterator[Finding]:
    engine = sa.create_engine(store, connect_args={"connect_timeout": 5}, hide_parameters=True)
    try:
        with engine.connect() as connection:
            theirs = connection.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()
            skew = abs(float(theirs) - datetime.datetime.now(datetime.UTC).timestamp())
            may = connection.execute(
                sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
            ).scalar_one()
    except SQLAlchemyError as error:
        yield Finding(
            "output",
            "fail",
            f"{name}: {words(error)}",
            "start the server; PGPASSWORD or ~/.pgpass holds the password",
        )
        return
    if skew > SKEW_SECONDS:
        yield Finding("clock", "fail", f"{skew:.0f} s from the database's", "set the clocks (NTP)")
    if not may:
        yield Finding(
            "output", "fail", f"{name}: tables may not be made", "GRANT CREATE ON SCHEMA public TO the user"
        )
    yield from _schema(name, engine)


def _schema(name: str, engine: sa.Engine) -> Iterator[Finding]:
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table("meta"):
                yield Finding("output", "ok", f"{name}: is empty; tables will be made")
                return
            version = int(
                connection.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "schema")).scalar_one()
            )
    except (SQLAlchemyError, ValueError) as error:
        yield Finding(
            "output", "fail", f"{name}: {words(error)}", "is it a store of ours? give another --output"
        )
        return
    finally:
        engine.dispose()
    if version > t.SCHEMA_VERSION:
        yield Finding(
            "output", "fail", f"{name}: schema {version} is newer than {t.SCHEMA_VERSION}", "upgrade dateline"
        )
    elif version < t.SCHEMA_VERSION:
        yield Finding(
            "output", "note", f"{name}: schema {version}", "the next run migrates it: back it up first"
        )
    else:
        yield Finding("output", "ok", f"{name}: schema {version}")
