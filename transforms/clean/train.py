"""Trains the line model: ``python -m dateline.transforms.clean.train DATA_FOLDER [--cross-validate]``.

DATA_FOLDER contains ``pages_dev.jsonl.gz``: one page a line with ``id``, ``flat_text``, ``gold_body``,
``domain``, ``set`` and ``gold_body_suspect``. Needs LightGBM, which is not a runtime dependency.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from dateline.transforms.clean import forest
from dateline.transforms.clean.features import NAMES, features
from dateline.transforms.clean.lines import AT, Lines, read
from dateline.transforms.decode import decode
from dateline.transforms.errors import Rejection
from dateline.transforms.model import RawArticle

DEPTH, TREES = 6, 200
SETTINGS = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 63, "max_depth": DEPTH, "min_child_samples": 40,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 1.0, "max_bin": 127,
    "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
}  # fmt: skip
_WORD = re.compile(r"\w+")
_SHARE = 0.6
"""A line belongs to the gold body if at least this share of its four-word runs occurs there."""
_SET_WEIGHT = {"wcxb": 0.6}
"""Weight of guides, shops and forums, which are most of the pages but rarely read by this project."""


class Sample(NamedTuple):
    """The lines of a page or of a variant of it, with the lines that are body."""

    page: str
    domain: str
    rows: npt.NDArray[np.float32]
    body: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float32]


def labels(texts: list[str], gold: str) -> npt.NDArray[np.bool_]:
    """The lines that occur in the gold body; each run of words is used once."""
    words = _WORD.findall(gold.lower())
    runs = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    lines = Counter(" ".join(_WORD.findall(line.lower())) for line in gold.splitlines())
    found = []
    for text in texts:
        own = _WORD.findall(text.lower())
        four = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        if four:
            hit = sum(runs[run] > 0 for run in four) > _SHARE * len(four)
            if hit:
                runs.subtract(four)
        else:
            hit = bool(own) and lines[" ".join(own)] > 0
            lines[" ".join(own)] -= hit
        found.append(hit)
    return np.array(found, dtype=bool)


def variants(row: dict[str, Any]) -> Iterator[str]:
    """A page unchanged, without its layout, and with little or nothing around its body.

    A model that is trained only on pages full of furniture drops the leads of plain ones.
    """
    text = row["flat_text"]
    yield text
    chance = random.Random(row["id"])
    bare = [line.strip() for line in text.splitlines() if line.strip()]
    if chance.random() < 0.5:
        bare = [re.sub(r"^[*+o•] +", "", line) for line in bare]
    yield chance.choice(["\n", "\n\n"]).join(bare)
    page = decode(RawArticle(content=text, origin=row["id"], media_type="text/plain"))
    lines = read(page)
    body = labels(lines.texts, row["gold_body"])
    where = np.flatnonzero(body)
    if len(where):
        low = max(0, int(where[0]) - chance.choice([0, 0, 1, 3, 6]))
        high = int(where[-1]) + 1 + chance.choice([0, 0, 1, 3, 8])
        inner = chance.random() < 0.5
        kept = [
            lines.texts[n]
            for n in range(low, min(high, len(lines)))
            if body[n] or not inner or not where[0] <= n <= where[-1]
        ]
        yield chance.choice(["\n", "\n\n"]).join(kept)


def samples(folder: Path) -> list[Sample]:
    """Every page with a trusted body, in its variants."""
    found: list[Sample] = []
    with gzip.open(folder / "pages_dev.jsonl.gz", "rt", encoding="utf-8") as stored:
        rows = [json.loads(line) for line in stored]
    for row in rows:
        if not row.get("gold_body") or row.get("gold_body_suspect") or not row["flat_text"].strip():
            continue
        for text in variants(row):
            try:
                lines = read(decode(RawArticle(content=text, origin=row["id"], media_type="text/plain")))
            except Rejection:
                continue
            if len(lines):
                found.append(_sample(row, lines))
    return [*found, *_marked_up(folder, {row["html"]: row for row in rows if row.get("html")})]


def _marked_up(folder: Path, rows: dict[str, dict[str, Any]]) -> Iterator[Sample]:
    """The pages whose HTML is in ``html_dev.tar``, twice because they are few."""
    with tarfile.open(folder / "html_dev.tar") as stored:
        for member in stored:
            row = rows.get(member.name)
            if row is None or not row.get("gold_body") or row.get("gold_body_suspect"):
                continue
            file = stored.extractfile(member)
            assert file is not None
            raw = RawArticle(content=gzip.decompress(file.read()), origin=row["id"], media_type="text/html")
            try:
                lines = read(decode(raw))
            except Rejection:
                continue
            if len(lines):
                yield from [_sample(row, lines)] * 2


def _sample(row: dict[str, Any], lines: Lines) -> Sample:
    words = np.clip(lines.table[:, AT["words"]], 1, 150)
    weight = words / words.sum() * 300 * _SET_WEIGHT.get(row["set"], 1.0)
    return Sample(row["id"], row["domain"], features(lines), labels(lines.texts, row["gold_body"]), weight)


def fit(chosen: list[Sample]) -> dict[str, npt.NDArray[Any]]:
    """Train on these and give the forest's arrays."""
    data = lightgbm.Dataset(
        np.concatenate([s.rows for s in chosen]),
        np.concatenate([s.body for s in chosen]),
        weight=np.concatenate([s.weight for s in chosen]),
    )
    dump = lightgbm.train(SETTINGS, data, TREES).dump_model()
    trees = [_complete(tree["tree_structure"]) for tree in dump["tree_info"]]
    return {
        "names": np.array(NAMES),
        "features": np.array([tree.features for tree in trees], dtype=np.int16),
        "thresholds": np.array([tree.thresholds for tree in trees], dtype=np.float32),
        "leaves": np.array([tree.leaves for tree in trees], dtype=np.float32),
    }


class _Tree(NamedTuple):
    """A complete tree in heap order."""

    features: list[int]
    thresholds: list[float]
    leaves: list[float]


def _complete(root: dict[str, Any]) -> _Tree:
    """A tree filled up to :data:`DEPTH` in heap order; a filled node sends all to its left."""
    chosen: list[int] = []
    thresholds: list[float] = []
    level = [root]
    for _ in range(DEPTH):
        below = []
        for node in level:
            inner = "split_feature" in node
            chosen.append(node["split_feature"] if inner else 0)
            thresholds.append(float(node["threshold"]) if inner else np.inf)
            below += [node["left_child"], node["right_child"]] if inner else [node, node]
        level = below
    return _Tree(chosen, thresholds, [round(node["leaf_value"], 5) for node in level])


def main() -> None:
    """Train, and write the forest beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--cross-validate", type=Path, metavar="OUT", help="write a forest a fold there instead"
    )
    chosen = parser.parse_args()
    found = samples(chosen.folder)
    if chosen.cross_validate is None:
        _write(fit(found), Path(__file__).with_name(forest.FILE))
        return
    for n in range(forest.FOLDS):
        _write(
            fit([s for s in found if forest.fold_of(s.domain) != n]),
            chosen.cross_validate / f"forest-{n}.npz",
        )


def _write(arrays: dict[str, npt.NDArray[Any]], path: Path) -> None:
    forest.of(arrays)
    np.savez_compressed(
        path,
        names=arrays["names"],
        features=arrays["features"],
        thresholds=arrays["thresholds"],
        leaves=arrays["leaves"],
    )


if __name__ == "__main__":
    main()
