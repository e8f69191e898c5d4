"""The registry of productions: functions that give what a rule matched its meaning.

A production says what it takes: ``@production(StepOptions)`` registers the function under
its own name with a pydantic model, and a rule that names an option that its production
does not take is refused when the rules are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from dateline.transforms.timex.context import Context
    from dateline.transforms.timex.forms import Match
    from dateline.transforms.timex.reading import Reading


class Options(BaseModel):
    """The options of a production that takes none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


O = TypeVar("O", bound=Options)  # noqa: E741
Production = Callable[["Match", "Context", O], "Reading | None"]


@dataclass(frozen=True, slots=True)
class Registered:
    """A production, ready for a rule: what it does and what it takes."""

    read: Callable[[Match, Context, Any], Reading | None]
    options: type[Options]


PRODUCTIONS: dict[str, Registered] = {}


def production(options: type[O]) -> Callable[[Production[O]], Production[O]]:
    """Register a function as the production of its name."""

    def register(read: Production[O]) -> Production[O]:
        name = read.__name__
        if name in PRODUCTIONS:
            raise ValueError(f"two productions are called {name}")
        PRODUCTIONS[name] = Registered(read, options)
        return read

    return register
