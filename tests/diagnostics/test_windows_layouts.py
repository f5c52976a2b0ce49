"""The structures of Windows' libraries beside the sizes and offsets of its 64-bit headers.

The numbers were worked out from the published headers by the rules of the 64-bit Windows ABI: a DWORD has 4 bytes, a
pointer 8, and each member lies at a multiple of its own width. Whoever changes a field sees here what moved.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from desktop.diagnostics.windows import (
    adapters,
    battery,
    devices,
    displays,
    encryption,
    event_log,
    job,
    membership,
    printing,
    routes,
    shares,
    system,
    wireless,
)

LAYOUTS: tuple[tuple[Any, int, dict[str, int]], ...] = (
    (system.MemoryStatus, 64, {"commit_limit": 24, "commit_left": 32, "extended_left": 56}),
    (battery.BatteryQuery, 12, {"level": 4, "rate": 8}),
    (battery.BatteryInformation, 36, {"technology": 4, "chemistry": 8, "designed": 12, "full": 16, "cycles": 32}),
    (
        job.ExtendedLimits,
        144,
        {"flags": 16, "smallest_set": 24, "processes": 40, "affinity": 48, "priority": 56, "io": 64,
         "process_memory": 112, "peak_job_memory": 136},
    ),
    (devices.Guid, 16, {"data2": 4, "data3": 6, "data4": 8}),
    (devices.DeviceInfo, 32, {"class_guid": 4, "node": 20, "reserved": 24}),
    (devices.InterfaceInfo, 32, {"class_guid": 4, "flags": 20, "reserved": 24}),
    (adapters.SocketAddress, 16, {"length": 8}),
    (adapters.AddressEntry, 32, {"next": 8, "socket": 16}),
    (
        adapters.AdapterEntry,
        248,
        {"index": 4, "next": 8, "unicast": 24, "dns_servers": 48, "dns_suffix": 56, "description": 64,
         "friendly_name": 72, "hardware": 80, "hardware_length": 88, "flags": 92, "mtu": 96, "type": 100,
         "status": 104, "ipv6_index": 108, "zones": 112, "prefixes": 176, "send_speed": 184, "wins": 200,
         "gateways": 208, "ipv4_metric": 216, "luid": 224, "dhcp_server": 232},
    ),
    (
        routes.RouteRow,
        104,
        {"index": 8, "destination": 12, "prefix_length": 40, "next_hop": 44, "site_prefix_length": 72, "valid_s": 76,
         "metric": 84, "is_loopback": 92, "age_s": 96, "origin": 100},
    ),
    (
        routes.NeighbourRow,
        88,
        {"index": 28, "luid": 32, "hardware": 40, "hardware_length": 72, "state": 76, "flags": 80,
         "reachability_ms": 84},
    ),
    (wireless.WlanInterface, 532, {"description": 16, "state": 528}),
    (
        wireless.WlanConnection,
        604,
        {"profile": 8, "ssid_length": 520, "ssid": 524,
         "bss_type": 556, "bssid": 560, "phy_type": 568, "quality": 576, "send_kbit": 584,
         "security": 588},
    ),
    (wireless.RadioState, 772, {"radios": 4}),
    (wireless.RasEntryName, 1048, {"name": 4, "flags": 520, "phonebook": 524}),
    (
        wireless.RasConnection,
        1388,
        {"handle": 4, "name": 12, "device_type": 526, "device_name": 560, "phonebook": 818, "sub_entry": 1340,
         "entry": 1344, "flags": 1360, "luid": 1364, "correlation": 1372},
    ),
    (
        printing.PrinterInfo2,
        136,
        {"name": 8, "port": 24, "driver": 32, "mode": 56, "security": 96, "attributes": 104, "status": 124, "jobs": 128,
         "pages_per_minute": 132},
    ),
    (printing.PrinterInfo4, 24, {"server": 8, "attributes": 16}),
    (
        printing.JobInfo1,
        96,
        {"printer": 8, "user": 24, "document": 32, "status": 56, "total_pages": 68, "submitted": 76},
    ),
    (
        membership.UserInfo4,
        192,
        {"password_age_s": 16, "privilege": 20, "home": 24, "flags": 40, "script": 48, "full_name": 64,
         "last_logon": 96, "expires": 104, "hours": 120, "server": 136, "sid": 152, "profile": 168, "is_expired": 184},
    ),
    (membership.Modals0, 20, {"longest_age_s": 4}),
    (shares.NetworkResource, 48, {"local": 16, "remote": 24, "provider": 40}),
    (event_log.Variant, 16, {"count": 8, "type": 12}),
    (encryption.PropertyKey, 20, {"number": 16}),
    (displays.MonitorInfo, 104, {"whole": 4, "work": 20, "flags": 36, "device": 40}),
    (displays.DeviceMode, 220, {"size": 68, "fields": 72, "x": 76, "bits": 168, "width": 172, "height": 176,
                                "frequency": 184}),
    (displays.PathInfo, 72, {"source": 8, "target_adapter": 20, "target": 28, "technology": 36, "flags": 68}),
    (displays.ModeInfo, 64, {"id": 4, "adapter": 8, "mode": 16}),
    (displays.SourceName, 84, {"adapter": 8, "id": 16, "name": 20}),
    (displays.TargetName, 420, {"flags": 20, "technology": 24, "connector": 32, "name": 36, "path": 164}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "size", "offsets"), LAYOUTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_structure_has_the_layout_of_64_bit_windows(kind: Any, size: int, offsets: dict[str, int]) -> None:
    """Size and offsets are those of the header, on every system that the test runs on."""
    assert ctypes.sizeof(kind) == size
    assert {name: getattr(kind, name).offset for name in offsets} == offsets


def test_every_structure_is_checked() -> None:
    """Who adds a structure adds its layout here."""
    modules = (adapters, battery, devices, displays, encryption, event_log, job, membership, printing, routes, shares,
               system, wireless)  # fmt: skip
    declared = {
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, ctypes.Structure) and one is not ctypes.Structure
    }
    assert declared - {kind for kind, _, _ in LAYOUTS} == {displays.Rectangle, displays.Luid}
