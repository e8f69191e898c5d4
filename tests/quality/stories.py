"""The task ``stories``: rows of a set in, its stories, links and days out, by the functions that linking runs.

Rows are ``{id, text, title?, url?, publisher?, date?}``; the answer is one object ``{stories, pairs, days}``: pairs
of ``copy``, ``same`` (above one half) and hard ``contradicts``, days the main day of each article, or for
one without a date that which two independent partners agree on.
"""

from __future__ import annotations

import datetime
import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from dateline.transforms.stories import cluster, days, linking, table
from dateline.transforms.stories.keys import keys
from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.train import JUDGED, bcubed, profiled, rows_of

Row = dict[str, Any]
Figures = dict[str, float]


def profiles_of(rows: Sequence[Row]) -> dict[str, Profile]:
    """The profile of each row that the pipeline would keep as an article, from two processes."""
    seen = [{k: r.get(k) for k in ("id", "text", "title", "url", "publisher", "date")} for r in rows]
    with ProcessPoolExecutor(2) as workers:
        found = workers.map(partial(profiled, tables=(table.load(),)), seen, chunksize=32)
        return {p.article_id: p for made in found for p in made}


def answer(profiles: Mapping[str, Profile]) -> Row:
    """The predictions of a set."""
    linked = linking.link(profiles.values())
    events = {s.event: one.article_id for one in profiles.values() for s in one.slots if s.event}
    pairs: dict[tuple[str, str, str], float] = {}
    for x in linked.links:
        a, b = cluster.ordered(events.get(x.a, x.a), events.get(x.b, x.b))
        if a == b or (x.kind == "same" and x.score < linking.SAME) or "soft" in x.evidence[0].feature:
            continue
        pairs[x.kind, a, b] = max(x.score, pairs.get((x.kind, a, b), 0.0))
    return {
        "stories": linked.stories,
        "pairs": [{"a": a, "b": b, "kind": k, "score": s} for (k, a, b), s in sorted(pairs.items())],
        "days": list(_days(profiles, linking.told_by(linked.links, profiles))),
    }


def _days(profiles: Mapping[str, Profile], stories: Iterable[linking.Story]) -> Iterable[Row]:
    told = {i: d for i, one in profiles.items() if (d := days.main_day(one)) is not None}
    for story in stories:
        partners = [profiles[i] for i in story.articles]
        for one in partners:
            if (
                one.published is None
                and (found := days.infer(one, partners, story.sources))
                and found.certain
            ):
                told[one.article_id] = days.Day(found.start, found.end, "inferred", 0, 0)
    for name, day in sorted(told.items()):
        start, end = (datetime.date.fromordinal(n).isoformat() for n in (day.start, day.end))
        yield {"id": name, "start": start, "end": end}


def stories(rows: Sequence[Row]) -> Row:
    """All rows of a set → one answer."""
    return answer(profiles_of(rows))


class Set:
    """A labelled set with its profiles, made once for every figure."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.gold = folder / f"{name}.jsonl.gz"
        self.rows = rows_of(self.gold)
        self.events = {r["id"]: r["event"] for r in self.rows if r.get("event")}
        self.profiles = profiles_of(self.rows)


def figures(folder: Path) -> Figures:
    """Every figure that has a floor. ``folder`` holds ``score.py`` and ``dev``."""
    from tests.quality.check import printed

    sets = {name: Set(folder / "dev", name) for name in (*JUDGED, "wire")}
    found: Figures = {}
    same, baseline = [], []
    copies = {"tp": 0, "fp": 0, "fn": 0}
    traps = of_traps = 0
    for name, one in sets.items():
        predicted = answer(one.profiles)
        copied = one.gold.with_name(f"{name}.copies.jsonl.gz")
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(predicted, file)
            file.flush()
            more = ["--pairs", str(copied)] if copied.exists() else []
            told = json.loads(
                printed(folder / "score.py", "--gold", str(one.gold), *more, "--pred", file.name, "--json")
            )
        if copied.exists():
            if "copies" in told:
                for k in copies:
                    copies[k] += told["copies"][k]
            links = {(p["a"], p["b"]) for p in predicted["pairs"] if p["kind"] == "copy"}
            held = [cluster.ordered(r["a"], r["b"]) for r in rows_of(copied) if r["kind"] == "trap"]
            traps, of_traps = traps + sum(p in links for p in held), of_traps + len(held)
        if name in JUDGED:
            same.append(told["bcubed"]["f1"])
            baseline.append(bcubed(_by_words(one.profiles), one.events))
            found[f"bcubed_{name}"] = told["bcubed"]["f1"]
        if name == "ecbplus":
            found |= {"hard_joined": told["hard_joined"], "largest_story": told["largest_story"]}
    found |= {"bcubed": float(np.mean(same)), "over_words": float(np.mean(same) - np.mean(baseline))}
    found |= {
        "copy_precision": copies["tp"] / max(1, copies["tp"] + copies["fp"]),
        "copy_recall": copies["tp"] / max(1, copies["tp"] + copies["fn"]),
        "traps_taken": traps / max(1, of_traps),
    }
    found |= _candidates(sets) | _gold_days(sets["gva"]) | _flags(sets)
    found["planted_found"] = _planted(sets["gva"])
    return found


def _by_words(profiles: Mapping[str, Profile]) -> list[list[str]]:
    """The peer: cosine of TF-IDF within four days, average linkage; its threshold is the best of development."""
    ones = [profiles[i] for i in sorted(profiles)]
    held: dict[int, list[int]] = {}
    for n, one in enumerate(ones):
        for k in one.terms:
            held.setdefault(k, []).append(n)
    scores: dict[cluster.Pair, float] = {}
    for n, one in enumerate(ones):
        sums: dict[int, float] = {}
        for k, w in one.terms.items():
            for m in held[k]:
                if m > n:
                    sums[m] = sums.get(m, 0.0) + w * ones[m].terms[k]
        for m, s in sums.items():
            day, other = one.published, ones[m].published
            if s >= 0.1 and (day is None or other is None or abs(day - other) <= 4):
                scores[one.article_id, ones[m].article_id] = s
    return cluster.stories(scores, least=0.2)


def _candidates(sets: Mapping[str, Set]) -> Figures:
    """Recall of true pairs within a week, and the pairs an article when all sets fall into one week of 37,000.

    Pairs by chance grow with the number of articles of a window, so those of the sets are scaled up.
    """
    recalls = {}
    for name in JUDGED:
        one = sets[name]
        found = {
            cluster.ordered(a.article_id, b.article_id) for a, b in linking.candidates(one.profiles.values())
        }
        true = [p for p in _same_pairs(one) if _within(one.profiles[p[0]], one.profiles[p[1]])]
        recalls[name] = sum(p in found for p in true) / len(true)
    everyone = [p for one in sets.values() for p in one.profiles.values()]
    matches: dict[int, list[int]] = {}
    for n, p in enumerate(everyone):
        for k in keys(p.rare).tolist():
            matches.setdefault(k, []).append(n)
    shared: dict[int, int] = {}
    for group in matches.values():
        for a, b in combinations(group, 2):
            shared[a * len(everyone) + b] = shared.get(a * len(everyone) + b, 0) + 1
    pairs = sum(n >= 2 for n in shared.values())
    return {
        "candidate_recall": float(np.mean([r for n, r in recalls.items() if n != "teasers"])),
        "candidate_recall_teasers": recalls["teasers"],
        "candidates_an_article": pairs / len(everyone) * 37_000 / len(everyone),
    }


def _same_pairs(one: Set) -> list[tuple[str, str]]:
    by_event: dict[str, list[str]] = {}
    for name, event in one.events.items():
        if name in one.profiles:
            by_event.setdefault(event, []).append(name)
    return [pair for group in by_event.values() for pair in combinations(sorted(group), 2)]


def _within(a: Profile, b: Profile, window: int = 7) -> bool:
    return a.published is None or b.published is None or abs(a.published - b.published) <= window


def _gold_days(gva: Set) -> Figures:
    """The day of the incident: among an article's days, as its main day, and inferred when its own date is hidden."""
    gold = {
        r["id"]: datetime.date.fromisoformat(r["gold_day"]).toordinal() for r in gva.rows if r.get("gold_day")
    }
    known = [p for p in gva.profiles.values() if p.article_id in gold]

    def right(day: Any, one: Profile) -> bool:
        return day is not None and day.start <= gold[one.article_id] < day.end

    answered = [(p, d) for p in known if (d := days.main_day(p)) is not None]
    inferred = []
    for story in linking.told_by(linking.link(gva.profiles.values()).links, gva.profiles):
        members = [gva.profiles[i] for i in story.articles]
        for one in members:
            hidden = days.infer(one, members, story.sources)
            if one.article_id in gold and hidden is not None and hidden.certain:
                inferred.append(right(hidden, one))
    return {
        "day_among": sum(any(right(d, p) for d in p.days) for p in known) / len(known),
        "day_main": sum(right(d, p) for p, d in answered) / len(answered),
        "day_main_answered": len(answered) / len(known),
        "day_inferred": float(np.mean(inferred)),
        "day_inferred_answers": float(len(inferred)),
    }


def _flags(sets: Mapping[str, Set]) -> Figures:
    """Hard contradictions of a hundred pairs that tell one event."""
    pairs = flagged = 0
    for name in JUDGED:
        for a, b in _same_pairs(sets[name]):
            pairs += 1
            links = linking.links_of(sets[name].profiles[a], sets[name].profiles[b])
            flagged += any(x.kind == "contradicts" and "soft" not in x.evidence[0].feature for x in links)
    return {"conflict_flags": 100 * flagged / pairs}


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEK)})\b")
_COUNT = re.compile(
    r"\b([Tt]wo|[Tt]hree|[Ff]our|[Ff]ive) (people|men|women|teens|teenagers|victims|suspects|officers)\b"
)
_OTHER = {"two": "six", "three": "seven", "four": "nine", "five": "eight"}
_PLANTED = 150


def _planted(gva: Set) -> float:
    """The share of planted contradictions that are found: another weekday, or another count, in one sentence."""
    planted = []
    for row in sorted(gva.rows, key=lambda r: str(r["id"])):
        day = _WEEKDAY.search(row["text"], 0, 800)
        count = _COUNT.search(row["text"], 0, 800)
        made = row["text"]
        if day and len(planted) % 2 == 0:
            other = _WEEK[(_WEEK.index(day[1]) + 3) % 7]
            made = made.replace(day[1], other)
        elif count and len(planted) % 2 == 1:
            made = made.replace(count[0], f"{_OTHER[count[1].lower()]} {count[2]}")
        if made != row["text"]:
            planted.append(
                row | {"text": made, "publisher": "another.example", "url": None, "id": f"{row['id']}*"}
            )
        if len(planted) >= _PLANTED:
            break
    changed = profiles_of(planted)
    hits = [
        any(
            x.kind == "contradicts" and "soft" not in x.evidence[0].feature
            for x in linking.links_of(gva.profiles[i[:-1]], one)
        )
        for i, one in changed.items()
        if i[:-1] in gva.profiles
    ]
    return float(np.mean(hits))
