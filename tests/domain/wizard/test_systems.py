"""The system of a device, whatever it calls itself."""

from __future__ import annotations

import pytest

from desktop.domain.wizard.systems import system_of


@pytest.mark.parametrize(
    ("platform", "system"),
    [
        ("win32", "windows"), ("windows", "windows"), ("Windows 11 Pro 25H2", "windows"), ("darwin", "macos"),
        ("macOS 26", "macos"), ("linux", "linux"), ("", ""), ("freebsd14", ""),
    ],
)  # fmt: skip
def test_three_systems_under_many_names(platform: str, system: str) -> None:
    assert system_of(platform) == system
