"""Sound of a Linux PC: PulseAudio's or WirePlumber's program, and the user's own sound services."""

from __future__ import annotations

import re

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions.programs import ask, in_turn, installed, run
from desktop.system.actions.values import Call, Way, cannot, impossible

_PACTL, _WPCTL, _SYSTEMCTL = "/usr/bin/pactl", "/usr/bin/wpctl", "/usr/bin/systemctl"
_SERVICES = ("pipewire.service", "pipewire-pulse.service", "wireplumber.service", "pulseaudio.service")
_SILENT, _AUDIBLE = 10, "40%"  # percent: what counts as turned down, and a loudness that startles nobody


def unmute_speaker(call: Call) -> Deed:
    """Switch the standard output on, and turn it up where it is turned all the way down."""
    return _unmute(call, "sink", "@DEFAULT_AUDIO_SINK@")


def unmute_microphone(call: Call) -> Deed:
    """Switch the standard microphone on, and turn it up where it is turned all the way down."""
    return _unmute(call, "source", "@DEFAULT_AUDIO_SOURCE@")


def _unmute(call: Call, kind: str, node: str) -> Deed:
    if installed(call, _PACTL):
        device = f"@DEFAULT_{kind.upper()}@"
        done = run(call, _PACTL, f"set-{kind}-mute", device, "0")
        level = re.search(r"(\d+)%", ask(call, _PACTL, f"get-{kind}-volume", device).out)
        louder = (f"set-{kind}-volume", device, _AUDIBLE)
        tool, percent = _PACTL, int(level.group(1)) if level else None
    elif installed(call, _WPCTL):
        done = run(call, _WPCTL, "set-mute", node, "0")
        share = re.search(r"Volume: (\d+\.\d+)", ask(call, _WPCTL, "get-volume", node).out)
        louder = ("set-volume", node, _AUDIBLE)
        tool, percent = _WPCTL, round(100 * float(share.group(1))) if share else None
    else:
        return cannot("no pactl, no wpctl")
    if done.result is not Try.DONE or percent is None or percent >= _SILENT:
        return done
    return in_turn((done, run(call, tool, *louder)))


def foresee_restart(call: Call) -> Prospect:
    """Find this user's sound services that run; only they are restarted."""
    if not installed(call, _SYSTEMCTL):
        return impossible("no systemd")
    said = ask(call, _SYSTEMCTL, "--user", "list-units", "--plain", "--no-legend", "--state=active", *_SERVICES)
    running = [line.split()[0] for line in said.out.splitlines() if line.split()]
    found = [one for one in _SERVICES if one in running]
    return Prospect(agreed=" ".join(found)) if found else impossible(said.error or "no sound service of this user")


def restart_services(call: Call) -> Deed:
    """Restart the sound services that were found."""
    services = [one for one in call.agreed.split() if one in _SERVICES]
    return run(call, _SYSTEMCTL, "--user", "restart", *services) if services else cannot("no sound service")


WAYS = {
    "sound.unmute": Way(unmute_speaker),
    "mic.unmute": Way(unmute_microphone),
    "sound.restart": Way(restart_services, foresee_restart),
}
