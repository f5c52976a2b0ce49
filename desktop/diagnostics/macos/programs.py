"""What is installed and what starts by itself: names and versions, never arguments or documents (macOS)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import entries, home, inner, property_list_file, rows, truth, words
from desktop.diagnostics.probe import Unanswered, partial

MAX_PROGRAMS = 2000
DEPTH = 2
"""Folders below "Programme" that are looked into: makers put their tools into one of their own."""
DISABLED = "/var/db/com.apple.xpc.launchd/disabled.plist"
HANDLERS = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist"
KNOWN = (
    ("browser", "Safari"), ("browser", "Google Chrome"), ("browser", "Firefox"), ("browser", "Microsoft Edge"),
    ("browser", "Opera"), ("browser", "Brave Browser"), ("browser", "Vivaldi"),
    ("mail", "Mail"), ("mail", "Microsoft Outlook"), ("mail", "Thunderbird"),
    ("office", "Microsoft Word"), ("office", "Microsoft Excel"), ("office", "Microsoft PowerPoint"),
    ("office", "LibreOffice"), ("office", "Pages"), ("office", "Numbers"), ("office", "Keynote"),
    ("meeting", "Microsoft Teams"), ("meeting", "Microsoft Teams classic"), ("meeting", "zoom.us"),
    ("meeting", "Webex"), ("meeting", "Slack"),
)  # fmt: skip
_FOLDERS = ("/Applications", "/System/Applications", "/System/Cryptexes/App/System/Applications")
_SCHEMES = {"browser": ("https", "com.apple.safari"), "mail": ("mailto", "com.apple.mail")}
_ITEMS = (
    ("Library/LaunchAgents", "agent", "user"), ("/Library/LaunchAgents", "agent", "system"),
    ("/Library/LaunchDaemons", "daemon", "system"),
)  # fmt: skip


def read_software(machine: Machine) -> dict[str, object]:
    """List the programs by the property list in each; a list of everything by the profiler takes a minute."""
    found = [row for folder, source in _places() for row in _programs(machine, folder, source=source)]
    return {"programs": sorted(found, key=_by_name)[:MAX_PROGRAMS], "total": len(found)}


def _by_name(row: dict[str, object]) -> str:
    return str(row["name"]).casefold()


def _places() -> tuple[tuple[str, str], ...]:
    return (("/Applications", "system"), (home("Applications"), "user"))


def _programs(machine: Machine, folder: str, *, source: str, depth: int = DEPTH) -> Iterator[dict[str, object]]:
    for name in machine.entries(folder):
        if name.endswith(".app"):
            yield _program(machine, f"{folder}/{name}", source=source)
        elif depth > 1 and "." not in name:
            yield from _programs(machine, f"{folder}/{name}", source=source, depth=depth - 1)


def _program(machine: Machine, bundle: str, *, source: str) -> dict[str, object]:
    info = _info(machine, bundle)
    is_bought = machine.exists(f"{bundle}/Contents/_MASReceipt/receipt")
    return {
        "name": bundle.rpartition("/")[2].removesuffix(".app"),
        "version": _version(info),
        "publisher": None,
        "source": "app_store" if is_bought else source,
        "installed_on": None,
    }


def _info(machine: Machine, bundle: str) -> object:
    """Return a program's own property list; one that may not be read or is spoilt costs its version only."""
    try:
        return property_list_file(machine, f"{bundle}/Contents/Info.plist")
    except (Unanswered, PermissionError):
        return None


def _version(info: object) -> str | None:
    return words(inner(info, "CFBundleShortVersionString")) or words(inner(info, "CFBundleVersion"))


def read_browsers_office(machine: Machine) -> dict[str, object]:
    """Look for the programs that a help desk asks about, and whether links and addresses open in them."""
    try:
        handlers = _handlers(machine)
    except (Unanswered, PermissionError):
        handlers = None
    found = [row for role, name in KNOWN if (row := _known(machine, role, name, handlers))]
    if handlers is None:
        raise partial("launch_services", {"programs": found})
    return {"programs": found}


def _known(machine: Machine, role: str, name: str, handlers: dict[str, str] | None) -> dict[str, object] | None:
    folders = (*_FOLDERS, home("Applications"))
    bundle = next((f"{one}/{name}.app" for one in folders if machine.exists(f"{one}/{name}.app")), None)
    if bundle is None:
        return None
    info = _info(machine, bundle)
    return {
        "role": role, "name": name, "version": _version(info), "channel": None,
        "is_default": _is_default(role, words(inner(info, "CFBundleIdentifier")), handlers),
    }  # fmt: skip


def _is_default(role: str, identifier: str | None, handlers: dict[str, str] | None) -> bool | None:
    if role not in _SCHEMES or identifier is None or handlers is None:
        return None
    scheme, usual = _SCHEMES[role]
    return identifier.casefold() == handlers.get(scheme, usual)


def _handlers(machine: Machine) -> dict[str, str]:
    """Return who opens which kind of address; a file that was never written means that Apple's programs do."""
    listed = rows(inner(property_list_file(machine, home(HANDLERS)), "LSHandlers"))
    pairs = [(words(one.get("LSHandlerURLScheme")), words(one.get("LSHandlerRoleAll"))) for one in listed]
    return {scheme.casefold(): who.casefold() for scheme, who in pairs if scheme and who}


def read_startup(machine: Machine) -> dict[str, object]:
    """List what launchd starts. What people add in the settings is kept from other programs, so this is not all."""
    overrides = _overrides(machine)
    found = [
        {"name": name.removesuffix(".plist"), "kind": kind, "scope": scope, "is_enabled": is_enabled}
        for folder, kind, scope in _ITEMS
        for name, is_enabled in _items(machine, folder if folder.startswith("/") else home(folder), overrides)
    ]
    raise partial("login_items", {"items": found})


def _items(machine: Machine, folder: str, overrides: dict[str, bool]) -> Iterator[tuple[str, bool | None]]:
    for name in machine.entries(folder):
        if not name.endswith(".plist"):
            continue
        try:
            found = property_list_file(machine, f"{folder}/{name}")
        except (Unanswered, PermissionError):
            yield name, None
            continue
        label = words(inner(found, "Label")) or name.removesuffix(".plist")
        is_off = overrides.get(label, truth(inner(found, "Disabled")) or False)
        yield name, not is_off if isinstance(found, dict) else None


def _overrides(machine: Machine) -> dict[str, bool]:
    """Return what was switched off or on over the head of its own property list."""
    try:
        found = property_list_file(machine, DISABLED)
    except (Unanswered, PermissionError):
        return {}
    return {name: is_off for name, value in entries(found).items() if (is_off := truth(value)) is not None}
