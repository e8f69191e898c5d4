"""All forms of a language read together: which of them match where a run of tokens begins.

To ask each form that may begin with a token for a pattern of its own takes 40 µs at a run that was not seen before, and a page has
nine of these. Here the forms are one automaton: its states are sets of places in forms (Glushkov, "The abstract
theory of automata", 1961), and those that texts lead to are made when they are first reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.transforms.timex.forms import items

STATES = 1 << 14
"""States that are kept: a bound, not a need. English pages of all kinds reach two thousand."""
END = -1
"""Stands for the end of a form among the places behind a place."""


class _State:
    """The places in forms that a run has come to: those behind them, as bits, the forms that end there, and the state
    behind each character."""

    __slots__ = ("behind", "forms", "moves")

    def __init__(self, behind: int, forms: tuple[int, ...]) -> None:
        self.behind = behind
        self.forms = forms
        self.moves: dict[str, _State | None] = {}


class Automaton:
    """Forms, by their number in the given order. ``members`` gives the class characters of each class and word.

    A place is one word or class of one form. What may stand behind it is kept in the order in which a form is tried: what is optional
    is taken before it is left out, the first of two choices before the second. Raises :class:`ValueError` for a form whose
    parentheses do not fit.
    """

    def __init__(self, forms: Iterable[str], members: Mapping[str, str]) -> None:
        self._items: list[str] = []
        self._behind: list[list[int]] = []
        self._form_of: list[int] = []
        self._openings: list[list[int]] = []
        for number, form in enumerate(forms):
            self._openings.append(self._read(items(form)))
            self._form_of += [number] * (len(self._items) - len(self._form_of))
        # The common rules name classes that a language need not have.
        self._chars = [members.get(item, "") for item in self._items]
        by_item: dict[str, int] = {}
        for place, item in enumerate(self._items):
            by_item[item] = by_item.get(item, 0) | 1 << place
        self._places: dict[str, int] = {}
        for item, places in by_item.items():
            for char in members.get(item, ""):
                self._places[char] = self._places.get(char, 0) | places
        able = (opening for number, opening in enumerate(self._openings) if self.can_match(number))
        self._first = _bits(place for opening in able for place in opening)
        self._clear()

    def can_match(self, number: int) -> bool:
        """Whether the language has the classes without which a form matches nothing."""
        return self._ends_behind(self._openings[number])

    def _ends_behind(self, places: Sequence[int]) -> bool:
        return any(
            place == END or (self._chars[place] and self._ends_behind(self._behind[place]))
            for place in places
        )

    def matching(self, run: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The forms that match at the start of a run, in order, each with the word or class that it takes each character for."""
        found: set[int] = set()
        state: _State | None = self._start
        for char in run:
            assert state is not None
            moves = state.moves
            state = moves[char] if char in moves else self._move(state, char)
            if state is None:
                break
            found.update(state.forms)
        for number in sorted(found):
            if taken := self._taken(self._openings[number], run, 0):
                yield number, taken

    def _taken(self, places: Sequence[int], run: str, at: int) -> tuple[str, ...] | None:
        """What the rest of a form takes the rest of a run for, from the first of the places with which it matches."""
        for place in places:
            if place == END:
                return ()
            if at < len(run) and run[at] in self._chars[place]:
                rest = self._taken(self._behind[place], run, at + 1)
                if rest is not None:
                    return (self._items[place], *rest)
        return None

    def _clear(self) -> None:
        self._states: dict[int, _State] = {}
        self._start = _State(self._first, ())

    def _move(self, state: _State, char: str) -> _State | None:
        places = state.behind & self._places.get(char, 0)
        target = self._states.get(places)
        if target is None and places:
            if len(self._states) >= STATES:
                self._clear()
            target = self._states[places] = self._state(places)
        state.moves[char] = target
        return target

    def _state(self, places: int) -> _State:
        behind, forms = 0, []
        while places:
            place = places.bit_length() - 1
            places ^= 1 << place
            behind |= _bits(self._behind[place])
            if END in self._behind[place]:
                forms.append(self._form_of[place])
        return _State(behind, tuple(forms))

    def _read(self, written: list[str]) -> list[int]:
        """Add the places of a form, and return those that it begins with."""
        opening, _, end = self._choice(written, 0)
        if end != len(written):
            raise ValueError(f"the parentheses of the form {' '.join(written)!r} do not fit")
        return opening

    def _choice(self, written: list[str], at: int) -> tuple[list[int], list[int], int]:
        """A choice of sequences from ``at`` on: the places that it begins and those that it ends with, and its end.

        :data:`END` among the first stands for a choice that takes nothing.
        """
        firsts: list[int] = []
        lasts: list[int] = []
        while True:
            first, last, at = self._sequence(written, at)
            firsts, lasts = firsts + first, lasts + last
            if at == len(written) or written[at] == ")":
                return firsts, lasts, at
            at += 1

    def _sequence(self, written: list[str], at: int) -> tuple[list[int], list[int], int]:
        firsts, lasts = [END], list[int]()
        while at < len(written) and written[at] not in (")", "|"):
            if written[at] == "(":
                first, last, at = self._choice(written, at + 1)
                if at == len(written) or written[at] != ")":
                    raise ValueError(f"a parenthesis is open in the form {' '.join(written)!r}")
            else:
                place = len(self._items)
                self._items.append(written[at])
                self._behind.append([END])
                first, last = [place], [place]
            at += 1
            if at < len(written) and written[at] == "?":
                first, at = [*first, END], at + 1
            for place in lasts:
                self._behind[place] = _continued(self._behind[place], first)
            firsts = _continued(firsts, first)
            lasts = [*lasts, *last] if END in first else last
        return firsts, lasts, at


def _continued(places: list[int], behind: list[int]) -> list[int]:
    """Places with others in the place of :data:`END`."""
    if END not in places:
        return places
    at = places.index(END)
    return [*places[:at], *behind, *(place for place in places[at:] if place != END)]


def _bits(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        if place != END:
            found |= 1 << place
    return found
