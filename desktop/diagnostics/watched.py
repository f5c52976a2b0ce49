"""Which facts are compared between snapshots, by which keys rows are the same, and which are left alone and why.

The one place for both: a test goes through all declared fields and finds each of them here once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.change import ChangeKind

IDENTITY, SOFTWARE, CONFIGURATION = ChangeKind.IDENTITY, ChangeKind.SOFTWARE, ChangeKind.CONFIGURATION
STARTUP, HARDWARE, STATE = ChangeKind.STARTUP, ChangeKind.HARDWARE, ChangeKind.STATE

NOISE_SHARE = 0.2
"""A number has changed from a fifth on, and only into another class: free space and signal always move a little."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of a number: `bounds` rise; with none of them only the `share` counts."""

    bounds: tuple[float, ...] = ()
    share: float = NOISE_SHARE


@dataclass(frozen=True, slots=True)
class Watched:
    """Fields of a probe, or columns of its `table`, that are compared as one kind.

    `key` names the columns that make two rows the same thing, the one people know first; `shown` the column that
    describes a row which came or went. `without` names a column that excludes a row where it is true. Rows count only
    where `has_rows`. `dated` is the column with the machine's own date of the change.
    """

    probe: str
    kind: ChangeKind
    fields: tuple[str, ...] = ()
    table: str = ""
    key: tuple[str, ...] = ()
    shown: str = ""
    dated: str = ""
    without: str = ""
    has_rows: bool = True
    is_minor: bool = False
    scales: Mapping[str, Scale] = field(default_factory=dict[str, Scale])


def _plain(probe: str, kind: ChangeKind, *fields: str, is_minor: bool = False) -> Watched:
    return Watched(probe, kind, fields, is_minor=is_minor)


def _scaled(probe: str, kind: ChangeKind = STATE, **scales: Scale) -> Watched:
    return Watched(probe, kind, tuple(scales), scales=scales)


_FREE_PERCENT = Scale((2, 5, 10, 20, 50))
_DELAY_MS = Scale((50, 100, 250, 500))
_COUNT = Scale((1, 3, 10, 30))
_SIZE = Scale(share=0.05)
_DAYS = Scale((7, 35, 90))

WATCHED: tuple[Watched, ...] = (
    _plain("os", IDENTITY, "family", "name", "version", "build", "edition", "installed_at", "architecture", "host",
           "supported_until"),
    _plain("hardware", HARDWARE, "manufacturer", "model", "name", "form", "processor", "cores", "serial"),
    _scaled("hardware", HARDWARE, memory_bytes=_SIZE),
    _plain("hardware", IDENTITY, "bios_version", "bios_date"),
    _plain("cpu_load", HARDWARE, "model", "cores", "logical_cores"),
    _scaled("memory", HARDWARE, total_bytes=_SIZE, swap_total_bytes=Scale()),
    _scaled("memory", available_percent=Scale((5, 10, 25, 50))),
    Watched("disks", HARDWARE, ("filesystem", "total_bytes", "is_read_only"), "volumes", ("mount",),
            shown="total_bytes", scales={"total_bytes": _SIZE}),
    Watched("disks", STATE, ("free_percent", "free_files_percent"), "volumes", ("mount",), has_rows=False,
            scales={"free_percent": _FREE_PERCENT, "free_files_percent": _FREE_PERCENT}),
    Watched("disk_health", HARDWARE, ("kind", "bus", "size_bytes"), "disks", ("model", "name"), shown="size_bytes",
            scales={"size_bytes": _SIZE}),
    Watched("disk_health", STATE, ("health", "reallocated", "pending", "uncorrectable", "worn_percent"), "disks",
            ("model", "name"), has_rows=False,
            scales={**dict.fromkeys(("reallocated", "pending", "uncorrectable"), _COUNT),
                    "worn_percent": Scale((50, 80, 90))}),
    Watched("backup", CONFIGURATION, (), "backups", ("kind",)),
    _scaled("backup", newest_days=Scale((2, 7, 30))),
    Watched("cloud_sync", CONFIGURATION, ("is_running",), "folders", ("kind", "is_business")),
    _plain("battery", HARDWARE, "is_present"),
    _plain("battery", STATE, "condition"),
    _scaled("battery", health_percent=Scale((60, 80), share=0.05)),
    Watched("net_link", HARDWARE, ("medium", "vendor_prefix", "max_speed_mbit"), "interfaces", ("name",),
            shown="medium", without="is_virtual"),
    Watched("net_link", CONFIGURATION, ("is_up", "speed_mbit", "duplex", "mtu"), "interfaces", ("name",),
            without="is_virtual", has_rows=False),
    _plain("net_link", CONFIGURATION, "has_cable", "is_wifi_on"),
    Watched("net_ip", CONFIGURATION, (), "addresses", ("subnet", "interface", "family")),
    _plain("net_route", CONFIGURATION, "has_default", "gateways", "interfaces"),
    _plain("net_dns", CONFIGURATION, "servers", "search", "is_local_stub"),
    _plain("net_proxy", CONFIGURATION, "is_configured", "host", "port", "has_exceptions", "has_script"),
    _plain("net_wifi", CONFIGURATION, "interface", "ssid"),
    _plain("net_wifi", STATE, "is_company_network"),
    _scaled("net_wifi", signal_dbm=Scale((-75, -67, -55), share=0.12)),  # dBm are logarithms: 12 % are 8 of 67
    Watched("net_vpn", CONFIGURATION, (), "interfaces", ("interface",)),
    _plain("net_vpn", CONFIGURATION, "is_configured"),
    _plain("net_vpn", STATE, "is_up", is_minor=True),
    _scaled("net_resolve", median_ms=_DELAY_MS),
    Watched("net_resolve", STATE, ("answers", "knows_company"), "servers", ("server",), has_rows=False),
    _plain("net_reach", CONFIGURATION, "gateway"),
    _plain("net_reach", STATE, "gateway_answers", "is_internet_reachable", "proxy_answers"),
    Watched("net_reach", STATE, ("outcome", "connect_ms"), "internet", ("host", "port"), has_rows=False,
            scales={"connect_ms": _DELAY_MS}),
    Watched("net_reach", STATE, ("outcome", "connect_ms", "is_reachable"), "company", ("name", "host", "port"),
            has_rows=False, scales={"connect_ms": _DELAY_MS}),
    _plain("net_portal", STATE, "is_captive"),
    _scaled("net_quality", rtt_ms=_DELAY_MS, jitter_ms=Scale((10, 30)), loss_percent=Scale((1, 5))),
    _scaled("time_drift", offset_abs_s=Scale((30, 300))),
    _plain("time_drift", CONFIGURATION, "zone", "is_synchronised"),
    Watched("shares", CONFIGURATION, ("host", "share", "protocol"), "shares", ("mount",), shown="share"),
    Watched("shares", STATE, ("is_connected", "is_reachable"), "shares", ("mount",), has_rows=False),
    _plain("printers", CONFIGURATION, "default", "is_default_virtual"),
    Watched("printers", CONFIGURATION, ("driver", "driver_version", "is_virtual", "connection"), "printers", ("name",),
            shown="driver"),
    Watched("printers", STATE, ("is_offline", "is_paused", "alerts"), "printers", ("name",), has_rows=False),
    _plain("printers", STATE, "is_spooler_running"),
    _scaled("printer_jobs", own=_COUNT),
    Watched("printer_port", CONFIGURATION, ("host",), "ports", ("printer",), has_rows=False),
    Watched("printer_port", STATE, ("answers", "reasons"), "ports", ("printer",), has_rows=False),
    Watched("services", STARTUP, ("state",), "services", ("name",), shown="state"),
    _plain("pending_reboot", SOFTWARE, "is_pending"),
    _plain("uptime", CONFIGURATION, "has_fast_startup"),
    _plain("updates", SOFTWARE, "last_title"),
    _plain("updates", CONFIGURATION, "is_automatic"),
    _scaled("updates", days_since=_DAYS, failed=_COUNT, waiting=_COUNT),
    _scaled("events", system_crashes=_COUNT, power_losses=_COUNT, disk_errors=_COUNT),
    Watched("events", STATE, ("count",), "app_crashes", ("app",), shown="count", scales={"count": _COUNT}),
    _plain("sessions", CONFIGURATION, "is_admin"),
    _plain("sessions", CONFIGURATION, "kind", is_minor=True),
    _plain("sessions", STATE, "is_remote", is_minor=True),
    _plain("security", SOFTWARE, "antivirus", "firewall"),
    _plain("security", STATE, "is_antivirus_on", "is_antivirus_current", "is_firewall_on", "is_integrity_on"),
    _plain("encryption", CONFIGURATION, "is_system_encrypted", "method"),
    Watched("encryption", CONFIGURATION, ("is_encrypted",), "volumes", ("mount",), has_rows=False),
    _plain("join", IDENTITY, "kind", "is_domain_joined", "is_cloud_joined", "is_managed", "domain"),
    _plain("join", STATE, "has_cloud_token", "is_device_healthy"),
    _plain("accounts", CONFIGURATION, "kind"),
    _plain("accounts", STATE, "is_expired"),
    _plain("accounts", CONFIGURATION, "never_expires"),
    Watched("displays", HARDWARE, (), "displays", ("name",), shown="width_px"),
    Watched("displays", CONFIGURATION, ("width_px", "height_px", "scale_percent", "is_primary"), "displays", ("name",),
            has_rows=False),
    Watched("displays", CONFIGURATION, ("refresh_hz",), "displays", ("name",), has_rows=False, is_minor=True,
            scales={"refresh_hz": Scale(share=0.02)}),
    Watched("displays", IDENTITY, ("driver", "driver_version", "driver_date"), "adapters", ("name",),
            shown="driver_version"),
    _plain("audio_camera", CONFIGURATION, "output", "input", "is_microphone_allowed", "is_camera_allowed"),
    _plain("audio_camera", STATE, "is_muted", "is_microphone_muted", is_minor=True),
    _plain("audio_camera", HARDWARE, "cameras"),
    Watched("audio_camera", IDENTITY, ("driver_version",), "devices", ("name", "direction"), shown="driver_version"),
    Watched("usb", HARDWARE, (), "devices", ("name", "vendor_id", "product_id"), shown="class_name", without="is_hub"),
    Watched("devices_bad", STATE, ("code", "problem"), "devices", ("name", "class_name"), shown="problem"),
    Watched("software", SOFTWARE, ("version",), "programs", ("name", "source"), shown="version", dated="installed_on"),
    Watched("browsers_office", SOFTWARE, ("version", "channel"), "programs", ("name", "role"), shown="version"),
    Watched("browsers_office", CONFIGURATION, ("is_default",), "programs", ("name", "role"), has_rows=False),
    Watched("startup", STARTUP, ("is_enabled",), "items", ("name", "kind", "scope"), shown="kind"),
)  # fmt: skip

_MEASURED = "measured over half a second: it never stays"
_COUNTED = "counts or repeats what other fields say"
_PASSING = "changes by itself all day"

IGNORED: Mapping[str, str] = {
    **dict.fromkeys(
        ("cpu_load.percent", "cpu_load.percent_lowest", "cpu_load.percent_per_core", "cpu_load.frequency_mhz",
         "cpu_load.load_1", "cpu_load.pressure_cpu_percent", "cpu_load.pressure_memory_percent",
         "cpu_load.pressure_io_percent", "processes.count", "processes.blocked", "processes.top_cpu",
         "processes.top_memory", "processes.hung_count", "processes.hung",
         "disk_io.disks", "temperature.sensors", "memory.swapped_bytes", "memory.pressure",
         "temperature.speed_limit_percent", "temperature.is_throttled",
         "net_resolve.names"),
        _MEASURED,
    ),
    **dict.fromkeys(
        ("memory.available_bytes", "disks.network_mounts", "disks.volumes.free_bytes", "disks.volumes.is_system",
         "backup.backups.days_since", "net_link.active", "net_ip.usable", "net_ip.addresses.scope",
         "net_vpn.interfaces.is_up", "net_vpn.interfaces.name", "net_vpn.interfaces.kind", "net_dns.links",
         "battery.design_capacity_wh", "battery.full_capacity_wh", "net_wifi.quality_percent",
         "net_resolve.names_resolved",
         "net_resolve.company_resolved", "net_reach.company_unreachable", "net_quality.sent", "net_quality.received",
         "net_resolve.servers_answering", "net_reach.gateway_is_neighbour", "shares.unreachable",
         "printers.printers.is_default", "services.failed", "pending_reboot.reasons", "updates.last_success_at",
         "events.events", "displays.count", "displays.displays.is_builtin", "devices_bad.count", "software.total",
         "software.programs.publisher", "time_drift.offset_s", "events.days", "net_portal.code"),
        _COUNTED,
    ),
    **dict.fromkeys(
        ("memory.committed_bytes", "memory.commit_limit_bytes", "pending_reboot.has_pending_renames",
         "memory.swap_used_bytes", "memory.swap_used_of_memory_percent", "battery.charge_percent",
         "battery.is_plugged", "battery.left_s", "battery.cycles", "backup.backups.last_success_at",
         "disk_health.disks.temperature_celsius", "cloud_sync.folders.free_bytes", "net_ip.addresses.address",
         "net_link.interfaces.mac", "net_resolve.servers.answer_ms", "time_drift.server", "time_drift.source",
         "shares.shares.connect_ms",
         "printers.printers.state", "printer_jobs.jobs", "printer_jobs.oldest_own_s",
         "events.app_crashes.version", "events.app_crashes.last_at", "uptime.restarted_at", "uptime.uptime_s",
         "os.support_days_left", "net_wifi.channel", "net_wifi.band", "net_wifi.rate_mbit", "net_wifi.bssid",
         "sessions.user", "sessions.other_users", "accounts.password_age_days", "accounts.expires_in_days",
         "audio_camera.volume_percent"),
        _PASSING,
    ),
    **dict.fromkeys(
        ("net_reach.company.kind", "net_reach.company.is_behind_vpn", "net_quality.host"),
        "what the administrator has set, not the machine",
    ),
    **dict.fromkeys(("app.version", "app.python", "app.is_packaged"), "our own version says nothing about the machine"),
}  # fmt: skip
"""Fields and columns that are not compared, and why."""

PARTS = re.compile(
    r"(lib|python3-|fonts-|gir1\.2-|linux-(headers|modules|image)|perl-|node-|ruby-|golang-|ttf-|gcc-\d"
    r"|Microsoft (Visual C\+\+|\.NET|ASP\.NET|Windows Desktop Runtime|Edge (WebView2|Update))|KB\d{6})"
)
"""Names of programs that are parts of others: their updates are minor."""
