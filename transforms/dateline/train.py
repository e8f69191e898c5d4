"""Trains the stamp scorer: ``python -m dateline.transforms.dateline.train EVALUATION_FOLDER
[--cross-validate]``.

EVALUATION_FOLDER contains ``clean/pages_dev.jsonl.gz`` (plain text, ``gold_date``, ``domain``) and
``clean/html_dev.tar``. Each page is used unchanged and with traps (:func:`trapped`), because a model that has
only seen clean pages takes a crawl date in a header for the publication day. Folds are cut by domain, so that
no site is judged by a model that was trained on it.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import hashlib
import json
import math
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt

from dateline.transforms.dateline import features, layout, readings, scorer, stamps
from dateline.transforms.decode import decode
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Page, RawArticle

FOLDS = 5
DEPTH = 6
TREES = 160
LEAST = 0.3
"""Least probability that is an answer: see the card for what each choice costs."""
TRAPS = ("", "", "H", "S", "HS", "D", "HSD", "B", "BH", "BD", "C", "CD", "P", "BPD")
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 31, "max_depth": DEPTH, "min_child_samples": 20,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 1.0, "verbose": -1,
    "num_threads": 1, "seed": 1, "deterministic": True,
}  # fmt: skip
_WEEKDAY, _WKDAY, _MONTH, _MON, _NUMBER, _DAY, _YEAR = "%A", "%a", "%B", "%b", "%m", "%d", "%Y"
_CLOCK, _HOURS = "%I:%M %p", "%H:%M"
_CLOCKS = (
    f"{_WEEKDAY}, {_MONTH} {_DAY}, {_YEAR}",
    f"{_WEEKDAY} {_MONTH} {_DAY}, {_YEAR}",
    f"{_WKDAY}, {_MON} {_DAY}, {_YEAR}",
    f"{_DAY} {_MONTH} {_YEAR}",
    f"{_MONTH} {_DAY}, {_YEAR}",
    f"{_WEEKDAY}, {_DAY} {_MONTH} {_YEAR}",
    f"{_WEEKDAY}, {_MON} {_DAY} {_YEAR} {_CLOCK}",
)
_STAMPS = (
    f"{_DAY} {_MON} {_YEAR}",
    f"{_NUMBER}/{_DAY}/{_YEAR} {_CLOCK}",
    f"{_MONTH} {_DAY}, {_YEAR}",
    f"{_MON} {_DAY}, {_YEAR}",
    f"{_YEAR}-{_NUMBER}-{_DAY}",
    f"{_DAY}.{_NUMBER}.{_YEAR}",
    f"{_YEAR}-{_NUMBER}-{_DAY} {_HOURS}",
)
_ABOVE_CLOCK = (
    "",
    "",
    "64.2 F\n",
    "Menu\nSearch\n",
    "Home\nNews\nSport\n",
    "Log in | Subscribe\n",
    "Skip to content\n",
)
_LISTINGS = (
    "",
    "Most read\n",
    "Related stories\n",
    "Latest\n",
    "Trending now\n",
    "You may also like\n",
    "Weitere Artikel\n",
)
_SPAN = (1, 2, 5, 20, 90, 200, 400, 600)


class Row(NamedTuple):
    """A page of the training set with one trap."""

    id: str
    fold: int
    gold: str
    trap: str
    days: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]


def _lines_without(text: str, day: datetime.date) -> str:
    """The text without the lines that print a day."""
    marks = {s.start for s in stamps.find(text) if day in s.days}
    kept, at = [], 0
    for line in text.split("\n"):
        if not any(at <= mark < at + len(line) for mark in marks):
            kept.append(line)
        at += len(line) + 1
    return "\n".join(kept)


def _bare(text: str) -> str:
    """The headline, the lines around it, and the body: a page without its furniture."""
    laid = layout.layout(Page(text=text, media_type="text/plain", origin=""))
    first, last = laid.body
    if first >= len(laid.starts):
        return text
    top = laid.headline if laid.headline >= 0 else max(0, first - 3)
    return text[laid.starts[max(0, top - 2)] : laid.ends[min(last, len(laid.ends) - 1)]]


def _listing(text: str, day: datetime.date, dice: random.Random, form: str) -> str:
    titles = [line.strip() for line in text.split("\n") if 5 <= line.count(" ") <= 14][:40] or [
        "Council votes on the plan"
    ]
    spread = dice.choice((3, 10, 200))
    block = dice.choice(_LISTINGS)
    for _ in range(dice.randint(2, 9)):
        stamp = (day - datetime.timedelta(dice.randint(0, spread))).strftime(form)
        author = dice.choice(("", "By Staff\n", "Politics\n"))
        block += (
            f"{stamp}\n{dice.choice(titles)}\n"
            if dice.random() < 0.3
            else f"{dice.choice(titles)}\n{author}{stamp}\n"
        )
    return block


def _captioned(text: str, day: datetime.date, dice: random.Random) -> str:
    laid = layout.layout(Page(text=text, media_type="text/plain", origin=""))
    first, last = laid.body
    if first >= len(laid.starts):
        return text
    for _ in range(dice.randint(1, 3)):
        line = dice.randint(first, min(last, first + 4))
        words = text[laid.starts[line] : laid.ends[line]].split()[: dice.randint(6, 26)]
        shot = day - datetime.timedelta(dice.choice((1, 1, 2, 3, 10, 200)))
        stamp = shot.strftime(
            dice.choice(("%A, %B %d, %Y", "%B %d, %Y", "%b. %d, %Y", "%d %B %Y", "%A, %b. %d, %Y"))
        )
        credit = dice.choice(
            (
                ". (AP Photo)",
                " (AP)",
                ". REUTERS",
                ". (Getty Images)",
                ". Photo: AFP",
                ".",
                " [EPA]",
                " / dpa",
            )
        )
        caption = f"{' '.join(words)} {dice.choice((',', ' on', ' in', ','))} {stamp}{credit}"
        text = f"{text[: laid.starts[first]]}{caption}\n{text[laid.starts[first] :]}"
    return text


def trapped(text: str, gold: str, trap: str, key: str) -> str:
    """The page under a trap, the same for the same key.

    ``D`` the lines with the gold day go, ``B`` the chrome goes, ``S`` a list of dated links comes,
    ``P`` photo captions with earlier days come into the body, ``C`` comments with days after it come, ``H`` a page clock of a later day stands on top.
    """
    dice = random.Random(hashlib.sha256(f"{key}{trap}".encode()).digest())
    day = datetime.date.fromisoformat(gold)
    crawl = day + datetime.timedelta(dice.choice(_SPAN))
    if "B" in trap:
        text = _bare(text)
    if "D" in trap:
        text = _lines_without(text, day)
    if "P" in trap:
        text = _captioned(text, day, dice)
    if "S" in trap:
        base = crawl if dice.random() < 0.6 else day - datetime.timedelta(dice.randint(5, 400))
        lines = text.split("\n")
        place = dice.choice((min(len(lines), dice.randint(2, 10)), len(lines) // 2, len(lines), len(lines)))
        lines.insert(place, _listing(text, base, dice, dice.choice(_STAMPS)))
        text = "\n".join(lines)
    if "C" in trap:
        form = dice.choice(_STAMPS)
        for _ in range(dice.randint(1, 6)):
            said = (day + datetime.timedelta(dice.randint(0, 30))).strftime(form)
            text += f"\nReader{dice.randint(1, 99)} {dice.choice(('says:', 'wrote', ''))}\n{said}\nThis is well told.\nReply"
    if "H" in trap:
        text = dice.choice(_ABOVE_CLOCK) + crawl.strftime(dice.choice(_CLOCKS)) + "\n" + text
    return text


def _row(page: Page, gold: str, trap: str, key: str, fold: int, language: str, url: str | None) -> Row:
    found = readings.likelier_first(page.text, stamps.find(page.text), language, url)
    seen = features.see(page.text, layout.layout(page, [s.start for s in found]), found)
    return Row(
        key, fold, gold, trap, tuple(s.stamp.day.isoformat() for s in seen), tuple(s.row for s in seen)
    )


def read(folder: Path) -> Iterator[Row]:
    """Every page with a gold day, flat and as HTML, under every trap."""
    pages: list[dict[str, Any]] = []
    with gzip.open(folder / "clean" / "pages_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [p for p in map(json.loads, lines) if p.get("gold_date") and p["flat_text"].strip()]
    for page in pages:
        fold = fold_of(page["domain"])
        for trap in TRAPS:
            text = trapped(page["flat_text"], page["gold_date"], trap, page["id"])
            flat = Page(text=text, media_type="text/plain", origin="")
            yield _row(flat, page["gold_date"], trap, page["id"], fold, page["lang"], page["url"])
    by_file = {p["html"]: p for p in pages if p.get("html")}
    with tarfile.open(folder / "clean" / "html_dev.tar") as tar:
        for member in tar:
            handle = tar.extractfile(member) if member.name in by_file else None
            if handle is None:
                continue
            page = by_file[member.name]
            try:
                decoded = decode(
                    RawArticle(content=gzip.decompress(handle.read()), origin="", media_type="text/html")
                )
            except Rejection:
                continue
            yield _row(
                decoded,
                page["gold_date"],
                "html",
                page["id"],
                fold_of(page["domain"]),
                page["lang"],
                page["url"],
            )


def fold_of(domain: str) -> int:
    """The fold of a site, from its name alone."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS


def fit(rows: list[Row]) -> Any:
    """A booster over every stamp of the rows; a page is weighted by the root of its number of stamps."""
    x = np.array([r for row in rows for r in row.rows], dtype=np.float64)
    y = np.array([day == row.gold for row in rows for day in row.days], dtype=np.int8)
    weight = np.array([1 / math.sqrt(len(row.days)) for row in rows for _ in row.days])
    data = lightgbm.Dataset(x, y, weight=weight, feature_name=list(features.NAMES))
    return lightgbm.train(PARAMETERS, data, TREES)


def arrays(booster: Any) -> dict[str, npt.NDArray[Any]]:
    """The trees as complete binary arrays, rounded so that the file stays small."""
    feature, threshold, value = [], [], []
    for tree in booster.dump_model()["tree_info"]:
        inner: list[tuple[int, float]] = []
        level: list[dict[str, Any]] = [tree["tree_structure"]]
        for _ in range(DEPTH):
            below: list[dict[str, Any]] = []
            for node in level:
                split = "split_feature" in node
                inner.append((node["split_feature"], node["threshold"]) if split else (0, 1e9))
                below += [node["left_child"], node["right_child"]] if split else [node, node]
            level = below
        feature.append([f for f, _ in inner])
        threshold.append([round(t, 6) for _, t in inner])
        value.append([round(leaf["leaf_value"], 5) for leaf in level])
    return {
        "names": np.array(features.NAMES),
        "least": np.array(LEAST),
        "feature": np.array(feature, dtype=np.int16),
        "threshold": np.array(threshold),
        "value": np.array(value),
    }


def report(rows: list[Row], answers: list[list[float]]) -> None:
    """Accuracy, precision and share answered, by trap and by least probability."""
    for trap in sorted({row.trap for row in rows}):
        for least in (0.0, 0.3, 0.4, 0.5):
            right = given = total = 0
            for row, found in zip(rows, answers, strict=True):
                if row.trap != trap or (row.gold not in row.days and "D" not in trap):
                    continue
                total += 1
                best = max(zip(found, row.days, strict=True), default=(0.0, ""))
                if best[0] > least:
                    given += 1
                    right += best[1] == row.gold
            print(
                f"{trap or 'plain':6} least={least} pages={total} right={right / max(1, total):.4f} answered={given / max(1, total):.4f}"
            )


def main() -> None:
    """Cross-validate by domain if asked; then train on all and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cross-validate", action="store_true", help="print figures, write nothing")
    chosen = parser.parse_args()
    rows = list(read(chosen.folder))
    if chosen.cross_validate:
        boosters = [fit([r for r in rows if r.fold != fold]) for fold in range(FOLDS)]
        report(rows, [list(boosters[r.fold].predict(np.array(r.rows))) if r.rows else [] for r in rows])
        return
    scorer.Trees(found := arrays(fit(rows)))
    np.savez_compressed(
        Path(__file__).with_name(scorer.MODEL_FILE),
        names=found["names"],
        least=found["least"],
        feature=found["feature"],
        threshold=found["threshold"],
        value=found["value"],
    )


if __name__ == "__main__":
    main()
