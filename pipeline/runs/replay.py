"""Reads dead letters again, for example after a release that reads more, or with a higher limit.

Origins and ids are unchanged, so an input that fails again is the same dead letter with one more attempt, and
an input that is read now cannot be stored twice.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from dateline.pipeline.errors import InputError, StoreError
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.registry import output_of
from dateline.pipeline.sources import carrier
from dateline.pipeline.store.schema import tables as t
from dateline.transforms.model import DECLARED, RawArticle

_log = logging.getLogger("dateline")
BATCH = 100
BATCH_BYTES = 32_000_000
_LINE = 40_000_000
_KNOWN = (*carrier.FIELDS, "media_type", "fetched_at")


class Choice(NamedTuple):
    """Selects dead letters of one type, and those that first failed since a time (UTC text)."""

    type: str | None = None
    since: str | None = None

    def takes(self, row: dict[str, Any]) -> bool:
        """Whether a row is selected; resolved ones are not."""
        return (
            not row.get("resolved_at")
            and self.type in (None, row["type"])
            and (self.since is None or row["first_failed_at"] >= self.since)
        )


def since(seconds: float) -> str:
    """The time this many seconds ago, in the format of dead letters."""
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=seconds)
    return moment.isoformat(timespec="seconds")


def read(source: str, choice: Choice) -> Iterator[dict[str, Any]]:
    """The selected dead letters of an output, or of a file ``dead_letters.jsonl``.

    Raises :class:`~dateline.pipeline.errors.InputError`, OutputError or StoreError.
    """
    if source.endswith(".jsonl"):
        return filter(choice.takes, _lines(Path(source)))
    return output_of(source).letters(choice.type, choice.since)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LINE), ""), 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict) or not {"dead_letter_id", "origin", "payload"} <= row.keys():
                    raise InputError(f"{path}:{number}: is not a dead letter")
                yield row
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error


def raw_of(row: dict[str, Any]) -> RawArticle:
    """The input that became a dead letter. Raises InputError if its payload is not available."""
    carrier = dict(row.get("carrier") or {})
    known = {name: carrier.pop(name) for name in _KNOWN if isinstance(carrier.get(name), str)}
    declared = carrier.pop(DECLARED, False) is True
    return RawArticle(
        content=_content(row), origin=row["origin"], carrier=carrier, declared=declared, **known
    )


def _content(row: dict[str, Any]) -> bytes | str:
    payload: str = row["payload"]
    encoding = row.get("payload_encoding", "utf-8")
    if encoding == "reference":
        return _referenced(payload)
    try:
        return base64.b64decode(payload, validate=True) if encoding == "base64" else payload
    except binascii.Error as error:
        raise InputError(f"{row['dead_letter_id']}: {error}") from error


def _referenced(reference: str) -> bytes:
    """A payload in a file: a whole file of the dead letter store, or ``file@offset+length``."""
    path, _, place = reference.rpartition("@")
    start, plus, length = place.partition("+")
    part = bool(path) and bool(plus) and start.isdecimal() and length.isdecimal()
    try:
        with FileSystems.open(path if part else reference) as file:
            if part:
                file.seek(int(start))
                return bytes(file.read(int(length)))
            data = bytes(file.read())
            return base64.b64decode(data) if reference.endswith(".b64") else data
    except (OSError, BeamIOError, ValueError) as error:
        raise InputError(f"{reference}: {error}") from error


def replay(source: str, output: str | None, choice: Choice, settings: Settings) -> Counter[str]:
    """Read the selected dead letters again, into ``output`` (default: their own store).

    Returns the counts ``replayed``, ``recovered``, ``failed`` (again) and ``missing`` (payloads).
    """
    if output is None and source.endswith(".jsonl"):
        raise InputError(f"{source}: say where to with --output")
    counts: Counter[str] = Counter()
    run: MicroBatchRun | None = None
    status = "failed"
    try:
        for batch in _batches(read(source, choice), counts):
            run = run or MicroBatchRun(output or source, settings, f"replay {source}")
            by_id = {row["dead_letter_id"]: row for row, _ in batch}
            # Two dead letters with the same origin have different payloads and go into different batches.
            run.put([raw for _, raw in batch])
            again = _failed_again(run, list(by_id))
            # A file is not changed; its dead letters are resolved in the output.
            _resolve(run, source, [name for name in by_id if name not in again])
            counts += Counter(replayed=len(batch), failed=len(again), recovered=len(batch) - len(again))
        status = "done"
    finally:
        if run is not None:
            run.close(status)
    return counts


def _batches(
    rows: Iterable[dict[str, Any]], counts: Counter[str]
) -> Iterator[list[tuple[dict[str, Any], RawArticle]]]:
    """Batches of bounded size, without the same origin twice."""
    batch: list[tuple[dict[str, Any], RawArticle]] = []
    origins: set[str] = set()
    size = 0
    for row in rows:
        try:
            raw = raw_of(row)
        except InputError:
            counts["missing"] += 1
            continue
        if batch and (len(batch) >= BATCH or size + len(raw.content) > BATCH_BYTES or raw.origin in origins):
            yield batch
            batch, origins, size = [], set(), 0
        batch.append((row, raw))
        origins.add(raw.origin)
        size += len(raw.content)
    if batch:
        yield batch


def _failed_again(run: MicroBatchRun, ids: list[str]) -> set[str]:
    letters = t.dead_letters
    query = sa.select(letters.c.dead_letter_id).where(
        letters.c.dead_letter_id.in_(ids), letters.c.run_id == run.run_id
    )
    return run.store.read(lambda c: set(c.scalars(query)))


def _resolve(run: MicroBatchRun, source: str, ids: list[str]) -> None:
    if source.endswith(".jsonl"):
        run.store.resolve(ids)
        return
    try:
        output_of(source).resolve(ids)
    except StoreError as error:
        # The articles are stored. Dead letters that are read again later change nothing.
        _log.warning("dead letters that were read stay in their place: %s", error)
