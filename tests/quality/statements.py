"""Figures of who said what in other languages than English, on short articles of our own.

Each file of `statements` has the articles of one language; `told` lists all of their statements as rows: the cue (or
a part of it), the speaker without an article (empty where nobody can be certain), and the runs of the content, in
which ``…`` stands for all words between two. What is in ``may`` (thoughts, requests) counts neither way. Run as a module to see what is missed and what is wrong:
``python -m tests.quality.statements [LANGUAGE ...]``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from dateline.transforms import claims, language, lexicon
from dateline.transforms.lexicon import Claims
from dateline.transforms.model import Claim
from tests.quality.bare import bare_article

FOLDER = Path(__file__).parent / "statements"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
OVERLAP = 0.5
"""Least F1 of characters between a content and the one that is expected."""


class Told(NamedTuple):
    """A statement that an article contains: characters of the content as offsets."""

    cue: str
    speaker: str
    content: frozenset[int]


class Outcome(NamedTuple):
    """What was expected, what was found for it (either may be missing), and whether the speaker is the same."""

    told: Told | None
    claim: Claim | None
    same: bool


def articles(code: str) -> list[dict[str, Any]]:
    """The articles of a language as they stand in its file."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))["article"]
    return found


def expected(text: str, row: list[str]) -> Told:
    """A row with its content found in the text; raises ``ValueError`` if a part is not there."""
    cue, speaker, *runs = row
    if not all(word in text for word in cue.split()):
        raise ValueError(f"no cue {cue!r}")
    content: set[int] = set()
    for run in runs:
        match = re.search(".*?".join(re.escape(part.strip()) for part in run.split("…")), text)
        if match is None:
            raise ValueError(f"no content {run!r}")
        content.update(range(*match.span()))
    return Told(cue, speaker, frozenset(content))


def outcomes(code: str, entry: dict[str, Any]) -> list[Outcome]:
    """Each expected statement with the claim that is most like it, then the claims that nothing expects."""
    text, rows = entry["text"], entry["told"]
    may = expected(text, ["", "", *entry.get("may", ())]).content
    article = bare_article(text, code)
    left = list(claims.extract(article, language.parse(article)))
    found = []
    for told in (expected(text, row) for row in rows):
        best = max(left, key=lambda claim: _likeness(told, claim), default=None)
        if best is None or _likeness(told, best) < OVERLAP:
            found.append(Outcome(told, None, same=False))
            continue
        left.remove(best)
        found.append(Outcome(told, best, same=_bare(best.speaker or "", code) == _bare(told.speaker, code)))
    return found + [Outcome(None, claim, same=False) for claim in left if may.isdisjoint(_content(claim))]


def _likeness(told: Told, claim: Claim) -> float:
    """The F1 of the characters of two contents, 0 for different cues."""
    cue = " ".join(s.exact for s in claim.cue).casefold()
    if told.cue.casefold() not in cue and (not cue or cue not in told.cue.casefold()):
        return 0.0
    held = _content(claim)
    return 2 * len(held & told.content) / (len(held) + len(told.content))


def _content(claim: Claim) -> set[int]:
    return {k for s in claim.content for k in range(s.start, s.end)}


def _bare(name: str, code: str) -> str:
    """A name without the article before it, in small letters."""
    words = re.split(r"(?<=[’'])|\s+", name.casefold())
    while words and words[0].rstrip("’'") in _determiners(code):
        del words[0]
    return " ".join(words)


def _determiners(code: str) -> frozenset[str]:
    return lexicon.library().part(Claims, code).determiners | {"l"}


def figures(code: str) -> dict[str, float]:
    """The shares of one language: statements found, speakers right of all, claims with a wrong speaker or no statement."""
    found = [o for a in articles(code) for o in outcomes(code, a)]
    told = [o for o in found if o.told is not None]
    made = [o for o in found if o.claim is not None]
    return {
        "found": sum(o.claim is not None for o in told) / len(told),
        "right": sum(o.same for o in told) / len(told),
        "wrong": sum(wrong(o) for o in made) / max(1, len(made)),
    }


def measure() -> dict[str, float]:
    """The figures of all languages, each under its code: ``de_found``."""
    return {f"{code}_{name}": value for code in LANGUAGES for name, value in figures(code).items()}


def wrong(outcome: Outcome) -> bool:
    """Whether a claim asserts what the article does not say: another speaker, or a statement that is none."""
    claim = outcome.claim
    return claim is not None and not outcome.same and (outcome.told is None or claim.speaker is not None)


def main(codes: list[str]) -> None:
    """Print what is missed or wrong, and the figures."""
    for code in codes or LANGUAGES:
        for number, article in enumerate(articles(code), 1):
            for o in outcomes(code, article):
                if not o.same:
                    kind = "WRONG" if wrong(o) else "unresolved" if o.claim else "missed"
                    claim = o.claim and (
                        o.claim.speaker,
                        o.claim.rule,
                        [s.exact for s in o.claim.cue],
                        [s.exact for s in o.claim.content],
                    )
                    print(code, number, kind, o.told and o.told[:2], claim)
        print(code, {name: round(value, 3) for name, value in figures(code).items()})


if __name__ == "__main__":
    main(sys.argv[1:])
