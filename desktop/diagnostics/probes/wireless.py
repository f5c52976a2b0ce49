"""How strong the Wi-Fi is, and whether a VPN carries us."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import MACOS, WINDOWS, Lane, boolean, integer, number, probe, table, text
from desktop.diagnostics.targets import is_company_network
from desktop.domain.facts import Privacy


@probe(
    "net_wifi",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        text("interface"),
        number("signal_dbm", "dbm"),
        number("quality_percent", "percent"),
        integer("channel", "number"),
        text("band"),
        number("rate_mbit", "mbit_per_s"),
        text("ssid", privacy=Privacy.PERSONAL, pseudonym="wifi"),
        text("bssid", privacy=Privacy.PERSONAL, pseudonym="mac"),
        boolean("is_company_network"),
    ),
)
def read_net_wifi(machine: Machine) -> dict[str, object]:
    """Read the signal of the first Wi-Fi adapter that has one; the network's name leaves the machine as a tag only."""
    facts = _wifi(machine)
    return facts | {"is_company_network": is_company_network(machine.targets, str(facts.get("ssid") or ""))}


def _wifi(machine: Machine) -> dict[str, object]:
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import wireless as windows

        return windows.read_net_wifi(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import wireless as macos

        return macos.read_net_wifi(machine)
    from desktop.diagnostics.linux import wireless as linux

    return linux.read_net_wifi(machine)


@probe(
    "net_vpn",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        table(
            "interfaces",
            text("interface"),
            boolean("is_up"),
            text("name", privacy=Privacy.INTERNAL, pseudonym="vpn"),
            text("kind"),
        ),
        boolean("is_configured"),
        boolean("is_up"),
    ),
)
def read_net_vpn(machine: Machine) -> dict[str, object]:
    """Read the tunnels; without one it is not known whether there should be one."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import wireless as windows

        return windows.read_net_vpn(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import wireless as macos

        return macos.read_net_vpn(machine)
    from desktop.diagnostics.linux import wireless as linux

    return linux.read_net_vpn(machine)
