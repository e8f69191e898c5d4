"""Whether the exported files still show what the store holds: a mark that every change of the store removes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.statements import insert
from dateline.transforms.version import VERSION

MARK = "exported"
"""The key of ``meta`` that names this release and the files it wrote, with their sizes."""

_CHANGED = sa.delete(t.meta).where(t.meta.c.key == MARK)


def changed(c: sa.Connection) -> None:
    """Note that exported data is about to change. It is the first statement of a transaction, so that writers
    wait in one order."""
    c.execute(_CHANGED)


def begin(c: sa.Connection) -> str:
    """Note that exports are being written, and return the token for :func:`finish`."""
    token = uuid.uuid4().hex
    new = insert(c, t.meta)
    change = {"value": new.excluded.value}
    c.execute(new.on_conflict_do_update(index_elements=["key"], set_=change), {"key": MARK, "value": token})
    return token


def finish(c: sa.Connection, token: str, files: Mapping[str, int]) -> None:
    """Note the files and their sizes, unless the store changed since :func:`begin`."""
    mine = sa.and_(t.meta.c.key == MARK, t.meta.c.value == token)
    c.execute(sa.update(t.meta).where(mine).values(value=_mark(files)))


def stands(c: sa.Connection, folder: Path, names: list[str]) -> bool:
    """Whether these files of a folder were written last, by this release, and nothing has changed since."""
    held = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == MARK)).scalar()
    if held is None:
        return False
    try:
        return bool(held == _mark({name: (folder / name).stat().st_size for name in names}))
    except OSError:
        return False


def _mark(files: Mapping[str, int]) -> str:
    return json.dumps([VERSION, dict(files)], sort_keys=True)
