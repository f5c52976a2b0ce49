"""Starting with the session: the real entry on Linux, the others against stand-ins."""

from __future__ import annotations

import plistlib
import shlex
from pathlib import Path

import pytest

from desktop.system.autostart import Autostart, DesktopEntry, LaunchAgent, RunKey, desktop_entry, find_autostart

COMMAND = ["/opt/Erst Helfer/ersthelfer-hilfe", "--home", 'a"b$c%']


class Key:
    """One open key of the stand-in registry."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values

    def __enter__(self) -> Key:
        return self

    def __exit__(self, *error: object) -> None:
        """Close."""


class Registry:
    """As much of `winreg` as is used."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.paths: list[str] = []

    def OpenKey(self, root: str, path: str, reserved: int = 0, access: int = 0) -> Key:
        assert root == self.HKEY_CURRENT_USER
        self.paths.append(path)
        return Key(self.values)

    CreateKey = OpenKey

    def QueryValueEx(self, key: Key, name: str) -> tuple[object, int]:
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], 1

    def SetValueEx(self, key: Key, name: str, reserved: int, kind: int, value: str) -> None:
        key.values[name] = value

    def DeleteValue(self, key: Key, name: str) -> None:
        if name not in key.values:
            raise FileNotFoundError(name)
        del key.values[name]


@pytest.mark.parametrize("kind", ["linux", "macos", "windows"])
def test_on_and_off_and_off_again(kind: str, tmp_path: Path) -> None:
    """Each kind can be turned on and off any number of times."""
    folder = tmp_path / "new" / "folder"
    starts: Autostart = {
        "linux": DesktopEntry(folder), "macos": LaunchAgent(folder), "windows": RunKey(Registry())
    }[kind]  # fmt: skip
    assert not starts.is_on()
    starts.turn_on(COMMAND)
    starts.turn_on(COMMAND)
    assert starts.is_on()
    starts.turn_off()
    starts.turn_off()
    assert not starts.is_on()


def test_the_desktop_entry_quotes_its_arguments() -> None:
    """Spaces, quotes, dollars and percent signs survive the two levels of escaping of the specification."""
    line = next(one for one in desktop_entry(COMMAND).splitlines() if one.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%").replace("\\$", "$")
    assert shlex.split(value) == COMMAND


def test_a_hidden_entry_counts_as_off(tmp_path: Path) -> None:
    """A desktop that hides the entry has turned it off."""
    starts = DesktopEntry(tmp_path)
    starts.turn_on(COMMAND)
    starts.path.write_text(starts.path.read_text() + "Hidden=true\n")
    assert not starts.is_on()


def test_the_other_systems_get_what_they_read(tmp_path: Path) -> None:
    """The launch agent names the program's arguments, the Run key a quoted command line."""
    agent, registry = LaunchAgent(tmp_path), Registry()
    agent.turn_on(COMMAND)
    assert plistlib.loads(agent.path.read_bytes())["ProgramArguments"] == COMMAND
    RunKey(registry).turn_on(COMMAND[:2])
    assert registry.values["Ersthelfer Hilfe"] == '"/opt/Erst Helfer/ersthelfer-hilfe" --home'
    assert registry.paths == [r"Software\Microsoft\Windows\CurrentVersion\Run"]


def test_linux_uses_the_configuration_folder(tmp_path: Path) -> None:
    """XDG_CONFIG_HOME wins over ~/.config."""
    found = find_autostart({"XDG_CONFIG_HOME": str(tmp_path)}, platform="linux", home=tmp_path)
    assert found == DesktopEntry(tmp_path / "autostart")
    assert find_autostart({}, platform="linux", home=tmp_path) == DesktopEntry(tmp_path / ".config" / "autostart")
    assert find_autostart({}, platform="darwin", home=tmp_path) == LaunchAgent(tmp_path / "Library" / "LaunchAgents")
