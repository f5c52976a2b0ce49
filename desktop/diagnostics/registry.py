"""All probes, in the order in which people read them."""

from __future__ import annotations

from types import ModuleType

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import WINDOWS, Lane, Probe
from desktop.diagnostics.probes import (
    attached,
    disks,
    energy,
    events,
    load,
    name_service,
    network,
    portal,
    printing,
    processes,
    programs,
    protection,
    quality,
    reach,
    services,
    shares,
    storage,
    system,
    time_server,
    updates,
    wireless,
)

PROBES: tuple[Probe, ...] = (
    system.read_os,
    system.read_hardware,
    load.read_cpu_load,
    load.read_memory,
    processes.read_processes,
    disks.read_disks,
    load.read_disk_io,
    storage.read_disk_health,
    storage.read_backup,
    storage.read_cloud_sync,
    energy.read_battery,
    energy.read_temperature,
    network.read_net_link,
    network.read_net_ip,
    network.read_net_route,
    network.read_net_dns,
    network.read_net_proxy,
    wireless.read_net_wifi,
    wireless.read_net_vpn,
    name_service.read_net_resolve,
    reach.read_net_reach,
    portal.read_net_portal,
    quality.read_net_quality,
    time_server.read_time_drift,
    shares.read_shares,
    printing.read_printers,
    printing.read_printer_jobs,
    printing.read_printer_port,
    services.read_services,
    services.read_pending_reboot,
    updates.read_updates,
    events.read_events,
    system.read_uptime,
    system.read_sessions,
    protection.read_security,
    protection.read_encryption,
    protection.read_join,
    protection.read_accounts,
    attached.read_displays,
    attached.read_audio_camera,
    attached.read_usb,
    attached.read_devices_bad,
    programs.read_software,
    programs.read_browsers_office,
    programs.read_startup,
    system.read_app,
)

LANES = {"basic": (Lane.FAST, Lane.NETWORK), "full": (Lane.FAST, Lane.NETWORK, Lane.SLOW)}
"""The lanes of a level: the slow one only with a full snapshot."""


def selected(level: str, *, probes: tuple[str, ...] = (), lanes: tuple[Lane, ...] = ()) -> tuple[Probe, ...]:
    """Return the probes to run: the named ones whatever their lane, else those of the lanes, else of the level."""
    if probes:
        return tuple(one for one in PROBES if one.id in probes)
    wanted = lanes or LANES[level]
    return tuple(one for one in PROBES if one.lane in wanted)


def load_readers(platform: str) -> tuple[ModuleType, ...]:
    """Load what reads this system before the deadlines begin to run; only one system's readers are ever loaded."""
    if platform != WINDOWS:
        return ()
    from desktop.diagnostics.windows.readers import READERS

    return READERS


def hold_tools(machine: Machine) -> None:
    """Let the tools that probes start end with this process even where it is killed; elsewhere its group does that."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import job, pc

        job.hold_tools(pc.this_pc(machine).libraries)


def find_probe(probe_id: str) -> Probe | None:
    """Return a probe by its id, None where there is none of that name."""
    return next((one for one in PROBES if one.id == probe_id), None)
