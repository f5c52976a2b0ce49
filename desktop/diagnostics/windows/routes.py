"""The ways out of a Windows PC's network and its neighbours (netioapi.h)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.windows.adapters import adapters, packed_text
from desktop.diagnostics.windows.libraries import BYTE, DWORD, POINTER, QWORD, WORD, check
from desktop.diagnostics.windows.pc import this_pc

ANY_FAMILY = 0
INCOMPLETE = 1
"""NL_NEIGHBOR_STATE: up to this one the hardware address is not known."""
FIRST_ROW = 8
"""Bytes before the rows of a MIB table: the count, and what aligns the rows to eight."""
MOST = 65536


class RouteRow(ctypes.Structure):
    """MIB_IPFORWARD_ROW2."""

    _fields_ = (
        ("luid", QWORD), ("index", DWORD), ("destination", BYTE * 28), ("prefix_length", BYTE),
        ("padding", BYTE * 3), ("next_hop", BYTE * 28), ("site_prefix_length", BYTE), ("valid_s", DWORD),
        ("preferred_s", DWORD), ("metric", DWORD), ("protocol", DWORD), ("is_loopback", BYTE),
        ("is_autoconfigured", BYTE), ("is_published", BYTE), ("is_immortal", BYTE), ("age_s", DWORD),
        ("origin", DWORD),
    )  # fmt: skip


class NeighbourRow(ctypes.Structure):
    """MIB_IPNET_ROW2."""

    _fields_ = (
        ("address", BYTE * 28), ("index", DWORD), ("luid", QWORD), ("hardware", BYTE * 32),
        ("hardware_length", DWORD), ("state", DWORD), ("flags", BYTE), ("padding", BYTE), ("spare", WORD),
        ("reachability_ms", DWORD),
    )  # fmt: skip


def default_gateways(machine: Machine) -> list[tuple[str, str]]:
    """Return (gateway, adapter) of the default routes, the cheapest first; empty where a link leads out directly."""
    known = {one.index: one for one in adapters(machine) if one.is_up}
    found: list[tuple[int, str, str]] = []
    for row in _rows(machine, "GetIpForwardTable2", RouteRow):
        one = known.get(row.index)
        if row.prefix_length == 0 and one is not None:
            gateway = packed_text(bytes(row.next_hop))
            found.append((row.metric + one.metric, "" if gateway in ("0.0.0.0", "::") else gateway, one.label))  # noqa: S104
    return [(gateway, label) for _, gateway, label in sorted(found, key=lambda one: one[0])]


def neighbour_answered(machine: Machine, address: str) -> bool | None:
    """Tell whether a neighbour's hardware address is known; None where the table does not mention it."""
    for row in _rows(machine, "GetIpNetTable2", NeighbourRow):
        if packed_text(bytes(row.address)) == address:
            return row.state > INCOMPLETE
    return None


def _rows(machine: Machine, name: str, kind: Any) -> Iterator[Any]:
    """Return the rows of one of Windows' tables; each is valid until the next one is asked for."""
    libraries = this_pc(machine).libraries
    ask = libraries.find("iphlpapi", name, DWORD, WORD, ctypes.POINTER(POINTER))
    free = libraries.find("iphlpapi", "FreeMibTable", None, POINTER)
    table = POINTER()
    check(ask(ANY_FAMILY, ctypes.byref(table)), "table")
    try:
        start = table.value or 0
        count = DWORD.from_address(start).value if start else 0
        for place in range(min(count, MOST)):
            yield kind.from_address(start + FIRST_ROW + place * ctypes.sizeof(kind))
    finally:
        free(table)
