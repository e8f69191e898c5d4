"""Clauses against silver parses: ``python -m tests.quality.clauses PARSES [TEXTS] [--beside PARSES] [--errors KIND]``.

PARSES is a JSONL file (gzip) of rows {doc_id, s: [{t: [[start, end, word, tag, entity]], h: heads, r:
relations}]}, basic dependencies with a head of -1 at the root; TEXTS holds {doc_id, text} where the rows have
none. The parses are a program's, so the figures compare readings of the clauses with each other and are no truth.
``--beside`` names parses of the same documents by another program: only what both say alike is compared, which is
nearer to the truth, since the two differ about 8 of 100 subjects and 16 of 100 enclosers.

finite      verbs of a finite clause, found (recall) and right (precision), by their place
subject     of finite verbs in both: the head of the subject is the same word, or both have none
object      of these, active: the first object's head is the same word, or both have none
passive     of these: the voice is the same
encloser    of these: the nearest finite verb that the clause is reported by, or tied to, is the same
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.transforms import language
from dateline.transforms.model import Clause, Parse
from tests.quality.predict import bare_article

Row = dict[str, Any]
Verb = dict[str, int | bool | None]
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "nsubj:pass", "expl", "csubj"])
_PASSIVE = frozenset(["nsubjpass", "nsubj:pass", "auxpass", "aux:pass"])
_AUXILIARIES = frozenset(["aux", "auxpass", "aux:pass", "cop"])


def _rows(path: Path) -> Iterator[Row]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def silver(row: Row) -> dict[int, Verb]:
    """The finite verbs of a parsed document by the offset of the verb (of the copula, where the head is a noun)."""
    found: dict[int, Verb] = {}
    for s in row["s"]:
        tokens, heads, relations = s["t"], s["h"], s["r"]
        kids: dict[int, list[int]] = {}
        for k, h in enumerate(heads):
            kids.setdefault(h, []).append(k)
        place: dict[int, int] = {}
        for k, token in enumerate(tokens):
            below = kids.get(k, [])
            helpers = [j for j in below if relations[j] in _AUXILIARIES]
            tags = [tokens[j][3] for j in helpers]
            copula = next((j for j in below if relations[j] == "cop"), None)
            verbal = token[3].startswith("VB")
            if relations[k] in _AUXILIARIES or (not verbal and copula is None):
                continue
            if not (any(t in ("VBD", "VBZ", "VBP", "MD") for t in tags) or token[3] in ("VBD", "VBZ", "VBP")):
                continue
            place[k] = copula if copula is not None and not verbal else k
        for k, at in place.items():
            below = kids.get(k, [])
            subject = next((j for j in below if relations[j] in _SUBJECTS), None)
            chain = k
            while subject is None and relations[chain] == "conj" and heads[chain] in place:
                chain = heads[chain]
                subject = next((j for j in kids.get(chain, []) if relations[j] in _SUBJECTS), None)
            direct = next((j for j in below if relations[j] in ("dobj", "obj", "iobj")), None)
            chain, above = k, None
            for _ in range(20):
                relation, head = relations[chain], heads[chain]
                if head < 0:
                    break
                if relation in ("nsubj", "nsubjpass", "nsubj:pass"):
                    break
                if relation != "conj" and head in place:
                    above = place[head]
                    break
                chain = head
            found[tokens[at][0]] = {
                "subject": tokens[subject][0] if subject is not None else None,
                "object": tokens[direct][0] if direct is not None else None,
                "passive": any(relations[j] in _PASSIVE for j in below),
                "copula": at != k,
                "encloser": tokens[above][0] if above is not None else None,
            }
    return found


def agreed(one: dict[int, Verb], other: dict[int, Verb]) -> dict[int, Verb]:
    """What two parses of a document say alike: the finite verbs of both, without the answers that differ."""
    return {
        at: {name: value for name, value in one[at].items() if other[at][name] == value}
        for at in one.keys() & other.keys()
    }


def ours(parse: Parse, gold: dict[int, Verb]) -> dict[int, Verb]:
    """The finite clauses of our parse in the same form.

    A group with a semi-modal ("plans to visit") stands at the verb that the silver parse calls finite.
    """
    found: dict[int, Verb] = {}

    def head(c: Clause) -> int:
        group = [parse.starts[k] for k in range(c.verb.first, c.verb.last)]
        return next((at for at in group if at in gold), parse.starts[c.verb.head])

    def noun(first: int, last: int) -> int | None:
        """Where the head noun of a run starts: the last noun before the first preposition or comma."""
        at = None
        for k in range(first, last):
            if parse.tags[k] in ("NN", "NNP", "PRP", "CD", "DT", "JJ", "WH", "PRPS", "VBG"):
                at = k
            elif parse.tags[k] in ("IN", "PU", "CC", "TO") and at is not None:
                break
        return parse.starts[at] if at is not None else None

    for c in parse.clauses:
        if not c.verb.finite:
            continue
        above = c
        hops = 0
        while above.encloser is not None and hops < 20:
            above, hops = parse.clauses[above.encloser], hops + 1
            if above.verb.finite:
                break
        found[head(c)] = {
            "subject": parse.starts[c.subject_head] if c.subject_head is not None else None,
            "object": noun(*c.objects[0]) if c.objects else None,
            "passive": c.verb.voice == "passive",
            "copula": c.verb.lemma == "be",
            "encloser": head(above) if hops and above is not c and above.verb.finite else None,
        }
    return found


def figures(pairs: Iterator[tuple[dict[int, Verb], dict[int, Verb]]]) -> dict[str, float]:
    """Shares of a hundred over documents."""
    n: Counter[str | tuple[str, str]] = Counter()
    for gold, guess in pairs:
        both = gold.keys() & guess.keys()
        n["gold"] += len(gold)
        n["guess"] += len(guess)
        n["both"] += len(both)
        for at in both:
            g, p = gold[at], guess[at]
            active = not g.get("copula") and not g.get("passive") and not p["copula"]
            for name in ("subject", "object", "passive", "encloser"):
                if name in g and (active or name != "object"):
                    n[name, "compared"] += 1
                    n[name, "alike"] += g[name] == p[name]
    return {
        "finite_recall": 100 * n["both"] / max(n["gold"], 1),
        "finite_precision": 100 * n["both"] / max(n["guess"], 1),
        **{
            name: 100 * n[name, "alike"] / max(n[name, "compared"], 1)
            for name in ("subject", "object", "passive", "encloser")
        },
    }


def main() -> None:
    """Print the figures, and sentences of an error kind where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parses", type=Path)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--errors", choices=("missed", "extra", "subject", "object", "passive", "encloser"))
    parser.add_argument("--limit", type=int, default=40)
    chosen = parser.parse_args()
    texts = {r["doc_id"]: r["text"] for r in _rows(chosen.texts or chosen.parses)}
    beside = {r["doc_id"]: silver(r) for r in _rows(chosen.beside)} if chosen.beside else None
    pairs = []
    shown = 0
    for row in _rows(chosen.parses):
        text = texts[row["doc_id"]]
        gold = silver(row)
        doubtful: set[int] = set()
        if beside is not None:
            other = beside.get(row["doc_id"], {})
            doubtful = gold.keys() ^ other.keys()
            gold = agreed(gold, other)
        guess = ours(language.parse(bare_article(text)), gold)
        guess = {at: verb for at, verb in guess.items() if at not in doubtful}
        pairs.append((gold, guess))
        for at in sorted(gold.keys() | guess.keys()) if chosen.errors and shown < chosen.limit else ():
            g, p = gold.get(at), guess.get(at)
            kind = "extra" if g is None else "missed" if p is None else chosen.errors
            alike = g is not None and p is not None and (kind not in g or g[kind] == p[kind])
            if kind != chosen.errors or alike:
                continue
            start = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at)) + 1

            def word(place: int | bool | None, text: str = text) -> str:
                return "-" if place is None else text[int(place) :].split(None, 1)[0]

            said = f"[silver {word(g[kind])} | ours {word(p[kind])}]" if g and p else f"[{kind}]"
            print(f"{word(at):12} {said:40} {text[start : at + 90].strip()!r}")
            shown += 1
    for name, value in figures(iter(pairs)).items():
        print(f"{name:18}{value:6.1f}")


if __name__ == "__main__":
    main()
