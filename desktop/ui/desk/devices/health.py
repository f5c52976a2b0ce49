"""How a device is, in one word with its icon and colour; the same for list, header and filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.fleet import is_long_unseen
from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import Severity
from desktop.ui.common.look import Look


class Health(Enum):
    """The states that a list can be filtered by, worst first after those that wait for us."""

    WAITING = "waiting"
    PROBLEM = "problem"
    HINT = "hint"
    SILENT = "silent"
    GOOD = "good"
    UNKNOWN = "unknown"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon of `glyphs` with a colour token."""

    icon: str
    tone: str


MARKS = {
    Health.WAITING: Mark("hand-palm", "acc"),
    Health.PROBLEM: Mark("warning-circle", "red"),
    Health.HINT: Mark("warning", "amb"),
    Health.SILENT: Mark("clock", "amb"),
    Health.GOOD: Mark("check-circle", "grn"),
    Health.UNKNOWN: Mark("question", "t3"),
    Health.REVOKED: Mark("prohibit", "t3"),
}
SEVERITY_MARKS = {
    Severity.INFO: Mark("info", "acc"),
    Severity.WARN: Mark("warning", "amb"),
    Severity.ERROR: Mark("warning-circle", "red"),
    Severity.CRITICAL: Mark("warning-circle", "red"),
}
FILTERS = (Health.WAITING, Health.PROBLEM, Health.HINT, Health.SILENT, Health.GOOD)


def health_of(look: Look, device: DeviceRow) -> Health:
    """Return how a device is, as its newest snapshot says; one that was well and has been silent since is silent."""
    if device.status == "waiting":
        return Health.WAITING
    if device.status == "revoked":
        return Health.REVOKED
    if device.last_snapshot_at is not None and device.hints:
        return Health.PROBLEM if device.worst in ("error", "critical") else Health.HINT
    if device.seen_at is not None and is_long_unseen(device.seen_at, look.formats.now()):
        return Health.SILENT
    return Health.UNKNOWN if device.last_snapshot_at is None else Health.GOOD


def state_text(look: Look, device: DeviceRow) -> str:
    """Return the words that stand at the end of a device's line; empty where all is well."""
    health = health_of(look, device)
    if health in (Health.WAITING, Health.REVOKED):
        return look.text(f"devices.row.{health.value}")
    if health is Health.SILENT and device.seen_at is not None:
        return look.texts.plural("devices.row.silent", (look.formats.now() - device.seen_at).days)
    if health is Health.UNKNOWN:
        return look.text("devices.row.never")
    if health is Health.GOOD:
        return ""
    code = "devices.row.problems" if health is Health.PROBLEM else "devices.row.findings"
    return look.texts.plural(code, device.hints)


def count_by_health(look: Look, devices: Sequence[DeviceRow]) -> dict[Health, int]:
    """Return how many devices are in each state."""
    return {one: sum(health_of(look, device) is one for device in devices) for one in Health}


def worst_first(look: Look, devices: Sequence[DeviceRow]) -> tuple[DeviceRow, ...]:
    """Return the devices with those on top that want something; the names' order stays within each state."""
    order = list(Health)
    return tuple(sorted(devices, key=lambda one: order.index(health_of(look, one))))
