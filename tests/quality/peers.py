"""Pages in HTML beside the libraries that are known for it: ``python -m tests.quality.peers html|day``.

``html`` is the article (4-gram F1, by set) beside trafilatura, ``day`` the day of publication beside htmldate, on the
same pages in one run. Our lines are chosen by trees that never saw the page's site. Peers come with ``make bench``; one
that is not installed is named, and no figure stands beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tarfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from tests import tools
from tests.quality import predict, scorers

Row = dict[str, Any]
Figures = dict[str, float]
SETS = ("sh", "aed")
"""Sets whose pages stand in HTML beside a trusted article."""
_PROCESSES = 2


def html_rows(folder: Path, wanted: Callable[[Row], Any]) -> list[Row]:
    """Rows of development pages that are ``wanted``, with their HTML under ``html`` and their gold; none without data."""
    archive = folder / "clean" / "html_dev.tar"
    if not archive.is_file():
        return []
    rows = scorers.rows_of(folder / "clean" / "pages_dev.jsonl.gz")
    by_name = {row["html"]: row for row in rows if row.get("html") and wanted(row)}
    with tarfile.open(archive) as files:
        return [
            row | {"html": gzip.decompress(file.read()).decode("utf-8", "replace")}
            for member in files
            if (row := by_name.get(member.name)) and (file := files.extractfile(member))
        ]


def trafilatura(row: Row) -> Row:
    """What trafilatura takes for the article, its comments left out."""
    import trafilatura as library

    return {"id": row["id"], "body": library.extract(row["html"], include_comments=False), "date": None}


def htmldate(row: Row) -> Row:
    """The day of first publication that htmldate finds, as thoroughly as it can."""
    import htmldate as library

    found = library.find_date(row["html"], url=row.get("url"), original_date=True)
    return {"id": row["id"], "body": None, "date": found}


def html(folder: Path) -> Figures:
    """Body F1 of each set, that of trafilatura, and by how much we are ahead."""
    rows = html_rows(
        folder, lambda r: r["set"] in SETS and r.get("gold_body") and not r.get("gold_body_suspect")
    )
    score = scorers.module(folder, "clean")
    found: Figures = {}
    for name, answers in _answers(rows, "trafilatura", trafilatura):
        for one in SETS:
            gold = [row for row in rows if row["set"] == one]
            found[f"{one}{name}"] = score.body(gold, answers)["f1"]
    return _ahead(found, SETS, "_trafilatura")


def day(folder: Path) -> Figures:
    """The share of pages whose day of publication is right, that of htmldate, and by how much we are ahead."""
    rows = html_rows(folder, lambda r: r.get("gold_date"))
    score = scorers.module(folder, "clean")
    found = {
        f"right{name}": score.date(rows, answers)["accuracy"]
        for name, answers in _answers(rows, "htmldate", htmldate)
    }
    return _ahead(found, ("right",), "_htmldate")


def _answers(rows: list[Row], name: str, peer: Callable[[Row], Row]) -> Iterator[tuple[str, dict[str, Row]]]:
    """Our answers by id under "", and those of the peer under its name where it is installed."""
    with ProcessPoolExecutor(_PROCESSES) as workers:
        ours = workers.map(partial(predict.body, out_of_fold=True), rows, chunksize=8)
        yield "", {answer["id"]: answer for answer in ours}
        if tools.installed(name):
            yield f"_{name}", {answer["id"]: answer for answer in workers.map(peer, rows, chunksize=8)}
        else:
            print(f"{name} is not installed (make bench): nothing stands beside our figures", file=sys.stderr)


def _ahead(found: Figures, names: Sequence[str], peer: str) -> Figures:
    beside = {f"{one}_over{peer}": found[one] - found[one + peer] for one in names if one + peer in found}
    return dict(chain(found.items(), beside.items()))


def main() -> int:
    """Print the figures of ``html`` or ``day``."""
    from tests.quality.check import evaluation_folder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["html", "day"])
    folder = evaluation_folder()
    what = parser.parse_args().what
    if folder is None:
        print("skipped: no development data (set EVALUATION= to the folder that holds it)")
        return 0
    print(json.dumps({"html": html, "day": day}[what](folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
