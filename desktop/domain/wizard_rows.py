"""The company's checklists as lists and the editor show them, and the commands that change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Audience, Mode, Wording
from desktop.domain.wizard.problems import Problem


class Origin(Enum):
    """Where a checklist comes from: shipped, shipped and changed here, or the company's own."""

    BUILTIN = "builtin"
    CHANGED = "changed"
    OWN = "own"


class VersionState(Enum):
    """What a published version is now: the one in force, one before it, or taken out of force."""

    PUBLISHED = "published"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class WizardRow:
    """One line of the list. Texts are those in force, a draft's where nothing is.

    `number` counts the published versions, 0 where the shipped file or nothing holds. `problems` counts the errors of
    the draft, else those that keep the published version from being used. `changed_at` is None for what was never
    changed here.
    """

    id: str
    title: Wording
    category: str
    mode: Mode
    audience: Audience
    origin: Origin
    number: int
    has_draft: bool
    is_original_moved: bool
    problems: int
    changed_at: datetime | None
    actor: str
    is_in_force: bool
    """False for a draft that was never published, for what was withdrawn without a shipped one, and for what is left
    out because it does not pass any more."""
    version: int
    """The `version` of the file in force, as runs remember it; 0 where nothing is."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version; they are kept for ever."""

    number: int
    state: VersionState
    note: str
    actor: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WizardFile:
    """One checklist as the editor opens it; `content` is the draft if there is one, else what holds or last held.

    `hash` belongs to `content` and goes along with the next `SaveDraft`. `problems` are those of `content`.
    """

    id: str
    origin: Origin
    content: bytes
    hash: str
    draft: bytes | None
    published: bytes | None
    builtin: bytes | None
    base_version: int
    is_original_moved: bool
    versions: tuple[VersionRow, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep a draft; `expected_hash` is that of the content seen before, empty for a checklist that is new."""

    id: str
    content: bytes
    expected_hash: str


@dataclass(frozen=True, slots=True)
class Publish:
    """Put the draft in force; with `expected_hash` only if it still is the draft that was seen."""

    id: str
    note: str = ""
    expected_hash: str = ""


class WizardRefusedError(AppError):
    """A checklist that cannot be put in or out of force as things stand; `problems` by checklist say why."""

    def __init__(self, code: str, wizard: str, problems: Mapping[str, tuple[Problem, ...]]) -> None:
        names = ", ".join(sorted(problems))
        count = sum(len(found) for found in problems.values())
        super().__init__(code, parameters={"id": wizard, "names": names, "count": count})
        self.problems: Mapping[str, tuple[Problem, ...]] = dict(problems)
