"""A checklist on a ticket: choose one or go on with it, keep every step, come back to the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.commands import AddNote
from desktop.domain.rows import TicketPage
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Audience, Result, Wizard
from desktop.domain.wizard.engine import start, take_over
from desktop.domain.wizard.run import RunState, from_document
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.suggest import PastEnd
from desktop.domain.wizard.systems import system_of
from desktop.ui.desk import use_cases
from desktop.ui.desk.composer import NOTE, REPLY
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.ticket_header import CHECKLIST_BUTTON
from desktop.ui.desk.wizards.chooser import Chooser
from desktop.ui.desk.wizards.diagnosis_watch import DiagnosisWatch
from desktop.ui.desk.wizards.fits import fits_of
from desktop.ui.desk.wizards.offers import Kind, Offer, groups_of
from desktop.ui.desk.wizards.own_pc import own_tools
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.reading import Stage, reading_stage
from desktop.ui.desk.wizards.remote import RemoteTools
from desktop.ui.desk.wizards.sketch import RunSketch, sketches_of
from desktop.ui.desk.wizards.values import ChecklistEnd, ChecklistRun
from desktop.ui.wizard.tools import WizardTools
from desktop.ui.wizard.words import heading, lines_done


class ChecklistFlow(QObject):
    """Lives as long as the page it opens; `opened` carries the page."""

    opened = Signal(object)
    written = Signal(str, str, str)
    """A text for the ticket to be looked over: its id, reply or note, the text."""
    list_wanted = Signal(object, str, str)
    """A list of ticks instead: the ticket's page, its run to open or none, and the list to begin."""

    def __init__(self, context: DeskContext, window: QWidget, page: TicketPage, wizards: Mapping[str, Wizard]) -> None:
        super().__init__(window)
        self._context, self._page, self._wizards = context, page, wizards
        self._snapshot: Snapshot | None = None
        self._past: tuple[PastEnd, ...] = ()
        self._wizard = self._run = ""
        self._is_open = self._is_review = self._has_left = self._is_here = False

    @property
    def ticket(self) -> TicketPage:
        """Return the ticket as it was last read."""
        return self._page

    def start(self, wizard: str = "") -> None:
        """Go on with this checklist where it was begun already, else begin it; without one let the user choose."""
        self._wizard = wizard
        self._read()

    def go_on(self, run: str) -> None:
        """Go on with a run, or show how it ended; an employee's is taken over."""
        self._run = run
        self._read()

    def begin(self, wizard: str) -> None:
        """Start a checklist from its first step."""
        if self._wizards[wizard].is_list:
            self._want_list("", wizard)
            return
        self._open(self._beginning(wizard), is_new=True)

    def _beginning(self, wizard: str) -> RunState:
        clock = self._context.clock
        return start(self._scene(), wizard, run_id=new_id(clock), audience=Audience.TECHNICIAN, at=clock())

    def _read(self) -> None:
        """Read the ticket anew: a run that was left a moment ago has been kept since."""
        reading = reading_stage(self._page.row.id)
        self._context.read(reading, owner=self, done=self._on_read, failed=self._give_up)

    def _give_up(self, error: AppError) -> None:
        self._context.bus.failed.emit(error)
        self.deleteLater()

    def _on_read(self, stage: Stage) -> None:
        self._page, self._snapshot, self._past = stage.page, stage.snapshot, stage.past
        self._is_here = stage.is_here
        if self._run:
            self._open_run(self._run)
        elif self._wizard:
            begun = next((one.run for one in self._sketches() if self._is_begun(one)), "")
            self._open_run(begun) if begun else self.begin(self._wizard)
        else:
            self._offer()

    def _is_begun(self, sketch: RunSketch) -> bool:
        row = next(one for one in self._page.runs if one.id == sketch.run)
        return row.wizard == self._wizard and row.audience == Audience.TECHNICIAN.value and not sketch.is_over

    def _sketches(self) -> tuple[RunSketch, ...]:
        return sketches_of(self._page.runs, self._wizards, self._context.look.texts.language)

    def _offer(self) -> None:
        look = self._context.look
        fits = fits_of(look, self._page, self._wizards, self._past)
        groups = groups_of(look, self._wizards, self._sketches(), fits)
        chooser = Chooser(look, groups, self._window)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.chosen.connect(self._on_chosen)
        chooser.left.connect(self._on_chooser_left)
        chooser.show_at(self._place())

    def _on_chosen(self, offer: Offer) -> None:
        self._is_open = True
        act = self._open_run if offer.kind is Kind.RUN else self.begin
        QTimer.singleShot(0, self, lambda: act(offer.id))  # the menu closes first

    def _on_chooser_left(self) -> None:
        if not self._is_open:
            self.deleteLater()

    def _open_run(self, run: str) -> None:
        row = next((one for one in self._page.runs if one.id == run), None)
        sketch = next((one for one in self._sketches() if one.run == run), None)
        if row is None or sketch is None or not sketch.can_show:
            self._give_up(AppError("wizard.run_unknown"))
        elif sketch.is_list:
            self._want_list(run, row.wizard)
        else:
            self._is_review = not sketch.shall_go_on
            state = from_document(row.document)
            at = self._context.clock()
            self._open(state if self._is_review else take_over(self._scene(), state, at=at))

    def _want_list(self, run: str, wizard: str) -> None:
        self.list_wanted.emit(self._page, run, wizard)
        self.deleteLater()

    def _open(self, state: RunState, *, is_new: bool = False) -> None:
        self._is_open = True
        taken = self._page.snapshot.taken_at if self._page.snapshot else None
        device = self._page.device
        run = ChecklistRun(
            self._page.row.number,
            self._scene(),
            state,
            self._tools(),
            diagnosed_at=taken,
            is_review=self._is_review,
            is_new=is_new,
            can_ask=device is not None and device.status == "approved",
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
        page.hand_over_wanted.connect(leave)
        page.hand_over_wanted.connect(self._on_hand_over)
        if not self._is_review:
            DiagnosisWatch(self._context, page, self, self._page).came.connect(partial(self._on_diagnosis, page))
        self.opened.emit(page)
        page.focus_start()

    def _on_diagnosis(self, page: ChecklistPage, stage: Stage) -> None:
        """Let a diagnosis that has just come answer from here on; from the start where nobody has done anything."""
        self._page, self._snapshot = stage.page, stage.snapshot
        if stage.page.snapshot is not None:
            state = self._beginning(page.session.state.first) if page.is_new else None
            page.take_diagnosis(self._scene(), state, stage.page.snapshot.taken_at)

    def _on_hand_over(self, _end: object) -> None:
        """A hand-over carries every step itself, so nothing is summed up."""
        self._context.bus.navigated.emit("handover", self._page.row.id)

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
        """Sum the run up: as a note to be looked over where it solved the fault, else at once."""
        self._has_left = True
        text = self._summary(end)
        if end.outcome.result is Result.RESOLVED:
            self.written.emit(self._page.row.id, NOTE, text)
        else:
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
        platform = self._page.device.platform if self._page.device else ""
        return Scene(self._wizards, self._snapshot, platform=system_of(platform) or "linux")

    def _tools(self) -> WizardTools:
        if self._is_here:
            return own_tools(self._context, self)
        taken = self._page.snapshot.taken_at if self._page.snapshot else None
        return RemoteTools(self._context, self, self._page.row.id, taken).tools()

    def _title(self, wizard: str) -> str:
        return self._wizards[wizard].title.say(self._context.look.texts.language)

    @property
    def _window(self) -> QWidget | None:
        """Return the window this belongs to; kept by us, it could die within our own end."""
        window = self.parent()
        return window if isinstance(window, QWidget) else None

    def _place(self) -> QPoint:
        """Return the place below the button that was pressed, else below the ticket's own: keys know no pointer."""
        window, pressed = self._window, QApplication.focusWidget()
        if not isinstance(pressed, QAbstractButton) and window is not None:
            pressed = window.findChild(QWidget, CHECKLIST_BUTTON)
        if pressed is None or not pressed.isVisible():
            return QCursor.pos()
        return pressed.mapToGlobal(pressed.rect().bottomLeft())
