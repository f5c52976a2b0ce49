"""The table of ratios for people and the JSON document for machines."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.corpus import fingerprint
from bench.measure import Result, Series

HEAD = f"{'case':<12}{'tickets':>9}{'ours p50':>10}{'p95':>9}{'CPU':>9}{'floor p50':>11}{'CPU':>9}{'ratio':>8}  limits"


def line(result: Result, slack: float) -> str:
    """Return one row of the table; a limit that does not hold is marked."""
    ours, floor = result.ours, result.floor
    limits = ", ".join(
        f"{one.name} {one.value(result):.2f} <= {one.most * slack:g}{_mark(result, slack, one.name)}"
        for one in result.limits
    )
    return (
        f"{result.case:<12}{result.size:>9}{ours.wall():>10.2f}{ours.wall(0.95):>9.2f}{ours.cpu:>9.3f}"
        f"{floor.wall():>11.2f}{floor.cpu:>9.3f}{result.ratio:>8.2f}  {limits}"
    )


def holds(result: Result, slack: float, name: str | None = None) -> bool:
    """Tell whether all limits hold, or the one named; `slack` widens them for a shared machine."""
    return all(one.value(result) <= one.most * slack for one in result.limits if name in (None, one.name))


def document(results: list[Result], slack: float) -> dict[str, Any]:
    """Return everything measured, with what it was measured on."""
    return {
        "environment": environment(),
        "slack": slack,
        "cases": [
            {
                "case": one.case,
                "tickets": one.size,
                "ours": _series(one.ours),
                "floor": _series(one.floor),
                "ratio": round(one.ratio, 3),
                "limits": [
                    {
                        "name": limit.name,
                        "value": round(limit.value(one), 3),
                        "most": limit.most,
                        "ok": holds(one, slack, limit.name),
                    }
                    for limit in one.limits
                ],
                **one.notes,
            }
            for one in results
        ],
    }


def environment() -> dict[str, object]:
    """Return the versions and the load, so that two reports can be compared."""
    return {
        "python": platform.python_version(),
        "pyside6": version("PySide6-Essentials"),
        "sqlalchemy": version("SQLAlchemy"),
        "sqlite": sqlite3.sqlite_version,
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "corpus": fingerprint(),
    }


def _series(series: Series) -> dict[str, float]:
    return {
        "n": len(series.samples),
        "wall_p50_ms": round(series.wall(), 3),
        "wall_p95_ms": round(series.wall(0.95), 3),
        "cpu_ms": round(series.cpu, 3),
        "memory_mb": round(series.memory, 1),
    }


def write(path: Path, results: list[Result], slack: float) -> None:
    """Write the JSON document."""
    path.write_text(json.dumps(document(results, slack), indent=2, ensure_ascii=False), encoding="utf-8")


def _mark(result: Result, slack: float, name: str) -> str:
    return "" if holds(result, slack, name) else " MISSED"
