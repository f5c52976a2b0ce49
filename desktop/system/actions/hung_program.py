"""Ends a program that hangs: this user's own, the very processes that were named, never one of the desktop."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions.values import PROGRAM, Call, Way, cannot, impossible

if TYPE_CHECKING:
    import psutil

_GRACE = 5.0  # seconds that a program has to end by itself
_SHORT = 15  # letters of a name in /proc
_MOST = 64  # processes of one program (a browser has that many)
_DESKTOP = frozenset(
    {
        # Windows: without these the screen goes black or the user is signed out
        "explorer", "csrss", "winlogon", "wininit", "lsass", "services", "smss", "svchost", "dwm", "sihost",
        "taskhostw", "fontdrvhost", "logonui", "userinit", "ctfmon", "runtimebroker", "shellexperiencehost",
        "startmenuexperiencehost", "conhost", "system",
        # Linux desktops
        "systemd", "init", "gnome-shell", "gnome-session-b", "plasmashell", "kwin_x11", "kwin_wayland", "xfce4-session",
        "xfwm4", "cinnamon", "cinnamon-sessio", "mate-session", "marco", "xorg", "xwayland", "dbus-daemon",
        "dbus-broker", "pipewire", "wireplumber", "pulseaudio", "gdm-session-wor", "sddm", "ksmserver", "bash", "sh",
        # macOS
        "launchd", "windowserver", "loginwindow", "finder", "dock", "systemuiserver", "coreaudiod",
    }
)  # fmt: skip


def foresee_ending(call: Call) -> Prospect:
    """Find this user's processes of the program: since when they run is shown, and exactly they are agreed to."""
    name = call.named(PROGRAM)
    if not name:
        return impossible("no program chosen")
    found = _processes(name)
    if not found:
        return impossible("no such program of this user")
    born = min(one.create_time() for one in found)
    since = datetime.fromtimestamp(born, UTC).astimezone().strftime("%H:%M")
    agreed = " ".join(f"{one.pid}:{one.create_time():.2f}" for one in found)
    return Prospect(facts={"program": name, "since": since, "count": len(found)}, agreed=agreed)


def end(call: Call) -> Deed:
    """Ask the processes that were agreed to to end, then make them; one whose number is used anew is left alone."""
    import psutil

    chosen = [one for pair in call.agreed.split() if (one := _same(pair)) is not None]
    if not chosen:
        return cannot("the program has ended already")
    for one in chosen:
        _signal(one, is_last=False)
    _, left = psutil.wait_procs(chosen, timeout=_GRACE)
    for one in left:
        _signal(one, is_last=True)
    _, left = psutil.wait_procs(left, timeout=_GRACE)
    evidence = f"{len(chosen) - len(left)} of {len(chosen)} processes ended"
    return Deed(Try.FAILED if left else Try.DONE, evidence)


def _processes(name: str) -> list[psutil.Process]:
    import psutil

    wanted, own = _bare(name), psutil.Process().username()
    kin = {os.getpid(), *(one.pid for one in psutil.Process().parents())}
    found: list[psutil.Process] = []
    for one in psutil.process_iter():
        try:
            is_meant = _is_called(one.name(), wanted) and one.pid not in kin and one.username() == own
            if is_meant and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
        except psutil.Error:
            continue  # gone meanwhile, or somebody else's
    return [] if wanted in _DESKTOP or wanted.startswith("ersthelfer") else found[:_MOST]


def _same(pair: str) -> psutil.Process | None:
    """Return the process of a number and its start; None where that one is gone."""
    import psutil

    number, _, born = pair.partition(":")
    try:
        one = psutil.Process(int(number))
        return one if f"{one.create_time():.2f}" == born else None
    except (psutil.Error, ValueError):
        return None


def _signal(one: psutil.Process, *, is_last: bool) -> None:
    import psutil

    with suppress(psutil.Error):  # gone meanwhile, or not ours to end: the count says so
        if is_last or sys.platform == "win32":
            one.kill()
        else:
            one.terminate()


def _is_called(name: str, wanted: str) -> bool:
    """Compare names; the diagnosis knows the first fifteen letters only on Linux (proc_pid_stat(5))."""
    bare = _bare(name)
    return bare == wanted or (len(wanted) == _SHORT and bare[:_SHORT] == wanted)


def _bare(name: str) -> str:
    return name.lower().removesuffix(".exe")


WAYS = {"program.end": Way(end, foresee_ending, deadline=2 * _GRACE)}
