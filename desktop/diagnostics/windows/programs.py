"""What is installed on a Windows PC, by the keys that its own list of programs is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial, unsupported
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.pc import this_pc

UNINSTALL = (
    (r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall", "system"),
    (r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall", "system_32"),
    (r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall", "user"),
)
"""Never Win32_Product: asking it starts a repair of every program that Windows Installer knows."""
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
APP_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
PACKAGES = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
"""Programs from the Store, which are in no list of programs; the keys' names have their versions."""
ASSOCIATIONS = r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
CHANNELS = {
    "492350f6-3a01-4f97-b9c0-c7c6ddf67d60": "current",
    "64256afe-f5d9-4f86-8936-8840a6a4f5be": "current_preview",
    "55336b82-a18d-4dd6-b5f6-9e5095c314a6": "monthly_enterprise",
    "7ffbc6bf-bc32-4f92-8982-f9dd17fd3114": "semi_annual_enterprise",
    "b8f9b850-328d-4355-9145-c59439a0c4cf": "semi_annual_enterprise_preview",
    "5440fd1f-7ecb-4221-8110-145efaa6372f": "beta",
}
"""Update channels of Microsoft 365 by the last part of their address (Microsoft's list of them)."""
MOST = 2000
ROLES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (role, prog_id, re.compile(pattern))
    for role, prog_id, pattern in (
        ("browser", "MSEdgeHTM", r"Microsoft Edge$"),
        ("browser", "ChromeHTML", r"Google Chrome$"),
        ("browser", "FirefoxURL", r"Mozilla Firefox\b"),
        ("browser", "BraveHTML", r"Brave$"),
        ("browser", "VivaldiHTM", r"Vivaldi$"),
        ("browser", "OperaStable", r"Opera Stable\b"),
        ("office", "", r"Microsoft (365|Office)\b(?!.*(Proof|Shared|Click-to-Run Ext|MUI))"),
        ("office", "", r"LibreOffice [\d.]+$"),
        ("office", "", r"SoftMaker Office\b"),
        ("mail", "Outlook.URL.mailto", r"Microsoft Outlook\b"),
        ("mail", "Thunderbird.Url.mailto", r"Mozilla Thunderbird\b"),
        ("mail", "", r"eM Client$"),
        ("meeting", "", r"(Microsoft )?Teams\b(?!.*(Add-in|Machine-Wide))"),
        ("meeting", "", r"Zoom( Workplace)?\b(?!.*(Outlook|Plugin))"),
        ("meeting", "", r"(Cisco )?Webex$"),
        ("remote", "", r"TeamViewer$|AnyDesk$|RustDesk$"),
    )
)
STORE: dict[str, tuple[str, str]] = {
    "MSTeams": ("meeting", "Microsoft Teams"),
    "Microsoft.OutlookForWindows": ("mail", "Outlook (new)"),
    "Mozilla.Firefox": ("browser", "Mozilla Firefox"),
}
_PACKAGE = re.compile(r"([A-Za-z0-9.]+)_(\d+(?:\.\d+)*)_[a-z0-9]+_[^_]*_[a-z0-9]+", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


class Program:
    """An entry of the list of programs."""

    __slots__ = ("installed_on", "name", "publisher", "source", "version")

    def __init__(self, name: str, *, version: str, publisher: str, source: str, installed_on: str | None) -> None:
        self.name = name
        self.version = version
        self.publisher = publisher
        self.source = source
        self.installed_on = installed_on


def read_software(machine: Machine) -> dict[str, object]:
    """List the programs that Windows shows, each once; updates and parts of others are left out."""
    found, is_whole = machine.once(installed)
    rows: list[dict[str, object]] = [
        {
            "name": one.name, "version": one.version or None, "publisher": one.publisher or None,
            "source": one.source, "installed_on": one.installed_on,
        }
        for one in found
    ]  # fmt: skip
    facts: dict[str, object] = {"programs": rows, "total": len(rows)}
    if not is_whole:
        raise partial("registry", {"programs": rows})
    return facts


def installed(machine: Machine) -> tuple[list[Program], bool]:
    """Return the programs by name, and whether every list could be read; read once per run."""
    registry = this_pc(machine).registry
    found: dict[tuple[str, str, str], Program] = {}
    is_whole = True
    for path, source in UNINSTALL:
        try:
            for one in _listed(registry, path, source):
                found.setdefault((one.name, one.version, one.source), one)
        except (PermissionError, Unanswered):
            is_whole = False
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.version))[:MOST], is_whole


def _listed(registry: Registry, path: str, source: str) -> Iterator[Program]:
    for key in registry.names(path):
        values = registry.values(rf"{path}\{key}")
        name = _text(values, "DisplayName")
        if name and not _is_part(values):
            yield Program(
                name,
                version=_text(values, "DisplayVersion"),
                publisher=_text(values, "Publisher"),
                source=source,
                installed_on=_date(_text(values, "InstallDate")),
            )


def _is_part(values: dict[str, object]) -> bool:
    """Tell what Windows does not show either: hidden parts, updates of other programs."""
    return values.get("SystemComponent") == 1 or bool(values.get("ParentKeyName")) or bool(values.get("ReleaseType"))


def _text(values: dict[str, object], name: str) -> str:
    found = values.get(name)
    return found.strip(" \0") if isinstance(found, str) else ""


def _date(text: str) -> str | None:
    """Return 20260131 as 2026-01-31; makers write other forms too, and those are not guessed at."""
    found = _DATE.fullmatch(text)
    return "-".join(found.groups()) if found else None


def read_browsers_office(machine: Machine) -> dict[str, object]:
    """Pick the programs that a help desk asks about, with Office's channel and what opens links and mail."""
    registry = this_pc(machine).registry
    found, is_whole = machine.once(installed)
    chosen = {scheme: _chosen(registry, scheme) for scheme in ("https", "mailto")}
    rows = [row for one in found for row in _role_rows(one, chosen)]
    rows += [*_click_to_run(registry, rows, chosen["mailto"]), *_from_store(registry)]
    if not rows and not is_whole:
        raise unsupported("registry")
    facts: dict[str, object] = {"programs": rows}
    if not is_whole:
        raise partial("registry", facts)
    return facts


def _role_rows(one: Program, chosen: dict[str, str | None]) -> list[dict[str, object]]:
    for role, prog_id, pattern in ROLES:
        if pattern.match(one.name):
            return [
                {
                    "role": role, "name": one.name, "version": one.version or None, "channel": None,
                    "is_default": _is_default(role, prog_id, chosen),
                }
            ]  # fmt: skip
    return []


def _is_default(role: str, prog_id: str, chosen: dict[str, str | None]) -> bool | None:
    """Tell whether links or mail open with it; None where that is no question or nobody has chosen."""
    choice = {"browser": chosen["https"], "mail": chosen["mailto"]}.get(role)
    return choice.startswith(prog_id) if choice and prog_id else None


def _chosen(registry: Registry, scheme: str) -> str | None:
    try:
        return registry.text(rf"{ASSOCIATIONS}\{scheme}\UserChoice", "ProgId")
    except (PermissionError, Unanswered):
        return None


def _from_store(registry: Registry) -> list[dict[str, object]]:
    """Pick the few programs that come from the Store; what opens links then has a name that tells nothing."""
    try:
        found = [one for one in map(_PACKAGE.fullmatch, registry.names(PACKAGES)) if one and one.group(1) in STORE]
    except (PermissionError, Unanswered):
        return []
    newest = {one.group(1): one.group(2) for one in sorted(found, key=lambda one: _numbers(one.group(2)))}
    return [
        {"role": role, "name": name, "version": newest[package], "channel": "store", "is_default": None}
        for package, (role, name) in STORE.items()
        if package in newest
    ]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _click_to_run(registry: Registry, rows: list[dict[str, object]], mail: str | None) -> list[dict[str, object]]:
    """Give Office its channel and exact version; returns rows for what the list of programs does not name."""
    try:
        has_outlook = registry.exists(rf"{APP_PATHS}\OUTLOOK.EXE")
        version = registry.text(CLICK_TO_RUN, "VersionToReport")
        address = registry.text(CLICK_TO_RUN, "UpdateChannel") or registry.text(CLICK_TO_RUN, "CDNBaseUrl") or ""
    except (PermissionError, Unanswered):
        return []
    if version is None:
        return []
    channel = CHANNELS.get(address.rstrip("/").rpartition("/")[2].lower(), "other")
    office = [row for row in rows if row["role"] == "office" and str(row["name"]).startswith("Microsoft")]
    for row in office:
        row |= {"version": version, "channel": channel}
    known: dict[str, object] = {"version": version, "channel": channel}
    found: list[dict[str, object]] = []
    if not office:
        found.append({"role": "office", "name": "Microsoft 365", "is_default": None} | known)
    if has_outlook:
        is_default = mail.startswith("Outlook.URL.mailto") if mail else None
        found.append({"role": "mail", "name": "Outlook (classic)", "is_default": is_default} | known)
    return found
