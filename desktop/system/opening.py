"""Opens settings pages of the system by their names from a fixed list; wizard files may name nothing else.

Declared for three systems: Linux starts the desktop's settings program where one is installed, Windows opens
`ms-settings:` pages (learn.microsoft.com, "Launch the Windows Settings app"), macOS opens a pane.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

from desktop.system.platforms import this_platform

Starter = Callable[[Sequence[str]], None]
Finder = Callable[[str], str | None]

_PORTAL = "http://neverssl.com/"  # plain HTTP on purpose: only such a page is caught by a sign-in portal
_SELF_SERVICE = "https://passwordreset.microsoftonline.com/"  # the self-service page of Microsoft 365
_PRIVACY = "x-apple.systempreferences:com.apple.preference.security"

_GNOME, _KDE = "gnome-control-center", "systemsettings"
PAGES: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "settings.wifi": {
        "linux": ((_GNOME, "wifi"), (_KDE, "kcm_networkmanagement"), ("nm-connection-editor",)),
        "windows": (("explorer.exe", "ms-settings:network-wifi"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.wifi-settings-extension"),),
    },
    "settings.vpn": {
        "linux": ((_GNOME, "network"), (_KDE, "kcm_networkmanagement"), ("nm-connection-editor",)),
        "windows": (("explorer.exe", "ms-settings:network-vpn"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.NetworkExtensionSettingsUI.NESettingsUIExtension"),),
    },
    "settings.protection": {
        "linux": ((_GNOME, "privacy"), (_KDE, "kcm_firewall"), ("firewall-config",), ("gufw",)),
        "windows": (("explorer.exe", "ms-settings:windowsdefender"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.settings.PrivacySecurity.extension"),),
    },
    "settings.printers": {
        "linux": ((_GNOME, "printers"), (_KDE, "kcm_printer_manager"), ("system-config-printer",)),
        "windows": (("explorer.exe", "ms-settings:printers"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Print-Scan-Settings.extension"),),
    },
    "settings.time": {
        "linux": ((_GNOME, "datetime"), (_KDE, "kcm_clock")),
        "windows": (("explorer.exe", "ms-settings:dateandtime"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Date-Time-Settings.extension"),),
    },
    "settings.sound": {
        "linux": ((_GNOME, "sound"), (_KDE, "kcm_pulseaudio"), ("pavucontrol",)),
        "windows": (("explorer.exe", "ms-settings:sound"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Sound-Settings.extension"),),
    },
    "settings.microphone": {
        "linux": ((_GNOME, "sound"), (_KDE, "kcm_pulseaudio"), ("pavucontrol",)),
        "windows": (("explorer.exe", "ms-settings:privacy-microphone"),),
        "macos": (("open", f"{_PRIVACY}?Privacy_Microphone"),),
    },
    "settings.camera": {
        "linux": ((_GNOME, "privacy"), (_KDE, "kcm_app-permissions")),
        "windows": (("explorer.exe", "ms-settings:privacy-webcam"),),
        "macos": (("open", f"{_PRIVACY}?Privacy_Camera"),),
    },
    "settings.display": {
        "linux": ((_GNOME, "display"), (_KDE, "kcm_kscreen"), ("arandr",)),
        "windows": (("explorer.exe", "ms-settings:display"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Displays-Settings.extension"),),
    },
    "settings.bluetooth": {
        "linux": ((_GNOME, "bluetooth"), (_KDE, "kcm_bluetooth"), ("blueman-manager",)),
        "windows": (("explorer.exe", "ms-settings:bluetooth"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.BluetoothSettings"),),
    },
    "settings.power": {
        "linux": ((_GNOME, "power"), (_KDE, "kcm_powerdevilprofilesconfig")),
        "windows": (("explorer.exe", "ms-settings:powersleep"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Battery-Settings.extension"),),
    },
    "settings.storage": {
        "linux": (("baobab",), ("filelight",)),
        "windows": (("explorer.exe", "ms-settings:storagesense"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.settings.Storage"),),
    },
    "system.tasks": {
        "linux": (("gnome-system-monitor",), ("plasma-systemmonitor",), ("xfce4-taskmanager",)),
        "windows": (("explorer.exe", r"C:\Windows\System32\Taskmgr.exe"),),
        "macos": (("open", "-a", "Activity Monitor"),),
    },
    "settings.updates": {
        "linux": (
            ("mintupdate",),
            ("update-manager",),
            ("gnome-software", "--mode=updates"),
            ("plasma-discover", "--mode", "update"),
        ),
        "windows": (("explorer.exe", "ms-settings:windowsupdate"),),
        "macos": (("open", "x-apple.systempreferences:com.apple.Software-Update-Settings.extension"),),
    },
    "printer.queue": {
        "linux": (("system-config-printer", "--show-jobs"), (_GNOME, "printers")),
        "windows": (("explorer.exe", "ms-settings:printers"),),
        "macos": (("open", "-a", "Print Center"),),
    },
    "browser.password_reset": {
        "linux": (("xdg-open", _SELF_SERVICE),),
        "windows": (("explorer.exe", _SELF_SERVICE),),
        "macos": (("open", _SELF_SERVICE),),
    },
    "browser.portal": {
        "linux": (("xdg-open", _PORTAL),),
        "windows": (("explorer.exe", _PORTAL),),
        "macos": (("open", _PORTAL),),
    },
}  # fmt: skip
"""By page and platform the commands to try, the first installed one is taken."""


def page_ids() -> frozenset[str]:
    """Return the names that wizard files may use."""
    return frozenset(PAGES)


def can_open(page: str, *, platform: str | None = None, find: Finder = shutil.which) -> bool:
    """Tell whether this system has the page, so that no button leads nowhere."""
    return _command(page, platform or this_platform(), find) is not None


def open_page(
    page: str, *, platform: str | None = None, find: Finder = shutil.which, start: Starter | None = None
) -> bool:
    """Open the page without waiting for it; False where this system has none."""
    command = _command(page, platform or this_platform(), find)
    if command is None:
        return False
    (start or _start)(command)
    return True


def _command(page: str, platform: str, find: Finder) -> Sequence[str] | None:
    for command in PAGES.get(page, {}).get(platform, ()):
        if path := find(command[0]):
            return (path, *command[1:])
    return None


def _start(command: Sequence[str]) -> None:
    subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
    )
