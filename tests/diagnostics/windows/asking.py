"""Asks a probe of a recorded Windows PC as the collector does."""

from __future__ import annotations

from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.runner import guarded
from tests.diagnostics.windows.dlls import recorded_machine
from tests.diagnostics.windows.recorded import Recorded

BY_ID = {one.id: one for one in PROBES}


class Charge:
    """What psutil says of a battery whose remaining time Windows does not know."""

    percent, secsleft, power_plugged = 80.0, 4294967295, False


def answer(probe: str, machine: Machine) -> tuple[str, dict[str, Any]]:
    """Run a probe as the collector does; returns its status with the reason of anything but "ok", and the facts."""
    result = guarded(BY_ID[probe], machine)
    facts = result["facts"]
    assert isinstance(facts, dict)
    reason = f" {result['reason']}" if result["reason"] else ""
    return f"{result['status']}{reason}", facts


def facts(probe: str, pc: Recorded, **options: Any) -> dict[str, Any]:
    """Return the facts of a probe that must be sure of them."""
    status, found = answer(probe, recorded_machine(pc, **options))
    assert status == "ok"
    return found
