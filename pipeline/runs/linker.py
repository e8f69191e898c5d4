"""Links the articles of a stream periodically in a separate process, so that no batch waits for it.

``python -m dateline.pipeline.runs.linker`` is that process. It reads the databases and the settings as JSON
from standard input. It may be killed at any time: links are written in transactions, and the next round does
the rest.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import IO

from dateline.pipeline.errors import PipelineError
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.store import open_store

_NICENESS = 10
_END_SECONDS = 2.0
_SETTINGS = ("workers", "retry_seconds")
"""The settings that linking needs."""
_log = logging.getLogger("dateline")


class Linker:
    """Starts a round of linking every ``settings.link_every`` seconds, one at a time."""

    def __init__(
        self, urls: Sequence[str], settings: Settings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._work = json.dumps({"urls": list(urls), "settings": settings.model_dump(include={*_SETTINGS})})
        self._every = settings.link_every
        self._clock = clock
        self._last = clock()
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether a round is running."""
        return self._process is not None

    def tick(self) -> None:
        """Note that a round has ended, or start a round that is due. Takes milliseconds."""
        if self._process is not None:
            if self._process.poll() is not None:
                self._finish(self._process)
        elif self._clock() - self._last >= self._every:
            self._start()

    def stop(self) -> None:
        """Stop a running round; the next one links the rest."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._close()

    def _start(self) -> None:
        self._last = self._clock()
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the round has ended)
        command = [sys.executable, "-m", "dateline.pipeline.runs.linker"]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors
            )
        except OSError as error:
            errors.close()
            _log.error("stories could not be linked: %s", error)
            return
        self._process, self._errors = process, errors
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin as stdin:  # A process that has ended has logged why.
            stdin.write(self._work.encode())

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        if process.returncode:
            assert self._errors is not None
            self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2000))
            lines = self._errors.read().decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else f"the process ended with {process.returncode}"
            _log.error("stories could not be linked: %s", reason[:500])
        self._close()
        self._last = self._clock()

    def _close(self) -> None:
        if self._errors is not None:
            self._errors.close()
        self._process = self._errors = None


def main() -> int:
    """Link the databases that standard input names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is handled by the stream, which ends this process.
    os.nice(_NICENESS)
    work = json.load(sys.stdin)
    from dateline.pipeline.runs.link import link_all

    settings = Settings(**work["settings"])
    try:
        link_all([open_store(url, settings.retry_seconds) for url in work["urls"]], settings)
    except PipelineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
