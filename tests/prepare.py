"""Builds and fetches the programs that tests drive, before the clock of any test runs: ``python -m tests.prepare``.

What cannot be had is said, and its tests skip with the same words.
"""

from __future__ import annotations

from collections.abc import Callable

from tests import java, tools
from tests.pipeline import kafka, servers

PROGRAMS: dict[str, Callable[[], object]] = {
    "Prism": lambda: tools.go_tool(tools.PRISM),
    "actionlint": lambda: tools.go_tool(tools.ACTIONLINT),
    "Pub/Sub": servers.pstest_binary,
    "Kafka": lambda: java.jars(kafka.POM, "kafka"),
}


def main() -> None:
    """Prepare each, and say which are missing."""
    for name, had in PROGRAMS.items():
        try:
            had()
        except tools.NoTool as reason:
            print(f"tools: {name}: {reason}; its tests will skip")


if __name__ == "__main__":
    main()
