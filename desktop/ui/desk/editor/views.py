"""The other views of a checklist that is edited, each loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.base.messages import Message
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Case, Wizard
from desktop.domain.wizard.editing_cases import add_case
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard_rows import WizardFile
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.session import HEAD, EditorSession
from desktop.ui.desk.wizards.cases_panel import CasesPanel
from desktop.ui.desk.wizards.graph_view import GraphView
from desktop.ui.desk.wizards.trial_facts import TrialDevice
from desktop.ui.desk.wizards.trial_run import TrialDialog
from desktop.ui.desk.wizards.versions_dialog import Editions, VersionsDialog


def make_graph(context: DeskContext, session: EditorSession) -> GraphView:
    """Return the steps as a picture that follows the draft; what is picked in either place is picked in both."""
    view = GraphView(context.look, session.draft, session.problems)
    view.chosen.connect(session.pick)

    def follow() -> None:
        view.show_wizard(session.draft, session.problems)

    session.judged.connect(follow)
    if session.step != HEAD:
        view.choose(session.step)
    return view


def make_cases(context: DeskContext, session: EditorSession, trial: Callable[[], object]) -> CasesPanel:
    """Return the scenarios of the draft, walked anew whenever it was judged; `trial` begins a trial run."""
    panel = CasesPanel(context.look, session.draft, session.others)
    panel.trial_wanted.connect(trial)

    def take(draft: Wizard, _done: Message) -> None:
        session.change(lambda _before: draft, "cases")

    def follow() -> None:
        panel.show_cases(session.draft, session.others)

    panel.changed.connect(take)
    session.judged.connect(follow)
    return panel


def open_versions(
    context: DeskContext,
    session: EditorSession,
    file: WizardFile,
    parent: QWidget,
    *,
    restored: Callable[[], None],
) -> None:
    """Show the versions of a checklist; one that is wanted back becomes the draft."""
    builtin = parse_wizard(file.builtin).wizard if file.builtin is not None else None
    draft = session.draft if file.draft is not None else None
    editions = Editions(session.draft.title.say(context.look.texts.language), draft, builtin, file.versions)

    made: list[VersionsDialog] = []  # it asks for versions before it is made, and may be gone when one comes

    def load(number: int, done: Callable[[Wizard | None], None]) -> None:
        def come(content: bytes) -> None:
            if made and shiboken6.isValid(made[0]):
                done(parse_wizard(content).wizard)

        context.read(use_cases.reading_version(file.id, number), owner=parent, done=come)

    def restore(number: int) -> None:
        context.do(use_cases.restoring(file.id, number), owner=parent, done=lambda _file: restored())

    dialog = VersionsDialog(context.look, editions, load, parent)
    made.append(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.restore_wanted.connect(restore)
    dialog.open()


def open_trial(context: DeskContext, session: EditorSession, parent: QWidget) -> None:
    """Let the draft be tried with any stored diagnosis; the way taken can become a scenario."""

    def load(snapshot: str, done: Callable[[Snapshot | None], None]) -> None:
        context.read(use_cases.reading_snapshot(snapshot), owner=parent, done=done, failed=lambda _error: done(None))

    def keep(case: Case) -> None:
        session.change(lambda draft: add_case(draft, case), "cases")

    def show(devices: tuple[TrialDevice, ...]) -> None:
        dialog = TrialDialog(
            context.look, session.draft, session.others,
            devices=devices, load=load, clock=context.clock, parent=parent,
        )  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(keep)
        dialog.open()

    context.read(use_cases.listing_diagnoses, owner=parent, done=show)
