"""Measuring in turn: our side and the floor in the same run, so that a busy machine hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured call: wall and processor time in milliseconds, and memory in MB (PSS) where a case reads it."""

    wall: float
    cpu: float
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """What one side took."""

    samples: tuple[Sample, ...]

    def wall(self, share: float = 0.5) -> float:
        """Return a quantile of the wall time in milliseconds."""
        return quantile([one.wall for one in self.samples], share)

    @property
    def cpu(self) -> float:
        """Return the median of the processor time in milliseconds."""
        return statistics.median(one.cpu for one in self.samples)

    @property
    def memory(self) -> float:
        """Return the median of the memory in MB."""
        return statistics.median(one.memory for one in self.samples)


@dataclass(frozen=True, slots=True)
class Result:
    """A case beside its floor; `limits` are checked by `bench.report`."""

    case: str
    size: int
    ours: Series
    floor: Series
    limits: tuple[Limit, ...] = ()
    notes: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def ratio(self) -> float:
        """Return our processor time as a multiple of the floor's."""
        return self.ours.cpu / self.floor.cpu if self.floor.cpu else float("inf")


@dataclass(frozen=True, slots=True)
class Limit:
    """What must hold: `value(result)` stays at or below `most`; processor time only, because wall time is shared."""

    name: str
    most: float
    value: Callable[[Result], float]


def ratio_limit(most: float) -> Limit:
    """Return the usual limit: processor time at most `most` times the floor's."""
    return Limit("ratio", most, lambda result: result.ratio)


def quantile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie, without interpolation."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def in_turn(ours: Callable[[], Sample], floor: Callable[[], Sample], *, rounds: int) -> tuple[Series, Series]:
    """Run A B A B: one warm-up of each, then `rounds` of both; the order swaps every round."""
    ours(), floor()
    first: list[Sample] = []
    second: list[Sample] = []
    for number in range(rounds):
        pairs = [(ours, first), (floor, second)]
        for call, samples in pairs if number % 2 == 0 else reversed(pairs):
            samples.append(call())
    return Series(tuple(first)), Series(tuple(second))


def timed(call: Callable[[], object], *, repeat: int = 1) -> Sample:
    """Run `call` `repeat` times in this process and return the mean of its wall and processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(repeat):
        call()
    return Sample(
        wall=(time.perf_counter() - wall) * 1000 / repeat,
        cpu=(time.process_time() - cpu) * 1000 / repeat,
    )
