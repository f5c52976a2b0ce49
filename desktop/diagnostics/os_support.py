"""Until when an operating system gets security updates: the makers' dates, shipped with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from desktop.base.paths import resources

_FAMILIES = {"win32": "windows"}


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One release and its last day; `edition` is a word that the system's name has to contain."""

    family: str
    name: str
    version: str
    edition: str
    ends: date


def support_end(rows: Sequence[SupportRow], *, family: str, name: str, version: str, build: str) -> date | None:
    """Return the last day with security updates, or None where the table does not know the system."""
    family = _FAMILIES.get(family, family)
    release = build.partition(".")[0] if family == "windows" else version
    found = [one for one in rows if one.family == family and _fits(one, name, release)]
    edition = [one for one in found if one.edition] or found
    return max((one.ends for one in edition), default=None)


def _fits(row: SupportRow, name: str, release: str) -> bool:
    folded = name.casefold()
    if row.name.casefold() not in folded or row.edition.casefold() not in folded:
        return False
    is_beginning = row.version.endswith(".") and release.startswith(row.version)
    return is_beginning or release == row.version or release.startswith(f"{row.version}.")


@cache
def load_support(path: Path | None = None) -> tuple[SupportRow, ...]:
    """Read the table that is shipped, or the one at `path`."""
    document = tomllib.loads((path or resources() / "os_support.toml").read_text(encoding="utf-8"))
    return tuple(_row(system, one) for system in document["system"] for one in system["rows"])


def _row(system: Mapping[str, Any], row: Mapping[str, Any]) -> SupportRow:
    return SupportRow(
        family=system["family"],
        name=system.get("name", ""),
        version=row["version"],
        edition=row.get("edition", ""),
        ends=row["ends"],
    )
