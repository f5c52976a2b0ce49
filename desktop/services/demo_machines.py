"""Invented PCs and what their diagnosis says: facts in the collector's own form, judged by the real rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.base.clock import to_text
from desktop.diagnostics.findings import Rule, judged
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot

_MODELS = (
    ("Dell", "OptiPlex 7010"),
    ("Lenovo", "ThinkCentre M70q"),
    ("HP", "EliteBook 840 G9"),
    ("Fujitsu", "ESPRIMO"),
)
_GB = 1024**3
Facts = dict[str, dict[str, Any]]
"""The facts by probe."""
TROUBLES = (
    "",
    "disk.low",
    "mem.low",
    "printer.offline",
    "printer.paused",
    "net.cable_absent",
    "net.dns_slow",
    "update.reboot_pending",
)
"""What can be made to be wrong with a machine; the rules then find it."""


def make_snapshot(name: str, taken_at: datetime, rules: Sequence[Rule], *, trouble: str = "") -> Snapshot:
    """Return the diagnosis of a PC at a moment; the same name gives the same hardware."""
    return snapshot_of(make_facts(name, trouble), taken_at, rules, seed=name)


def make_facts(name: str, trouble: str) -> Facts:
    """Return what the probes say of a PC, by probe; the same name gives the same hardware."""
    chance = random.Random(f"machine {name}")  # noqa: S311 - invented data
    return {**_computer(chance, name, trouble), **_network(chance, trouble), **_printing(trouble)}


def snapshot_of(facts: Facts, taken_at: datetime, rules: Sequence[Rule], *, seed: str) -> Snapshot:
    """Return facts as a judged snapshot; `seed` makes the times that the probes took."""
    chance = random.Random(f"times {seed}")  # noqa: S311 - invented data
    probes = {
        probe: ProbeResult(ProbeStatus.OK, values, ms=round(chance.uniform(1, 90), 1), cpu_ms=0.6)
        for probe, values in facts.items()
    }
    return judged(Snapshot(taken_at=to_text(taken_at), level="basic", probes=probes), rules)


def _computer(chance: random.Random, name: str, trouble: str) -> dict[str, dict[str, Any]]:
    maker, model = chance.choice(_MODELS)
    is_pending = trouble == "update.reboot_pending"
    return {
        "os": {
            "family": "win32",
            "host": name,
            "name": "Windows 11 Pro",
            "version": "24H2",
            "build": "26100.2314",
            "architecture": "AMD64",
        },
        "hardware": {"manufacturer": maker, "model": model, "serial": f"{chance.randrange(16**8):08X}"},
        "cpu_load": {
            "percent": round(chance.uniform(3, 35), 1),
            "percent_lowest": round(chance.uniform(1, 3), 1),
            "logical_cores": 8,
            "cores": 4,
        },
        "pending_reboot": {"is_pending": is_pending, "reasons": ["windows_update"] if is_pending else []},
        "uptime": {"uptime_s": chance.randrange(3600, 6 * 86400), "restarted_at": 0},
        "battery": {"is_present": False},
        **_room(chance, trouble),
    }


def _room(chance: random.Random, trouble: str) -> dict[str, dict[str, Any]]:
    """Return memory and disks."""
    memory = chance.choice((8, 16, 16, 32)) * _GB
    free = int(memory * (0.02 if trouble == "mem.low" else chance.uniform(0.3, 0.7)))
    disk = (237 if trouble == "disk.low" else chance.choice((237, 476, 953))) * _GB
    left = int(7.8 * _GB) if trouble == "disk.low" else int(disk * chance.uniform(0.25, 0.7))
    system = {
        "mount": "C:\\",
        "filesystem": "NTFS",
        "total_bytes": disk,
        "free_bytes": left,
        "free_percent": round(100 * left / disk, 1),
        "is_system": True,
        "is_read_only": False,
    }
    return {
        "memory": {
            "total_bytes": memory,
            "available_bytes": free,
            "available_percent": round(100 * free / memory, 1),
            "swap_total_bytes": 4 * _GB,
            "swap_used_bytes": _GB // 4,
            "swap_used_of_memory_percent": 1.5,
            "swapped_bytes": 0,
        },
        "disks": {"volumes": [system], "network_mounts": 2},
    }


def _network(chance: random.Random, trouble: str) -> dict[str, dict[str, Any]]:
    is_up = trouble != "net.cable_absent"
    slow = 900.0 if trouble == "net.dns_slow" else round(chance.uniform(6, 30), 1)
    names = [{"name": "www.bund.de", "is_resolved": is_up, "answer_ms": slow if is_up else None}]
    return {
        "net_link": {
            "interfaces": [
                {"name": "Ethernet", "medium": "cable", "is_up": is_up, "is_virtual": False, "speed_mbit": 1000}
            ],
            "active": int(is_up),
            "has_cable": is_up,
            "is_wifi_on": None,
        },
        "net_ip": {
            "usable": int(is_up),
            "addresses": [{"interface": "Ethernet", "family": "ipv4", "address": "192.168.20.57", "scope": "usable"}]
            if is_up
            else [],
        },
        "net_route": {"has_default": is_up, "gateways": ["192.168.20.1"] if is_up else [], "interfaces": ["Ethernet"]},
        "net_proxy": {"is_configured": False, "host": None, "port": None, "has_exceptions": False},
        "net_resolve": {
            "names": names,
            "servers": [{"server": "192.168.20.1", "answers": is_up, "answer_ms": slow if is_up else None}],
            "names_resolved": int(is_up),
            "median_ms": slow if is_up else None,
            "servers_answering": int(is_up),
        },
    }


def _printing(trouble: str) -> dict[str, dict[str, Any]]:
    printer: dict[str, Any] = {
        "name": "Versand Zebra ZD421",
        "is_default": True,
        "is_offline": trouble == "printer.offline",
        "is_paused": trouble == "printer.paused",
        "alerts": [],
    }
    return {
        "printers": {
            "is_spooler_running": True,
            "default": printer["name"],
            "is_default_virtual": False,
            "printers": [printer],
        },
        "printer_jobs": {"own": 3 if trouble.startswith("printer") else 0, "oldest_own_s": 0},
    }
