"""The counts of a run, from its store."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from dateline.pipeline.sources.formats.passed import in_words
from dateline.pipeline.sources.listing import Listing
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.corrections import Corrections, find

_OUTCOMES = {"known": "known", "duplicate": "equal to another", "forgotten": "taken down before"}
_REJECTED = {
    "not_an_article": "not an article",
    "too_large": "too large",
    "schema_violation": "not of a known form",
    "undecodable": "not readable",
    "deadline": "took too long",
    "internal": "failed within dateline",
}


_MEANINGS = {
    "read": "inputs",
    "article": "articles stored",
    "duplicate": "inputs equal to another",
    "known": "articles that the output had already",
    "forgotten": "articles taken down before",
    "dead_letter": "inputs that are no article, kept with the reason",
    "events": "who said or did what",
    "dated.stated": "dates whose words say the whole date",
    "dated.section": "dates counted from the day of their post or section",
    "dated.dateline": "dates counted from the dateline",
    "dated.published": "dates counted from the day of publication",
    "undated": "words of time without a day: lengths, habits, and what no page day settles",
    "open": "inputs that are still read",
}


def meaning(name: str) -> str:
    """What a count counts, in words."""
    kind, _, rest = name.partition(".")
    if kind == "rejected":
        return f"of these: {_REJECTED.get(rest, rest)}"
    if kind == "passed":
        return "records of archives that are no pages"
    return _MEANINGS.get(name, f"dates counted from the {rest} day" if kind == "dated" else "")


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


class Summary(NamedTuple):
    """The result of a run. ``counts`` has read, article, duplicate, known, dead_letter, forgotten,
    rejected.TYPE, events, dated.KIND, undated, and passed.KIND (records of archives that are not pages)."""

    run_id: str
    counts: dict[str, int]
    seconds: float
    files: list[Path]
    listing: Listing | None = None
    unmatched: tuple[str, ...] = ()
    """The names of corrections that match nothing in the output."""

    @property
    def sentence(self) -> str:
        """The outcome of all inputs in one line: ``12 files: 9 articles, 1 not an article, 2 not read: .pdf,
        .docx``."""
        counts, listing = self.counts, self.listing
        records = counts.get("read", 0)
        head = _many(records, "record")
        if listing is not None:
            head = _many(listing.files, "file") + ("" if records == listing.read else f", {head}")
        parts = [_many(n, "article") for n in [counts.get("article", 0)] if n]
        parts += [f"{n:,} {words}" for name, words in _OUTCOMES.items() if (n := counts.get(name, 0))]
        kinds = {k.removeprefix("rejected."): n for k, n in counts.items() if k.startswith("rejected.")}
        parts += [f"{n} {_REJECTED.get(kind, kind)}" for kind, n in sorted(kinds.items())]
        if counts.get("known") and not counts.get("article"):
            parts.append("nothing new")
        if listing is not None and listing.left:
            parts.append(listing.left)
        if told := in_words(counts):
            parts.append(told)
        return f"{head}: {', '.join(parts) or 'nothing'}"

    @property
    def folder(self) -> Path | None:
        """The output folder, if the run wrote one."""
        return next((path.parent for path in self.files if path.name == "dead_letters.jsonl"), None)

    @property
    def rejected(self) -> int:
        """Inputs that became dead letters."""
        return self.counts.get("dead_letter", 0)

    def too_many_rejects(self, bound: float | None) -> bool:
        """Whether there are more rejects than ``most``: a count, or below 1 a share of the inputs."""
        if bound is None:
            return False
        if 0 < bound < 1:
            return self.rejected > bound * max(1, self.counts["read"])
        return self.rejected > bound


def unmatched(store: Store, corrections: Corrections) -> tuple[str, ...]:
    """The names of the corrections whose patterns match no article and no dead letter of the store, so that a pattern
    that was written wrong does not go unnoticed. Without an answer in time (many corrections, many articles): none."""
    left = list(corrections.entries)
    if not left:
        return ()
    tried = 0
    for query in _SUBJECTS:
        for row in store.rows(sa.text(query)):
            tried += len(left)
            if tried > _TRIED:
                return ()
            only = [Corrections(entries=(entry,)) for entry in left]
            left = [one.entries[0] for one in only if find(one, *row.values()) is None]
            if not left:
                return ()
    return tuple(entry.name for entry in left)


_TRIED = 2_000_000
"""Pairs of a correction and an article that are looked at."""
_SUBJECTS = ("SELECT url, origin FROM current_articles", "SELECT origin FROM dead_letters")


def count_run(store: Store, run_id: str) -> dict[str, int]:
    """The counts of a run, as in :class:`Summary`."""
    return store.outcomes(run_id) | store.read(lambda c: _count(c, run_id))


def _count(c: sa.Connection, run_id: str) -> dict[str, int]:
    a, d, e = t.article_rows.c, t.date_rows.c, t.event_rows.c
    number = sa.func.count()
    letters = t.dead_letters.c
    rejected = sa.select(letters.type, number).where(letters.run_id == run_id).group_by(letters.type)
    found = {f"rejected.{kind}": n for kind, n in c.execute(rejected)}
    events = sa.select(number).join_from(t.event_rows, t.article_rows, e.article == a.id)
    found["events"] = c.execute(events.where(a.run_id == run_id)).scalar_one()
    undated = d.edtf.is_(None)
    dates = sa.select(undated, d.anchor_kind, number).join_from(
        t.date_rows, t.article_rows, d.article == a.id
    )
    for bare, kind, n in c.execute(dates.where(a.run_id == run_id).group_by(undated, d.anchor_kind)):
        name = "undated" if bare else f"dated.{kind or 'stated'}"
        found[name] = found.get(name, 0) + n
    return found
