"""What the ways of all systems share: the call they get, and the names of the answers they may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try

PRINTER, PROGRAM = "printer_name", "program_name"
"""Fields of answers: the printer in question, the program that hangs."""
_MAX_NAME = 260  # characters: longer than any queue or program is called


@dataclass(frozen=True, slots=True)
class Call:
    """One request to act or to look: the wizard's answers by field, what was agreed to, where the system lies.

    `root` is where the system's programs and files stand; tests put their own there. `deadline` is in seconds.
    """

    answers: Mapping[str, object] = field(default_factory=dict[str, object])
    root: Path = Path("/")
    deadline: float = 30.0
    agreed: str = ""

    def named(self, *fields: str) -> str:
        """Return the first of these answers that is a usable name; one that looks like an option is none."""
        for one in fields:
            name = self.answers.get(one)
            if isinstance(name, str) and 0 < len(name) <= _MAX_NAME and name.isprintable() and name[0] not in "-/@":
                return name
        return ""


class Way(NamedTuple):
    """How one system does an action, and how it finds out first what that would do."""

    act: Callable[[Call], Deed]
    foresee: Callable[[Call], Prospect] | None = None
    deadline: float = 30.0
    """Seconds: what a slow print server or network still makes, and a person still waits for."""


def cannot(reason: str = "") -> Deed:
    """Return that there is no way here."""
    return Deed(Try.CANNOT, reason)


def impossible(reason: str) -> Prospect:
    """Return that there is nothing here to do it with or to."""
    return Prospect(is_possible=False, reason=reason)
