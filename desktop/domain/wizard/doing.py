"""What an action would do here, and what came of it: the values between the system that acts and the run that asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.wizard.events import Try


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an action would do now, before anybody agrees to it.

    `facts` fill the text `action.<id>.now` (names, counts, sizes in bytes as `size`); `agreed` is handed back with the
    consent, so that exactly this is done and nothing that came later. Without `is_possible` there is nothing to do it
    with, and `reason` says so for the log (foreign text).
    """

    is_possible: bool = True
    facts: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    agreed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """How an action went, and as evidence its exit code and what the system said (foreign text, trimmed)."""

    result: Try
    evidence: str = ""
