"""Each room beside the libraries that a user would reach for, on the same rows: processor time and accuracy.

Needs the dependency group ``bench``; a peer that is not installed is left out, and said.
Gold and scorers are those of the evaluation folder; without it there is no accuracy, and
nothing is compared.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests import tools
from tests.benchmarks import material
from tests.quality import peers as beside
from tests.quality import predict

Row = dict[str, Any]


class Result(NamedTuple):
    """One program on one set of rows: how many, milliseconds of one core a row, figures of the scorer."""

    task: str
    program: str
    rows: int
    ms: float
    figures: dict[str, float]


class Program(NamedTuple):
    """A program under comparison: ours, or a library and the module that it needs."""

    name: str
    needs: str | None
    answer: Callable[[Row], Row]


def compare(
    task: str,
    programs: Sequence[Program],
    rows: list[Row],
    figures: Callable[[list[Row], list[Row]], dict[str, float]],
) -> list[Result]:
    """Every program on the same rows, row by row in turn: what else the machine does then slows all alike."""
    here = []
    for program in programs:
        if program.needs and not tools.installed(program.needs):
            print(f"{task}: {program.name} is not installed: pip install --group bench", file=sys.stderr)
        else:
            here.append(program)
    answers: dict[str, list[Row]] = {p.name: [] for p in here}
    spent = dict.fromkeys(answers, 0.0)
    with contextlib.redirect_stderr(io.StringIO()):
        # What is loaded once is not counted, and most of it is loaded for the first page of a language.
        for row in _one_a_language(rows):
            for program in here:
                program.answer(row)
        for row in rows:
            for program in here:
                began = time.process_time()
                answers[program.name].append(program.answer(row))
                spent[program.name] += time.process_time() - began
    return [
        Result(task, name, len(rows), 1000 * spent[name] / len(rows), figures(rows, found))
        for name, found in answers.items()
    ]


def _one_a_language(rows: Sequence[Row]) -> list[Row]:
    return list({row.get("lang") or row.get("language"): row for row in reversed(rows)}.values())


# ------------------------------------------------------------------ the article of a page


def _ours(row: Row) -> Row:
    """Decode and clean alone, by trees that never saw the page's site: the day has a comparison of its own."""
    return predict.body(row, out_of_fold=True, day=False)


def _justext(row: Row) -> Row:
    import justext

    from tests.benchmarks.glued import LANGUAGES

    name = LANGUAGES.get(row.get("lang", "en"), "English")
    words = justext.get_stoplist(name) if name in justext.get_stoplists() else frozenset()
    try:
        kept = justext.justext(row["html"].encode(), words, encoding="utf-8")
    except Exception as error:
        return {"id": row["id"], "body": None, "date": None, "error": repr(error)}
    return {"id": row["id"], "body": "\n".join(p.text for p in kept if not p.is_boilerplate), "date": None}


def _by_id(answers: list[Row]) -> dict[str, Row]:
    return {a["id"]: a for a in answers}


def body(count: int | None) -> list[Result]:
    """The article out of HTML: 4-gram F1."""
    rows = material.html_rows(count, lambda r: r.get("gold_body") and not r.get("gold_body_suspect"))
    if not rows:
        return []
    score = material.scorer("clean")

    def figures(gold: list[Row], answers: list[Row]) -> dict[str, float]:
        return {"body F1": score.body(gold, _by_id(answers))["f1"]}

    programs = [
        Program("dateline", None, _ours),
        Program("trafilatura", "trafilatura", beside.trafilatura),
        Program("jusText", "justext", _justext),
    ]
    return compare("article of an HTML page", programs, rows, figures)


def publication_day(count: int | None) -> list[Result]:
    """The day of publication out of HTML: exact day."""
    rows = material.html_rows(count, lambda r: r.get("gold_date"))
    if not rows:
        return []
    score = material.scorer("clean")

    def figures(gold: list[Row], answers: list[Row]) -> dict[str, float]:
        found = score.date(gold, _by_id(answers))
        return {"day right": found["accuracy"], "right of those given": found["precision"]}

    programs = [Program("dateline", None, predict.body), Program("htmldate", "htmldate", beside.htmldate)]
    return compare("publication day of an HTML page", programs, rows, figures)


# ------------------------------------------------------------------ dates in running text


def _timex(start: int, end: int, value: str) -> Row:
    return {"start": start, "end": end, "type": "DATE", "value": value}


def _dateparser(row: Row) -> Row:
    from tests.benchmarks import glued

    found = glued.dates(row["text"], row.get("language", "en"), row["dct"][:10])
    return {"doc_id": row["doc_id"], "timexes": [_timex(d["start"], d["end"], d["value"]) for d in found]}


def _datefinder(row: Row) -> Row:
    import datefinder

    base = datetime.datetime.fromisoformat(row["dct"][:10])
    try:
        found = list(datefinder.find_dates(row["text"], source=True, index=True, base_date=base))
    except Exception as error:
        return {"doc_id": row["doc_id"], "timexes": [], "error": repr(error)}
    return {
        "doc_id": row["doc_id"],
        "timexes": [_timex(a, b, day.date().isoformat()) for day, _, (a, b) in found],
    }


def dates(count: int | None) -> list[Result]:
    """Time expressions in news text: found (relaxed F1), and the calendar day right (day F1)."""
    rows = material.spread(
        material.rows("dates", "timebank.jsonl") + material.rows("dates", "aquaint_dev.jsonl"), count
    )
    if not rows:
        return []
    score = material.scorer("dates")

    def figures(gold: list[Row], answers: list[Row]) -> dict[str, float]:
        found, _, _ = score.score({g["doc_id"]: g for g in gold}, {a["doc_id"]: a for a in answers})
        return {"found F1": found["relaxed"]["F1"] / 100, "day F1": found["day"]["F1"] / 100}

    programs = [
        Program("dateline", None, predict.dates),
        Program("dateparser search_dates", "dateparser", _dateparser),
        Program("datefinder", "datefinder", _datefinder),
    ]
    return compare("dates in running text", programs, rows, figures)


# ------------------------------------------------------------------ whole pages


def _glued(name: str) -> Callable[[Row], Row]:
    def answer(row: Row) -> Row:
        from tests.benchmarks import glued

        return glued.page(row, getattr(glued, name))

    return answer


def whole_pages() -> list[Result]:
    """A page to its publication day, dates, claims and article."""
    rows = material.rows("pages", "pages_dev.jsonl.gz") + material.rows("pages", "seeds_gold.jsonl.gz")
    if not rows:
        return []
    score = material.scorer("pages")
    kept = (
        "published",
        "date_right",
        "date_wrong",
        "guess_wrong",
        "claim_found",
        "claim_all",
        "boilerplate_out",
    )

    def figures(gold: list[Row], answers: list[Row]) -> dict[str, float]:
        _, _, found = score.score(gold, _by_id(answers))
        return {name: found[name] for name in kept if found[name] is not None}

    programs = [
        Program("dateline", None, predict.pages),
        Program("jusText + dateparser + a pattern", "justext", _glued("body_by_justext")),
        Program("long lines + dateparser + a pattern", "justext", _glued("body_by_runs")),
    ]
    return compare("whole pages", programs, rows, figures)


def measure(count: int | None) -> list[Result]:
    """Every comparison; ``count`` bounds the rows of the long ones (None: all)."""
    return [*body(count), *publication_day(count), *dates(count), *whole_pages()]


if __name__ == "__main__":
    for result in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 60):
        print(json.dumps(result._asdict()))
