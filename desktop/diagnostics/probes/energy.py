"""Battery and heat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    number,
    probe,
    table,
    text,
    unsupported,
)

UNKNOWN_AFTER = 86400
"""Seconds: a remaining time above a day is Windows' way to say that it does not know (psutil #2875)."""


@probe(
    "battery",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        boolean("is_present"),
        number("charge_percent", "percent"),
        boolean("is_plugged"),
        integer("left_s", "s"),
        number("health_percent", "percent"),
        integer("cycles", "count"),
        number("design_capacity_wh", "wh"),
        number("full_capacity_wh", "wh"),
        text("condition"),
    ),
)
def read_battery(machine: Machine) -> dict[str, object]:
    """Read charge and wear; a machine without a battery is an answer."""
    ask: Callable[[], Any] | None = getattr(psutil, "sensors_battery", None)
    found = ask() if ask else None
    if found is None:
        return {"is_present": False}
    left = found.secsleft if 0 <= found.secsleft <= UNKNOWN_AFTER else None
    facts: dict[str, object] = {
        "is_present": True, "charge_percent": round(found.percent, 1), "is_plugged": found.power_plugged,
        "left_s": left,
    }  # fmt: skip
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import battery as windows

        return facts | windows.wear(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import energy as macos
        from desktop.diagnostics.macos.tools import gathered

        return gathered(lambda: facts, lambda: macos.wear(machine))
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import pc as linux

        return facts | linux.battery(machine)
    return facts


@probe(
    "temperature",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, MACOS),
    fields=(
        table(
            "sensors",
            text("name"),
            number("current_celsius", "celsius"),
            number("high_celsius", "celsius"),
            number("critical_celsius", "celsius"),
        ),
        number("speed_limit_percent", "percent"),
        boolean("is_throttled"),
    ),
)
def read_temperature(machine: Machine) -> dict[str, object]:
    """Read the sensors that know their own limits, or at least the temperature; a Mac tells only what follows."""
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import energy as macos

        return macos.throttling(machine)
    machine.sources.note("psutil")
    found = psutil.sensors_temperatures()
    rows: list[dict[str, object]] = [
        {
            "name": f"{chip} {one.label}".strip(),
            "current_celsius": one.current,
            "high_celsius": one.high or None,
            "critical_celsius": one.critical or None,
        }
        for chip, sensors in sorted(found.items())
        for one in sensors
    ]
    if not rows:
        raise unsupported("no_sensors")
    return {"sensors": rows}
