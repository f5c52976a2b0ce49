"""Brings the database to this version's state on request, for roll-outs that do not want to wait for the window."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.base.paths import Home
from desktop.models.version import read_version
from desktop.services.work import database_path, open_store


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """The schema's version before and after; equal where there was nothing to do."""

    before: int
    after: int


def upgrade_database(home: Home) -> UpgradeReport:
    """Upgrade after a verified copy. Raises AppError as `services.work.open_store` does."""
    path = database_path(home)
    before = read_version(path)
    open_store(home).close()
    return UpgradeReport(before, read_version(path))
