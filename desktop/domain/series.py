"""What is usual for a number of a device: the middle of its past values, and since when it is not so any more."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import datetime

from desktop.domain.device_rows import Point, Series

ENOUGH = 5
"""Fewer past values than these say nothing about what is usual."""
MARGIN = 0.02
"""A value is outside from 2 % beside the band: a steady number has a band without any width."""


def series_from(series_id: str, points: Sequence[Point]) -> Series:
    """Return a series with its band: the middle eight of ten values. `points` are oldest first and not empty."""
    values = sorted(one.value for one in points)
    tenths = statistics.quantiles(values, n=10, method="inclusive") if len(values) > 1 else [values[0]] * 9
    low, high = tenths[0], tenths[-1]
    return Series(series_id, tuple(points), low, statistics.median(values), high, _unusual_since(points, low, high))


def _unusual_since(points: Sequence[Point], low: float, high: float) -> datetime | None:
    """Return when the newest run of values outside the band began; None where all of them are outside."""
    margin = MARGIN * max(abs(low), abs(high))
    since: datetime | None = None
    if len(points) < ENOUGH:
        return None
    for one in reversed(points):
        if low - margin <= one.value <= high + margin:
            return since
        since = one.at
    return None
