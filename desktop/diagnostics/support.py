"""Until when makers bring out security updates for a system: the table that is shipped, written on 28 November 2026.

Sources: Microsoft's lifecycle pages, distro-info-data of Debian and Ubuntu, Fedora's schedule, Red Hat's errata policy,
openSUSE's Lifetime page, Linux Mint's download page. Apple names no dates: the newest release and the two before it get
updates, so one ends where its third successor came or is due in autumn (ours). What is not in the table is not known,
newer releases above all; it is brought up to date with each of our releases.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from desktop.diagnostics.probe import LINUX, MACOS, WINDOWS

DAY = 86400

WINDOWS_BUILDS: Mapping[str, tuple[str, str]] = {
    "19045": ("2025-10-14", "2025-10-14"),
    "19044": ("2023-06-13", "2024-06-11"),
    "19043": ("2022-12-13", "2022-12-13"),
    "19042": ("2022-05-10", "2023-05-09"),
    "19041": ("2021-12-14", "2021-12-14"),
    "18363": ("2021-05-11", "2022-05-10"),
    "17763": ("2020-11-10", "2021-05-11"),
    "22000": ("2023-10-10", "2024-10-08"),
    "22621": ("2024-10-08", "2025-10-14"),
    "22631": ("2025-11-11", "2026-11-10"),
    "26100": ("2026-10-13", "2027-10-12"),
    "26200": ("2027-10-12", "2028-10-10"),
}
"""Builds of Windows 10 and 11: the end for Home and Pro, and for Enterprise and Education."""
WINDOWS_LONG_TERM: Mapping[str, str] = {
    "14393": "2026-10-13",
    "17763": "2029-01-09",
    "19044": "2027-01-12",
    "26100": "2029-10-09",
}
"""Enterprise LTSC."""
WINDOWS_DEVICES: Mapping[str, str] = {**WINDOWS_LONG_TERM, "19044": "2032-01-13", "26100": "2034-10-10"}
"""IoT Enterprise LTSC, which is kept for ten years."""
WINDOWS_SERVERS: Mapping[str, str] = {
    "14393": "2027-01-12",
    "17763": "2029-01-09",
    "20348": "2031-10-14",
    "26100": "2034-11-14",
}
LONG_TERM_EDITIONS, DEVICE_EDITIONS = ("EnterpriseS", "EnterpriseSN"), ("IoTEnterpriseS", "IoTEnterpriseSK")
BUSINESS_EDITIONS = ("Enterprise", "Education", "IoTEnterprise")

MACOS_RELEASES: Mapping[str, str] = {
    "10": "2022-09-12",
    "11": "2023-09-26",
    "12": "2024-09-16",
    "13": "2025-09-15",
    "14": "2026-09-30",
    "15": "2027-09-30",
    "26": "2028-09-30",
}

LINUX_RELEASES: Mapping[str, Mapping[str, str]] = {
    "debian": {"9": "2022-06-30", "10": "2024-06-30", "11": "2026-08-31", "12": "2028-06-30", "13": "2030-06-30"},
    "ubuntu": {
        "18.04": "2023-05-31", "20.04": "2025-05-29", "22.04": "2027-06-01", "23.10": "2024-07-11",
        "24.04": "2029-05-31", "24.10": "2025-07-10", "25.04": "2026-01-15", "25.10": "2026-07-09",
        "26.04": "2031-05-29", "26.10": "2027-07-15",
    },
    "fedora": {"39": "2024-11-26", "40": "2025-05-13", "41": "2025-12-15", "42": "2026-05-13", "43": "2026-12-09"},
    "rhel": {"7": "2024-06-30", "8": "2029-05-31", "9": "2032-05-31", "10": "2035-05-31"},
    "rocky": {"8": "2029-05-31", "9": "2032-05-31", "10": "2035-05-31"},
    "almalinux": {"8": "2029-03-01", "9": "2032-05-31", "10": "2035-05-31"},
    "opensuse-leap": {"15.4": "2023-12-07", "15.5": "2024-12-31", "15.6": "2026-04-30", "16.0": "2027-10-31"},
    "linuxmint": {"20": "2025-04-30", "21": "2027-04-30", "22": "2029-04-30"},
}  # fmt: skip
"""By ID and VERSION_ID of os-release. Debian's days are those of its long-term support, which its mirrors carry."""

_DISTRIBUTIONS: Mapping[str, str] = {
    "debian": "debian", "ubuntu": "ubuntu", "fedora": "fedora", "rhel": "red hat enterprise", "rocky": "rocky",
    "almalinux": "almalinux", "opensuse-leap": "opensuse leap", "linuxmint": "linux mint",
}  # fmt: skip
"""By which words of a system's name its distribution is known."""
_EDITIONS: Mapping[str, str] = {
    "server": "ServerStandard", "iot enterprise ltsc": "IoTEnterpriseS", "ltsc": "EnterpriseS",
    "ltsb": "EnterpriseS", "enterprise": "Enterprise", "education": "Education",
}  # fmt: skip
"""Words of a name of Windows for its edition, the telling ones first; all others end as Home and Pro do."""


def supported_until(
    family: str, *, distribution: str = "", version: str = "", build: str = "", edition: str = ""
) -> str | None:
    """Return the last day with security updates ("2028-06-30"), None where the table does not know the system."""
    if family == WINDOWS:
        return _windows(build.partition(".")[0], edition)
    major = version.partition(".")[0]
    if family == MACOS:
        return MACOS_RELEASES.get(major)
    if family == LINUX:
        releases = LINUX_RELEASES.get(distribution, {})
        return releases.get(version) or releases.get(major)
    return None


def supported_by_name(*, family: str, name: str, version: str, build: str) -> str | None:
    """Return the same for a system of which only its full name is known ("Windows 11 Enterprise LTSC")."""
    folded = name.casefold()
    distribution = next((key for key, words in _DISTRIBUTIONS.items() if words in folded), "")
    edition = next((one for words, one in _EDITIONS.items() if words in folded), "")
    if family != LINUX:
        distribution = ""
    return supported_until(family, distribution=distribution, version=version, build=build, edition=edition)


def days_left(until: str | None, now: float) -> int | None:
    """Return the days from `now` to the end of the day `until`; 0 is the last day, negative is out of support."""
    if until is None:
        return None
    year, month, day = (int(part) for part in until.split("-"))
    return int((time.mktime((year, month, day + 1, 0, 0, 0, 0, 0, -1)) - now) // DAY)


def _windows(build: str, edition: str) -> str | None:
    if edition.startswith("Server"):
        return WINDOWS_SERVERS.get(build)
    if edition in LONG_TERM_EDITIONS:
        return WINDOWS_LONG_TERM.get(build)
    if edition in DEVICE_EDITIONS:
        return WINDOWS_DEVICES.get(build)
    ends = WINDOWS_BUILDS.get(build)
    return ends[edition.startswith(BUSINESS_EDITIONS)] if ends else None
