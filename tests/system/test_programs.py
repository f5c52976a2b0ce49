"""Where the collector is: a module from source, a program beside ours when packaged."""

from __future__ import annotations

import sys

import pytest

from desktop.system.programs import collector_command


def test_from_source_the_collector_runs_isolated() -> None:
    """Neither the working folder nor PYTHON* variables of an employee's session decide what is loaded."""
    assert collector_command() == [sys.executable, "-I", "-m", "desktop.entry.collector"]


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "ersthelfer-collector"), ("win32", "ersthelfer-collector.exe")]
)
def test_packaged_the_collector_lies_beside_us(monkeypatch: pytest.MonkeyPatch, platform: str, name: str) -> None:
    """One folder holds all programs."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", "/opt/ersthelfer/ersthelfer-hilfe")
    assert collector_command() == [f"/opt/ersthelfer/{name}"]
