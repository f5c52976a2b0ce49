"""The employee's player: one step a page, large rows, "I do not know" and "get help" always there, and a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.wizard.definition import Outcome, Question, Result
from desktop.domain.wizard.outlook import progress
from desktop.domain.wizard.run import Phase, RunState
from desktop.domain.wizard.scene import Scene, suggested_answer
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner, ProgressSegments
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.wizard.ask import AnswerForm, Ask, as_answer
from desktop.ui.wizard.asking import ask_of, has_unsure_row, take
from desktop.ui.wizard.consent import consent_of
from desktop.ui.wizard.facts_view import FactsView, split_facts
from desktop.ui.wizard.parts import (
    busy_card,
    busy_words,
    end_mark,
    focus_heading,
    numbered_lines,
    outcome_card,
    page_button,
)
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.tools import WizardTools
from desktop.ui.wizard.words import answer_text, heading, say

_MOST_SEGMENTS = 10
_PAUSE = 1000  # milliseconds after the last key until what was typed is kept
_ENDS_HERE = (Result.RESOLVED, Result.INFO)  # nobody goes on from here, so nothing goes along


class WizardPlayer(QWidget):
    """Plays a run for the person at the machine; `help_phone` is the line shown on every page (may be empty).

    Where the guide is one page of a longer way, `chapter` is its place there (number, count) and stays in the bars.
    """

    finished = Signal(object)
    """The `Outcome` whose last page was left with its button."""
    help_wanted = Signal()
    """Somebody from IT shall take over; the run's document goes along."""
    left = Signal()
    """Back was pressed on the first page."""
    changed = Signal(object)
    """The run's document (a dict) after every step, to be kept."""

    def __init__(
        self,
        look: Look,
        scene: Scene,
        state: RunState,
        tools: WizardTools,
        *,
        help_phone: str = "",
        chapter: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._phone, self._chapter = help_phone, chapter
        self._form: AnswerForm | None = None
        self._heading: QLabel | None = None
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_PAUSE)
        self._keep.timeout.connect(self._keep_typed)
        self.session = RunSession(scene, state, tools, self)
        self._build()
        self.session.changed.connect(lambda: self.changed.emit(self.session.document()))
        self.session.stepped.connect(self._on_stepped)
        self._draw()

    def _build(self) -> None:
        look = self._look
        self._segments = ProgressSegments(look, 4, name=look.text("wizard.progress"))
        self._page = QWidget()
        self._page.setProperty("ground", "surface")
        self._content = QVBoxLayout(self._page)
        self._content.setContentsMargins(28, 14, 28, 16)
        self._content.setSpacing(14)
        self._back = Button(look, look.text("wizard.back"), icon_name="arrow-left", kind="flat", clicked=self._on_back)
        self._help = Button(look, look.text("wizard.get_help"), icon_name="lifebuoy", clicked=self._on_help)
        self._next = Button(look, look.text("wizard.next"), kind="primary", clicked=self._on_next)
        for one in (self._back, self._help, self._next):
            one.setProperty("tall", True)
        self._footer = pane(
            row(self._back, None, self._help, self._next, spacing=8, margins=(16, 12, 28, 12)),
            ground="surface2", edge="top",
        )  # fmt: skip
        body = pane(
            column(row(self._segments, margins=(28, 14, 28, 0)), scrolling(self._page), spacing=0), ground="surface"
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._on_next)
        layout = column(body, self._phone_line(), self._footer, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def hide_footer(self) -> None:
        """Leave the buttons out, for a preview that is narrower than any window of Hilfe."""
        self._footer.hide()

    def focus_start(self) -> None:
        """Give the keyboard to the page's heading."""
        if self._heading is not None:
            self._heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Keep at once what is being typed and not yet given as an answer."""
        if self._keep.isActive():
            self._keep.stop()
            self._keep_typed()

    def _keep_typed(self) -> None:
        if self._form is not None:
            self.session.write_typed(self._form.answer())

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being typed when another page comes or the window closes; a minimised window changes nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.flush()

    def _on_stepped(self) -> None:
        self._keep.stop()
        self._draw()
        self.focus_start()
        said = busy_words(self._look, self.session) if self.session.is_busy else ""
        announce(self, said or (self._heading.text() if self._heading else ""))

    def _draw(self) -> None:
        clear(self._content)
        before, self._form = self._form, None
        session = self.session
        at = progress(session.scene, session.state)
        self._show_progress(at.number, at.count)
        if session.notice is not None:
            self._add_notice()
        self._add_heading(at.number, at.count)
        if session.is_busy:
            self._content.addWidget(busy_card(self._look, session))
        else:
            self._add_consent()
            self._add_facts()
            ask = ask_of(self._look, session, is_instant=True)
            self._add_form(before.carried_to(ask) if before is not None and ask is not None else ask)
        self._content.addStretch(1)
        show_all(self._content)
        self._update_footer()

    def _show_progress(self, number: int, at_most: int) -> None:
        count = max(1, min(at_most, _MOST_SEGMENTS))
        at = count if self.session.state.phase.is_over else min(number, count)
        at, count = self._chapter or (at, count)
        self._segments.set_at(at, count=count)

    def _add_notice(self) -> None:
        notice = self.session.notice
        if notice is None:
            return
        text = self._look.text(notice.code, step=heading(self._look, notice.step))
        self._content.addWidget(Banner(self._look, text, tone="grn" if notice.is_good else "amb"))
        announce(self, text)

    def _add_heading(self, number: int, at_most: int) -> None:
        look, session = self._look, self.session
        title = say(look, session.scene.wizard(session.state).title)
        if session.state.phase in (Phase.FINISHED, Phase.COLLECTING):
            above = look.text("wizard.above_end", title=title)
        else:
            above = look.text("wizard.above", title=title, number=number, count=at_most)
        shown = self._title()
        self._heading = focus_heading(look, shown)
        self._content.addWidget(plain_label(look, above, size="body", tone="t2", wrap=True))
        outcome = outcome_card(look, session)
        if outcome is not None:
            self._content.addWidget(outcome)
        mark = end_mark(look, session)
        if mark is not None:
            self._content.addLayout(row(mark, None))
        self._content.addWidget(self._heading)
        if session.state.phase in (Phase.COLLECTING, Phase.JUDGING, Phase.HANDED_OVER):
            return
        body = session.step.body(look.texts.language, session.scene.platform)
        if body:
            self._content.addWidget(plain_label(look, body, size="pane", tone="t2", wrap=True))
        lines = numbered_lines(look, session.step)
        if lines is not None:
            self._content.addWidget(lines)
        self._add_open_button()

    def _title(self) -> str:
        look, session = self._look, self.session
        if session.state.phase is Phase.JUDGING:
            return look.text("wizard.judge")
        if session.state.phase is Phase.COLLECTING:
            ask = ask_of(look, session, is_instant=True)
            return ask.name if ask else ""
        if session.state.phase is Phase.HANDED_OVER:
            return look.text("wizard.handed_over")
        return heading(look, session.step)

    def _add_open_button(self) -> None:
        button = page_button(self._look, self.session)
        if button is not None:
            self._content.addLayout(row(button, None))

    def _add_consent(self) -> None:
        if self.session.state.phase is Phase.ASKING and (box := consent_of(self._look, self.session)) is not None:
            self._content.addWidget(box)

    def _add_facts(self) -> None:
        if self.session.state.phase in (Phase.FINISHED, Phase.HANDED_OVER, Phase.COLLECTING):
            return
        news, seen = split_facts(self._look, self.session.scene, self.session.state)
        if news or seen:
            self._content.addWidget(FactsView(self._look, news, seen, self.session.dispute))

    def _add_form(self, ask: Ask | None) -> None:
        if ask is None:
            self._add_end()
            return
        self._add_suggestion()
        self._form = AnswerForm(self._look, ask)
        self._form.answered.connect(self._on_answered)
        self._form.edited.connect(self._keep.start)
        self._content.addWidget(self._form)
        if not has_unsure_row(ask) and not ask.choices:
            unsure = Button(self._look, self._look.text("wizard.unsure"), icon_name="question", clicked=self._on_unsure)
            self._content.addLayout(row(unsure, None))

    def _add_suggestion(self) -> None:
        session, step = self.session, self.session.step
        proposed = suggested_answer(session.scene, session.state)
        if session.state.phase is Phase.ASKING and isinstance(step, Question) and proposed is not None:
            text = self._look.text("wizard.suggested", answer=answer_text(self._look, step, proposed))
            self._content.addWidget(Banner(self._look, text, icon_name="info"))

    def _add_end(self) -> None:
        step, is_handed_over = self.session.step, self.session.state.phase is Phase.HANDED_OVER
        if is_handed_over or (isinstance(step, Outcome) and step.result not in _ENDS_HERE):
            if isinstance(step, Outcome) and step.offline and self._phone:
                text = self._look.text("wizard.end.call", phone=self._phone)
                self._content.addWidget(Banner(self._look, text, tone="amb", icon_name="phone"))
            self._content.addWidget(Banner(self._look, self._look.text("wizard.end.goes_along")))

    def _phone_line(self) -> QWidget:
        """Return the way to a person, at the same place on every page however far it is scrolled."""
        look = self._look
        words = plain_label(look, look.text("wizard.phone"), tone="t2")
        number = plain_label(look, self._phone, weight=BOLD, selectable=True)
        icon = IconLabel(look.theme, "phone", "t2")
        line = pane(row(icon, words, number, None, spacing=8, margins=(28, 10, 28, 12)), ground="surface")
        if not self._phone:
            line.hide()
        return line

    def _update_footer(self) -> None:
        look, session = self._look, self.session
        is_over = session.state.phase.is_over
        step = session.step
        is_solved = isinstance(step, Outcome) and step.result in _ENDS_HERE
        self._back.set_text(look.text("wizard.stop_waiting" if session.is_acting else "wizard.back"))
        self._help.setVisible(not is_over or is_solved)
        self._help.set_text(look.text("wizard.still_help" if is_over else "wizard.get_help"))
        self._next.setVisible(is_over or (self._form is not None and self._form.needs_button))
        code = "wizard.close" if is_solved else "wizard.to_request" if is_over else "wizard.next"
        self._next.set_text(look.text(code))

    def _on_answered(self, value: object) -> None:
        if self._form is not None and value is None:  # Enter in an empty line
            self._form.say_missing()
        elif self._form is not None:
            take(self.session, as_answer(value))

    def _on_next(self) -> None:
        step = self.session.step
        if self.session.state.phase is Phase.FINISHED and isinstance(step, Outcome):
            self.finished.emit(step)
        elif self.session.state.phase is Phase.HANDED_OVER:
            self.help_wanted.emit()
        elif self._form is not None and self._form.answer() is not None:
            take(self.session, self._form.answer())
        elif self._form is not None:
            self._form.say_missing()

    def _on_unsure(self) -> None:
        if self._form is not None:
            take(self.session, None)

    def _on_back(self) -> None:
        if self.session.can_go_back():
            self.session.back()
        else:
            self.left.emit()

    def _on_help(self) -> None:
        self.flush()
        typed = self.session.state.typed
        if typed is not None:  # what was written goes along as the answer it was meant to be
            take(self.session, typed)
        self.session.want_help()
        self.help_wanted.emit()
