"""All readers of a Windows PC at once, so that loading them counts for none of the probes' deadlines.

On a PC that is slow, which is when somebody asks, loading two dozen small modules one after the other in the probes'
threads took longer than the shortest deadline.
"""

from __future__ import annotations

from types import ModuleType

from desktop.diagnostics.windows import (
    adapters,
    attached,
    battery,
    com,
    devices,
    displays,
    drivers,
    encryption,
    event_log,
    events,
    firmware,
    hung,
    job,
    keys,
    libraries,
    membership,
    network,
    pc,
    powershell,
    printing,
    programs,
    protection,
    routes,
    shares,
    sound,
    startup,
    state,
    storage,
    system,
    updates,
    volumes,
    wireless,
)

READERS: tuple[ModuleType, ...] = (
    adapters, attached, battery, com, devices, displays, drivers, encryption, event_log, events, firmware, hung,
    job, keys, libraries, membership, network, pc, powershell, printing, programs, protection, routes, shares, sound,
    startup, state, storage, system, updates, volumes, wireless,
)  # fmt: skip
"""Every module of this package but this one."""
