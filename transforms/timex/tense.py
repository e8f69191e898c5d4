"""The tense around an expression, from the verbs of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal

from dateline.transforms.model import Clause, Parse

if TYPE_CHECKING:
    from dateline.transforms.timex.grammar import Grammar

Tense = Literal["past", "future", "near", "none"]
"""``near``: a plan that may lie on either side, because its outcome is reported ("planned for Friday was
called off")."""
LEFT = 90
RIGHT = 48
"""Code points in which the nearest verb is looked for, before and after an expression."""
TAIL = 24
"""Code points right before an expression in which words such as "since" are looked for."""
LABEL = 4
"""Words of the label of a line, at most."""
PASSIVE = 5
"""Code points from a verb of the future to its participle: " be "."""
QUOTES = frozenset('"“”»')
QUOTED = re.compile(r"\"[^\"]*+\"|“[^”]*+”|„[^“]*+“|«[^»]*+»|^[^“”]*+”")
WIDE = 600
"""Code points before an expression in which an opening quotation mark is looked for."""
ENDS = frozenset(".!?…\"”’')]")
BREAK = re.compile(r";\s|\n\n")


def tense_around(
    text: str, start: int, stop: int, parse: Parse, grammar: Grammar, *, headline: bool = False
) -> tuple[Tense, str]:
    """The tense around an expression, and the words that say so.

    A plan with its target ("put off to June") looks ahead, unless the verb behind it tells what
    became of it ("the march planned for Friday was called off"). Else the nearest verb before the
    expression in the sentence decides, unless a verb of the future follows at once ("Wednesday is
    forecast to be cold"). A verb of the present is a plan ("the court sits on Monday"), but not in a
    headline or caption (``headline``), where it tells what has happened.
    """
    low, high = _sentence(start, stop, parse, len(text))
    after = _right(text, stop, high).lower()
    cues = grammar.tense
    before = _left(text, start, low)
    lowered = before.lower()
    if len(lowered) != len(before):
        lowered = before.replace("İ", "i").lower()
    tail = lowered[-TAIL:]
    if (m := cues.since.search(tail)) is not None:
        return "past", m[0].strip()
    if (told := label_tense(lowered, grammar)) is not None:
        return told
    if awaited := looks_ahead(start, parse, grammar):
        return "future", awaited
    if (m := cues.onward.search(tail)) is not None and not _begun(lowered, after, grammar):
        return "future", m[0].strip()
    if (
        cues.outset_on.match(after)
        and (m := cues.outset.search(tail))
        and not _begun(lowered, after, grammar)
    ):
        return "future", f"{m[0].strip()} … on"
    # A verb right behind the words has them as its subject or its own adverb, unless a comma ends a clause
    # there that has a verb: "The strike, which began on Monday, will end on Friday".
    if (m := cues.right.match(after)) is not None:
        inside = after[:1] == "," and cues.left.search(lowered, lowered.rfind(",") + 1) is not None
        if not inside:
            return "future", m[0].strip()
    if (m := cues.targets.search(lowered)) is not None:
        if became := _became(text, start, parse, grammar):
            return "near", became
        return "future", m[0].strip()
    if cues.settled_as.match(after) is not None and (m := cues.settled.search(lowered)) is not None:
        modal = any(
            v["future"] and m.start() - v.end() < PASSIVE for v in cues.left.finditer(lowered[: m.start()])
        )
        return ("future" if modal else "near"), m[0].strip()
    nearest: tuple[Tense, str] = ("none", "")
    ended, verbs, last = -PASSIVE, 0, 0
    for m in cues.left.finditer(lowered):
        if m["future"]:
            if before[m.start()].isupper() and not before.isupper() and _is_name(text, before, m, high):
                continue
            if headline and m[0] in grammar.scheduled:
                continue
            nearest, ended = ("future", m[0]), m.end()
        elif m.start() - ended >= PASSIVE or _failed(nearest[1], lowered[:ended], grammar):
            nearest = "past", m[0]
        # Else "will be paid": a participle right after a verb of the future belongs to it.
        verbs, last = verbs + 1, m.end()
    if nearest[1] in grammar.ability and (done := _able(start, parse, grammar)):
        nearest = "past", done
    if not headline and (plan := _plan(text, start, stop, high, start - len(before) + last, parse, grammar)):
        return "future", plan
    if nearest[0] != "none" and nearest[1] not in grammar.bounds:
        return nearest
    # "From Saturday to Tuesday it was shut": the verb decides, not the bound before it.
    behind = [
        v for v in cues.left.finditer(after) if v[0] not in grammar.ability and not _is_participle(v, grammar)
    ]
    following = next((v for v in behind if v[0] not in grammar.bounds), behind[0] if behind else None)
    if nearest[0] != "none":
        # "Until Thursday they had not called him": the bound is of the past, unless it has a
        # verb of its own before it ("stays shut until Thursday, the owner said").
        if verbs == 1 and following is not None and not following["future"]:
            return "past", following[0]
        if (m := cues.lasting.search(lowered)) is not None:
            ahead = any(v["future"] for v in cues.left.finditer(lowered[: m.start()]))
            return ("future" if ahead else "past"), m[0].strip()
        return nearest
    if (m := following) is not None:
        return ("future" if m["future"] else "past"), m[0]
    if verb := _outcome(text, start, parse):
        return "past", verb
    # "From Tuesday, fares rise": no verb of the past stands around it.
    if not headline and after[:1] == "," and (m := cues.opening.fullmatch(lowered.lstrip())) is not None:
        return "future", m[0].strip()
    governed = not headline and text[:high].rstrip()[-1:] in ENDS and _governs(text, start, stop, grammar)
    if governed and (verb := _scheduled(lowered, grammar) or _scheduled(after, grammar)):
        return "future", verb
    return "none", ""


def _begun(before: str, after: str, grammar: Grammar) -> bool:
    """Whether a verb of the past around "from Monday on" tells that it has begun, and no verb of the future."""
    verbs = [m for side in (before, after) for m in grammar.tense.left.finditer(side)]
    return any(
        not m["future"] and m[0] not in grammar.present and not _is_participle(m, grammar) for m in verbs
    ) and not any(m["future"] for m in verbs)


def _is_participle(verb: re.Match[str], grammar: Grammar) -> bool:
    """Whether a word of the past is the participle of a passive in the present: "are required"."""
    words = verb.string[: verb.start()].rsplit(maxsplit=2)[-2:]
    return not grammar.passive.isdisjoint(words) and not verb["future"]


def _is_name(text: str, before: str, modal: re.Match[str], high: int) -> bool:
    """Whether a verb of the future with a capital is a name: "Theresa May on Thursday said", "Will Smith on Monday".

    At the start of a sentence it is one before another capital, but in a question.
    """
    following = before[modal.end() :].lstrip()[:1]
    return modal.start() > 0 or (following.isupper() and not text[:high].rstrip().endswith("?"))


def _became(text: str, start: int, parse: Parse, grammar: Grammar) -> str | None:
    """The verb of the past that tells what became of a plan, where the plan is its subject.

    The expression belongs to the subject when its clause has the verb behind it: "the march planned for
    Friday was called off", "the march that was planned for Friday was called off".
    """
    at = bisect_right(parse.starts, start) - 1
    holding = [c for c in _clauses_around(parse, at) if c.first <= at < c.last and c.verb.finite]
    # A relative clause of the past belongs to the plan: its own verb says only that there was one.
    holding = [
        c for c in holding if not (c.kind == "relative" and c.verb.last <= at and c.verb.tense == "past")
    ]
    inner = min(holding, key=lambda c: c.last - c.first, default=None)
    if inner is None or inner.verb.first <= at or inner.subject is None or inner.subject.first > at:
        return None
    verb = inner.verb
    if verb.modal is not None or not (verb.tense == "past" or verb.aspect == "perfect"):
        return None
    words = text[parse.starts[verb.first] : parse.ends[verb.last - 1]]
    if any(m["future"] for m in grammar.tense.left.finditer(words.lower())):
        return None  # "was expected to draw thousands"
    return words


def _outcome(text: str, start: int, parse: Parse) -> str | None:
    """The verb of the past in the clause of an expression, with a form that is in no word list ("sank")."""
    at = bisect_right(parse.starts, start) - 1
    holding = [c for c in _clauses_around(parse, at) if c.first <= at < c.last and c.verb.finite]
    inner = min(holding, key=lambda c: c.last - c.first, default=None)
    if inner is None or inner.verb.tense != "past" or inner.verb.modal is not None:
        return None
    if abs(parse.starts[inner.verb.first] - start) > LEFT:
        return None
    return text[parse.starts[inner.verb.first] : parse.ends[inner.verb.last - 1]]


def _able(start: int, parse: Parse, grammar: Grammar) -> str | None:
    """The verb of the past whose object tells what somebody was able to: "gave him all he could handle in January", but not
    "found a site that could open in June"."""
    at = bisect_right(parse.starts, start) - 1
    holding = [c for c in _clauses_around(parse, at) if c.first <= at < c.last]
    inner = min(holding, key=lambda c: c.last - c.first, default=None)
    if inner is None or inner.kind != "relative" or inner.verb.modal not in grammar.ability:
        return None
    if inner.encloser is None or inner.subject is None or inner.subject.first == inner.marker:
        return None
    above = parse.clauses[inner.encloser].verb
    return parse.low[above.head] if above.tense == "past" and above.modal is None else None


def _failed(modal: str, before: str, grammar: Grammar) -> bool:
    """Whether a modal at the end of the words is about something that did not happen: "could not be reached",
    "neither could be"."""
    if modal not in grammar.weak:
        return False
    words = before[-LEFT // 2 :].split()
    return not grammar.negations.isdisjoint(words) or any(w.endswith(grammar.negated_endings) for w in words)


def _plan(
    text: str, start: int, stop: int, high: int, floor: int, parse: Parse, grammar: Grammar
) -> str | None:
    """The verb of the present that governs an expression behind it, where it stands behind ``floor``.

    Verbs of saying and of states plan nothing, and a sentence without its full stop is a headline.
    """
    if not parse.clauses or text[:high].rstrip()[-1:] not in ENDS:
        return None
    at = bisect_right(parse.starts, start) - 1
    clauses = [c for c in _clauses_around(parse, at, at) if c.first <= at < c.last]
    clause = min(clauses, key=lambda c: c.last - c.first, default=None)
    if clause is None:
        return None
    verb = clause.verb
    if (
        not _governs(text, start, stop, grammar)
        or clause.subject is None
        or not verb.finite
        or verb.last > at
        or parse.starts[verb.first] < floor
    ):
        return None
    if (
        verb.tense != "present"
        or verb.modal is not None
        or verb.aspect == "perfect"
        or verb.voice == "passive"
    ):
        return None
    # "He is in custody after a raid on Friday": the day is that of the raid.
    if not grammar.looking_back.isdisjoint(word.lower() for word in parse.words[verb.last : at]):
        return None
    # Verbs of states plan nothing, and words of time are no verbs ("just minutes apart on Friday").
    head = parse.low[verb.head]
    if (head.isalpha() and head in grammar.words.values) or (
        verb.aspect == "simple" and verb.lemma in grammar.states
    ):
        return None
    return text[parse.starts[verb.first] : parse.ends[verb.last - 1]]


def looks_ahead(start: int, parse: Parse, grammar: Grammar) -> str | None:
    """The verb by which an expression lies ahead although a verb of the past stands before it.

    It is that of a plan ("promised to return before Christmas", "have a deal to meet on March 9"), or one of the present
    behind a word such as "before" ("agreed to repair the roof before the winter storms arrive").
    """
    at = bisect_right(parse.starts, start) - 1
    inner = min(
        (c for c in _clauses_around(parse, at) if c.first <= at < c.last),
        key=lambda c: c.last - c.first,
        default=None,
    )
    if inner is None:
        return None
    verb = inner.verb
    if inner.kind == "adverbial":
        opened = inner.marker is not None and parse.low[inner.marker] in grammar.awaiting
        plain = verb.tense == "present" and verb.modal is None and verb.aspect != "perfect"
        # "A share of 7 % before Friday's purchases is small": no clause begins at the day.
        owner = "POS" in parse.tags[at : at + 3]
        return parse.low[verb.head] if opened and plain and at < verb.first and not owner else None
    if verb.last > at or verb.aspect == "perfect":
        return None
    above = (
        parse.clauses[inner.encloser].verb
        if inner.kind == "infinitive" and inner.encloser is not None
        else None
    )
    if above is not None and above.lemma in grammar.owning:
        open_ = above.tense == "present" and above.aspect == "simple" and above.last < verb.first
        return parse.low[verb.head] if open_ else None
    if grammar.bounding.isdisjoint(parse.low[max(verb.last, at - 2) : at]):
        return None
    planned = verb.tense == "future" or (above is not None and above.lemma in grammar.plans)
    return parse.low[verb.head] if planned else None


def label_tense(before: str, grammar: Grammar) -> tuple[Tense, str] | None:
    """The tense that the label of a line tells right before its date: "Last fight: March 25", "Next meeting: May 3"."""
    label = before.rstrip()
    if not label.endswith((":", "：")):
        return None
    label = label[label.rfind("\n") + 1 : -1].strip()
    words = label.split()
    if len(words) > LABEL:
        return None
    ended = not grammar.label_past.isdisjoint(words)
    if ended == (not grammar.label_future.isdisjoint(words)):
        return None
    return ("past" if ended else "future"), label


def is_purpose(start: int, parse: Parse, grammar: Grammar) -> bool:
    """Whether an expression with a preposition stands in a clause of purpose: "agreed to acquire the bank in May"."""
    at = bisect_right(parse.starts, start) - 1
    holding = [c for c in _clauses_around(parse, at, at) if c.first <= at < c.last]
    inner = min(holding, key=lambda c: c.last - c.first, default=None)
    if inner is None or inner.kind != "infinitive" or inner.verb.last > at:
        return False
    return not grammar.purpose.isdisjoint(word.lower() for word in parse.words[max(0, at - 2) : at])


def _governs(text: str, start: int, stop: int, grammar: Grammar) -> bool:
    """Whether a verb before may govern the expression: not "follows Tuesday's ruling", "comes after Friday"."""
    words = text[max(0, start - 16) : start].lower().split()
    return not text.startswith(("'s", "’s"), stop) and (not words or words[-1] not in grammar.ungoverned)


def _scheduled(before: str, grammar: Grammar) -> str | None:
    """A verb that states a schedule. The word before it distinguishes it from its noun ("the plays", "a peace
    march")."""
    for m in grammar.tense.scheduled.finditer(before):
        words = before[: m.start()].split()
        if not words or not words[-1][-1:].isalpha() or words[-1] in grammar.articles:
            continue
        plural = words[-1].endswith("s") or words[-1] in grammar.plain_subjects
        if m[0].endswith("s") != (plural or not grammar.plurals.isdisjoint(words)):
            return m[0]
    return None


def _clauses_around(parse: Parse, token: int, before: int | None = None) -> tuple[Clause, ...]:
    """The clauses of a token's sentence, those alone whose verb stands before a token where one is given."""
    if token < 0 or not parse.sentences:
        return ()
    sentence = parse.sentences[bisect_right(parse.sentence_starts, parse.starts[token]) - 1]
    last = sentence.last if before is None else before
    return parse.clauses[_clauses_before(parse, sentence.first) : _clauses_before(parse, last)]


def _clauses_before(parse: Parse, token: int) -> int:
    """How many clauses have their verb before a token (clauses stand in the order of their verbs)."""
    return bisect_left(parse.clauses, token, key=lambda c: c.verb.first)


def _sentence(start: int, stop: int, parse: Parse, size: int) -> tuple[int, int]:
    """The start and end of the sentence of an expression, by the parse."""
    starts = parse.sentence_starts
    at = bisect_right(starts, start)
    after = bisect_right(starts, max(start, stop - 1), at)
    return starts[at - 1] if at else 0, starts[after] if after < len(starts) else size


def _left(text: str, start: int, low: int) -> str:
    """The words of the sentence before a place, without those of a quotation that has ended there.

    The verbs of another's words do not tell when the call was in '"nobody should sell"
    during the Friday call'. Inside of a quotation that still runs, its own verbs do.
    """
    window = text[max(low, start - LEFT) : start]
    if not QUOTES.isdisjoint(window):
        window = QUOTED.sub(" ", text[max(low, start - WIDE) : start])[-LEFT:]
    cut = max((m.end() for m in BREAK.finditer(window)), default=0)
    return window[cut:]


def _right(text: str, stop: int, high: int) -> str:
    after = text[stop : min(high, stop + RIGHT)]
    cut = BREAK.search(after)
    return after[: cut.start()] if cut else after
