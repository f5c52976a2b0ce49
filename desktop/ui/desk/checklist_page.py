"""The technician's checklist: steps and evidence on the left, the step to do in the middle, notes for the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.wizard.definition import Instruction, Outcome, Question, Result
from desktop.domain.wizard.outlook import expected
from desktop.domain.wizard.run import Answer, Phase, RunState
from desktop.domain.wizard.scene import Scene, suggested_answer
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.checklist_side import ChecklistSide
from desktop.ui.wizard.ask import AnswerForm, Ask, as_answer
from desktop.ui.wizard.asking import ask_of, take
from desktop.ui.wizard.parts import checking, focus_heading, numbered_lines
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.tools import WizardTools
from desktop.ui.wizard.words import answer_lines, answer_text, evidence, heading, progress_word, say

_READING = 580  # pixels: the widest column that still reads well
_PAUSE = 1000  # milliseconds after the last key until what was typed is kept


@dataclass(frozen=True, slots=True)
class ChecklistRun:
    """What the page needs: whose ticket, the run and its stage, and what can be done from here."""

    ticket_number: str
    scene: Scene
    state: RunState
    tools: WizardTools
    diagnosed_at: datetime | None = None
    can_reply: bool = True
    is_review: bool = False
    """Whether a run that is over is only looked at."""


@dataclass(frozen=True, slots=True)
class ChecklistEnd:
    """How a run ended: its outcome, all answers by field, and the run as it is kept."""

    outcome: Outcome
    answers: dict[str, Answer]
    document: dict[str, object]


class ChecklistPage(QWidget):
    """Leads a technician through a wizard for one ticket."""

    changed = Signal(object)
    """The run's document (a dict) after every step and note, to be kept."""
    noted = Signal(str, str)
    """A note was left at a step: its title and the text, for the ticket."""
    reply_wanted = Signal(str)
    """The phone sentence shall become an answer to the employee."""
    finished = Signal(object)
    """A `ChecklistEnd`."""
    left = Signal()
    """Back to the ticket; the run stays as it is or paused."""
    put_away = Signal()
    """Another page is shown instead, by whatever way, or the window closed; what stood here is kept."""

    def __init__(self, look: Look, run: ChecklistRun) -> None:
        super().__init__()
        self._look, self._run = look, run
        self._form: AnswerForm | None = None
        self._heading: QLabel | None = None
        self._note: QLineEdit | None = None
        self._untouched: Answer = None
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_PAUSE)
        self._keep.timeout.connect(self._on_kept)
        self.session = RunSession(run.scene, run.state, run.tools, self)
        self._build()
        self.session.changed.connect(lambda: self.changed.emit(self.session.document()))
        self.session.stepped.connect(self._on_stepped)
        self._draw()

    def focus_start(self) -> None:
        """Give the keyboard to the step's heading."""
        if self._heading is not None:
            self._heading.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def end(self) -> ChecklistEnd | None:
        """Return how the run ended; None while it has not."""
        step = self.session.step
        if not self.session.state.phase.is_over or not isinstance(step, Outcome):
            return None
        return ChecklistEnd(step, self.session.answers(), self.session.document())

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being typed when another page comes or the window closes; a minimised window changes nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._on_kept()
            self.put_away.emit()

    def _build(self) -> None:
        self._side = self._build_side()
        layout = row(self._side, self._build_middle(), spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_next)

    def _build_side(self) -> ChecklistSide:
        run = self._run
        side = ChecklistSide(
            self._look, run.ticket_number, clock=run.tools.clock, left=self._on_left, is_review=run.is_review
        )
        side.rail.wanted.connect(self._on_wanted)
        side.rail.disputed.connect(self._on_disputed)
        return side

    def _build_middle(self) -> QWidget:
        look = self._look
        self._page = QWidget()
        self._page.setProperty("ground", "surface")
        self._page.setMaximumWidth(look.theme.px(_READING) + 80)
        self._content = QVBoxLayout(self._page)
        self._content.setContentsMargins(40, 26, 40, 20)
        self._content.setSpacing(14)
        holder = QWidget()
        holder.setProperty("ground", "surface")
        line = row(self._page, None)
        line.setStretch(0, 100)
        holder.setLayout(line)
        text = look.text
        self._pause = Button(look, text("wizard.pause"), icon_name="pause", kind="flat", clicked=self._on_pause)
        self._skip = Button(look, text("wizard.skip"), kind="flat", clicked=self._on_skip)
        self._back = Button(look, text("wizard.back"), icon_name="arrow-left", clicked=self._on_back)
        arrow = "arrow-left" if self._run.is_review else "arrow-right"
        self._next = Button(look, text("wizard.next_keys"), icon_name=arrow, kind="primary", clicked=self._on_next)
        footer = pane(
            row(self._pause, self._skip, None, self._back, self._next, spacing=8, margins=(24, 11, 20, 11)),
            ground="surface2", edge="top",
        )  # fmt: skip
        layout = column(scrolling(holder), footer, spacing=0)
        layout.setStretch(0, 1)
        return pane(layout, ground="surface")

    def _on_stepped(self) -> None:
        self._draw()
        self.focus_start()
        if self._heading is not None:
            announce(self, self._heading.text())

    def _draw(self) -> None:
        self._keep.stop()
        clear(self._content)
        before, self._form, self._note = self._form, None, None
        self._side.show_run(self.session, self._run.diagnosed_at)
        self._add_heading()
        if self.session.is_busy:
            code = "wizard.acting" if self.session.is_acting else "wizard.verifying"
            self._content.addWidget(checking(self._look, self._look.text(code)))
        elif self.session.state.phase.is_over:
            self._add_end()
        else:
            self._add_form(ask_of(self._look, self.session, is_instant=False), before)
        self._content.addStretch(1)
        show_all(self._content)
        self._update_footer()

    def _add_heading(self) -> None:
        look, session = self._look, self.session
        step = session.step
        at = expected(session.scene, session.state)
        way = progress_word(look, session.state, step)
        is_over = session.state.phase.is_over
        above = look.text("wizard.end") if is_over else look.text("wizard.above_step", number=at.number, way=way)
        self._heading = focus_heading(look, self._title())
        self._content.addWidget(column_of(plain_label(look, above, size="meta", tone="t2"), self._heading))
        if session.state.phase is Phase.COLLECTING:
            return
        body = step.body(look.texts.language, session.scene.platform)
        if body:
            self._content.addWidget(plain_label(look, body, size="reading", tone="t2", wrap=True))
        lines = numbered_lines(look, step)
        if lines is not None:
            self._content.addWidget(lines)
        self._add_notice()
        self._add_open()
        if not is_over:
            self._add_phone()

    def _title(self) -> str:
        look, session = self._look, self.session
        if session.state.phase is Phase.COLLECTING:
            ask = ask_of(look, session, is_instant=False)
            return ask.name if ask else ""
        return heading(look, session.step)

    def _add_notice(self) -> None:
        notice = self.session.notice
        if notice is not None:
            text = self._look.text(notice.code, step=heading(self._look, notice.step))
            self._content.addWidget(Banner(self._look, text, tone="grn" if notice.is_good else "amb"))
            announce(self, text)
        step = self.session.step
        if isinstance(step, Instruction) and step.verify:
            known = self.session.scene.known(step.verify)
            shown = evidence(self._look, self.session.state, known)
            if shown:
                self._content.addWidget(Banner(self._look, shown, tone="amb"))

    def _add_open(self) -> None:
        step = self.session.step
        if isinstance(step, Instruction) and self.session.can_open(step.open):
            button = Button(
                self._look, self._look.text("wizard.open_settings"), icon_name="arrow-square-out", small=True,
                clicked=lambda: self.session.open_page(step.open),
            )  # fmt: skip
            self._content.addLayout(row(button, None))

    def _add_phone(self) -> None:
        look = self._look
        sentence = say(look, self.session.step.phone)
        if not sentence:
            return
        words = column(
            plain_label(look, look.text("wizard.say_on_phone"), size="meta", weight=BOLD, tone="t2"),
            plain_label(look, look.text("wizard.quoted", text=sentence), size="reading", wrap=True, selectable=True),
            spacing=3,
        )
        line = row(
            column(IconLabel(look.theme, "phone", "acc", size=20), None), words, spacing=14, margins=(14, 12, 12, 14)
        )
        line.setStretch(1, 1)
        if self._run.can_reply:
            send = Button(
                look, look.text("wizard.as_reply"), icon_name="paper-plane-right", small=True,
                clicked=lambda: self._on_reply(sentence),
            )  # fmt: skip
            line.addLayout(column(send, None))
        box = QFrame()
        box.setProperty("card", "quiet")
        box.setLayout(line)
        self._content.addWidget(box)

    def _add_form(self, fresh: Ask | None, before: AnswerForm | None) -> None:
        if fresh is None:
            return
        ask = before.carried_to(fresh) if before is not None else fresh
        look, step = self._look, self.session.step
        proposed = suggested_answer(self.session.scene, self.session.state)
        if isinstance(step, Question) and self.session.state.phase is Phase.ASKING and proposed is not None:
            text = look.text("wizard.suggested", answer=answer_text(look, step, proposed))
            self._content.addWidget(Banner(look, text, icon_name="info"))
        name = look.text("wizard.answer_label") if ask.name == self._title() else ask.name
        label = plain_label(look, name, weight=BOLD)
        self._form = AnswerForm(look, ask)
        self._untouched = self._form.answer() if ask is fresh else fresh.value
        self._form.answered.connect(self._on_answered)
        self._form.edited.connect(lambda: self._keep.start())
        label.setBuddy(self._form.first() or self._form)
        self._content.addSpacing(6)
        self._content.addWidget(label)
        self._content.addWidget(self._form)
        if self.session.state.phase is Phase.ASKING:
            self._add_note()

    def _add_note(self) -> None:
        look = self._look
        label = plain_label(look, look.text("wizard.note"), weight=BOLD)
        self._note = QLineEdit(self.session.state.note)
        self._note.setMaxLength(2000)
        self._note.setAccessibleName(look.text("wizard.note"))
        self._note.setAccessibleDescription(look.text("wizard.note_hint"))
        self._note.setProperty("tall", True)
        look.theme.dress(self._note, "body")
        label.setBuddy(self._note)
        self._note.textEdited.connect(lambda: self._keep.start())
        self._content.addSpacing(6)
        self._content.addLayout(
            row(label, plain_label(look, look.text("wizard.note_hint"), tone="t2"), None, spacing=5)
        )
        self._content.addWidget(self._note)

    def _add_end(self) -> None:
        step = self.session.step
        if not isinstance(step, Outcome):
            return
        tones = {Result.RESOLVED: "grn", Result.ESCALATE: "vio"}
        text = self._look.text(f"wizard.end.{step.result.value}")
        self._content.addWidget(Banner(self._look, text, tone=tones.get(step.result, "acc")))
        for line in answer_lines(self._look, self.session.scene, self.session.state):
            self._content.addWidget(plain_label(self._look, line, tone="t2", wrap=True))

    def _update_footer(self) -> None:
        look, state = self._look, self.session.state
        if self._run.is_review:
            for button in (self._pause, self._skip, self._back):
                button.hide()
            self._next.set_text(look.text("wizard.to_ticket", number=self._run.ticket_number))
            return
        is_over = state.phase.is_over
        self._pause.setVisible(not is_over)
        self._skip.setVisible(not is_over and state.phase is not Phase.COLLECTING)
        self._skip.setEnabled(not self.session.is_busy)
        self._back.setEnabled(self.session.can_go_back())
        self._next.setEnabled(not self.session.is_busy)
        self._next.set_text(look.text("wizard.finish" if is_over else "wizard.next_keys"))

    def _on_answered(self, value: object) -> None:
        self._take(as_answer(value))

    def _take(self, value: Answer) -> None:
        if self._form is None:
            return
        self._leave_note()
        take(self.session, value)

    def _leave_note(self) -> None:
        text = self._note.text().strip() if self._note is not None else ""
        self._keep.stop()
        if text:
            self.session.write_note(text)
            self.noted.emit(heading(self._look, self.session.step), text)

    def _on_kept(self) -> None:
        self._keep.stop()
        if self._note is not None:
            self.session.write_note(self._note.text().strip())
        given = self._form.answer() if self._form is not None else self._untouched
        if given != self._untouched:
            self._untouched = given
            self.session.write_typed(given)

    def _on_next(self) -> None:
        end = self.end
        if self.session.is_busy:
            return
        if self._run.is_review:
            self.left.emit()
        elif end is not None:
            self.finished.emit(end)
        elif self._form is not None:
            self._take_form(self._form)

    def _take_form(self, form: AnswerForm) -> None:
        value = form.answer()
        if value is None and form.ask.choices:
            form.say_missing()
            return
        self._take(value)

    def _on_back(self) -> None:
        self._leave_note()
        self.session.back()

    def _on_disputed(self, step: str) -> None:
        self._leave_note()  # the way may lead elsewhere from here
        self.session.dispute(step)

    def _on_reply(self, sentence: str) -> None:
        self._on_kept()
        self.reply_wanted.emit(sentence)

    def _on_left(self) -> None:
        self._on_kept()
        self.left.emit()

    def _on_pause(self) -> None:
        self._on_kept()
        self.session.pause()
        self.left.emit()

    def _on_skip(self) -> None:
        reason = self._note.text().strip() if self._note is not None else ""
        self._leave_note()
        self.session.skip(reason)

    def _on_wanted(self, step: str) -> None:
        self._leave_note()
        self.session.move(step)


def column_of(*widgets: QWidget) -> QWidget:
    """Return widgets close together as one."""
    frame = QWidget()
    frame.setLayout(column(*widgets, spacing=4))
    return frame
