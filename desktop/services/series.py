"""How a device's numbers went on: free space, memory, restarts, reachability."""

from __future__ import annotations

from desktop.diagnostics.inventory import SERIES
from desktop.domain.device_rows import Series
from desktop.domain.series import series_from
from desktop.models.history_queries import list_points
from desktop.services.baselines import find
from desktop.services.work import Work

POINTS = 120
"""So many of the newest points are shown; a sparkline has no more dots than that."""


def list_series(work: Work, device: str, *, limit: int = POINTS) -> tuple[Series, ...]:
    """Return the series of which there are at least two points, each with its usual range.

    Raises AppError `device.unknown`.
    """
    with work.store.reading() as connection:
        row = find(connection, device)
        found = [(one, list_points(connection, row.id, one, limit)) for one in SERIES]
    return tuple(series_from(name, points) for name, points in found if len(points) > 1)
