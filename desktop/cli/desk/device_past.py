"""What `ersthelfer device show` says of a PC's past: its asset, its series and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.cli.context import Context
from desktop.cli.desk.device_history import comparison_document, comparison_lines
from desktop.cli.desk.device_inventory import asset_lines, fleet_document
from desktop.domain.device_rows import Series
from desktop.domain.fleet import FleetRow

if TYPE_CHECKING:
    from desktop.services.comparing import Comparison
    from desktop.services.work import Work

_MOST = 10  # changes that the overview names; `device diff` has all


@dataclass(frozen=True, slots=True)
class Past:
    """A device's row of the inventory, its series, and its comparison where there are two diagnoses."""

    row: FleetRow
    series: tuple[Series, ...]
    comparison: Comparison | None


def read_past(work: Work, device_id: str) -> Past:
    """Read it. Raises AppError `device.unknown`."""
    from desktop.services.comparing import Compare, compare_device
    from desktop.services.fleet import show_asset
    from desktop.services.series import list_series

    row, series = show_asset(work, device_id), list_series(work, device_id)
    try:
        found = compare_device(work, Compare(device_id))
    except AppError as error:
        if error.code not in ("snapshot.none", "snapshot.only"):
            raise
        found = None
    return Past(row, series, found)


def past_document(past: Past) -> dict[str, object]:
    """Return it as `--json` prints it."""
    return {
        "inventory": fleet_document(past.row),
        "series": [_series_document(one) for one in past.series],
        "changes": comparison_document(past.comparison) if past.comparison else None,
    }


def _series_document(one: Series) -> dict[str, object]:
    return {
        "id": one.id,
        "low": one.low,
        "median": one.median,
        "high": one.high,
        "unusual_since": to_text(one.unusual_since) if one.unusual_since else None,
        "points": [{"at": to_text(point.at), "value": point.value} for point in one.points],
    }


def past_lines(context: Context, past: Past) -> Iterator[str]:
    """Say it: the asset, the newest value of each series beside what is usual, the changes."""
    from desktop.diagnostics.evidence import formatted

    yield from asset_lines(context, past.row)
    texts = context.texts
    for one in past.series:
        values = (one.points[-1].value, one.low, one.high)
        now, low, high = (formatted(one.id.partition(".")[2], value, texts) for value in values)
        title = texts.text(f"device.series.{one.id}")
        yield "  " + texts.text("cli.device.series", title=title, now=now, low=low, high=high)
    if past.comparison:
        yield from comparison_lines(context, past.comparison, most=_MOST)
