"""Date rules as data, checked when they are loaded: ``common.toml``, and ``dates.toml`` of each language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dateline.transforms.lexicon import Part, library
from dateline.transforms.timex import productions as _productions  # noqa: F401  (fills the registry)
from dateline.transforms.timex.guards import Guard
from dateline.transforms.timex.production import PRODUCTIONS, Options, Registered
from dateline.transforms.timex.productions.days import NumericOptions

Trait = Literal["aside", "brief", "clock", "day_after", "day_before", "holiday", "loose", "measured", "needs_part", "own_day", "period", "shared_step",
                "span", "time", "unmarked",
                "weekday", "whole"]  # fmt: skip
"""What the code that joins expressions may ask of a rule:

``aside``       a quarter that it names is mentioned in passing: later words do not lean on it
``brief``       a time of day leans on it only close by ("tomorrow" in a list of events)
``clock``       a time of the clock
``day_after``, ``day_before``   joins a date behind it: "the day after Easter"
``holiday``     names a holiday
``loose``       a time of day that takes its day from the date beside it
``measured``    takes words of amount before it into its span: "about three years ago"
``needs_part``  a clock that is read only beside a part of the day
``own_day``     names a day even where no anchor resolves it
``period``      a quarter or year that may be counted back from its end: "the year ended June 30"
``shared_step`` "last week" or "last year" in it holds for the first end of a range too
``span``        a length that takes no words of amount before it ("about", "nearly")
``time``        a time of day
``unmarked``    TimeML corpora do not mark it
``weekday``     a weekday: the second of two in a range lies ahead of the first
``whole``       a day with its month and year: the only rules of a language that has no calendar
"""


class Example(BaseModel):
    """A sentence of our own that shows a rule, or the guard that refuses it.

    A positive example gives the ``words`` and what they mean; the fields that it names are
    compared. With ``nothing`` the text holds no expression at all (``guard`` names the guard
    that refuses it). ``day`` is the anchor, ``none`` for no anchor; ``gives`` the rule of the
    answer where that says more than the name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    words: str | None = None
    type: str | None = None
    value: str | None = None
    edtf: str | None = None
    mod: str | None = None
    time: str | None = None
    partial: str | None = None
    gives: str | None = None
    day: str | None = None
    nothing: bool = False
    guard: str | None = None


class Rule(BaseModel):
    """A named rule.

    ``forms`` are what it matches (:mod:`dateline.transforms.timex.forms`), ``make`` the production that
    gives the match its meaning, ``options`` (``with`` in TOML) those of the production,
    ``unless`` the guards that refuse a match, ``traits`` what other code may ask of it.
    ``outside`` are opening words that a form needs and the span leaves out.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )
    name: str
    forms: tuple[str, ...]
    make: str
    options: Options = Field(default=Options(), alias="with")
    unless: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()
    outside: frozenset[str] = frozenset()
    examples: tuple[Example, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _typed_options(cls, entry: dict[str, Any]) -> dict[str, Any]:
        make = entry.get("make", "")
        if make not in PRODUCTIONS:
            raise ValueError(f"rule {entry.get('name')}: no production is called {make!r}")
        return {**entry, "with": PRODUCTIONS[make].options.model_validate(entry.get("with", {}))}

    @field_validator("forms")
    @classmethod
    def _some_form(cls, forms: tuple[str, ...]) -> tuple[str, ...]:
        if not forms:
            raise ValueError("a rule needs a form")
        return forms

    @property
    def production(self) -> Registered:
        return PRODUCTIONS[self.make]


class DateRules(Part):
    """The date rules of a language, the file ``dates.toml`` of its folder, or the common ones.

    A language whose ``shares`` is false has its own rules alone; ``leaves_out`` are common rules
    that say nothing in it. ``examples`` show common rules in the language, by the name of the rule.
    """

    FILE = "dates"
    shares: bool = True
    leaves_out: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = Field(default=(), alias="rule")
    guards: tuple[Guard, ...] = Field(default=(), alias="guard")
    examples: dict[str, tuple[Example, ...]] = Field(default_factory=dict)

    def rules_with(self, shared: DateRules) -> tuple[Rule, ...]:
        """The rules that the language is read by."""
        if not self.shares:
            return self.rules
        return (*(rule for rule in shared.rules if rule.name not in self.leaves_out), *self.rules)


def whole_dates() -> tuple[Rule, ...]:
    """The common rules of whole dates; one in digits counts only where a single order is possible."""
    return tuple(
        rule.model_copy(update={"options": NumericOptions(day_first=None)})
        if isinstance(rule.options, NumericOptions)
        else rule
        for rule in common().rules
        if "whole" in rule.traits
    )


@lru_cache(maxsize=1)
def common() -> DateRules:
    """The rules that languages share, and the guards that look at signs alone."""
    file = resources.files("dateline.transforms.timex") / "common.toml"
    return DateRules.model_validate(tomllib.loads(file.read_text("utf-8")))


@lru_cache(maxsize=1)
def unmarked() -> frozenset[str]:
    """Rules whose words TimeML corpora leave unmarked: "$5 a year", "quarterly dividend", "soon".

    2 of 14, 1 of 12 and 4 of 11 are marked in TimeBank. The corpus is English, and so are the rules.
    """
    return frozenset(rule.name for rule in library().part(DateRules, "en").rules if "unmarked" in rule.traits)
