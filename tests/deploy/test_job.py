"""The job as Dataflow would get it: built and submitted without an account, then looked at.

A dry run shows the job; a whole submission goes to a Cloud Storage and a Dataflow of our own
on this machine. What no test here can show: that Dataflow itself runs it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.pipeline.runs import dataflow, parameters
from tests import tools
from tests.deploy import steps
from tests.pipeline import bq_fake

if not all(map(tools.installed, ("google.cloud.dataflow_v1beta3", "google.cloud.storage", "google_crc32c"))):
    pytest.skip("the extra [cloud] is not installed", allow_module_level=True)

from apache_beam.internal.gcp import auth
from apache_beam.portability.api import beam_runner_api_pb2

from tests.deploy import cloud

pytestmark = pytest.mark.filterwarnings("ignore")
ROOT = Path(__file__).parents[2]
PICKLE_LIMIT = 8_000
"""Bytes of one pickled step: what is larger has taken a model or a table with it."""
PROTO_LIMIT = 200_000


@pytest.fixture(autouse=True, scope="module")
def place() -> Iterator[cloud.Cloud]:
    """The cloud that everything here talks to. Nobody is asked who we are: Beam would look for an account for half a minute."""
    patch = pytest.MonkeyPatch()
    patch.setattr(auth._Credentials, "get_service_credentials", staticmethod(lambda *_: None))
    with cloud.serving() as found, bq_fake.serving("news") as (_, bigquery):
        patch.setenv("STORAGE_EMULATOR_HOST", found.url)
        patch.setenv("BIGQUERY_EMULATOR_HOST", bigquery)
        yield found
    patch.undo()


@pytest.fixture
def fresh(place: cloud.Cloud) -> cloud.Cloud:
    """The same cloud, emptied."""
    place.objects.clear()
    place.jobs.clear()
    place.strange.clear()
    place.running = None
    return place


@pytest.fixture(scope="module", params=parameters.MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def job(mode: str) -> Any:
    """The job of a dry run."""
    told = dataflow.parse([*steps.ARGUMENTS, "--dry_run=true", steps.SOURCE[mode]])
    return dataflow.build(told).run().job


@pytest.fixture(scope="module")
def proto(job: Any) -> beam_runner_api_pb2.Pipeline:
    found = job.proto_pipeline
    assert isinstance(found, beam_runner_api_pb2.Pipeline)
    return found


def test_its_steps_are_those_committed(mode: str, proto: beam_runner_api_pb2.Pipeline) -> None:
    committed = steps.read(steps.STEPS.read_text("utf-8"))[mode]
    assert sorted(steps.leaves(proto)) == sorted(committed)


def test_it_is_of_its_type(mode: str, job: Any) -> None:
    assert f'"type": "JOB_TYPE_{mode.upper()}"' in job.json()
    assert '"name": "pages"' in job.json()


def test_every_worker_runs_our_image_and_no_other(proto: beam_runner_api_pb2.Pipeline) -> None:
    (environment,) = proto.components.environments.values()
    payload = beam_runner_api_pb2.DockerPayload.FromString(environment.payload)
    assert environment.urn == "beam:env:docker:v1"
    assert payload.container_image == steps.IMAGE


def test_no_path_of_this_machine_travels(proto: beam_runner_api_pb2.Pipeline) -> None:
    """Beam's own lambdas are pickled with the file that they stand in; ours are modules, which go by name."""
    for transform in proto.components.transforms.values():
        for place in (str(ROOT), str(Path.home()), tempfile.gettempdir()):
            assert place.encode() not in transform.spec.payload.replace(sys.prefix.encode(), b""), (
                transform.unique_name
            )


def test_pickles_are_small(proto: beam_runner_api_pb2.Pipeline) -> None:
    sizes = {t.unique_name: len(t.spec.payload) for t in proto.components.transforms.values()}
    assert max(sizes.values()) < PICKLE_LIMIT, max(sizes.items(), key=lambda s: s[1])
    assert len(proto.SerializeToString()) < PROTO_LIMIT


def test_articles_travel_by_our_coder(proto: beam_runner_api_pb2.Pipeline) -> None:
    transforms, coders = proto.components.transforms, proto.components.coders
    rooms = [
        t
        for t in transforms.values()
        if re.match(r"(Decode|Clean|Dates|Claims|Normalize)/Apply/", t.unique_name)
    ]
    assert len(rooms) == 5
    for room in rooms:
        collection = proto.components.pcollections[room.outputs["None"] or room.outputs["done"]]
        assert b"EnvelopeCoder" in coders[collection.coder_id].spec.payload, room.unique_name


def test_nothing_with_text_crosses_a_shuffle(mode: str, proto: beam_runner_api_pb2.Pipeline) -> None:
    shuffles = [
        t.unique_name
        for t in proto.components.transforms.values()
        if t.spec.urn == "beam:transform:group_by_key:v1"
    ]
    ours = [name for name in shuffles if not name.startswith(("Write to ", "Write dead letters"))]
    assert ours == (["Read/Spread shards/ReshufflePerKey/GroupByKey"] if mode == parameters.BATCH else [])


def test_a_whole_submission_is_taken(mode: str, fresh: cloud.Cloud) -> None:
    dataflow.main([*steps.ARGUMENTS, steps.SOURCE[mode], "--no_auth", f"--dataflow_endpoint={fresh.url}"])
    assert fresh.strange == []
    (job,) = fresh.jobs
    options = job["environment"]["sdkPipelineOptions"]["options"]
    assert (job["name"], job["type"]) == ("pages", 1 + parameters.MODES.index(mode))  # JOB_TYPE_BATCH is 1
    assert options["streaming"] is (mode == parameters.STREAMING)
    assert options["sdk_container_image"] == steps.IMAGE
    assert options["save_main_session"] is False
    assert options["update_compatibility_version"] == dataflow.COMPATIBLE_WITH
    assert "use_runner_v2" in options["experiments"]
    # The pipeline alone is staged: the code is in the image.
    staged = {name.rpartition("/")[2] for _, name in fresh.objects}
    assert staged <= {"pipeline.pb", "submission_environment_dependencies.txt"}
    url = options["pipelineUrl"].removeprefix("gs://")
    bucket, _, name = url.partition("/")
    sent = beam_runner_api_pb2.Pipeline.FromString(fresh.objects[bucket, name])
    assert sorted(steps.leaves(sent)) == sorted(steps.read(steps.STEPS.read_text("utf-8"))[mode])


def test_an_update_names_the_job_it_replaces_and_its_mapping(fresh: cloud.Cloud) -> None:
    fresh.running = {"id": "old-job", "name": "pages", "currentState": "JOB_STATE_RUNNING"}
    mapping = '--transform_name_mapping={"Old": "New"}'
    update = [steps.SOURCE["streaming"], "--update", mapping, "--no_auth", f"--dataflow_endpoint={fresh.url}"]
    dataflow.main([*steps.ARGUMENTS, *update])
    (job,) = fresh.jobs
    assert job["replaceJobId"] == "old-job"
    assert job["transformNameMapping"] == {"Old": "New"}


def test_the_launcher_returns_while_the_job_runs(fresh: cloud.Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Flex Template whose launcher waits keeps its machine for as long as the stream."""
    from apache_beam.runners.dataflow.dataflow_runner import DataflowPipelineResult

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("waited")

    monkeypatch.setattr(DataflowPipelineResult, "wait_until_finish", never)
    dataflow.main(
        [*steps.ARGUMENTS, steps.SOURCE["streaming"], "--no_auth", f"--dataflow_endpoint={fresh.url}"]
    )
