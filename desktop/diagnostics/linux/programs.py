"""What is installed, and which of it people browse, write, mail and meet with: names and versions (Linux)."""

from __future__ import annotations

import re

from desktop.diagnostics.linux.packages import Package, date, installed_packages
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

MAX_PROGRAMS = 8000
ROLES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (role, name, re.compile(pattern))
    for role, name, pattern in (
        ("browser", "Firefox", r"firefox(-esr)?|org\.mozilla\.firefox"),
        ("browser", "Chromium", r"chromium(-browser)?|org\.chromium\.Chromium"),
        ("browser", "Google Chrome", r"google-chrome-(stable|beta)|com\.google\.Chrome"),
        ("browser", "Microsoft Edge", r"microsoft-edge-(stable|beta)|com\.microsoft\.Edge"),
        ("browser", "Brave", r"brave-browser|brave|com\.brave\.Browser"),
        ("browser", "Vivaldi", r"vivaldi-stable|com\.vivaldi\.Vivaldi"),
        ("browser", "Opera", r"opera(-stable)?"),
        ("browser", "GNOME Web", r"epiphany(-browser)?|org\.gnome\.Epiphany"),
        ("office", "LibreOffice", r"libreoffice(-core|-common)?|org\.libreoffice\.LibreOffice"),
        ("office", "ONLYOFFICE", r"onlyoffice-desktopeditors|org\.onlyoffice\.desktopeditors"),
        ("office", "SoftMaker Office", r"softmaker-office(-\w+)?"),
        ("mail", "Thunderbird", r"thunderbird|org\.mozilla\.Thunderbird"),
        ("mail", "Evolution", r"evolution|org\.gnome\.Evolution"),
        ("mail", "KMail", r"kmail|org\.kde\.kmail2"),
        ("mail", "Geary", r"geary|org\.gnome\.Geary"),
        ("mail", "Betterbird", r"betterbird|eu\.betterbird\.Betterbird"),
        ("meeting", "Zoom", r"zoom(-client)?|us\.zoom\.Zoom"),
        ("meeting", "Microsoft Teams", r"teams(-for-linux|-insiders)?|com\.github\.IsmaelMartinez\.teams_for_linux"),
        ("meeting", "Webex", r"webex|com\.cisco\.Webex"),
        ("meeting", "Jitsi Meet", r"jitsi-meet-electron|org\.jitsi\.jitsi-meet"),
        ("meeting", "Skype", r"skypeforlinux|skype|com\.skype\.Client"),
        ("meeting", "Slack", r"slack(-desktop)?|com\.slack\.Slack"),
        ("meeting", "Nextcloud Talk", r"nextcloud-talk|com\.nextcloud\.talk"),
    )
)
"""What each program's packages are called by distributions, Flatpak and Snap."""
HANDLERS = ("x-scheme-handler/https", "x-scheme-handler/http", "x-scheme-handler/mailto")


def read_software(machine: Machine) -> dict[str, object]:
    """List the installed packages with their versions."""
    found = machine.once(installed_packages)
    if not found:
        raise unsupported("no_package_system")
    rows = [
        {
            "name": one.name, "version": one.version, "publisher": one.publisher or None, "source": one.source,
            "installed_on": date(one.installed),
        }
        for one in found[:MAX_PROGRAMS]
    ]  # fmt: skip
    return {"programs": rows, "total": len(found)}


def read_browsers_office(machine: Machine) -> dict[str, object]:
    """Pick the programs that people work with, and say which the system opens links and mail addresses with."""
    packages = machine.once(installed_packages)
    if not packages:
        raise unsupported("no_package_system")
    chosen = default_programs(machine)
    return {"programs": [row for role, name, pattern in ROLES for row in _rows(role, name, pattern, packages, chosen)]}


def _rows(
    role: str, name: str, pattern: re.Pattern[str], packages: list[Package], chosen: set[str]
) -> list[dict[str, object]]:
    """Return a row per source; of packages of the same source (core and common) the first."""
    found: dict[str, Package] = {}
    for one in packages:
        if pattern.fullmatch(one.id):
            found.setdefault(one.source, one)
    is_default = any(pattern.fullmatch(one) for one in chosen) if role in ("browser", "mail") and chosen else None
    return [
        {"role": role, "name": name, "version": one.version, "channel": source, "is_default": is_default}
        for source, one in found.items()
    ]


def default_programs(machine: Machine) -> set[str]:
    """Return the names of the desktop files that open links and mail addresses (MIME Applications specification).

    The first file that names one wins; a Snap's "firefox_firefox.desktop" is told by its first half.
    """
    folders = (f"{machine.home}/.config", "/etc/xdg", f"{machine.home}/.local/share/applications",
               "/usr/share/applications")  # fmt: skip
    files = [f"{folder}/{name}mimeapps.list" for folder in folders for name in ("", "gnome-", "kde-")]
    contents = [machine.read(one) or "" for one in (*files, "/usr/share/applications/defaults.list")]
    found = (next(filter(None, (_handler(content, kind) for content in contents)), "") for kind in HANDLERS)
    return {one.removesuffix(".desktop").partition("_")[0] for one in found if one}


def _handler(content: str, kind: str) -> str:
    section = ""
    for line in content.splitlines():
        if line.startswith("["):
            section = line.strip()
        elif section == "[Default Applications]" and line.startswith(f"{kind}="):
            return line.partition("=")[2].partition(";")[0].strip()
    return ""
