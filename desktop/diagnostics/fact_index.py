"""Which of many devices have which fact, as sets of bits: the same program on 200 PCs is kept once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from desktop.diagnostics.comparison import WATCHED_AT
from desktop.diagnostics.flat import Flat
from desktop.domain.change import ChangeKind, FactPath
from desktop.domain.witness import Share, SharedFact

ANYTHING = None
"""The value of a row that is there, whatever its columns say."""
_OWN = frozenset({("os", "host")})
"""Facts that name one device and so distinguish nothing."""
MOST, FEW = 0.6, 0.34
"""A fact distinguishes where this share of the devices with the fault has it at least, and of the others at most."""
LEAST = 2
"""One device with a fault has nothing in common with anybody."""

Fact = tuple[FactPath, Any]


class FactIndex:
    """Adds and removes whole devices by their place, a number from 0; answers with sets of places as bits."""

    def __init__(self) -> None:
        self._facts: dict[Fact, int] = {}
        self._titles: dict[FactPath, str] = {}
        self._answered: dict[str, int] = {}
        self._there = 0

    def put(self, place: int, flat: Flat) -> None:
        """Replace what is known of the device at `place`."""
        bit = 1 << place
        if self._there & bit:
            self.remove(place)
        self._there |= bit
        for fact in _facts(flat):
            self._facts[fact] = self._facts.get(fact, 0) | bit
        for probe in flat.status:
            if flat.has_answered(probe):
                self._answered[probe] = self._answered.get(probe, 0) | bit
        self._titles.update(flat.titles)

    def remove(self, place: int) -> None:
        """Forget the device at `place`."""
        keep = ~(1 << place)
        self._facts = {fact: rest for fact, bits in self._facts.items() if (rest := bits & keep)}
        self._answered = {probe: bits & keep for probe, bits in self._answered.items()}

    def having(self, path: FactPath, value: object) -> int:
        """Return the devices whose fact at `path` is as `value` is; `ANYTHING` for a row whatever it says."""
        return self._facts.get((path, fact_class(path, value)), 0)

    def answered(self, probe: str) -> int:
        """Return the devices whose probe gave facts."""
        return self._answered.get(probe, 0)

    def distinguishing(
        self, affected: int, others: int, *, own: frozenset[str] = frozenset()
    ) -> tuple[SharedFact, ...]:
        """Return what most of `affected` have and few of `others`, the clearest first.

        The state of the probes in `own`, on which the fault itself rests, would only say the same again.
        """
        found: dict[tuple[FactPath, int], SharedFact] = {}
        for (path, value), bits in list(self._facts.items()):
            shared = self._shared(path, value, bits, affected=affected, others=others, own=own)
            key = path._replace(field=""), bits & (affected | others)
            if shared and (key not in found or (value is ANYTHING and path.table)):
                found[key] = shared
        return tuple(sorted(found.values(), key=lambda one: (-one.score, one.kind.value, str(one.path))))

    def _shared(
        self, path: FactPath, value: object, bits: int, *, affected: int, others: int, own: frozenset[str]
    ) -> SharedFact | None:
        kind = WATCHED_AT[path.probe, path.table, path.field].kind
        if kind is ChangeKind.STATE and path.probe in own:
            return None
        told = self.answered(path.probe)
        having = Share((bits & affected).bit_count(), (told & affected).bit_count())
        if having.count < LEAST or having.part < MOST:
            return None
        lacking = Share((bits & others).bit_count(), (told & others).bit_count())
        if not lacking.of or lacking.part > FEW:
            return None
        title = self._titles.get(path._replace(field=""), "")
        return SharedFact(path, kind, title, value, having, lacking, round(having.part - lacking.part, 3))


def fact_class(path: FactPath, value: object) -> object:
    """Return a value as devices share it: the class of a number that has classes, else the value itself."""
    watched = WATCHED_AT.get((path.probe, path.table, path.field))
    scale = watched.scales.get(path.field) if watched else None
    if scale is None or not isinstance(value, int | float):
        return value
    return bisect_right(scale.bounds, value) if scale.bounds else round(value, -9)


def _facts(flat: Flat) -> Iterator[Fact]:
    for path, value in flat.facts.items():
        if (path.probe, path.field) in _OWN:
            continue
        is_row = bool(path.table) and not path.field
        yield path, ANYTHING if is_row else fact_class(path, value)


def places(bits: int) -> Iterator[int]:
    """Return the places that are in a set of bits."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
