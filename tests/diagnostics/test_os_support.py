"""Until when a system gets security updates."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.diagnostics.os_support import load_support, support_end


@pytest.mark.parametrize(
    ("family", "name", "version", "build", "ends"),
    [
        ("win32", "Windows 11 Pro", "24H2", "26100.2314", date(2026, 10, 13)),
        ("windows", "Windows 11 Enterprise", "24H2", "26100.2314", date(2027, 10, 12)),
        ("win32", "Windows 11 Enterprise LTSC", "24H2", "26100.1", date(2029, 10, 9)),
        ("win32", "Windows 10 Pro", "22H2", "19045", date(2025, 10, 14)),
        ("darwin", "macOS", "13.6.1", "22G313", date(2025, 9, 15)),
        ("darwin", "Mac OS X", "10.14", "", date(2022, 9, 12)),
        ("darwin", "macOS", "26.1", "", None),
        ("linux", "Debian GNU/Linux 12 (bookworm)", "12", "6.1.0", date(2028, 6, 30)),
        ("linux", "Ubuntu 22.04.5 LTS", "22.04", "5.15", date(2027, 4, 1)),
        ("linux", "Debian GNU/Linux trixie/sid", "", "6.1.0", None),
        ("linux", "Arch Linux", "", "6.12", None),
        ("win32", "Windows 12", "30H1", "30000.1", None),
    ],
)
def test_the_end_of_support(family: str, name: str, version: str, build: str, ends: date | None) -> None:
    found = support_end(load_support(), family=family, name=name, version=version, build=build)
    assert found == ends
