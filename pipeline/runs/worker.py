"""``dateline-worker``: the program that an engine starts as a Python worker (Beam's environment PROCESS).

Beam ships its own program only in container images, and its worker pool starts whatever is called ``python``.
This program runs in the Python in which it was installed, so this package is available.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

import grpc
from apache_beam.portability.api import beam_provision_api_pb2, beam_provision_api_pb2_grpc, endpoints_pb2
from apache_beam.runners.worker import sdk_worker_main
from google.protobuf import json_format, text_format

PROVISION_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a worker until its engine ends it. The arguments are those of Beam's container contract."""
    parser = argparse.ArgumentParser(prog="dateline-worker", description=__doc__, allow_abbrev=False)
    parser.add_argument("--id", required=True, help="the name that the engine gave this worker")
    parser.add_argument(
        "--provision_endpoint", required=True, metavar="HOST:PORT", help="where it asks what to do"
    )
    parser.add_argument("--control_endpoint", metavar="HOST:PORT", help="else the engine says it when asked")
    parser.add_argument("--logging_endpoint", metavar="HOST:PORT", help="else the engine says it when asked")
    parser.add_argument("--artifact_endpoint", metavar="HOST:PORT", help="not used: the package is installed")
    options = parser.parse_args(arguments)
    info = provision(options.provision_endpoint, options.id)
    os.environ["WORKER_ID"] = options.id
    os.environ["CONTROL_API_SERVICE_DESCRIPTOR"] = _descriptor(
        options.control_endpoint or info.control_endpoint.url
    )
    os.environ["LOGGING_API_SERVICE_DESCRIPTOR"] = _descriptor(
        options.logging_endpoint or info.logging_endpoint.url
    )
    os.environ["PIPELINE_OPTIONS"] = json_format.MessageToJson(info.pipeline_options)
    os.environ["RUNNER_CAPABILITIES"] = " ".join(info.runner_capabilities)
    sdk_worker_main.main([])


def provision(endpoint: str, worker: str) -> beam_provision_api_pb2.ProvisionInfo:
    """The job's options and the engine's capabilities, from the engine's provision service."""
    with grpc.insecure_channel(endpoint) as channel:
        stub = beam_provision_api_pb2_grpc.ProvisionServiceStub(channel)
        request = beam_provision_api_pb2.GetProvisionInfoRequest()
        answer = stub.GetProvisionInfo(request, timeout=PROVISION_SECONDS, metadata=(("worker_id", worker),))
        return answer.info


def _descriptor(url: str) -> str:
    return str(text_format.MessageToString(endpoints_pb2.ApiServiceDescriptor(url=url)))


if __name__ == "__main__":
    main()
