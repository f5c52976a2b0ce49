"""The middle of a checklist's page: the step to do now with its words, its form and the note that goes into the ticket.

Drawn anew at every step; what was typed in the meantime is carried over where the same is asked.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.wizard.definition import Action, Audience, Instruction, Outcome, Question, Result
from desktop.domain.wizard.outlook import expected
from desktop.domain.wizard.run import Answer, Phase, Source
from desktop.domain.wizard.scene import suggested_answer
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.ask import AnswerForm, Ask
from desktop.ui.wizard.asking import ask_of
from desktop.ui.wizard.consent import consent_of
from desktop.ui.wizard.parts import busy_card, focus_heading, framed, numbered_lines, outcome_card, page_button
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import answer_lines, answer_text, evidence, exit_text, heading, progress_word, quoted, say

_READING = 580  # pixels: the widest column that still reads well
_END_TONES = {Result.RESOLVED: "grn", Result.ESCALATE: "vio"}


class StepView(QWidget):
    """Shows where `session` stands; whoever owns the page takes the answer and keeps the note."""

    answered = Signal(object)
    """An answer was given in the form itself."""
    edited = Signal()
    """Something was typed or chosen that is not given yet."""
    reply_wanted = Signal(str)
    is_new = False
    """Whether nobody has done anything in the run yet."""

    def __init__(self, look: Look, session: RunSession, *, can_reply: bool) -> None:
        super().__init__()
        self._look, self._session, self._can_reply = look, session, can_reply
        self.form: AnswerForm | None = None
        self.note: QLineEdit | None = None
        self.heading: QLabel | None = None
        self._untouched: Answer = None
        self.setProperty("ground", "surface")
        self.setMaximumWidth(look.theme.px(_READING) + 80)
        self._content = QVBoxLayout(self)
        self._content.setContentsMargins(40, 26, 40, 20)
        self._content.setSpacing(14)

    @property
    def written_note(self) -> str:
        """Return the note as it stands; empty where none can be written."""
        return self.note.text().strip() if self.note is not None else ""

    def fresh_answer(self) -> tuple[Answer] | None:
        """Return what stands in the form where it was touched since this was last asked; else None."""
        given = self.form.answer() if self.form is not None else self._untouched
        if given == self._untouched:
            return None
        self._untouched = given
        return (given,)

    def draw(self) -> None:
        """Show the run's present state."""
        clear(self._content)
        before, self.form, self.note = self.form, None, None
        self._add_heading()
        if self._session.state.is_paused:
            self._add_paused()
        elif self._session.is_busy:
            self._content.addWidget(busy_card(self._look, self._session))
        elif self._session.state.phase.is_over:
            self._add_end()
        else:
            self._add_form(ask_of(self._look, self._session, is_instant=False), before)
        self._content.addStretch(1)
        show_all(self._content)

    def _add_paused(self) -> None:
        look = self._look
        title, text = look.text("checklist.paused"), look.text("checklist.paused.text")
        self._content.addWidget(Banner(look, title, text, tone="amb", icon_name="pause"))

    def _add_heading(self) -> None:
        look, session = self._look, self._session
        step = session.step
        at = expected(session.scene, session.state)
        is_by_hand = isinstance(step, Action) and not session.can_perform(step)
        way = progress_word(look, session.state, step, is_by_hand=is_by_hand)
        is_over = session.state.phase.is_over
        above = look.text("wizard.end") if is_over else look.text("wizard.above_step", number=at.number, way=way)
        self.heading = focus_heading(look, self._title())
        self._content.addWidget(
            framed(column(plain_label(look, above, size="meta", tone="t2"), self.heading, spacing=4))
        )
        if self.is_new:
            minutes = session.scene.wizard(session.state).minutes
            said = look.texts.plural("checklist.not_begun.hint", minutes)
            self._content.addWidget(plain_label(look, said, size="meta", tone="t3", wrap=True))
        outcome = outcome_card(look, session)
        if outcome is not None:
            self._content.insertWidget(0, outcome)
            return
        body = step.body(look.texts.language, session.scene.platform)
        if body:
            self._content.addWidget(plain_label(look, body, size="reading", tone="t2", wrap=True))
        lines = numbered_lines(look, step)
        if lines is not None:
            self._content.addWidget(lines)
        self._add_notice()
        self._add_open()
        self._add_consent()
        if not is_over and not session.state.is_paused:
            self._add_phone()

    def _title(self) -> str:
        look, session = self._look, self._session
        if session.state.phase is Phase.COLLECTING:
            ask = ask_of(look, session, is_instant=False)
            return ask.name if ask else ""
        return heading(look, session.step)

    def _add_notice(self) -> None:
        notice = self._session.notice
        if notice is not None:
            text = self._look.text(notice.code, step=heading(self._look, notice.step))
            self._content.addWidget(Banner(self._look, text, tone="grn" if notice.is_good else "amb"))
            announce(self, text)
        step = self._session.step
        if isinstance(step, Instruction) and step.verify:
            known = self._session.scene.known(step.verify)
            shown = evidence(self._look, self._session.state, known)
            if shown:
                self._content.addWidget(Banner(self._look, shown, tone="amb"))

    def _add_open(self) -> None:
        button = page_button(self._look, self._session, small=True)
        if button is not None:
            self._content.addLayout(row(button, None))

    def _add_consent(self) -> None:
        session = self._session
        state = session.state
        if state.phase is Phase.ASKING and not session.is_busy and not state.is_paused:
            box = consent_of(self._look, session)
            if box is not None:
                self._content.addWidget(box)

    def _add_phone(self) -> None:
        look = self._look
        sentence = say(look, self._session.step.phone)
        if not sentence:
            return
        words = column(
            plain_label(look, look.text("wizard.say_on_phone"), size="meta", weight=BOLD, tone="t2"),
            plain_label(look, quoted(look, sentence), size="reading", wrap=True, selectable=True),
            spacing=3,
        )
        line = row(
            column(IconLabel(look.theme, "phone", "acc", size=20), None), words, spacing=14, margins=(14, 12, 12, 14)
        )
        line.setStretch(1, 1)
        if self._can_reply:
            send = Button(
                look, look.text("wizard.as_reply"), icon_name="paper-plane-right", small=True,
                clicked=lambda: self.reply_wanted.emit(sentence),
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
        look = self._look
        self._add_suggestion()
        self._add_self_help()
        name = look.text("wizard.answer_label") if ask.name == self._title() else ask.name
        label = plain_label(look, name, weight=BOLD)
        self.form = AnswerForm(look, ask)
        self._untouched = self.form.answer() if ask is fresh else fresh.value
        self.form.answered.connect(self.answered)
        self.form.edited.connect(self.edited)
        label.setBuddy(self.form.first() or self.form)
        self._content.addSpacing(6)
        self._content.addWidget(label)
        self._content.addWidget(self.form)
        if self._session.state.phase is Phase.ASKING:
            self._add_note()

    def _add_suggestion(self) -> None:
        look, session, step = self._look, self._session, self._session.step
        proposed = suggested_answer(session.scene, session.state)
        if isinstance(step, Question) and session.state.phase is Phase.ASKING and proposed is not None:
            text = look.text("wizard.suggested", answer=answer_text(look, step, proposed))
            self._content.addWidget(Banner(look, text, icon_name="info"))

    def _add_self_help(self) -> None:
        """Say what the employee answered here: the row stands chosen, and the technician takes it or not."""
        look, state, step = self._look, self._session.state, self._session.step
        earlier = state.earlier(step.id) if state.phase is Phase.ASKING else None
        if earlier is None or earlier.source is Source.AUTO or state.audience_of(earlier) is not Audience.EMPLOYEE:
            return
        said = (
            answer_text(look, step, earlier.answer)
            if isinstance(step, Question)
            else exit_text(look, step, earlier.exit)
        )
        who = one_line(earlier.actor, 60) or look.text("checklist.somebody")
        text = look.text("checklist.said_in_self_help", who=who, answer=said)
        self._content.addWidget(Banner(look, text, icon_name="user"))

    def _add_note(self) -> None:
        look = self._look
        label = plain_label(look, look.text("wizard.note"), weight=BOLD)
        self.note = QLineEdit(self._session.state.note)
        self.note.setMaxLength(2000)
        self.note.setAccessibleName(look.text("wizard.note"))
        self.note.setAccessibleDescription(look.text("wizard.note_hint"))
        self.note.setProperty("tall", True)
        look.theme.dress(self.note, "body")
        label.setBuddy(self.note)
        self.note.textEdited.connect(self.edited)
        self._content.addSpacing(6)
        self._content.addLayout(
            row(label, plain_label(look, look.text("wizard.note_hint"), tone="t2"), None, spacing=5)
        )
        self._content.addWidget(self.note)

    def _add_end(self) -> None:
        step = self._session.step
        if not isinstance(step, Outcome):
            return
        text = self._look.text(f"wizard.end.{step.result.value}")
        self._content.addWidget(Banner(self._look, text, tone=_END_TONES.get(step.result, "acc")))
        for line in answer_lines(self._look, self._session.scene, self._session.state):
            self._content.addWidget(plain_label(self._look, line, tone="t2", wrap=True))
