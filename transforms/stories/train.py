"""Trains the table of rarities and the weights of the verdicts: ``python -m dateline.transforms.stories.train
FOLDER``.

FOLDER contains ``SET.jsonl.gz`` files of articles, one JSON object a line: ``id``, ``text``, and where known
``title``, ``url``, ``publisher``, ``date``; articles with the same ``event`` belong to one story. Sets
without events only contribute to the table. Nothing here is random: the same data give the same bytes. It
prints the B-cubed F1 of the stories of each set, by weights trained on all sets and by weights (and a table)
trained without the judged set.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms import lexicon
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.stories import cluster, linking, verdict
from dateline.transforms.stories.profile import Profile, profile
from dateline.transforms.stories.table import Table
from dateline.transforms.stories.words import key, words
from dateline.transforms.walk import decode_step, read_steps, walk

Row = dict[str, Any]
Floats = npt.NDArray[np.float64]
L2 = 1e-2
MASS = -0.25
"""A set is weighted by its number of pairs to this power."""
ROUNDS = 30
JUDGED = ("ecbplus", "gva", "allsides", "basil", "teasers")
"""The sets whose articles are labelled with events."""
HERE = Path(__file__).parent


def raw_of(row: Row) -> RawArticle:
    """A row as a raw article, as a feed would give it."""
    return RawArticle(
        content=row["text"],
        origin=str(row["id"]),
        media_type="text/plain",
        url=row.get("url"),
        source=row.get("publisher"),
        published=row.get("date"),
        carrier={"title": row["title"]} if row.get("title") else {},
    )


def counted(row: Row) -> list[int]:
    """The distinct word keys of a row's article; none if the row is not an article."""
    envelope = Envelope(raw=raw_of(row))
    try:
        for step in (decode_step(), read_steps()[0]):
            envelope = step.apply(envelope)
    except Rejection:
        return []
    assert envelope.article
    article = envelope.article
    return sorted({*words(article.title or "", 400).keys.tolist(), *words(article.text).keys.tolist()})


def profiled(row: Row, tables: Sequence[Table]) -> list[Profile]:
    """The profile of a row under each table, with the row's id; none if the row is not an article."""
    try:
        e = walk(raw_of(row))
    except Rejection:
        return []
    assert e.article and e.anchors and e.parse
    article = e.article.model_copy(update={"article_id": str(row["id"])})
    made = []
    for table in tables:
        one = profile(article, e.anchors, e.parse, e.times or (), e.events or (), table)
        # Two rows may have the same address, and then their events would have the same ids.
        slots = tuple(
            s._replace(event=f"{article.article_id}/{s.event}") if s.event else s for s in one.slots
        )
        made.append(replace(one, slots=slots))
    return made


class Pairs(NamedTuple):
    """The candidates of a set: ids, features, and whether both belong to the same event."""

    ids: list[cluster.Pair]
    values: Floats
    same: Floats
    profiles: dict[str, Profile]
    table: Table


def pairs_of(profiles: Sequence[Profile], events: Mapping[str, str], table: Table) -> Pairs:
    """The candidates of one set."""
    ids, values, same = [], [], []
    for a, b in linking.candidates(profiles):
        ids.append(cluster.ordered(a.article_id, b.article_id))
        values.append(verdict.features(a, b, table))
        same.append(float(events[a.article_id] == events[b.article_id]))
    return Pairs(ids, np.array(values), np.array(same), {p.article_id: p for p in profiles}, table)


def fit(sets: Iterable[Pairs]) -> tuple[Floats, float]:
    """Weights and bias of a ridge logistic regression (Newton's method). Pairs of large sets weigh less."""
    sets = list(sets)
    x = np.vstack([s.values for s in sets])
    y = np.concatenate([s.same for s in sets])
    mass = np.concatenate([np.full(len(s.same), len(s.same) ** MASS) for s in sets])
    mass /= mass.sum()
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = np.eye(z.shape[1]) * L2
    ridge[-1, -1] = 0
    beta = np.zeros(z.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-z @ beta))
        gradient = z.T @ (mass * (p - y)) + ridge @ beta
        beta -= np.linalg.solve((z * (mass * p * (1 - p))[:, None]).T @ z + ridge, gradient)
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - (weights * mean).sum())


def stories_by(pairs: Pairs, weights: Floats, bias: float) -> list[list[str]]:
    """The stories of a set by these weights."""

    def score(a: str, b: str, values: Floats | None = None) -> float:
        one, other = pairs.profiles[a], pairs.profiles[b]
        if values is None:
            values = np.array(verdict.features(one, other, pairs.table))
        return verdict.counted(one, other, float(1 / (1 + np.exp(-(values @ weights + bias)))))

    scores = {
        pair: 1.0
        if verdict.copied(*(pairs.profiles[x] for x in pair)) >= verdict.COPY
        else score(*pair, values)
        for pair, values in zip(pairs.ids, pairs.values, strict=True)
    }
    return cluster.stories(scores, score)


def bcubed(stories: Iterable[Sequence[str]], events: Mapping[str, str]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998): each article has one vote; an article without a story is a story
    of its own."""
    size = Counter(events.values())
    seen: set[str] = set()
    groups = [list(g) for g in stories]
    for g in groups:
        seen |= set(g)
    groups += [[i] for i in events if i not in seen]
    precision = recall = 0.0
    for g in groups:
        for event, n in Counter(events[i] for i in g).items():
            precision += n * n / len(g)
            recall += n * n / size[event]
    precision, recall = precision / len(events), recall / len(events)
    return 2 * precision * recall / (precision + recall)


def rows_of(path: Path) -> list[Row]:
    """The rows of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main() -> None:
    """Read, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, default=HERE / "data", help="where the two files are written")
    arguments = parser.parse_args()
    sets = {
        p.name.removesuffix(".jsonl.gz"): rows_of(p)
        for p in sorted(arguments.folder.glob("*.jsonl.gz"))
        if p.name.count(".") == 2 and "mentions" not in p.name
    }
    with ProcessPoolExecutor(2) as workers:
        counts = {
            name: [found for found in workers.map(counted, rows, chunksize=32) if found]
            for name, rows in sets.items()
        }
        table = table_of(counts)
        np.savez_compressed(arguments.to / "rarity.npz", **table.arrays())
        events = {s: {str(r["id"]): str(r["event"]) for r in sets[s]} for s in JUDGED}
        pairs: dict[str, Pairs] = {}
        blind: dict[str, Pairs] = {}
        for name in JUDGED:
            # An article is read once for both tables, because reading takes most of the time.
            tables = (table, table_of(counts, without=name))
            made = [m for m in workers.map(partial(profiled, tables=tables), sets[name], chunksize=32) if m]
            pairs[name] = pairs_of([m[0] for m in made], events[name], tables[0])
            blind[name] = pairs_of([m[1] for m in made], events[name], tables[1])
    weights, bias = fit(pairs.values())
    figures: dict[str, dict[str, float]] = {}
    for name in JUDGED:
        inside = stories_by(pairs[name], weights, bias)
        # The weights of a fold come from the other sets under the common table. Only the words of the judged
        # set are removed from the table with which it is read.
        fold = fit(p for other, p in pairs.items() if other != name)
        outside = stories_by(blind[name], *fold)
        figures[name] = {
            "candidates": float(pairs[name].same.sum()),
            "all": bcubed(inside, events[name]),
            "without": bcubed(outside, events[name]),
        }
    for name, row in figures.items():
        print(f"{name:10} bcubed {row['all']:.4f}  trained without it {row['without']:.4f}")
    print(
        f"macro      bcubed {np.mean([r['all'] for r in figures.values()]):.4f}"
        f"  trained without {np.mean([r['without'] for r in figures.values()]):.4f}"
    )
    found = {
        "same": {
            "bias": round(bias, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(verdict.FEATURES, weights, strict=True)},
        }
    }
    (arguments.to / "weights.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found))


def table_of(counts: Mapping[str, Sequence[Sequence[int]]], without: str = "") -> Table:
    """Document frequencies over all sets but one."""
    documents = 0
    found: Counter[int] = Counter()
    for name, articles in counts.items():
        if name != without:
            documents += len(articles)
            for words_ in articles:
                found.update(words_)
    # The most common words of other languages occur in none of these documents and would be taken for names.
    for language in lexicon.languages():
        for word in sorted(lexicon.frequent(language).words):
            found[key(word)] = max(found[key(word)], documents // 3)
    return Table.of_counts(documents, found)


if __name__ == "__main__":
    main()
