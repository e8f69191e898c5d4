"""What to do where the first word is no command: a page, an address, or a word that other tools use."""

from __future__ import annotations

import os
import shlex
from typing import Any

from typer.core import TyperGroup

from dateline.pipeline.sources.registry import format_of

_RUN = "pages are read by dateline run PAGES --output OUT, and one page is printed by dateline read PAGE"
_REPORT = "dateline report OUT writes one HTML page to open in a browser"
_EXPORT = "dateline export OUT --to FOLDER writes tables, and dateline guide recipes shows SQL"
_DOES = {
    _RUN: "parse extract process ingest analyze analyse annotate import load start scan convert resolve normalize",
    "the version is printed by dateline --version": "version",
    _REPORT: "show view open serve ui browse web html search",
    "the articles of an output are listed by dateline list OUT": "ls articles dir pages",
    _EXPORT: "events dates tables csv sql dump query save excel xlsx parquet",
    "dateline explain OUT NAME prints how each date of a page was made": "why trace info inspect",
    "dateline forget OUT NAME takes an article down": "delete remove rm del takedown",
    "dateline replay OUT reads dead letters again": "retry rerun reprocess redo",
    "dateline watch FEEDS reads feeds, and dateline read ADDRESS one page": "crawl fetch scrape download feed feeds poll get",
    "dateline doctor checks the machine, and dateline verify OUT an output": "check status test health validate lint",
    "dateline guide lists the guides": "docs doc manual man tutorial example examples faq",
    "nothing needs to be set up; dateline demo reads sample pages": "init setup config configure install new",
    "dateline diff OLD NEW compares two outputs": "compare changes",
    "dateline link OUT finds them, and dateline stories OUT lists them": "cluster dedupe dedup copies duplicates conflicts",
    "write a corrections.toml: dateline guide analyst, section 5": "fix correct correction corrections edit",
    "dateline guide cite has the words for a paper": "citation",
}
_MEANT = {word: advice for advice, words in _DOES.items() for word in words.split()}


def advice(word: str) -> str | None:
    """What somebody means who writes a word in place of a command; ``None`` where nothing is known of it."""
    quoted = shlex.quote(word)
    if os.path.isfile(os.path.join(word, "events.db")):
        return f"it is an output: dateline list {quoted}, or dateline report {quoted}"
    if os.path.isdir(word):
        return f"it is a folder: dateline run {quoted} --output out"
    if word == "-" or os.path.exists(word) or "://" in word or format_of(word)[0] is not None:
        return (
            f"to read a page: dateline read {quoted}; to keep the result: dateline run {quoted} --output out"
        )
    return _MEANT.get(word.lower())


class Commands(TyperGroup):
    """The commands, with advice where a word is none of them, and ``help COMMAND``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """``help`` and ``help COMMAND`` are ``--help`` and ``COMMAND --help``."""
        if args[:1] == ["help"]:
            args = [*args[1:2], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names. Exits with 2 and advice if it names none."""
        if args and args[0] not in self.commands and (told := advice(args[0])) is not None:
            ctx.fail(f"No such command {args[0]!r}: {told}.")
        return super().resolve_command(ctx, args)
