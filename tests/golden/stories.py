"""What is kept of the stories that the sample pages tell together: links, stories, contradictions and days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dateline.transforms.model import Envelope, Link, LinkPlace, RawArticle
from dateline.transforms.stories import infer, linking, main_day, unpack
from dateline.transforms.stories.profile import Profile
from dateline.transforms.walk import walk
from tests.seeds.pages import SEEDS, read_all

FOLDER = Path(__file__).parent / "stories"
_REASONS = 3


@cache
def sets() -> dict[str, dict[str, Envelope]]:
    """The readings of each set of sample pages that are linked together: ``pages``, and each file of ``seeds/stories``."""
    found = {"pages": {name: e for name, e in read_all().items() if isinstance(e, Envelope)}}
    for path in sorted((SEEDS / "stories").glob("*.jsonl")):
        found[path.stem] = {
            f"{path.stem}#{n}": walk(RawArticle(content=line, origin=f"{n}", media_type="application/json"))
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        }
    return found


def records() -> dict[str, dict[str, Any]]:
    """The record of each set, as plain JSON; pages stand under their names."""
    return {name: _record(pages) for name, pages in sets().items()}


def _record(pages: Mapping[str, Envelope]) -> dict[str, Any]:
    profiles: dict[str, Profile] = {}
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, e in pages.items():
        assert e.article and e.profile
        one = unpack(e.profile)
        assert one
        profiles[one.article_id] = one
        texts[one.article_id] = e.article.text
        names |= {one.article_id: name} | {s.event: name for s in one.slots if s.event}
    ids = {name: x for x, name in names.items() if x in profiles}
    linked = linking.link(profiles.values())
    told = list(linking.told_by(linked.links, profiles))
    return {
        "stories": sorted((_story(story, names) for story in told), key=lambda s: s["pages"]),
        "links": sorted(
            (_link(x, names, ids, texts) for x in linked.links), key=lambda x: (x["kind"], x["between"])
        ),
        "days": dict(sorted(_days(profiles, told, names))),
    }


def _story(story: linking.Story, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "pages": sorted(names[x] for x in story.articles),
        "texts": len(set(story.texts.values())),
        "sources": len(set(story.sources.values())),
    }


def _link(
    link: Link, names: Mapping[str, str], ids: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, Any]:
    flipped = names[link.a] > names[link.b]

    def words(place: LinkPlace) -> list[str]:
        both = [
            " ".join(texts[ids[names[end]]][span[0] : span[1]].split())
            for end, span in ((link.a, place.a), (link.b, place.b))
        ]
        return both[::-1] if flipped else both

    between = [names[link.a], names[link.b]]
    made: dict[str, Any] = {
        "kind": link.kind,
        "between": between[::-1] if flipped else between,
        "score": round(link.score, 1),
    }
    if link.kind == "contradicts":
        (reason,) = link.evidence
        states = [reason.a, reason.b]
        return made | {
            "about": reason.feature,
            "states": states[::-1] if flipped else states,
            "words": [words(p) for p in reason.places],
        }
    return made | {
        "because": [[e.feature, *map(words, e.places)] for e in link.evidence[:_REASONS] if e.weight > 0]
    }


def _days(
    profiles: Mapping[str, Profile], stories: Iterable[linking.Story], names: Mapping[str, str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    story_of = {x: story for story in stories for x in story.articles}
    for x, one in profiles.items():
        day = main_day(one)
        found = None
        if one.published is None and (story := story_of.get(x)):
            found = infer(one, (profiles[y] for y in story.articles), story.sources)
        if day is not None:
            yield names[x], {"day": _iso(day.start), "certainty": "told"}
        elif found is not None:
            yield (
                names[x],
                {
                    "day": _iso(found.start),
                    "certainty": "inferred" if found.certain else "bound",
                    "sources": found.sources,
                    "from": sorted(names[p] for p in found.partners),
                },
            )


def _iso(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()
