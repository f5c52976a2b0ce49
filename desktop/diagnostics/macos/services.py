"""The few services that a help desk asks about, by launchd. Nothing is read but their state."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import ANY_CODE, said
from desktop.diagnostics.probe import Unanswered, partial, unsupported

LABELS = (
    "org.cups.cupsd", "com.apple.mDNSResponder.reloaded", "com.apple.timed", "com.apple.airportd",
    "com.apple.audio.coreaudiod", "com.apple.configd",
)  # fmt: skip
_STATE = re.compile(r"^\tstate = (.+)$", re.MULTILINE)
_STATES = {"running": "running", "not running": "idle", "waiting": "idle", "spawn scheduled": "starting"}


def read_services(machine: Machine) -> dict[str, object]:
    """Read each one's state. launchd starts most of them when they are needed, so "idle" is no fault."""
    found = [(label, _state(machine, label)) for label in LABELS if machine.tool("launchctl")]
    if not found:
        raise unsupported("no_launchctl")
    facts: dict[str, object] = {
        "services": [{"name": label, "state": state} for label, state in found if state], "failed": None,
    }  # fmt: skip
    if not all(state for _, state in found):
        raise partial("launchctl", facts)
    return facts


def _state(machine: Machine, label: str) -> str | None:
    try:
        return parse_state(said(machine, "launchctl", "print", f"system/{label}", deadline=0.25, accepted=ANY_CODE))
    except Unanswered:
        return None


def parse_state(output: str) -> str | None:
    """Read the state out of what launchctl prints; arguments and environment, which it prints too, are skipped."""
    if output.startswith("Could not find service"):
        return "missing"
    found = _STATE.search(output)
    return _STATES.get(found.group(1).strip()) if found else None
