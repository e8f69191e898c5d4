"""Profiles → links: the relation of a pair of articles with its evidence, and the links of a whole list in
memory.

The graph of ``pipeline`` does the same over a store, a bucket at a time; a test checks that both agree.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal, NamedTuple

from dateline.transforms.model import Link, LinkEvidence, LinkPlace
from dateline.transforms.stories import cluster
from dateline.transforms.stories.conflicts import Conflict, conflicts
from dateline.transforms.stories.epochs import epoch
from dateline.transforms.stories.keys import buckets, keys
from dateline.transforms.stories.meeting import NO_DAY, Patience, met
from dateline.transforms.stories.profile import Profile, number_place
from dateline.transforms.stories.table import load, weights
from dateline.transforms.stories.verdict import FEATURES, Verdict, judge

SAME = 0.5
"""The least probability of one story at which the slots of two articles are compared."""
CONFLICTS = 8
"""Contradictions of one pair of articles that are kept at most."""
Kind = Literal["copy", "same", "contradicts"]
_WORDS = 3
"""Shared words that are shown for each feature."""


def links_of(a: Profile, b: Profile) -> list[Link]:
    """All links of a pair of articles: at most one ``copy``, one ``same``, and its ``contradicts`` links.

    A ``same`` link needs the least score of a story (:data:`~dateline.transforms.stories.cluster.STORY`). A
    ``contradicts`` link joins events if both slots have one, else the articles.
    """
    if a.article_id > b.article_id:
        a, b = b, a
    verdict = judge(a, b)
    found = []
    if verdict.is_copy:
        found.append(_link("copy", a.article_id, b.article_id, verdict.copied, (_copied(verdict),)))
    if verdict.same >= cluster.STORY:
        found.append(_link("same", a.article_id, b.article_id, verdict.same, tuple(_reasons(a, b, verdict))))
    if verdict.same >= SAME or verdict.is_copy:
        found += _contradictions(a, b, verdict.is_copy)
    return found


def _link(kind: Kind, a: str, b: str, score: float, evidence: tuple[LinkEvidence, ...]) -> Link:
    return Link(kind=kind, a=a, b=b, score=round(score, 6), epoch=epoch(), evidence=evidence)


def _copied(verdict: Verdict) -> LinkEvidence:
    return LinkEvidence(feature="copied", value=round(verdict.copied, 4), weight=round(verdict.copied, 4))


def _reasons(a: Profile, b: Profile, verdict: Verdict) -> Iterator[LinkEvidence]:
    """What each feature adds to the log-odds of one story, largest first, with the words behind it."""
    told = weights()["same"]["weights"]
    shares = [(name, v, told[name] * v) for name, v in zip(FEATURES, verdict.features, strict=True) if v]
    for name, value, share in sorted(shares, key=lambda s: (-abs(s[2]), s[0])):
        yield LinkEvidence(
            feature=name, value=round(value, 4), weight=round(share, 4), places=tuple(_shown(name, a, b))
        )


def _shown(feature: str, a: Profile, b: Profile) -> Iterator[LinkPlace]:
    if feature in ("terms", "head", "names"):
        pool: frozenset[int] | set[int] = set(a.rare).intersection(b.rare)
        if feature != "terms":
            pool = a.head & b.head if feature == "head" else a.names & b.names
        rarity = load().rarity
        shown = sorted([(-rarity(k), k) for k in pool & a.places.keys() & b.places.keys()])
        for _, k in shown[:_WORDS]:
            yield LinkPlace(a=a.places[k], b=b.places[k])
    elif feature == "numbers":
        for number in sorted(a.numbers & b.numbers)[:_WORDS]:
            here, there = number_place(a, number), number_place(b, number)
            if here and there:
                yield LinkPlace(a=here, b=there)
    elif feature == "common_day":
        ours = {(d.start, d.end): (d.at, d.until) for d in reversed(a.days)}
        theirs = {(d.start, d.end): (d.at, d.until) for d in reversed(b.days)}
        for day in sorted(k for k in ours.keys() & theirs.keys() if k[1] - k[0] == 1)[:_WORDS]:
            yield LinkPlace(a=ours[day], b=theirs[day])


def _contradictions(a: Profile, b: Profile, copies: bool) -> Iterator[Link]:
    seen = set()
    for found in conflicts(a, b, copies)[:CONFLICTS]:
        x, y = found.a.event or a.article_id, found.b.event or b.article_id
        if (x, y) in seen or x == y:
            continue
        seen.add((x, y))
        ends = cluster.ordered(x, y)
        places = LinkPlace(a=_words(found, "a"), b=_words(found, "b"))
        if ends[0] != x:
            places = LinkPlace(a=places.b, b=places.a)
        name = f"{found.kind}{'.soft' if found.soft else ''}{'.one_source' if a.source == b.source else ''}"
        evidence = LinkEvidence(
            feature=name,
            value=round(found.alike, 4),
            weight=round(found.alike, 4),
            a=_stated(found, "a" if ends[0] == x else "b"),
            b=_stated(found, "b" if ends[0] == x else "a"),
            places=(places,),
        )
        yield _link("contradicts", *ends, found.alike, (evidence,))


def _words(found: Conflict, side: str) -> tuple[int, int]:
    slot = found.a if side == "a" else found.b
    return slot.at if found.kind == "day" and slot.at else slot.sentence


def _stated(found: Conflict, side: str) -> str:
    """What one side states: its day (EDTF), or its numbers for the nouns that both count."""
    mine, other = (found.a, found.b) if side == "a" else (found.b, found.a)
    if found.kind == "day":
        assert mine.day
        first, last = (datetime.date.fromordinal(n).isoformat() for n in (mine.day[0], mine.day[1] - 1))
        return first if first == last else f"{first}/{last}"
    nouns = {n.noun for n in mine.numbers} & {n.noun for n in other.numbers}
    return ", ".join(str(n.value) for n in sorted(mine.numbers - other.numbers) if n.noun in nouns)


class Linked(NamedTuple):
    """Links in order of kind and articles, and the stories of two or more articles."""

    links: list[Link]
    stories: list[list[str]]


def candidates(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs that meet in any bucket: see :func:`~dateline.transforms.stories.meeting.met`."""
    ones = sorted(profiles, key=order)
    undated = any(one.published is None for one in ones)
    places: dict[int, list[Profile]] = defaultdict(list)
    for one in ones:
        for bucket in buckets(one.published, undated):
            places[bucket].append(one)
    for bucket in sorted(places):
        here = places[bucket]
        first, second = met(bucket, [one.published for one in here], [keys(one.rare) for one in here])
        for a, b in zip(first.tolist(), second.tolist(), strict=True):
            yield here[a], here[b]


def order(one: Profile) -> tuple[int, str]:
    """The sort key of articles in a bucket: undated first, then by day, then by id."""
    return (NO_DAY if one.published is None else one.published, one.article_id)


def link(profiles: Iterable[Profile]) -> Linked:
    """The links and stories of a list of articles with distinct ids."""
    by_id = {one.article_id: one for one in profiles}
    found: list[Link] = []
    for _, pairs in groupby(candidates(by_id.values()), key=lambda pair: pair[0].article_id):
        patience = Patience()
        for a, b in pairs:
            if patience.left:
                links = links_of(a, b)
                patience.note(bool(links))
                found += links
    found.sort(key=lambda x: (x.kind, x.a, x.b))
    return Linked(found, stories_of(found, scored(by_id)))


class Edge(NamedTuple):
    """A link between two articles, without its evidence."""

    kind: str
    a: str
    b: str
    score: float


def stories_of(links: Iterable[Link | Edge], score: Callable[[str, str], float]) -> list[list[str]]:
    """The stories of links: ``same`` links by their score, a ``copy`` with the highest score.

    ``score`` returns that of a pair without a link; it is asked in components of up to
    :data:`~dateline.transforms.stories.cluster.FILLED` articles.
    """
    scores: dict[cluster.Pair, float] = {}
    for one in links:
        if one.kind != "contradicts":
            pair = cluster.ordered(one.a, one.b)
            scores[pair] = max(scores.get(pair, 0.0), 1.0 if one.kind == "copy" else one.score)
    return cluster.stories(scores, score)


def scored(profiles: Mapping[str, Profile]) -> Callable[[str, str], float]:
    """The scores of pairs of these profiles by their ids."""
    return lambda a, b: judge(profiles[a], profiles[b]).same


class Story(NamedTuple):
    """The articles of a story in order of ids, each with its text and the source of that text.

    A text is named by the first id among its copies. Its source is that of the copy that was published first:
    a publisher that copies a text is not a second source.
    """

    articles: list[str]
    texts: dict[str, str]
    sources: dict[str, str]


def told_by(
    links: Iterable[Link | Edge],
    profiles: Mapping[str, Profile],
    score: Callable[[str, str], float] | None = None,
) -> Iterator[Story]:
    """The stories of links, with texts and sources.

    ``score`` returns that of a pair without a link; without it ``profiles`` have the words to find it.
    """
    edges = list(links)
    story_of: dict[str, int] = {}
    found = stories_of(edges, score or scored(profiles))
    for n, story in enumerate(found):
        story_of |= dict.fromkeys(story, n)
    copies = [cluster.ordered(x.a, x.b) for x in edges if x.kind == "copy"]
    inside = [p for p in copies if p[0] in story_of and story_of[p[0]] == story_of.get(p[1])]
    groups = cluster.components(inside)
    text_of = {x: group[0] for group in groups for x in group}
    source_of = {group[0]: _first(profiles[x] for x in group if x in profiles) for group in groups}
    for story in found:
        known = [profiles[x] for x in story if x in profiles]
        texts = {one.article_id: text_of.get(one.article_id, one.article_id) for one in known}
        sources = {one.article_id: source_of.get(texts[one.article_id]) or one.source for one in known}
        yield Story(story, texts, sources)


def _first(copies: Iterable[Profile]) -> str | None:
    """The source of the copy that was published first. A copy without a day counts as later."""
    dated = sorted(copies, key=lambda one: (one.published is None, one.published or 0, one.article_id))
    return dated[0].source if dated else None
