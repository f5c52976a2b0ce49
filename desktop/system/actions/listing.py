"""The actions there are: on which systems, for whom, and whether they look first; files may use no other names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

LINUX, MACOS, WINDOWS = "linux", "macos", "windows"
EVERYWHERE = frozenset({LINUX, MACOS, WINDOWS})


class Action(NamedTuple):
    """One entry. `needs_admin` limits it to technicians.

    `looks_first` says that it finds out what it would do before anybody agrees (the text `action.<id>.now`);
    `breaks` that something is gone afterwards, so that without that look it is never done.
    """

    id: str
    platforms: frozenset[str]
    needs_admin: bool = False
    looks_first: bool = False
    breaks: bool = False


_DECLARED = (
    Action("printer.cancel_own_jobs", EVERYWHERE, looks_first=True, breaks=True),
    Action("printer.test_page", EVERYWHERE),
    Action("printer.set_default", EVERYWHERE, looks_first=True),
    Action("printer.resume", EVERYWHERE, needs_admin=True, looks_first=True),
    Action("spooler.restart", EVERYWHERE, needs_admin=True),
    Action("net.reconnect", EVERYWHERE),
    Action("dns.flush", EVERYWHERE),
    Action("wifi.on", EVERYWHERE, looks_first=True),
    Action("wifi.restart", EVERYWHERE, looks_first=True),
    Action("vpn.connect", EVERYWHERE, looks_first=True),
    Action("drive.reconnect", frozenset({LINUX, WINDOWS}), looks_first=True),
    Action("policy.update", frozenset({WINDOWS})),
    Action("clock.sync", EVERYWHERE, needs_admin=True),
    Action("sound.unmute", EVERYWHERE),
    Action("mic.unmute", EVERYWHERE),
    Action("sound.restart", frozenset({LINUX}), looks_first=True),
    Action("bluetooth.on", frozenset({LINUX})),
    Action("trash.empty", frozenset({LINUX, WINDOWS}), looks_first=True, breaks=True),
    Action("program.end", EVERYWHERE, looks_first=True, breaks=True),
)
ACTIONS: Mapping[str, Action] = MappingProxyType({one.id: one for one in _DECLARED})


def action_ids() -> frozenset[str]:
    """Return the ids that wizard files may name."""
    return frozenset(ACTIONS)


def admin_action_ids() -> frozenset[str]:
    """Return the ids of the actions that need an administrator's rights."""
    return frozenset(one.id for one in ACTIONS.values() if one.needs_admin)


def idle_action_ids() -> frozenset[str]:
    """Return the ids of the actions that no system can do."""
    return frozenset(one.id for one in ACTIONS.values() if not one.platforms)


def platforms_of(action_id: str) -> frozenset[str]:
    """Return the systems that can do an action: windows, macos, linux; none for an unknown id."""
    action = ACTIONS.get(action_id)
    return action.platforms if action else frozenset()
