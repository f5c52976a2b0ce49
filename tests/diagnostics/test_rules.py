"""Rules for drives, protection, sign-in, sound, crashes and servers, on both sides of each limit."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity

RULES = {one.id: one for one in load_rules()}
PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN


def judge(finding: str, **probes: dict[str, Any]) -> Finding:
    """Judge the facts of the named probes by one rule."""
    results = {name: ProbeResult(ProbeStatus.OK, facts) for name, facts in probes.items()}
    return evaluate(results, (RULES[finding],))[0]


def drive(**facts: Any) -> dict[str, Any]:
    """A drive without faults but for these facts."""
    good = {"name": "sda", "model": "M", "health": "healthy", "reallocated": 0, "pending": 0, "uncorrectable": 0}
    return {"disks": [{**good, "worn_percent": 3.0, **facts}]}


def queue(*alerts: str) -> dict[str, Any]:
    """A queue of which the print service says this."""
    return {"printers": [{"name": "Lager", "alerts": list(alerts)}]}


def says(*reasons: str) -> dict[str, Any]:
    """A printer that says this of itself."""
    return {"ports": [{"printer": "Lager", "host": "192.0.2.7", "answers": True, "reasons": list(reasons)}]}


def cable(speed: int | None, able: int | None, duplex: str = "full", **more: Any) -> dict[str, Any]:
    """A cable adapter that is up."""
    one = {"name": "eth0", "medium": "cable", "is_up": True, "is_virtual": False, "duplex": duplex}
    return {"interfaces": [{**one, "speed_mbit": speed, "max_speed_mbit": able, **more}]}


MAIL = {"kind": "mail", "name": "Mail", "host": "mail.firma.example", "port": 993}
AWAY = {"is_configured": True, "is_up": False}
PORTABLE, FIXED = {"form": "notebook"}, {"form": "desktop"}


@pytest.mark.parametrize(
    ("finding", "probes", "state"),
    [
        ("disk.health_bad", {"disk_health": drive(health="bad")}, PRESENT),
        ("disk.health_bad", {"disk_health": drive(health="warning")}, ABSENT),
        ("disk.health_bad", {"disk_health": drive(health=None)}, UNKNOWN),
        ("disk.health_warn", {"disk_health": drive(health="warning")}, PRESENT),
        ("disk.health_warn", {"disk_health": drive(pending=1)}, PRESENT),
        ("disk.health_warn", {"disk_health": drive(worn_percent=90.0)}, PRESENT),
        ("disk.health_warn", {"disk_health": drive()}, ABSENT),
        ("disk.health_warn", {"disk_health": drive(reallocated=None)}, UNKNOWN),
        ("disk.slow", {"disk_io": {"disks": [{"name": "a", "operations": 20, "ms_lowest": 25.1}]}}, PRESENT),
        ("disk.slow", {"disk_io": {"disks": [{"name": "a", "operations": 19, "ms_lowest": 90.0}]}}, ABSENT),
        ("disk.slow", {"disk_io": {"disks": [{"name": "a", "operations": 20, "ms_lowest": 25.0}]}}, ABSENT),
        ("disk.errors", {"events": {"disk_errors": 1}}, PRESENT),
        ("disk.errors", {"events": {"disk_errors": 0}}, ABSENT),
        ("backup.stale", {"backup": {"newest_days": 8}}, PRESENT),
        ("backup.stale", {"backup": {"newest_days": 7}}, ABSENT),
        ("backup.stale", {"backup": {"newest_days": None}}, UNKNOWN),
        ("mem.swapping", {"os": {"family": "darwin"}, "memory": {"pressure": "warn"}}, PRESENT),
        ("mem.swapping", {"os": {"family": "darwin"}, "memory": {"pressure": "normal", "swapped_bytes": 0}}, ABSENT),
        ("temp.throttled", {"temperature": {"is_throttled": True}}, PRESENT),
        ("proc.hung", {"processes": {"hung_count": 1, "hung": [{"name": "Etikett"}]}}, PRESENT),
        ("proc.hung", {"processes": {"hung_count": 0}}, ABSENT),
        ("proc.hung", {"processes": {"hung_count": None}}, UNKNOWN),
        ("battery.service", {"battery": {"is_present": True, "condition": "service"}}, PRESENT),
        ("battery.service", {"battery": {"is_present": True, "condition": "normal"}}, ABSENT),
        ("battery.service", {"battery": {"is_present": False}}, ABSENT),
        ("net.wifi_weak_for_calls", {"net_wifi": {"signal_dbm": -68}}, PRESENT),
        ("net.wifi_weak_for_calls", {"net_wifi": {"signal_dbm": -67}}, ABSENT),
        ("net.wifi_weak_for_calls", {"net_wifi": {"signal_dbm": -76}}, ABSENT),
        ("net.voip_bad", {"net_quality": {"rtt_ms": 101, "jitter_ms": 1, "loss_percent": 0}}, PRESENT),
        ("net.voip_bad", {"net_quality": {"rtt_ms": 100, "jitter_ms": 30, "loss_percent": 1}}, ABSENT),
        ("net.voip_bad", {"net_quality": {"rtt_ms": 10, "jitter_ms": None, "loss_percent": 0}}, UNKNOWN),
        ("net.slow_link", {"net_link": cable(100, 1000)}, PRESENT),
        ("net.slow_link", {"net_link": cable(100, 100)}, ABSENT),
        ("net.slow_link", {"net_link": cable(1000, 1000)}, ABSENT),
        ("net.slow_link", {"net_link": cable(1000, None, "half")}, PRESENT),
        ("net.slow_link", {"net_link": cable(100, None)}, UNKNOWN),
        ("net.slow_link", {"net_link": cable(10, 1000, is_up=False)}, ABSENT),
        ("net.vpn_down", {"net_vpn": AWAY, "net_reach": {"company_unreachable": 1}}, PRESENT),
        ("net.vpn_down", {"net_vpn": AWAY, "net_reach": {"company_unreachable": 0}}, ABSENT),
        ("net.vpn_down", {"net_vpn": AWAY, "net_reach": {"company_unreachable": None}}, UNKNOWN),
        ("net.vpn_down", {"net_vpn": {**AWAY, "is_up": True}, "net_reach": {"company_unreachable": 1}}, ABSENT),
        ("share.unreachable", {"shares": {"shares": [{"mount": "Z:", "is_reachable": False}]}}, PRESENT),
        ("share.unreachable", {"shares": {"shares": []}}, ABSENT),
        ("update.stale", {"updates": {"days_since": 36}}, PRESENT),
        ("update.stale", {"updates": {"days_since": 35}}, ABSENT),
        ("os.unsupported", {"os": {"support_days_left": 59}}, PRESENT),
        ("os.unsupported", {"os": {"support_days_left": 60}}, ABSENT),
        ("os.unsupported", {"os": {"support_days_left": None}}, UNKNOWN),
        ("sec.av_off", {"security": {"is_antivirus_on": False}}, PRESENT),
        ("sec.av_off", {"security": {"is_antivirus_on": None}}, UNKNOWN),
        ("sec.av_old", {"security": {"is_antivirus_on": True, "is_antivirus_current": False}}, PRESENT),
        ("sec.av_old", {"security": {"is_antivirus_on": False, "is_antivirus_current": False}}, ABSENT),
        ("sec.fw_off", {"security": {"is_firewall_on": False}}, PRESENT),
        ("sec.unencrypted", {"hardware": PORTABLE, "encryption": {"is_system_encrypted": False}}, PRESENT),
        ("sec.unencrypted", {"hardware": FIXED, "encryption": {"is_system_encrypted": False}}, ABSENT),
        ("sec.unencrypted", {"hardware": PORTABLE, "encryption": {"is_system_encrypted": None}}, UNKNOWN),
        ("join.prt_missing", {"join": {"is_cloud_joined": True, "has_cloud_token": False}}, PRESENT),
        ("join.prt_missing", {"join": {"is_cloud_joined": False, "has_cloud_token": False}}, ABSENT),
        ("printer.paper", {"printers": queue(), "printer_port": says("media-empty")}, PRESENT),
        ("printer.paper", {"printers": queue(), "printer_port": says("media-low-warning")}, ABSENT),
        ("printer.paper", {"printers": queue(), "printer_port": {"ports": [{"reasons": None}]}}, ABSENT),
        ("printer.paper", {"printers": queue()}, ABSENT),
        ("printer.paper", {"printer_port": says()}, UNKNOWN),
        ("printer.paper", {"printer_port": says("media-jam-error")}, PRESENT),
        ("printer.toner", {"printers": queue(), "printer_port": says("door-open-error")}, PRESENT),
        (
            "account.expiring",
            {"accounts": {"is_expired": False, "expires_in_days": 3, "never_expires": False}},
            PRESENT,
        ),
        ("account.expiring", {"accounts": {"is_expired": False, "expires_in_days": 4, "never_expires": False}}, ABSENT),
        (
            "account.expiring",
            {"accounts": {"is_expired": False, "expires_in_days": None, "never_expires": True}},
            ABSENT,
        ),
        (
            "account.expiring",
            {"accounts": {"is_expired": False, "expires_in_days": None, "never_expires": None}},
            UNKNOWN,
        ),
        ("account.expiring", {"accounts": {"is_expired": True, "expires_in_days": -1, "never_expires": None}}, PRESENT),
        ("audio.muted", {"audio_camera": {"is_muted": False, "volume_percent": 0}}, PRESENT),
        ("audio.muted", {"audio_camera": {"is_muted": False, "volume_percent": 1}}, ABSENT),
        ("mic.blocked", {"audio_camera": {"is_microphone_allowed": False}}, PRESENT),
        ("mic.muted", {"audio_camera": {"is_microphone_muted": True}}, PRESENT),
        ("device.error", {"devices_bad": {"count": 1}}, PRESENT),
        ("device.error", {"devices_bad": {"count": 0}}, ABSENT),
        ("crash.app", {"events": {"app_crashes": [{"app": "x", "count": 3}, {"app": "y", "count": 1}]}}, PRESENT),
        ("crash.app", {"events": {"app_crashes": [{"app": "x", "count": 2}, {"app": "y", "count": 2}]}}, ABSENT),
        ("crash.bugcheck", {"events": {"system_crashes": 1}}, PRESENT),
        ("crash.power", {"events": {"power_losses": 0}}, ABSENT),
    ],
)
def test_both_sides_of_each_limit(finding: str, probes: dict[str, dict[str, Any]], state: FindingState) -> None:
    """At the limit, beyond it, and where a fact is missing."""
    assert judge(finding, **probes).state is state


@pytest.mark.parametrize(
    ("is_reachable", "has_internet", "state"),
    [(False, True, PRESENT), (False, False, ABSENT), (True, True, ABSENT), (False, None, UNKNOWN)],
)
def test_a_mail_server_is_blamed_only_while_the_internet_is_there(
    is_reachable: bool, has_internet: bool | None, state: FindingState
) -> None:
    """Without the Internet it is not the mail server's fault."""
    reach = {"company": [{**MAIL, "is_reachable": is_reachable}], "is_internet_reachable": has_internet}
    assert judge("mail.port_blocked", net_reach=reach).state is state


@pytest.mark.parametrize(
    ("finding", "probes", "severity"),
    [
        ("mem.swapping", {"os": {"family": "darwin"}, "memory": {"pressure": "critical"}}, Severity.CRITICAL),
        ("os.unsupported", {"os": {"support_days_left": -1}}, Severity.ERROR),
        ("os.unsupported", {"os": {"support_days_left": 1}}, Severity.WARN),
        ("account.expiring", {"accounts": {"is_expired": True}}, Severity.ERROR),
    ],
)
def test_some_get_worse(finding: str, probes: dict[str, dict[str, Any]], severity: Severity) -> None:
    """A second condition raises the severity."""
    assert judge(finding, **probes).severity is severity


def test_the_busiest_program_is_named_where_it_was_sent() -> None:
    """The verdict does not need it: without the programs the processor is as busy."""
    load = {"percent": 99.0, "percent_lowest": 97.0, "logical_cores": 4}
    named = judge("cpu.busy", cpu_load=load, processes={"top_cpu": [{"name": "rechnen"}, {"name": "b"}]})
    assert (named.state, named.evidence["program"]) == (PRESENT, "rechnen")
    alone = judge("cpu.busy", cpu_load=load)
    assert (alone.state, alone.evidence["program"]) == (PRESENT, None)
