"""Programs that only tests need: found on the path, else built once by Go into a cache outside the checkout."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.waiting import LONG

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dateline-tests"
_BEAM = "github.com/apache/beam/sdks/v2"
PRISM = f"{_BEAM}/go/cmd/prism@v2.77.0"
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
BUILD_SECONDS = 600


class NoTool(Exception):
    """A program that cannot be had here; the message says what is missing."""


def go_tool(module: str) -> Path:
    """A Go program of a fixed version. Built into a folder of that version, so a newer one is never mistaken for it."""
    address, _, version = module.partition("@")
    name = address.rpartition("/")[2]
    folder = CACHE / f"{name}-{version}"
    program = folder / name
    if program.is_file():
        return program
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go is None:
        raise NoTool(f"{name}: Go is not installed, so it cannot be built")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            [go, "install", module], env=os.environ | {"GOBIN": str(folder)}, cwd=folder, check=True,
            capture_output=True, text=True, timeout=BUILD_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoTool(f"{name}: not built within {BUILD_SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        raise NoTool(f"{name}: go install failed: {error.stderr[-300:]}") from error
    return program


def python_tool(name: str) -> Path:
    """A program that a Python package ships, beside this interpreter or on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        raise NoTool(f"{name}: not installed")
    return Path(found)


def installed(module: str) -> bool:
    """Whether a module can be imported, without importing it."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to outgoing connections.

    A server that is stopped and started again finds its port free. Raises :class:`NoTool`.
    """
    for port in random.Random().sample(range(15_000, 32_000), 100):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise NoTool("no port is free")


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = LONG) -> None:
    """Wait until a server listens. Raises :class:`NoTool` if it ends or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise NoTool(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise NoTool(f"the server did not listen within {seconds:.0f} s")
