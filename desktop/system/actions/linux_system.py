"""Services, clock and Bluetooth of a Linux PC."""

from __future__ import annotations

from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try
from desktop.system.actions.programs import in_turn, installed, run
from desktop.system.actions.values import Call, Way, cannot

_SYSTEMCTL, _TIMEDATECTL, _CHRONYC = "/usr/bin/systemctl", "/usr/bin/timedatectl", "/usr/bin/chronyc"
_RFKILL, _BLUETOOTHCTL = ("/usr/sbin/rfkill", "/usr/bin/rfkill"), "/usr/bin/bluetoothctl"
_TIMESYNCD = "usr/lib/systemd/system/systemd-timesyncd.service"
ADMIN_DEADLINE = 120.0  # seconds: the system asks an administrator for the password meanwhile


def restart_spooler(call: Call) -> Deed:
    """Restart the print service; waiting jobs are on disk and stay."""
    return run(call, _SYSTEMCTL, "restart", "cups.service")


def synchronise_clock(call: Call) -> Deed:
    """Let the clock set itself, then ask the time server at once: chrony's where it is there, else systemd's."""
    if installed(call, _CHRONYC):
        return run(call, _CHRONYC, "-a", "makestep")
    if not installed(call, _TIMEDATECTL) or not (call.root / _TIMESYNCD).is_file():
        return cannot("no chrony, no systemd-timesyncd")
    allowed = run(call, _TIMEDATECTL, "set-ntp", "true")
    if allowed.result is not Try.DONE:
        return allowed
    return in_turn((allowed, run(call, _SYSTEMCTL, "restart", "systemd-timesyncd.service")))


def switch_bluetooth_on(call: Call) -> Deed:
    """Lift the lock of the radio, then switch the adapter on."""
    rfkill = installed(call, *_RFKILL)
    if not rfkill and not installed(call, _BLUETOOTHCTL):
        return cannot("no rfkill, no bluetoothctl")
    steps = [run(call, rfkill, "unblock", "bluetooth")] if rfkill else []
    if installed(call, _BLUETOOTHCTL):
        steps.append(run(call, _BLUETOOTHCTL, "power", "on"))
    return in_turn(steps)


WAYS = {
    "spooler.restart": Way(restart_spooler, deadline=ADMIN_DEADLINE),
    "clock.sync": Way(synchronise_clock, deadline=ADMIN_DEADLINE),
    "bluetooth.on": Way(switch_bluetooth_on),
}
