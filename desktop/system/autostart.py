"""Starting Hilfe when the user signs in: a desktop entry on Linux, the Run key on Windows, a launch agent on macOS.

The desktop entry is tried for real; the other two are declared and tested against stand-ins for the system.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desktop.base.files import write_durably

NAME = "ersthelfer-hilfe"
TITLE = "Ersthelfer Hilfe"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class Autostart(Protocol):
    """One system's way of starting a program with the session."""

    def is_on(self) -> bool:
        """Tell whether Hilfe starts with the session."""
        ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Start `command` with every session from now on. Raises OSError."""
        ...

    def turn_off(self) -> None:
        """Start nothing any more. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class DesktopEntry:
    """Linux: a file in `~/.config/autostart` (freedesktop.org Desktop Application Autostart Specification 0.5)."""

    folder: Path

    @property
    def path(self) -> Path:
        """Return the entry's file."""
        return self.folder / f"{NAME}.desktop"

    def is_on(self) -> bool:
        """Tell whether the entry is there and not hidden."""
        return self.path.exists() and "Hidden=true" not in self.path.read_text(encoding="utf-8").splitlines()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the entry."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(self.path, desktop_entry(command).encode())

    def turn_off(self) -> None:
        """Remove the entry."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class LaunchAgent:
    """macOS: a property list in `~/Library/LaunchAgents` (launchd.plist(5))."""

    folder: Path
    label: str = "org.ersthelfer.hilfe"

    @property
    def path(self) -> Path:
        """Return the agent's file."""
        return self.folder / f"{self.label}.plist"

    def is_on(self) -> bool:
        """Tell whether the agent is there."""
        return self.path.exists()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the agent; it runs from the next session on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {
            "Label": self.label,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        write_durably(self.path, plistlib.dumps(content))

    def turn_off(self) -> None:
        """Remove the agent."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class RunKey:
    """Windows: a value below the user's Run key; `registry` is the module `winreg` or a stand-in."""

    registry: Any

    def is_on(self) -> bool:
        """Tell whether the value is there."""
        try:
            with self.registry.OpenKey(self.registry.HKEY_CURRENT_USER, _RUN_KEY) as key:
                self.registry.QueryValueEx(key, TITLE)
        except FileNotFoundError:
            return False
        return True

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the value."""
        with self.registry.CreateKey(self.registry.HKEY_CURRENT_USER, _RUN_KEY) as key:
            line = subprocess.list2cmdline(command)
            self.registry.SetValueEx(key, TITLE, 0, self.registry.REG_SZ, line)

    def turn_off(self) -> None:
        """Delete the value."""
        access = self.registry.KEY_SET_VALUE
        try:
            with self.registry.OpenKey(self.registry.HKEY_CURRENT_USER, _RUN_KEY, 0, access) as key:
                self.registry.DeleteValue(key, TITLE)
        except FileNotFoundError:
            pass  # nothing to take away


def find_autostart(environ: Mapping[str, str], *, platform: str = sys.platform, home: Path | None = None) -> Autostart:
    """Return this system's way of starting with the session."""
    base = home or Path.home()
    if platform == "win32":
        import winreg

        return RunKey(winreg)
    if platform == "darwin":
        return LaunchAgent(base / "Library" / "LaunchAgents")
    return DesktopEntry(Path(environ.get("XDG_CONFIG_HOME") or base / ".config") / "autostart")


def desktop_entry(command: Sequence[str]) -> str:
    """Return the content of a desktop entry; arguments are quoted as the Desktop Entry Specification 1.5 asks."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={TITLE}",
        "Icon=help-browser",
        f"Exec={' '.join(_quoted(one) for one in command)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def own_command() -> list[str]:
    """Return the command that starts this program again, packaged or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [os.fspath(Path(sys.executable).absolute()), "-m", "desktop.entry.tray"]


def _quoted(argument: str) -> str:
    inner = "".join(f"\\{one}" if one in '"`$\\' else one for one in argument)
    # A value's own escaping comes on top of the quoting, and a percent sign would start a field code.
    return '"' + inner.replace("\\", "\\\\").replace("%", "%%") + '"'
