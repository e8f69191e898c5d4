"""Counts what became of every file of a run's inputs: read, or left, and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from dateline.pipeline.sources.registry import stem_of

PAGES = (".html", ".htm", ".xhtml")
SIDE = (
    "_files", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos", "_ficheiros", "-filer", "_bestanden", "_pliki",
    "_soubory", "_dosyalar", "_fajlovi", "_elemei", ".files",
)  # fmt: skip
"""Endings of the folders in which browsers in several languages save the parts of a page."""
_PARTS = (".js", ".css", ".download")
"""Endings of files that occur in such a folder and not beside articles."""


@dataclass
class Listing:
    """Counts of files. ``other`` are files that are not read, by the ending of their name."""

    read: int = 0
    other: Counter[str] = field(default_factory=Counter)
    parts: int = 0
    """Files in the folders that browsers save beside a page."""
    folders: set[str] = field(default_factory=set)
    """The number of these folders."""
    own: int = 0
    """Files that an earlier run wrote."""
    broken: int = 0
    """Links that lead nowhere."""

    def leave(self, path: str) -> None:
        """Count a file that is not read because of its ending."""
        ending = os.path.splitext(stem_of(path))[1].lower()
        self.other[ending[:12] or "without an ending"] += 1

    def add(self, other: Listing) -> None:
        """Add the counts of another input, without those of the files that were read."""
        self.other += other.other
        self.parts += other.parts
        self.folders |= other.folders
        self.own += other.own
        self.broken += other.broken

    @property
    def files(self) -> int:
        """All files, read or left."""
        return self.read + self.other.total() + self.parts + self.own + self.broken

    @property
    def left(self) -> str:
        """The files that were left, in words: ``4 not read: 3 .pdf, .docx``; empty if there were none."""
        parts = []
        if self.other:
            most = self.other.most_common(6)
            kinds = ", ".join(f"{n} {ending}" if n > 1 else ending for ending, n in most)
            more = ", …" if len(self.other) > 6 else ""
            parts.append(f"{self.other.total()} not read: {kinds}{more}")
        if self.parts:
            names = sorted(os.path.basename(folder) for folder in self.folders)
            shown = ", ".join(f"{name}/" for name in names[:3]) + (", …" if len(names) > 3 else "")
            parts.append(f"{self.parts} part{'' if self.parts == 1 else 's'} of saved pages: {shown}")
        if self.own:
            parts.append(f"{self.own} that dateline wrote")
        if self.broken:
            parts.append(f"{self.broken} broken link{'' if self.broken == 1 else 's'}")
        return "; ".join(parts)


def side_folders(paths: Collection[str]) -> set[str]:
    """The folders in ``paths`` that a browser saved beside a page.

    Such a folder has the name of a page beside it with an ending of :data:`SIDE`; if the page was moved away,
    the folder is recognized by the scripts and style sheets in it.
    """
    pages = {os.path.splitext(path)[0] for path in paths if path.lower().endswith(PAGES)}
    inside: dict[str, bool] = {}
    for path in paths:
        for folder in _above(path):
            name = os.path.basename(folder)
            stem = next((folder[: -len(s)] for s in SIDE if name.endswith(s) and name != s), None)
            if stem is None:
                continue
            technical = path.lower().partition("?")[0].endswith(_PARTS)
            inside[folder] = inside.get(folder, False) or stem in pages or technical
    return {folder for folder, is_side in inside.items() if is_side}


def is_within(path: str, folders: Collection[str]) -> str | None:
    """The folder of ``folders`` that contains a path, at any depth."""
    return next((folder for folder in _above(path) if folder in folders), None) if folders else None


def _above(path: str) -> Iterable[str]:
    folder = os.path.dirname(path)
    while folder and folder != os.path.dirname(folder):
        yield folder
        folder = os.path.dirname(folder)
