"""Numbers written in words, added up: "two hundred and five", "nineteen ninety-six"."""

from __future__ import annotations

from dateline.transforms.timex.tokens import OTHER, Token, Values


def added_up(tokens: list[Token], chars: dict[frozenset[str], str], joins: frozenset[str]) -> list[Token]:
    """Runs of number words as one number: "two hundred and five", "nineteen ninety-six" (a year).

    ``joins`` may stand within one.
    """
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        lead = tokens[at].values
        counts = "A" in lead and at + 1 < len(tokens) and tokens[at + 1].values.get("CARDINAL", 0) >= 100
        if "CARDINAL" not in lead and not counts:
            out.append(tokens[at])
            at += 1
            continue
        first = at
        values = [int(lead.get("CARDINAL", 1))]
        at += 1
        while at < len(tokens) and len(values) < 8:
            step = at + 1 if tokens[at].text in joins and values[-1] >= 20 else at
            if step >= len(tokens) or "CARDINAL" not in tokens[step].values:
                break
            if not _adds_up(values, int(tokens[step].values["CARDINAL"])):
                break
            values.append(int(tokens[step].values["CARDINAL"]))
            at = step + 1
        total, year = _sum(values)
        # A lone word keeps its other classes ("one", "a" as hour or article).
        meaning: Values = dict(tokens[first].values) if at == first + 1 else {"WORDNUM": total}
        meaning["NUM"] = total
        if year:
            meaning["YEAR"] = total
        text = " ".join(t.text for t in tokens[first:at])
        char = chars.get(frozenset(meaning), OTHER)
        out.append(Token(tokens[first].start, tokens[at - 1].end, text, char, meaning))
    return out


def _adds_up(values: list[int], following: int) -> bool:
    """Whether a number word goes on with the number before it: "twenty two" does, "seven thirty" are two."""
    last = values[-1]
    if following in (100, 1000) or last in (100, 1000):
        return True
    if len(values) == 1 and 13 <= last <= 20 and following >= 10:
        return True  # a year: "nineteen ninety", "twenty twenty"
    return last >= 20 and following < 20 if last in (60, 80) else last >= 20 and following < 10


def _sum(values: list[int]) -> tuple[int, bool]:
    """Value of a run of number words, and whether it is read as a year."""
    if len(values) > 1 and 13 <= values[0] <= 20 and 10 <= values[1] < 100:
        return values[0] * 100 + sum(values[1:]), True
    total = part = 0
    for value in values:
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif value == 100:
            part = max(part, 1) * 100
        else:
            part += value
    total += part
    return total, 1000 in values and 2000 <= total <= 2099
