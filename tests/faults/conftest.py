"""One driver process for all faults: the pipeline is imported once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Order = dict[str, Any]
Drive = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def drive() -> Iterator[Drive]:
    """Send orders that run at once; get how each ended."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin and stdout

        def send(*orders: Order) -> list[dict[str, Any]]:
            stdin.write(json.dumps(orders) + "\n")
            stdin.flush()
            line = stdout.readline()
            assert line, f"the driver ended with {process.poll()}"
            answers: list[dict[str, Any]] = json.loads(line)
            return answers

        yield send
        stdin.close()
        process.wait(30)
