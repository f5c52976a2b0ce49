"""What the program knows that a wizard file may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.base.paths import resources
from desktop.domain.wizard.definition import Wizard


@dataclass(frozen=True, slots=True)
class Known:
    """What a wizard may refer to; None where the caller does not know, then that rule is not checked.

    `admin_actions` are those that need an administrator, `idle_actions` those that no system can do.
    """

    findings: frozenset[str] | None = None
    probes: frozenset[str] | None = None
    actions: frozenset[str] | None = None
    admin_actions: frozenset[str] = frozenset()
    idle_actions: frozenset[str] = frozenset()
    pages: frozenset[str] | None = None
    wizards: Mapping[str, Wizard] | None = None


def finding_ids() -> frozenset[str]:
    """Return the ids of all findings; the rules that judge them would cost ten times as much to load."""
    from desktop.domain.wizard.syntax import toml

    document = toml.loads((resources() / "findings.toml").read_text(encoding="utf-8"))
    return frozenset(str(one["id"]) for one in document["finding"])
