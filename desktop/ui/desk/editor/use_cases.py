"""The doors to the company's checklists; SQLAlchemy is loaded when the first one is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.changes import Done
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.writer import write_wizard
from desktop.domain.wizard_rows import Publish, SaveDraft, WizardFile, WizardRow

if TYPE_CHECKING:
    from desktop.domain.snapshot import Snapshot
    from desktop.services.work import Work
    from desktop.ui.desk.wizards.trial_facts import TrialDevice

_NEWEST = 10  # diagnoses of each device that a trial run offers


@dataclass(frozen=True, slots=True)
class Opened:
    """A checklist to edit: its file, what could be read of it, what it may refer to, and how much it solves."""

    file: WizardFile
    wizard: Wizard | None
    known: Known
    solve_rate: float | None = None


def listing(work: Work) -> tuple[WizardRow, ...]:
    """Read the list of all checklists."""
    from desktop.services import own_wizards  # loads SQLAlchemy

    return own_wizards.list_wizards(work)


def opening(wizard: str) -> Callable[[Work], Opened]:
    """Return what reads a checklist with everything the editor needs beside it."""

    def act(work: Work) -> Opened:
        from desktop.domain.wizard.reader import parse_wizard
        from desktop.services import own_wizards  # loads SQLAlchemy
        from desktop.services.wizard_figures import read_figures

        file, known = own_wizards.open_wizard(work, wizard), known_now(work)
        figures = read_figures(work, known.wizards or {}).wizards.get(wizard)
        return Opened(file, parse_wizard(file.content).wizard, known, figures.solve_rate if figures else None)

    return act


def known_now(work: Work) -> Known:
    """Read what a checklist may refer to: findings, probes, actions, pages, and the other checklists in force."""
    from dataclasses import replace

    from desktop.services.wizard_library import read_library  # loads SQLAlchemy

    return replace(work.wizards.known, wizards=read_library(work).wizards)


def saving(wizard: Wizard, expected_hash: str) -> Callable[[Work], Done[WizardFile]]:
    """Return what keeps a draft; nothing is offered for undo, because the editor has its own."""

    def act(work: Work) -> Done[WizardFile]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        done = own_wizards.save_draft(work, SaveDraft(wizard.id, write_wizard(wizard), expected_hash))
        return Done(done.result, done.changes)

    return act


def publishing(wizard: str, note: str, expected_hash: str) -> Callable[[Work], Done[WizardFile]]:
    """Return what puts a draft in force."""

    def act(work: Work) -> Done[WizardFile]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        return own_wizards.publish(work, Publish(wizard, note, expected_hash))

    return act


def discarding(wizard: str, expected_hash: str) -> Callable[[Work], Done[WizardFile | None]]:
    """Return what throws away the draft that is seen, and no other one."""

    def act(work: Work) -> Done[WizardFile | None]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        return own_wizards.discard_draft(work, wizard, expected_hash=expected_hash)

    return act


def doing(name: str, wizard: str) -> Callable[[Work], Done[object]]:
    """Return a use case that needs the id alone: discard_draft, withdraw, adopt_original, keep_own."""

    def act(work: Work) -> Done[object]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        use_case: Callable[[Work, str], Done[object]] = getattr(own_wizards, name)
        return use_case(work, wizard)

    return act


def listing_diagnoses(work: Work) -> tuple[TrialDevice, ...]:
    """Read the devices that have sent a diagnosis, each with its newest ones."""
    from desktop.services import devices  # loads SQLAlchemy
    from desktop.ui.desk.wizards.trial_facts import TrialDevice

    found = ((one, devices.list_snapshots(work, one.id, limit=_NEWEST)) for one in devices.list_devices(work))
    return tuple(
        TrialDevice(one.name, one.platform, tuple((taken.id, taken.taken_at) for taken in snapshots))
        for one, snapshots in found
        if snapshots
    )


def reading_snapshot(snapshot: str) -> Callable[[Work], Snapshot]:
    """Return what reads a stored diagnosis."""

    def act(work: Work) -> Snapshot:
        from desktop.services import devices  # loads SQLAlchemy

        return devices.read_snapshot(work, snapshot)

    return act


def reading_version(wizard: str, number: int) -> Callable[[Work], bytes]:
    """Return what reads the file of an earlier version."""

    def act(work: Work) -> bytes:
        from desktop.services import own_wizards  # loads SQLAlchemy

        return own_wizards.read_version(work, wizard, number)

    return act


def restoring(wizard: str, number: int) -> Callable[[Work], Done[WizardFile]]:
    """Return what takes an earlier version into the draft."""

    def act(work: Work) -> Done[WizardFile]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        return own_wizards.restore_version(work, wizard, number, replace=True)

    return act


def importing(path: Path, *, replaces: bool) -> Callable[[Work], Done[WizardFile]]:
    """Return what takes a file in as a draft. Raises AppError `wizard.file`."""

    def act(work: Work) -> Done[WizardFile]:
        from desktop.services import own_wizards  # loads SQLAlchemy

        return own_wizards.import_wizard(work, _content(path), name=path.stem, replace=replaces)

    return act


def exporting(wizard: str, path: Path, *, draft: bool = False) -> Callable[[Work], Path]:
    """Return what writes a checklist as a file, or its draft. Raises AppError `wizard.unwritten`."""

    def act(work: Work) -> Path:
        from desktop.services import own_wizards  # loads SQLAlchemy

        content = own_wizards.export_wizard(work, wizard, draft=draft)
        try:
            write_durably(path, content)
        except OSError as error:
            raise _no_file(path, error, "wizard.unwritten") from error
        return path

    return act


def _content(path: Path) -> bytes:
    from desktop.domain.wizard.reader import MAX_BYTES

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _no_file(path, error) from error


def _no_file(path: Path, error: OSError, code: str = "wizard.file") -> AppError:
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error))
