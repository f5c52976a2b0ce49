"""The network of a Linux PC, with NetworkManager's program: whoever sits at the PC may do all of this."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions.programs import ask, in_turn, installed, run
from desktop.system.actions.values import Call, Way, cannot, impossible

_NMCLI, _RESOLVECTL = "/usr/bin/nmcli", "/usr/bin/resolvectl"
_TUNNELS = frozenset({"vpn", "wireguard"})


def reconnect(call: Call) -> Deed:
    """Activate the network card's connection anew, which also asks for a new address."""
    card = _card(call)
    return run(call, _NMCLI, "--wait", "20", "device", "connect", card) if card else cannot("no network card")


def foresee_radio(call: Call) -> Prospect:
    """Find out whether Wi-Fi is off by software and would therefore come on; a switch on the case needs a hand."""
    hardware, software = _radio(call)
    if (hardware, software) != ("enabled", "disabled"):
        return impossible(f"radio: hardware {hardware or 'unknown'}, software {software or 'unknown'}")
    return Prospect()


def switch_radio_on(call: Call) -> Deed:
    """Switch Wi-Fi on."""
    return run(call, _NMCLI, "radio", "wifi", "on")


def foresee_restart(call: Call) -> Prospect:
    """Find out whether Wi-Fi is on, so that off and on again means something."""
    hardware, software = _radio(call)
    return Prospect() if (hardware, software) == ("enabled", "enabled") else impossible("Wi-Fi is not on")


def restart_radio(call: Call) -> Deed:
    """Switch Wi-Fi off and on; on in any case, so that nobody is left without a network."""
    off = run(call, _NMCLI, "radio", "wifi", "off")
    return in_turn((off, run(call, _NMCLI, "radio", "wifi", "on")))


def foresee_tunnel(call: Call) -> Prospect:
    """Name the one company network that is set up here and not connected; with none or several somebody must choose."""
    if not installed(call, _NMCLI):
        return impossible("no NetworkManager")
    said = ask(call, _NMCLI, "-t", "-e", "no", "-f", "UUID,TYPE,ACTIVE,NAME", "connection", "show")
    rows = [line.split(":", 3) for line in said.out.splitlines()]
    tunnels = [row for row in rows if len(row) == 4 and row[1] in _TUNNELS]
    waiting = [row for row in tunnels if row[2] == "no"]
    if len(tunnels) != 1 or len(waiting) != 1:
        return impossible(f"{len(tunnels)} VPN connections, {len(waiting)} of them not connected")
    return Prospect(facts={"vpn": waiting[0][3]}, agreed=waiting[0][0])


def connect_tunnel(call: Call) -> Deed:
    """Connect the VPN that was agreed to; the desktop asks for a password where none is stored."""
    if not call.agreed:
        return cannot("no VPN agreed to")
    return run(call, _NMCLI, "--wait", "45", "connection", "up", "uuid", call.agreed)


def flush_names(call: Call) -> Deed:
    """Forget the remembered names of the network."""
    return run(call, _RESOLVECTL, "flush-caches")


def _radio(call: Call) -> tuple[str, str]:
    """Return how the switch on the case and the one of the system stand, "enabled" or "disabled"."""
    if not installed(call, _NMCLI):
        return "", ""
    said = ask(call, _NMCLI, "-t", "-f", "WIFI-HW,WIFI", "radio")
    hardware, _, software = said.out.partition(":")
    return (hardware, software) if said.code == 0 else ("", "")


def _card(call: Call) -> str:
    """Return the network card to reconnect: a real one, a connected one first; empty where there is none."""
    folder = call.root / "sys/class/net"
    cards = [one for one in sorted(folder.glob("*")) if (one / "device").exists()]
    connected = (one.name for one in cards if _is_up(one / "operstate"))
    return next(connected, cards[0].name if cards else "")


def _is_up(state: Path) -> bool:
    try:
        return state.read_text().strip() == "up"
    except OSError:
        return False


WAYS = {
    "net.reconnect": Way(reconnect),
    "dns.flush": Way(flush_names),
    "wifi.on": Way(switch_radio_on, foresee_radio),
    "wifi.restart": Way(restart_radio, foresee_restart),
    "vpn.connect": Way(connect_tunnel, foresee_tunnel, deadline=60.0),
}
