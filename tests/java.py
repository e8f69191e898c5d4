"""Java programs that tests drive: fetched by Maven into a folder of jars beside their pom.xml, once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.tools import NoTool

FETCH_SECONDS = 600
_OPENS = (
    "java.base/java.io", "java.base/java.lang", "java.base/java.lang.invoke", "java.base/java.lang.reflect",
    "java.base/java.net", "java.base/java.nio", "java.base/java.text", "java.base/java.time", "java.base/java.util",
    "java.base/java.util.concurrent", "java.base/java.util.concurrent.atomic", "java.base/java.util.concurrent.locks",
    "java.base/sun.net.util", "java.base/sun.nio.ch", "java.base/sun.nio.cs", "java.base/sun.security.action",
    "java.base/sun.util.calendar", "java.security.jgss/sun.security.krb5",
)  # fmt: skip
"""Packages that Flink 1.19 and Spark 3.5 reach by reflection, which Java 17 forbids unless it is told."""


def jars(pom: Path, name: str, profile: str | None = None) -> str:
    """The class path of the programs that a ``pom.xml`` fetches into ``target/NAME``. Raises :class:`NoTool`."""
    java()
    try:
        import fcntl
    except ModuleNotFoundError as error:
        raise NoTool(f"{name}: it is fetched under a lock that this system lacks") from error
    folder = pom.parent / "target" / name
    done = folder / ".fetched"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists() and done.read_text() == pom.read_text():
            return f"{folder}/*"
        maven = shutil.which("mvn")
        if maven is None:
            raise NoTool(f"{name}: Maven is not installed, so it cannot be fetched")
        shutil.rmtree(folder)
        which = ["--activate-profiles", profile] if profile else []
        command = [maven, "--batch-mode", "--quiet", "--file", str(pom), *which, "package"]
        try:
            fetched = subprocess.run(
                command, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NoTool(f"{name}: not fetched within {FETCH_SECONDS} s") from error
        if fetched.returncode:
            raise NoTool(f"{name}: Maven could not fetch it: {fetched.stdout[-300:]}")
        done.write_text(pom.read_text())
    return f"{folder}/*"


def java() -> str:
    """The program that runs Java. Raises :class:`NoTool`."""
    found = shutil.which("java")
    if found is None:
        raise NoTool("Java is not installed")
    return found


def command(classpath: str, main: str, *arguments: str, memory: str = "512m") -> list[str]:
    """The command that starts a Java program."""
    opens = [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENS]
    return [java(), f"-Xmx{memory}", *opens, "-cp", classpath, main, *arguments]
