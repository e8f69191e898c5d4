"""``make quality``: every figure beside its floor. Ends with 1 when one is below.

Data and scorers are read from the evaluation folder (``EVALUATION=``, else ``../shared``);
without it there is nothing to measure, which is said and is no failure.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.quality import inputs, peers, statements
from tests.quality.predict import TASKS, Row, body
from tests.quality.records import records
from tests.quality.scorers import evaluation_folder, rows_of
from tests.quality.stories import figures as stories_figures

HERE = Path(__file__).parent
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"
LABELS = frozenset(
    [
        "timexes",
        "attributions",
        "gold_body",
        "gold_date",
        "place",
        "day",
        "agency",
        "event",
        "events",
        "published",
        "published_acceptable",
        "published_evidence",
        "dates",
        "claims",
        "not_claims",
        "body_first",
        "body_last",
        "boilerplate_samples",
        "boilerplate_optional",
        "traps",
        "metadata_dates",
        "same_event_as",
        "note",
        "kind",
        "title",
        "spans",
        "source",
        "target",
        "mode",
        "context",
        "eventText",
        "gold_body_suspect",
    ]
)
Figures = dict[str, float]


def without_labels(row: Row, keep: Iterable[str] = ()) -> Row:
    """What a program under test may see of a row."""
    return {k: v for k, v in row.items() if k not in LABELS or k in keep}


def predict(task: str, rows: list[Row], keep: Iterable[str] = ()) -> list[Row]:
    """The predictions of a task."""
    return [TASKS[task](without_labels(row, keep)) for row in rows]


def records_of(rows: list[Row]) -> list[Row]:
    """The answers of the task ``records``, from two processes."""
    with ProcessPoolExecutor(2) as workers:
        return list(workers.map(records, rows, chunksize=8))


def score(
    folder: Path,
    room: str,
    gold: Path,
    predictions: list[Row],
    *arguments: str,
    before: tuple[str, ...] = (),
    scorer: str = "score.py",
) -> str:
    """What the room's scorer prints."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in predictions:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        return printed(folder / room / scorer, *before, str(gold), file.name, *arguments)


def printed(scorer: Path, *arguments: str) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(scorer), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout


def _pages(folder: Path, name: str) -> Figures:
    gold = folder / "pages" / name
    rows = [{"id": r["id"], "text": r["text"]} for r in rows_of(gold)]
    found: Figures = json.loads(score(folder, "pages", gold, predict("pages", rows), "--json"))
    return found


def _dates(folder: Path, name: str) -> Figures:
    """Time expressions of running text against a TimeML corpus."""
    gold = folder / "dates" / name
    found: Any = json.loads(score(folder, "dates", gold, predict("dates", rows_of(gold)), "--json"))
    return {"value": found["value"]["F1"], "day": found["day"]["F1"]}


def _claims(folder: Path) -> Figures:
    gold = folder / "claims" / "polnear_dev.jsonl.gz"
    found: Any = json.loads(score(folder, "claims", gold, predict("claims", rows_of(gold)), "--json"))
    return {"linked_soft": 100 * found["attribution"]["linked-soft"][2]}


def _clean(folder: Path) -> Figures:
    """Each page by trees that never saw its site: the packaged ones were trained on these pages."""
    gold = folder / "clean" / "pages_dev.jsonl.gz"
    rows = [r for r in rows_of(gold) if r["lang"] == "en" and r.get("gold_body")]
    answers = [body({k: r[k] for k in ("id", "flat_text", "domain")}, out_of_fold=True) for r in rows]
    printed = score(folder, "clean", gold, answers, "--lang", "en", before=("body",))
    return {k: float(v) for k, v in re.findall(r"(\w+)=([\d.]+)", printed)}


def _dateline(folder: Path) -> Figures:
    gold = folder / "dateline" / "dev.jsonl.gz"
    printed = score(folder, "dateline", gold, predict("dateline", rows_of(gold), keep=("published",)))
    return {k: float(v) for k, v in re.findall(r"(\w+)=([\d.]+)", printed)}


def _records(folder: Path, name: str) -> Figures:
    """Whole pages with all of their events."""
    gold = folder / "events" / name
    rows = [{"id": r["id"], "text": r["text"]} for r in rows_of(gold)]
    found: Figures = json.loads(
        score(folder, "events", gold, records_of(rows), "--json", scorer="score_records.py")
    )
    return {k: v for k, v in found.items() if v is not None}


def _cases(folder: Path) -> Figures:
    """Single readings, in small pages and in bare sentences."""
    gold = folder / "dates" / "cases" / "dev.jsonl"
    rows = [
        {"id": r["id"], "text": r["text"], "language": r["language"]}
        | ({} if r.get("page") else {"bare": True, "day": r["anchor"]})
        for r in rows_of(gold)
    ]
    found: Figures = json.loads(score(folder, "dates/cases", gold, records_of(rows), "--json"))
    return found


def _when(folder: Path) -> Figures:
    """The days of events on public sets: all sets whose days people wrote in one pool, and the pages of shootings."""
    gold = folder / "when" / "dev"
    with tempfile.TemporaryDirectory() as told:
        for path in sorted(gold.glob("*.jsonl.gz")):
            rows = [
                {"id": r["doc_id"], "text": r["text"], "media_type": "text/plain", "published": r["dct"]}
                for r in rows_of(path)
            ]
            answers = (json.dumps(row, ensure_ascii=False) + "\n" for row in records_of(rows))
            Path(told, path.name.removesuffix(".gz")).write_text("".join(answers), "utf-8")
        sets: Any = json.loads(printed(folder / "when" / "score.py", str(gold), told, "--json"))
        judged = printed(folder / "when" / "judge.py", str(gold), told)
    pool = sets["pool"]
    dense = re.search(r"deeds a page ([\d.]+) dense precision: an event [\d.]+, a deed ([\d.]+)", judged)
    assert dense is not None
    return {
        **{k: v for k, v in pool.items() if isinstance(v, int | float)},
        "longer_wrong_share": pool["longer_wrong"] / max(1, pool["given_longer"]),
        "shootings_did_as_did": sets["gva_incidents"]["recall_did_as_did"],
        "deeds_a_page": float(dense[1]),
        "deed_precision": float(dense[2]),
    }


def _speed(folder: Path) -> Figures:
    rows = [{"id": r["id"], "text": r["text"]} for r in rows_of(folder / "pages" / "pages_dev.jsonl.gz")]
    for row in rows[:3]:
        TASKS["pages"](row)  # models load once a process
    began = time.process_time()
    for row in rows:
        TASKS["pages"](row)
    return {"pages_per_second": len(rows) / (time.process_time() - began)}


CHECKS: dict[str, Callable[[Path], Figures]] = {
    "pages_dev": lambda folder: _pages(folder, "pages_dev.jsonl.gz"),
    "seeds_gold": lambda folder: _pages(folder, "seeds_gold.jsonl.gz"),
    "records_dev": lambda folder: _records(folder, "records_dev.jsonl.gz"),
    "records_own": lambda folder: _records(folder, "records_own.jsonl"),
    "when": _when,
    "cases": _cases,
    "timebank": lambda folder: _dates(folder, "timebank.jsonl"),
    "aquaint": lambda folder: _dates(folder, "aquaint_dev.jsonl"),
    "wikiwars": lambda folder: _dates(folder, "wikiwars_dev.jsonl"),
    "krauts": lambda folder: _dates(folder, "krauts_de_dev.jsonl"),
    "polnear_dev": _claims,
    "statements": lambda _: statements.measure(),
    "clean_en": _clean,
    "dateline": _dateline,
    "stories": lambda folder: stories_figures(folder / "stories"),
    "inputs": lambda folder: inputs.measure(folder / "inputs"),
    "html": peers.html,
    "day": peers.day,
    "speed": _speed,
}


def main() -> int:
    """Print a line for each figure that has a floor; 1 when one is missed. ``--readme FILE`` keeps them there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], help="all of them where none is named")
    parser.add_argument("--readme", type=Path, help="write the table between the marks of this file")
    told = parser.parse_args()
    folder = evaluation_folder()
    if folder is None:
        print("quality: skipped, no development data (set EVALUATION= to the folder that holds it)")
        return 0
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
    missed = 0
    table = ["| data | figure | value | floor |", "|---|---|---|---|"]
    for name in told.checks or CHECKS:
        figures = CHECKS[name](folder)
        for figure, bound in floors[name].items():
            if (value := figures.get(figure)) is None:
                print(f"skip {name:12} {figure:18} the library beside it is not installed (make bench)")
                continue
            good = value >= bound["min"] if "min" in bound else value <= bound["max"]
            missed += not good
            sign, limit = (">=", bound["min"]) if "min" in bound else ("<=", bound["max"])
            print(
                f"{'ok  ' if good else 'MISS'} {name:12} {figure:18} {value:9.4f} {sign} {limit}", flush=True
            )
            table.append(f"| {name} | {figure} | {value:.4g} | {'≥' if sign == '>=' else '≤'} {limit:g} |")
    if told.readme is not None:
        text = told.readme.read_text("utf-8")
        before, rest = text.split(BEGIN, 1)
        told.readme.write_text(
            f"{before}{BEGIN}\n" + "\n".join(table) + f"\n{END}{rest.split(END, 1)[1]}", "utf-8"
        )
    print(f"quality: {missed} below their floors" if missed else "quality: all floors hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
