"""Train the claims model: ``python -m dateline.transforms.claims.train DATA_FOLDER``.

DATA_FOLDER holds ``polnear_train.jsonl.gz`` and ``polnear_dev.jsonl.gz``. Writes the cue
rates (``data/rates.json``) and the weights (``data/roles.npz``).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.transforms import language
from dateline.transforms.claims.features import TEMPLATES, Rates, bucket, cue_keys, owners, rows
from dateline.transforms.claims.roles import LABELS, sequence_starts
from dateline.transforms.language.linear import Floats, Ints, Linear, save
from dateline.transforms.model import Article, Block, Parse

BITS = 18
EPOCHS = 9
RATE = 0.1
DECAY = 0.01
KEEP = 0.5
SEEDS = (1, 2, 3, 4)
"""One model a seed; the mean of linear models votes like all of them and costs as much as one."""
ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class Document:
    """One document, ready to train on."""

    gold: Ints
    rows: Ints
    starts: list[int]


def article_of(text: str) -> Article:
    """A text that is all article: each line a paragraph."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", start=at, end=at + len(line), page_start=at))
        at += len(line) + 1
    return Article(article_id="", revision="", origin="", text=text, blocks=tuple(blocks))


def gold_labels(parse: Parse, attributions: list[dict[str, Any]]) -> Ints:
    """One label for each token; where attributions overlap, the first counts."""
    place: dict[int, tuple[str, int, int]] = {}
    for n, a in enumerate(attributions):
        for role in ROLES:
            for k, (s, e) in enumerate(a[role]):
                for c in range(s, e):
                    place.setdefault(c, (role, n, k))
    _, block = owners(parse)
    labels, before, home = [], None, -1
    for s, e, b in zip(parse.starts, parse.ends, block.tolist(), strict=True):
        here = place.get(s) or place.get(e - 1)
        same = here == before and b == home
        labels.append(LABELS.index("O" if here is None else ("I-" if same else "B-") + here[0]))
        before, home = here, b
    return np.array(labels, dtype=np.int64)


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a compressed JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def tally(keys: list[str], gold: Ints) -> tuple[Counter[str], Counter[str]]:
    """How often each key is a cue, and how often it occurs."""
    cue = [LABELS.index("B-cue"), LABELS.index("I-cue")]
    marks = np.isin(gold, cue).tolist()
    return Counter(k for k, m in zip(keys, marks, strict=True) if m), Counter(keys)


def documents(
    given: list[dict[str, Any]], rates: Mapping[str, int] | None
) -> tuple[list[Document], dict[str, int]]:
    """Features of each document; without given rates, rates that leave the document itself out."""
    held = []
    for row in given:
        parse = language.parse(article_of(row["text"]))
        keys = cue_keys(parse)
        held.append((parse, keys, gold_labels(parse, row["attributions"])))
    cues: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for _, keys, gold in held:
        c, s = tally(keys, gold)
        cues.update(c)
        seen.update(s)
    table = {k: b for k, n in seen.items() if (b := bucket(cues[k], n)) != 1}
    out = []
    for parse, keys, gold in held:
        own = rates
        if own is None:
            c, s = tally(keys, gold)
            own = {k: bucket(cues[k] - c[k], seen[k] - s[k]) for k in s}
        out.append(Document(gold, rows(parse, Rates(own), BITS), sequence_starts(parse)))
    return out, table


def _normal(scores: Floats, axis: int) -> Floats:
    """log of the sum of exponentials."""
    top = scores.max(axis=axis, keepdims=True)
    out: Floats = np.log(np.exp(scores - top).sum(axis=axis)) + top.squeeze(axis)
    return out


def marginals(model: Linear, scores: Floats, starts: list[int]) -> tuple[Floats, Floats, Floats]:
    """Label probabilities of each token, expected transitions and expected first labels.

    Forward and backward over all sequences at once, padded to the longest.
    """
    count, labels = scores.shape
    lengths = np.diff([*starts, count])
    longest, many = int(lengths.max()), len(starts)
    place = np.asarray(starts)[:, None] + np.arange(longest)[None, :]
    live = np.arange(longest)[None, :] < lengths[:, None]
    padded = scores[np.minimum(place, count - 1)]
    forward = np.zeros((longest, many, labels), dtype=np.float32)
    backward = np.zeros_like(forward)
    forward[0] = padded[:, 0] + model.first
    for t in range(1, longest):
        step = _normal(forward[t - 1][:, :, None] + model.transitions, 1) + padded[:, t]
        forward[t] = np.where(live[:, t, None], step, forward[t - 1])
    total = _normal(forward[-1], 1)
    for t in range(longest - 2, -1, -1):
        step = _normal(model.transitions + (padded[:, t + 1] + backward[t + 1])[:, None, :], 2)
        backward[t] = np.where(live[:, t + 1, None], step, 0)
    each = np.exp(forward + backward - total[None, :, None])
    inner = live[:, 1:].T
    pair = (
        forward[:-1][:, :, :, None]
        + model.transitions
        + (padded[:, 1:].transpose(1, 0, 2) + backward[1:])[:, :, None, :]
        - total[None, :, None, None]
    )[inner]
    out = np.zeros_like(scores)
    out[place[live]] = each.transpose(1, 0, 2)[live]
    return out, np.exp(pair).sum(axis=0), each[0].sum(axis=0)


def train(data: list[Document], epochs: int = EPOCHS, rate: float = RATE, seed: int = 1) -> Linear:
    """Conditional random field by Adagrad, one step a document, weights averaged over the last half."""
    count = len(LABELS)
    model = Linear(
        LABELS,
        np.zeros((1 << BITS, count), dtype=np.float32),
        np.zeros((count, count), dtype=np.float32),
        np.zeros(count, dtype=np.float32),
    )
    parts = (model.weights, model.transitions, model.first)
    squares = [np.full_like(p, 1e-3) for p in parts]
    means = [np.zeros_like(p) for p in parts]
    shuffle = np.random.default_rng(seed)
    averaged = 0
    for epoch in range(epochs):
        right = total = 0
        for k in shuffle.permutation(len(data)):
            gold, features, starts = data[k].gold, data[k].rows, data[k].starts
            # Templates left out by chance: no rare word may carry a label alone.
            features = features[shuffle.random(len(features)) < KEEP]
            each, pair, opening = marginals(model, model.score(features), starts)
            right += int((each.argmax(axis=1) == gold).sum())
            total += len(gold)
            slope = -each
            slope[np.arange(len(gold)), gold] += 1
            used, where = np.unique(features, return_inverse=True)
            where = where.reshape(features.shape)
            gradient = np.stack(
                [
                    np.bincount(
                        where.ravel(), np.broadcast_to(slope[:, j], features.shape).ravel(), len(used)
                    )
                    for j in range(count)
                ],
                axis=1,
            ).astype(np.float32)
            first = np.zeros(len(gold), dtype=bool)
            first[starts] = True
            inner = np.flatnonzero(~first)
            moves = np.bincount(gold[inner - 1] * count + gold[inner], minlength=count * count)
            gradient -= DECAY * model.weights[used]
            squares[0][used] += gradient**2
            model.weights[used] += rate * gradient / np.sqrt(squares[0][used])
            for p, g, q in (
                (model.transitions, moves.reshape(count, count) - pair, squares[1]),
                (model.first, np.bincount(gold[starts], minlength=count) - opening, squares[2]),
            ):
                q += g**2
                p += rate * g / np.sqrt(q)
        print(f"epoch {epoch} right in training {right / total:.4f}", flush=True)
        if epoch * 2 >= epochs:
            averaged += 1
            for mean, p in zip(means, parts, strict=True):
                mean += p
    weights, onward, opening = (mean.astype(np.float32) / np.float32(averaged) for mean in means)
    return Linear(LABELS, weights * np.float32(KEEP), onward, opening)


def mean(models: list[Linear]) -> Linear:
    """The model whose scores are the mean of those of the models."""
    share = np.float32(1 / len(models))
    weights, transitions, first = (
        sum((getattr(m, name) for m in models[1:]), getattr(models[0], name)) * share
        for name in ("weights", "transitions", "first")
    )
    return Linear(LABELS, weights, transitions, first)


def main() -> None:
    """Train on the training part, print the accuracy on the development part, and write model and rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    arguments = parser.parse_args()
    data, rates = documents(read(arguments.folder / "polnear_train.jsonl.gz"), None)
    model = mean([train(data, arguments.epochs, seed=seed) for seed in SEEDS])
    held, _ = documents(read(arguments.folder / "polnear_dev.jsonl.gz"), rates)
    right = np.concatenate([model.decode(model.score(d.rows), d.starts) == d.gold for d in held])
    print(f"development tokens right {right.mean():.4f}")
    folder = Path(__file__).parent / "data"
    with (folder / "roles.npz").open("wb") as stream:
        save(model, stream, TEMPLATES)
    (folder / "rates.json").write_text(json.dumps(dict(sorted(rates.items())), ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
