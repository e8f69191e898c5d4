"""Archives → raw articles: the members of ZIP and tar files, each read by its own format."""

from __future__ import annotations

import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, BinaryIO, cast

from dateline.pipeline.sources.formats.opened import CHUNK, Opened
from dateline.pipeline.sources.formats.passed import pass_over
from dateline.pipeline.sources.registry import format_named, format_of, load
from dateline.transforms import inflate
from dateline.transforms.model import RawArticle

MEMBERS = 200_000
RATIO = 200
"""How many times its compressed size a member may have, beyond the first megabyte."""
FLOOR = 1_000_000
MEMBER_BYTES = 2_000_000_000
_DOCUMENTS = (
    ".pdf",
    ".doc",
    ".docx",
    ".odt",
    ".rtf",
    ".epub",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".zip",
    ".tar",
    ".tgz",
    ".7z",
    ".rar",
    ".bz2",
    ".xz",
    ".zst",
)
"""Endings of files that may contain an article but are not read, and so are reported. Pictures, styles and
scripts are not reported."""


class Unpacked(Exception):
    """A member that cannot be unpacked: encrypted, broken, or a bomb."""


def read_zip(opened: Opened) -> Iterator[RawArticle]:
    """The members of a ZIP file, in order of the archive."""
    try:
        archive = zipfile.ZipFile(opened.file)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        yield opened.refused(f"a broken ZIP archive: {error}")
        return
    found = False
    with archive:
        for number, member in enumerate(archive.infolist(), 1):
            if number > MEMBERS:
                yield opened.refused(f"over {MEMBERS} members", f"#{number}+", kind="too_large")
                return
            if member.is_dir() or _is_hidden(member.filename):
                continue
            for raw in _member(
                opened, member.filename, member.file_size, partial(archive.open, member), member.compress_size
            ):
                found = True
                yield raw
    if not found:
        yield opened.refused("an archive without a page that is read", kind="empty")


def read_tar(opened: Opened) -> Iterator[RawArticle]:
    """The members of a tar file, read sequentially."""
    found = False
    read = 0
    allowed = FLOOR + RATIO * opened.shard.size
    try:
        with tarfile.open(fileobj=_plain(opened.file), mode="r|*") as archive:
            for number, member in enumerate(archive, 1):
                read += member.size
                if number > MEMBERS or read > allowed:
                    yield opened.refused(
                        f"unpacks to over {RATIO} times its size, or {MEMBERS} members",
                        f"#{number}+",
                        kind="too_large",
                    )
                    return
                if not member.isfile() or _is_hidden(member.name):
                    continue
                for raw in _member(
                    opened, member.name, member.size, partial(archive.extractfile, member), member.size
                ):
                    found = True
                    yield raw
    except (tarfile.TarError, EOFError, ValueError, *inflate.ERRORS) as error:
        yield opened.refused(f"a broken tar archive: {' '.join(str(error).split())[:200]}", "#end")
        return
    except OSError as error:
        if error.errno is not None:
            raise
        yield opened.refused(f"a broken tar archive: {error}", "#end")
        return
    if not found:
        yield opened.refused("an archive without a page that is read", kind="empty")


def _plain(file: BinaryIO) -> BinaryIO:
    """The file, decompressed if it is in zstd, which tarfile does not read before Python 3.14."""
    head = file.read(len(inflate.ZSTD.magic))
    file.seek(0)
    return cast("BinaryIO", inflate.ZSTD.reader(file)) if inflate.codec_of(head) is inflate.ZSTD else file


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part not in (".", ".."))


def _member(
    opened: Opened, name: str, size: int, open_: Callable[[], IO[bytes] | None], packed: int
) -> Iterator[RawArticle]:
    """The raw articles of one member. A member that is not read is a fault if it may contain an article."""
    part = f"#{name}".encode("utf-8", "backslashreplace").decode()
    format_name, compressed = format_of(name)
    if format_name is None or format_name in ("zip", "tar"):
        if name.lower().endswith(_DOCUMENTS):
            yield opened.refused(
                f"a member of type {name.rpartition('.')[2].lower()}, which is not read within an archive",
                part,
            )
        else:
            pass_over(os.path.splitext(name)[1] or "other")
        return
    try:
        spool = _unpack(open_, size, packed)
    except Unpacked as error:
        yield opened.refused(str(error), part, kind="too_large" if "over" in str(error) else "undecodable")
        return
    with spool:
        shard = opened.shard._replace(
            path=name, format=format_name, compressed=compressed, size=spool.tell(), start=0, end=spool.tell(), split=False,
            sidecar=None, name=opened.shard.name + part, take=None,
        )  # fmt: skip
        spool.seek(0)
        inner = Opened(
            cast("BinaryIO", spool), shard, opened.fields, opened.carrier, opened.options, opened.fault
        )
        yield from load(format_named(format_name).reader)(inner)


def _unpack(open_: Callable[[], IO[bytes] | None], size: int, packed: int) -> IO[bytes]:
    """A member as a temporary file, in memory or, if it is large, on disk."""
    if size > MEMBER_BYTES:
        raise Unpacked(f"over {MEMBER_BYTES} bytes")
    spool = tempfile.SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115 - the caller closes it
    try:
        stream = open_()
        if stream is None:
            raise Unpacked("can not be unpacked: it is a link")
        with stream:
            while chunk := stream.read(CHUNK):
                spool.write(chunk)
                if spool.tell() > FLOOR + RATIO * max(packed, 1):
                    raise Unpacked(f"unpacks to over {RATIO} times its size")
                if spool.tell() > MEMBER_BYTES:
                    raise Unpacked(f"over {MEMBER_BYTES} bytes")
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        spool.close()
        raise Unpacked(f"can not be unpacked: {' '.join(str(error).split())[:200]}") from error
    except BaseException:
        spool.close()
        raise
    return cast("IO[bytes]", spool)
