"""All ways of macOS, with the programs that every Mac has; from their manual pages, never run on one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions import cups, hung_program
from desktop.system.actions.programs import ask, in_turn, installed, run, way
from desktop.system.actions.values import Call, Way, cannot, impossible

_NETWORKSETUP, _SCUTIL, _OSASCRIPT = "/usr/sbin/networksetup", "/usr/sbin/scutil", "/usr/bin/osascript"
_WIFI = re.compile(r"Hardware Port: (?:Wi-Fi|AirPort)\s+Device: (\w+)")
_TUNNEL = re.compile(r'^\*?\s*\((\w+)\)\s+([0-9A-F-]{36})\s.*?"(.+?)"', re.MULTILINE)
_SPEAKER_ON = "set volume output volume 40 without output muted"
_MICROPHONE_ON = "set volume input volume 60"


def foresee_radio(call: Call) -> Prospect:
    """Find out whether Wi-Fi is off, so that it would come on."""
    return Prospect() if _power(call) == "off" else impossible("Wi-Fi is not off")


def switch_radio_on(call: Call) -> Deed:
    """Switch Wi-Fi on."""
    card = _card(call)
    return run(call, _NETWORKSETUP, "-setairportpower", card, "on") if card else cannot("no Wi-Fi card")


def foresee_restart(call: Call) -> Prospect:
    """Find out whether Wi-Fi is on, so that off and on again means something."""
    return Prospect() if _power(call) == "on" else impossible("Wi-Fi is not on")


def restart_radio(call: Call) -> Deed:
    """Switch Wi-Fi off and on; on in any case. It also asks for a new address."""
    card = _card(call)
    if not card:
        return cannot("no Wi-Fi card")
    off = run(call, _NETWORKSETUP, "-setairportpower", card, "off")
    return in_turn((off, run(call, _NETWORKSETUP, "-setairportpower", card, "on")))


def foresee_tunnel(call: Call) -> Prospect:
    """Name the one VPN that is set up in the settings and not connected."""
    if not installed(call, _SCUTIL):
        return impossible("no scutil")
    tunnels = _TUNNEL.findall(ask(call, _SCUTIL, "--nc", "list").out)
    waiting = [one for one in tunnels if one[0] == "Disconnected"]
    if len(tunnels) != 1 or len(waiting) != 1:
        return impossible(f"{len(tunnels)} VPN connections, {len(waiting)} of them not connected")
    return Prospect(facts={"vpn": waiting[0][2]}, agreed=waiting[0][1])


def connect_tunnel(call: Call) -> Deed:
    """Begin to connect the VPN that was agreed to; the check afterwards tells whether it came up."""
    return run(call, _SCUTIL, "--nc", "start", call.agreed) if call.agreed else cannot("no VPN agreed to")


def _card(call: Call) -> str:
    if not installed(call, _NETWORKSETUP):
        return ""
    found = _WIFI.search(ask(call, _NETWORKSETUP, "-listallhardwareports").out)
    return found.group(1) if found else ""


def _power(call: Call) -> str:
    """Return "on" or "off"; empty where there is no Wi-Fi."""
    card = _card(call)
    said = ask(call, _NETWORKSETUP, "-getairportpower", card).out if card else ""
    return said.rpartition(":")[2].strip().lower()


WAYS: Mapping[str, Way] = {
    **cups.WAYS,
    **hung_program.WAYS,
    "spooler.restart": way("/bin/launchctl", "kickstart", "-k", "system/org.cups.cupsd"),
    "net.reconnect": Way(restart_radio),
    "dns.flush": way("/usr/bin/dscacheutil", "-flushcache"),
    "wifi.on": Way(switch_radio_on, foresee_radio),
    "wifi.restart": Way(restart_radio, foresee_restart),
    "vpn.connect": Way(connect_tunnel, foresee_tunnel),
    "clock.sync": way("/usr/bin/sntp", "-sS", "time.apple.com"),
    "sound.unmute": way(_OSASCRIPT, "-e", _SPEAKER_ON),
    "mic.unmute": way(_OSASCRIPT, "-e", _MICROPHONE_ON),
}
