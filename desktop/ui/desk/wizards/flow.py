"""A checklist on a ticket: choose one or go on with it, keep every step, come back to the ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.commands import AddNote
from desktop.domain.rows import TicketPage
from desktop.domain.snapshot import Snapshot
from desktop.domain.ticket import CATEGORIES
from desktop.domain.wizard.definition import Audience, Result, Wizard
from desktop.domain.wizard.engine import start
from desktop.domain.wizard.run import RunState, from_document
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.suggest import suggest
from desktop.ui.desk import use_cases
from desktop.ui.desk.composer import NOTE, REPLY
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.ticket_header import CHECKLIST_BUTTON
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.remote import RemoteTools
from desktop.ui.desk.wizards.values import ChecklistEnd, ChecklistRun
from desktop.ui.wizard.tools import WizardTools
from desktop.ui.wizard.words import heading, lines_done


class ChecklistFlow(QObject):
    """Lives as long as the page it opens; `opened` carries the page."""

    opened = Signal(object)
    written = Signal(str, str, str)
    """A text for the ticket to be looked over: its id, reply or note, the text."""

    def __init__(self, context: DeskContext, window: QWidget, page: TicketPage, wizards: Mapping[str, Wizard]) -> None:
        super().__init__(window)
        self._context, self._page, self._wizards = context, page, wizards
        self._snapshot: Snapshot | None = None
        self._wanted = ""
        self._is_open = self._is_review = self._has_left = False

    def start(self, wizard: str = "") -> None:
        """Read ticket and newest diagnosis, then go on with the open run, begin `wizard`, or let the user choose."""
        self._wanted = wizard
        self._read()

    def review(self) -> None:
        """Show the checklist that was finished last, as it ended."""
        self._is_review = True
        self._read()

    def _read(self) -> None:
        """Read the ticket anew: a run that was left a moment ago has been kept since."""
        opening = use_cases.opening(self._page.row.id)
        self._context.read(opening, owner=self, done=self._on_page, failed=self._on_unread)

    def _on_unread(self, error: AppError) -> None:
        self._context.bus.failed.emit(error)
        self.deleteLater()

    def _on_page(self, page: TicketPage) -> None:
        self._page = page
        if page.snapshot is None:
            self._on_snapshot(None)
            return
        self._context.read(
            use_cases.reading_snapshot(page.snapshot.id),
            owner=self,
            done=self._on_snapshot,
            failed=lambda _error: self._on_snapshot(None),
        )

    def fitting(self) -> tuple[str, ...]:
        """Return the checklists that fit the ticket, the best reason first."""
        words = " ".join((self._page.row.title, *(one.text for one in self._page.messages[:1])))
        language = self._context.look.texts.language
        return tuple(one.wizard for one in suggest(self._wizards, self._snapshot, words=words, language=language))

    def begin(self, wizard: str) -> None:
        """Start a checklist from its first step."""
        at = self._context.clock()
        state = start(self._scene(), wizard, run_id=new_id(self._context.clock), audience=Audience.TECHNICIAN, at=at)
        self._open(state)

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        self._snapshot = snapshot
        found = self._find_run(is_over=self._is_review)
        if found is not None:
            self._open(found)
            return
        self._is_review = False
        if self._wanted:
            self.begin(self._wanted)
            return
        self._offer()

    def _offer(self) -> None:
        menu = QMenu(self.parent())  # pyright: ignore[reportArgumentType, reportCallIssue] - the parent is the window
        self._fill(menu, self.fitting())
        menu.addSeparator()
        for category, within in self._by_category():
            self._fill(menu.addMenu(self._context.look.text(f"category.{category}")), within)
        # Qt closes the menu first and tells then what was chosen.
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, lambda: self._on_menu_closed(menu)))
        menu.popup(self._place())

    def _by_category(self) -> list[tuple[str, list[str]]]:
        """Return all checklists by title in the order of the categories; what has none of them is something else."""
        groups: dict[str, list[str]] = {one: [] for one in CATEGORIES}
        for wizard in sorted(self._wizards, key=self._title):
            groups.get(self._wizards[wizard].category, groups[CATEGORIES[-1]]).append(wizard)
        return [(category, within) for category, within in groups.items() if within]

    def _fill(self, menu: QMenu, wizards: Sequence[str]) -> None:
        for wizard in wizards:
            action = menu.addAction(self._title(wizard).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, one=wizard: self.begin(one))

    def _on_menu_closed(self, menu: QMenu) -> None:
        menu.deleteLater()
        if not self._is_open:
            self.deleteLater()

    def _find_run(self, *, is_over: bool) -> RunState | None:
        """Return the newest run that is over, or is not; one whose checklist is gone does not count."""
        for run in reversed(self._page.runs):
            if run.audience != Audience.TECHNICIAN.value:
                continue
            try:
                state = from_document(run.document)
            except AppError:
                continue
            if state.phase.is_over is is_over and self._can_show(state):
                return state
        return None

    def _can_show(self, state: RunState) -> bool:
        is_known = state.wizard in self._wizards and state.first in self._wizards
        return is_known and (not state.phase.is_over or state.step in self._wizards[state.wizard].steps)

    def _open(self, state: RunState) -> None:
        self._is_open = True
        taken = self._page.snapshot.taken_at if self._page.snapshot else None
        run = ChecklistRun(
            self._page.row.number,
            self._scene(),
            state,
            self._tools(),
            diagnosed_at=taken,
            is_review=self._is_review,
        )
        page = ChecklistPage(self._context.look, run)
        page.changed.connect(self._on_changed)
        page.noted.connect(self._on_noted)
        leave = partial(self._leave, page)
        page.reply_wanted.connect(leave)
        page.reply_wanted.connect(self._on_reply)
        page.left.connect(leave)
        page.put_away.connect(partial(self._on_put_away, page))
        page.finished.connect(self._on_finished)
        page.finished.connect(leave)
        self.opened.emit(page)
        page.focus_start()

    def _leave(self, page: ChecklistPage, _end: object = None) -> None:
        self._has_left = True
        self._context.bus.navigated.emit("ticket", self._page.row.id)
        page.deleteLater()
        self.deleteLater()

    def _on_put_away(self, page: ChecklistPage) -> None:
        """End with the page; whoever goes elsewhere from its end leaves the summary without looking it over."""
        end = None if self._has_left or self._is_review else page.end
        self._has_left = True
        if end is not None and end.outcome.result is not Result.ESCALATE:
            self._add_note(self._summary(end))
        page.deleteLater()
        self.deleteLater()

    def _add_note(self, text: str) -> None:
        """Write a note; its failure is shown though the checklist has gone."""
        self._context.do(use_cases.obeying(AddNote(self._page.row.id, text)), owner=self._context.bus)

    def _on_changed(self, document: Mapping[str, object]) -> None:
        self._context.do(use_cases.saving_run(self._page.row.id, document), owner=self._context.bus)

    def _on_noted(self, title: str, text: str) -> None:
        self._add_note(self._context.look.text("checklist.note", step=title, text=text))

    def _on_reply(self, text: str) -> None:
        self.written.emit(self._page.row.id, REPLY, text)

    def _on_finished(self, end: ChecklistEnd) -> None:
        """Sum the run up: as a note to be looked over where it solved the fault, at once where it asks for something.

        A hand-over carries every step itself.
        """
        self._has_left = True
        text = self._summary(end)
        if end.outcome.result is Result.RESOLVED:
            self.written.emit(self._page.row.id, NOTE, text)
        elif end.outcome.result is not Result.ESCALATE:
            self._add_note(text)

    def _summary(self, end: ChecklistEnd) -> str:
        look, state = self._context.look, from_document(end.document)
        lines = [
            f"– {one.title}: {one.hint}" if one.hint else f"– {one.title}"
            for one in lines_done(look, self._scene(), state)
        ]
        title = look.text("checklist.summary", wizard=self._title(state.first), end=heading(look, end.outcome))
        return "\n".join((title, *lines))

    def _scene(self) -> Scene:
        platform = self._page.device.platform if self._page.device else "linux"
        return Scene(self._wizards, self._snapshot, platform=platform or "linux")

    def _tools(self) -> WizardTools:
        taken = self._page.snapshot.taken_at if self._page.snapshot else None
        return RemoteTools(self._context, self, self._page.row.id, taken).tools()

    def _title(self, wizard: str) -> str:
        return self._wizards[wizard].title.say(self._context.look.texts.language)

    def _place(self) -> QPoint:
        """Return the place below the button that was pressed, else below the ticket's own: keys know no pointer."""
        window, pressed = self.parent(), QApplication.focusWidget()
        if not isinstance(pressed, QAbstractButton) and window is not None:
            pressed = window.findChild(QWidget, CHECKLIST_BUTTON)
        if pressed is None or not pressed.isVisible():
            return QCursor.pos()
        return pressed.mapToGlobal(pressed.rect().bottomLeft())
