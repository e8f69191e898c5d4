"""The guides: Markdown beside this file, one topic a file, printed by ``dateline guide`` and linked from README.

A guide is named by its file. Its first line is its title, its first paragraph says in one sentence what it is for.
"""

from __future__ import annotations

from importlib import resources
from typing import NamedTuple


class Guide(NamedTuple):
    """A guide: the topic that names it, its title, the sentence that says what it is for, and all of its text."""

    topic: str
    title: str
    purpose: str
    text: str


def topics() -> tuple[str, ...]:
    """The topics, by name."""
    folder = resources.files("dateline.pipeline.guides")
    return tuple(sorted(p.name.removesuffix(".md") for p in folder.iterdir() if p.name.endswith(".md")))


def guide_of(topic: str) -> Guide:
    """The guide of a topic. Raises KeyError where there is none."""
    if topic not in topics():
        raise KeyError(topic)
    text = resources.files("dateline.pipeline.guides").joinpath(f"{topic}.md").read_text(encoding="utf-8")
    title, _, rest = text.removeprefix("# ").partition("\n")
    return Guide(topic, title.strip(), " ".join(rest.strip().split("\n\n", 1)[0].split()), text)
