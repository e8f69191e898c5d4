"""Trains the tagger: ``python -m dateline.transforms.language.train DATA_FOLDER [PAGES]``.

DATA_FOLDER contains ``corenlp_train.jsonl.gz`` and ``corenlp_dev.jsonl.gz`` (silver tags by token offset)
beside the texts of the same documents. PAGES is a file in the same form with its texts in it, as
``transforms.language.silver`` writes it; every eighth document of it is held out. Writes ``data/tags.npz``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dateline.transforms.language.linear import Ints, Linear, save
from dateline.transforms.language.sentences import cuts
from dateline.transforms.language.tags import KEPT, MODEL, TEMPLATES, coarse, rows, sentence_numbers
from dateline.transforms.language.tokens import tokenize

BITS = 18
EPOCHS = 7
HELD_OUT = 8
Document = tuple[Ints, Ints]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def labelled(text: str, row: dict[str, Any], labels: tuple[str, ...]) -> Document | None:
    """Feature rows and silver labels (-1: none) of one document.

    A token has a label where the silver parse cut it in the same way. "to" is ``TO`` in every reading: one
    parser calls the preposition ``IN``.
    """
    silver = {(t[0], t[1]): "TO" if t[2].lower() == "to" else coarse(t[3]) for s in row["s"] for t in s["t"]}
    words: list[str] = []
    firsts: list[int] = []
    gold: list[int] = []
    at = 0
    for line in text.split("\n"):
        found = tokenize(line, 0, len(line))
        firsts += [len(words) + k for k in cuts(found)]
        tags = (silver.get((at + s, at + e)) for s, e in zip(found.starts, found.ends, strict=True))
        gold += [labels.index(t) if t is not None else -1 for t in tags]
        words += found.words
        at += len(line) + 1
    if not words:
        return None
    return rows(words, sentence_numbers(len(words), firsts), BITS), np.array(gold)


def documents(folder: Path, part: str, labels: tuple[str, ...]) -> list[Document]:
    """The documents of PolNeAR with the tags of CoreNLP."""
    texts = {r["doc_id"]: r["text"] for r in _rows(folder / f"polnear_{part}.jsonl.gz")}
    made = (labelled(texts[r["doc_id"]], r, labels) for r in _rows(folder / f"corenlp_{part}.jsonl.gz"))
    return [d for d in made if d is not None]


def pages(path: Path | None, labels: tuple[str, ...]) -> tuple[list[Document], list[Document]]:
    """Pages of many sites with silver tags: to train on, and held out."""
    made = (labelled(r["text"], r, labels) for r in (_rows(path) if path else ()))
    held = [d for d in made if d is not None]
    return [d for k, d in enumerate(held) if k % HELD_OUT], held[::HELD_OUT]


def train(data: list[Document], labels: tuple[str, ...]) -> Linear:
    """Averaged perceptron, one update a document, documents in a fixed shuffled order."""
    shape = (1 << BITS, len(labels))
    weights = np.zeros(shape, dtype=np.float32)
    drift = np.zeros(shape, dtype=np.float32)
    empty = np.zeros((len(labels), len(labels)), dtype=np.float32)
    shuffle = np.random.default_rng(1)
    step = 1
    for epoch in range(EPOCHS):
        wrong = total = 0
        for k in shuffle.permutation(len(data)):
            features, gold = data[k]
            for part in range(0, len(gold), 64):
                r, g = features[:, part : part + 64], gold[part : part + 64]
                guess = weights[r].sum(axis=0).argmax(axis=1)
                bad = np.flatnonzero((guess != g) & (g >= 0))
                total += len(g)
                wrong += len(bad)
                step += 1
                if len(bad):
                    for sign, label in ((1.0, g[bad]), (-1.0, guess[bad])):
                        at = r[:, bad] * len(labels) + label
                        np.add.at(weights.reshape(-1), at.ravel(), sign)
                        np.add.at(drift.reshape(-1), at.ravel(), sign * step)
        print(f"epoch {epoch} right in training {1 - wrong / total:.4f}", flush=True)
    return Linear(labels, (weights - drift / step).astype(np.float32), empty, empty[0])


def accuracy(model: Linear, data: list[Document]) -> float:
    """Share of tokens with the silver tag."""
    right = [(model.score(features).argmax(axis=1) == gold)[gold >= 0] for features, gold in data]
    return float(np.concatenate(right).mean())


def main() -> None:
    """Train on the training part, print the accuracy on the development part, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=Path, nargs="?")
    arguments = parser.parse_args()
    labels = tuple(sorted(KEPT))
    more, held = pages(arguments.pages, labels)
    model = train(documents(arguments.folder, "train", labels) + more, labels)
    print(f"development {accuracy(model, documents(arguments.folder, 'dev', labels)):.4f}")
    if held:
        print(f"pages held out {accuracy(model, held):.4f}")
    with (Path(__file__).parent / "data" / MODEL).open("wb") as stream:
        save(model, stream, TEMPLATES)


if __name__ == "__main__":
    main()
