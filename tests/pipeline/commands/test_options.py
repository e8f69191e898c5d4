"""What the commands share: durations, and errors that are one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.commands.options import seconds_of
from dateline.pipeline.errors import InputError


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "http://127.0.0.1:8080/x", "-o", "{out}"], "not a public address"),
        (["run", "pubsub://p/s1", "pubsub://p/s2", "-o", "{out}"], "one command reads one stream"),
        (["run", "pubsub://p", "-o", "{out}"], "pubsub://PROJECT/NAME"),
        (["run", "pubsub://paper/news", "--workers", "2", "-o", "{out}"], "one process"),
        (["watch", "https://e.example/", "--every", "soon", "-o", "{out}"], "soon"),
        (["watch", "{out}/none.txt", "-o", "{out}"], "none.txt"),
        (
            ["publish", "https://e.example/", "--to", "ftp://x/y", "--state", "{out}/s.db"],
            "pubsub://PROJECT/TOPIC",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], words: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [a.replace("{out}", str(tmp_path)) for a in arguments])
    assert result.exit_code == 2
    assert words in result.stderr and result.stderr.count("\n") == 1 and "Traceback" not in result.output


def test_durations() -> None:
    assert [seconds_of(s) for s in ("90", "45s", "10m", "2h", "1.5d")] == [90, 45, 600, 7200, 129_600]
    for bad in ("", "0", "-5m", "10 minutes", "m"):
        with pytest.raises(InputError):
            seconds_of(bad)
