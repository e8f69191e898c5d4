"""Builds the text of an HTML page: its lines, and which of them belong to a hidden or marked block.

The name of a block counts only if its content agrees: a "paywall" block that contains the story is no
paywall, and hidden text that continues the story is part of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from dateline.transforms.errors import TooLarge
from dateline.transforms.html.markup import BREAK, CELL
from dateline.transforms.model import Evidence, EvidenceRole, Line, Span

_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "…", "。")
_RUNNING = 60
"""A line with at least this many characters that ends like a sentence is running text."""
_MOST_SHARE = 0.4
"""A block with more than this share of the page's running text is not furniture, whatever its name."""
_BEFORE = 40
"""Words of running text that must stand above the readers' comments, which may be longer than a short story
but follow it."""
_LINK = 0.7
"""A line with at least this share of its characters inside links is the headline of another story."""
_TEASERS = 3
"""A block below the text with at least this many such headlines lists other stories, however long it is."""
_FOLDED = 0.15
"""Hidden text with at least this share of the page's running text that begins where the story stops is its
continuation."""
_NEAR = 15
"""Lines above hidden text among which the story must be."""
_LEAST = 30
"""Words that a text in linked data needs to replace the page's own."""
_ELSEWHERE = frozenset(["nav", "aside", "footer"])
"""Landmarks outside the article."""
_TELLING = frozenset(
    ["figure", "ul", "ol", "dl", "table", "form", "blockquote", "header", "footer", "aside", "nav"]
)
"""Tags of boxes whose name says what they contain."""

_validated = TypeAdapter(tuple[Line, ...]).validate_python
"""All lines of a page at once, in half the time of a call of the class for each."""


class VisibleText(NamedTuple):
    """The visible text of a page, its lines, the boxes around them (:attr:`Page.boxes`), and the evidence of
    its ``<time>`` elements."""

    text: str
    lines: tuple[Line, ...]
    boxes: tuple[tuple[int, str], ...]
    times: list[Evidence]


@dataclass(slots=True)
class _Block:
    """An element that is marked or hidden, with the number of words of running text in it."""

    kind: str
    most: int
    hidden: bool
    box: int
    running: int = 0
    first: int = -1
    links: int = 0
    """Lines that are a single link: headlines of other stories."""


@dataclass(slots=True)
class _Line:
    text: str
    tag: str
    share: float
    zone: str
    box: int
    blocks: tuple[int, ...]
    running: int
    times: tuple[tuple[str, str, EvidenceRole], ...] = ()


class TextBuilder:
    """Collects lines in document order; :meth:`finish` returns those that a reader sees."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lines: list[_Line] = []
        self._blocks: list[_Block] = []
        self.above: list[int] = [0]
        """The number of the box around each box."""
        self.tags: list[str] = ["body"]
        """The tag of each box."""
        self._total = 0
        self._loose: list[tuple[str, str, EvidenceRole]] = []
        self._times: list[tuple[str, str, EvidenceRole]] = []

    def box(self, above: int, tag: str) -> int:
        """Open a box inside another and return its number."""
        self.above.append(above)
        self.tags.append(tag)
        return len(self.above) - 1

    def block(self, kind: str, most: int, hidden: bool, box: int) -> int:
        """Open a block inside a box, hidden or marked as of this kind, and return its number."""
        self._blocks.append(_Block(kind, most, hidden, box))
        return len(self._blocks) - 1

    def time(self, text: str, value: str, role: EvidenceRole) -> None:
        """Add a ``<time>`` element to the line that is put next."""
        self._times.append((text, value, role))

    def put(self, raw: str, linked: int, tag: str, zone: str, box: int, blocks: tuple[int, ...]) -> None:
        """Add a line; a sentence that a ``<br>`` broke is joined again. ``linked``: how many of its characters are in links."""
        if raw:
            share = min(1.0, linked / max(1, len(raw.strip()))) if linked else 0.0
            for part in _parts(raw) if BREAK in raw else [raw]:
                self._line(part, share, tag, zone, box, blocks)
        if self._times:
            self._loose += self._times
            self._times.clear()

    def _line(self, raw: str, share: float, tag: str, zone: str, box: int, blocks: tuple[int, ...]) -> None:
        text = " ".join(raw.split())
        if not text.isascii():
            text = unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()
        if not text or text == CELL.strip():
            return
        if len(self._lines) >= self._limit:
            raise TooLarge(f"over {self._limit} lines")
        share = round(share, 3) if share else 0.0
        line = _Line(text, tag, share, zone, box, blocks, _running(text))
        for n in blocks:
            block = self._blocks[n]
            block.running += line.running
            block.links += line.share > _LINK
            if block.first < 0:
                block.first = len(self._lines)
        for held in self._times[:] if self._times else ():
            shown = " ".join(held[0].split())
            if shown and shown in text:
                line.times += ((shown, held[1], held[2]),)
                self._times.remove(held)
        self._lines.append(line)
        self._total += line.running

    def add_text(self, text: str) -> None:
        """Add the article's text from linked data if the page itself has almost none of it."""
        parts = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
        words = sum(len(part.split()) for part in parts)
        shown = self.running()
        if (
            words < _LEAST
            or 2 * shown > words
            or any(parts[0][:_RUNNING] in line.text for line in self._lines)
        ):
            return
        at = next((n + 1 for n, line in enumerate(self._lines) if line.tag == "h1"), 0)
        box = self.box(0, "article")
        room = max(0, self._limit - len(self._lines))
        for block in self._blocks:
            block.first += len(parts) if block.first >= at else 0
        self._lines[at:at] = [
            _Line(_CONTROL.sub("", part), "p", 0.0, "article", box, (), _running(part))
            for part in parts[:room]
        ]

    def running(self) -> int:
        """Words of running text that are neither in a marked block nor hidden."""
        marks = self._marked()
        return sum(
            line.running
            for line in self._lines
            if line.running and not any(marks[n] or self._blocks[n].hidden for n in line.blocks)
        )

    def _marked(self) -> list[bool]:
        """The blocks whose kind is believed; a kind with much of the page's running text is not."""
        running: Counter[str] = Counter()
        before = 0
        above: dict[int, int] = {}
        for line in self._lines:
            if line.blocks:
                for n in line.blocks:
                    above.setdefault(n, before)
                for kind in {self._blocks[n].kind for n in line.blocks}:
                    running[kind] += line.running
            before += line.running
        found = []
        for n, block in enumerate(self._blocks):
            fits = bool(block.kind) and (not block.most or block.running <= block.most)
            if block.kind == "comments" and fits:
                fits = above.get(n, 0) >= _BEFORE or block.running <= _MOST_SHARE * self._total
            elif fits:
                fits = running[block.kind] <= _MOST_SHARE * self._total or (
                    block.links >= _TEASERS and above.get(n, 0) >= _BEFORE
                )
            found.append(fits)
        return found

    def finish(self) -> VisibleText:
        """The visible text of the page."""
        marked = self._marked()
        gone = [block.hidden and not self._is_folded(block, marked) for block in self._blocks]
        seen = [line for line in self._lines if not line.blocks or not any(gone[n] for n in line.blocks)]
        number, boxes = self._tree([line.box for line in seen])
        lines: list[dict[str, Any]] = []
        evidence: list[Evidence] = []
        at = 0
        for line in seen:
            mark = ""
            if line.blocks:
                mark = next((self._blocks[n].kind for n in line.blocks if marked[n]), "")
            end = at + len(line.text)
            lines.append(
                {
                    "start": at,
                    "end": end,
                    "tag": line.tag,
                    "link_share": line.share,
                    "zone": line.zone,
                    "mark": mark,
                    "box": number[line.box],
                }
            )
            # The dates of other stories say nothing about this one.
            if line.times and not mark and line.zone not in _ELSEWHERE:
                evidence += _evidence(line, at)
            at = end + 1
        evidence += [Evidence(source="time", role=role, value=value) for _, value, role in self._loose]
        text = "\n".join([line.text for line in seen])
        return VisibleText(text, _validated(lines), boxes, evidence)

    def _tree(self, used: list[int]) -> tuple[dict[int, int], tuple[tuple[int, str], ...]]:
        """The boxes of these lines and those that separate them, renumbered. A box takes over the tag of a
        wrapper that is left out."""
        holds = set(used)
        inner: Counter[int] = Counter()
        known = {0}
        for box in holds:
            while box not in known:
                known.add(box)
                box = self.above[box]
                inner[box] += 1
        number = {0: 0}
        boxes = [(0, self.tags[0])]
        around = {0: (0, "")}
        for box in sorted(known - {0}):  # A box always has a higher number than the box around it.
            above, name = around[self.above[box]]
            tag = self.tags[box]
            tag = name if name in _TELLING and tag not in _TELLING else tag
            if box in holds or inner[box] > 1:
                number[box] = len(boxes)
                boxes.append((above, tag))
                around[box] = (number[box], "")
            else:
                around[box] = (above, tag)
        return number, tuple(boxes)

    def _is_folded(self, block: _Block, marked: list[bool]) -> bool:
        """Whether hidden text is the rest of the story behind "Read more": a large share of it, exactly where
        the story stops."""
        if block.first < 0 or block.running < max(_LEAST, _FOLDED * self._total):
            return False
        first = self._lines[block.first]
        if any(marked[n] for n in first.blocks) or first.zone in _ELSEWHERE:
            return False
        for line in reversed(self._lines[max(0, block.first - _NEAR) : block.first]):
            if line.running and not any(self._blocks[n].hidden for n in line.blocks):
                return block.box in (line.box, self.above[line.box])
        return False


def _evidence(line: _Line, at: int) -> Iterator[Evidence]:
    for shown, value, role in line.times:
        found = line.text.find(shown)
        span = Span(start=at + found, end=at + found + len(shown), exact=shown)
        yield Evidence(source="time", role=role, value=value, span=span)


def _running(text: str) -> int:
    """The number of words of a line of running text, else 0."""
    return len(text.split()) if len(text) >= _RUNNING and text.endswith(_SENTENCE_END) else 0


def _parts(raw: str) -> list[str]:
    parts: list[str] = []
    for part in raw.split(BREAK):
        text = part.strip()
        if not text:
            parts.append("")
        elif parts and parts[-1] and not parts[-1].rstrip().endswith(_SENTENCE_END) and text[0].islower():
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts
