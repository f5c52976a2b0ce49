"""A trial run of a draft in the real players: with any diagnosis, nothing is done for real, and its way can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.base.clock import Clock
from desktop.base.errors import AppError
from desktop.domain.wizard import engine
from desktop.domain.wizard.cases import run_case
from desktop.domain.wizard.definition import Audience, Outcome, Wizard, Wording
from desktop.domain.wizard.editing_cases import recorded_case
from desktop.domain.wizard.run import Phase, RunState
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.trial import stand_in, walkable
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.step_words import step_title
from desktop.ui.desk.wizards.trial_facts import Load, TrialDevice, TrialFacts
from desktop.ui.desk.wizards.trial_path import TrialPath
from desktop.ui.desk.wizards.trial_tools import TrialQuestion
from desktop.ui.desk.wizards.values import ChecklistRun
from desktop.ui.wizard.player import WizardPlayer

_LEFT = 320
_LONGEST_NAME = 80


class TrialDialog(QDialog):
    """Plays a draft, whatever is wrong with it; a change of who, where or what is known begins anew."""

    kept = Signal(object)
    """The way taken shall become a scenario: a `Case`."""

    def __init__(
        self,
        look: Look,
        wizard: Wizard,
        wizards: Mapping[str, Wizard],
        *,
        devices: Sequence[TrialDevice],
        load: Load,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._clock = look, clock
        self._walked = walkable(wizard, wizards, _words(look))
        self._nowhere = stand_in(wizard, self._walked)
        self._wizards = {**wizards, wizard.id: self._walked}
        self.player: WizardPlayer | ChecklistPage | None = None
        self._shown: QWidget | None = None
        title = one_line(wizard.title.say(look.texts.language), 80) or wizard.id
        self.setWindowTitle(look.text("trial.title", name=title))
        self.facts = TrialFacts(look, wizard, wizards, devices, load)
        self.facts.changed.connect(self._on_facts)
        self.path = TrialPath(look)
        self.question = TrialQuestion(look)
        self._stage = QStackedWidget()
        right = column(self.question, self._stage, spacing=0)
        right.setStretch(1, 1)
        whole = row(self._left(), pane(right, ground="surface"), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(1040), look.theme.px(720))
        self.begin()

    @property
    def state(self) -> RunState | None:
        """Return where the run stands; None where it could not begin."""
        return self.player.session.state if self.player is not None else None

    def begin(self) -> None:
        """Start from the first step with what is chosen on the left, and give the player the keyboard."""
        self._on_facts()
        if self.player is not None:
            self.player.focus_start()

    def _on_facts(self) -> None:
        """Start anew; whoever is ticking on the left goes on there."""
        if not self.facts.is_ready:
            return
        self.question.put_away()
        audience = Audience(self.facts.audience.value)
        scene = Scene(self._wizards, self.facts.snapshot, self.facts.platform.value)
        try:
            state = engine.start(scene, self._walked.id, run_id="trial", audience=audience, at=self._clock())
        except AppError as error:
            self.player = None
            said = self._look.texts.error(error)
            banner = Banner(self._look, said.what, said.do, tone="red")
            self._put(pane(column(banner, None, margins=(24, 20, 24, 20))))
            return
        self.player = self._player(scene, state)
        self.player.session.stepped.connect(self._on_stepped)
        self._put(self.player)
        self._on_stepped()

    def _left(self) -> QWidget:
        look = self._look
        self._again = Button(
            look, look.text("trial.again"), icon_name="arrow-counter-clockwise", small=True, clicked=self.begin
        )
        top = column(self.facts, 6, row(self._again, None), 14, self.path, None, spacing=4, margins=(18, 16, 18, 16))
        inner = QWidget()
        inner.setLayout(top)
        inner.setProperty("ground", "side")
        whole = column(scrolling(inner), self._keeping(), spacing=0)
        whole.setStretch(0, 1)
        frame = pane(whole, ground="side", edge="right")
        frame.setFixedWidth(look.theme.px(_LEFT))
        return frame

    def _keeping(self) -> QWidget:
        look = self._look
        self.name = TextField(look, look.text("trial.name"), limit=_LONGEST_NAME)
        self.keep = Button(look, look.text("trial.keep"), icon_name="floppy-disk", small=True, clicked=self._on_keep)
        self.said = plain_label(look, size="meta", tone="t2", wrap=True)
        self.said.setText(look.text("trial.keep.hint"))
        self._keep = QWidget()
        self._keep.setLayout(column(self.name, row(self.keep, None), spacing=6))
        return pane(column(self.said, self._keep, spacing=6, margins=(18, 12, 18, 14)), edge="top")

    def _player(self, scene: Scene, state: RunState) -> WizardPlayer | ChecklistPage:
        """Return the real player of that person; on both no action is done, and its result is asked for."""
        if state.audience is Audience.EMPLOYEE:
            player = WizardPlayer(self._look, scene, state, self.question.tools(self._clock, self._doing))
            player.left.connect(self.begin)
            player.finished.connect(self._on_finished)
            return player
        tools = self.question.tools(self._clock)
        page = ChecklistPage(self._look, ChecklistRun("", scene, state, tools, can_reply=False))
        page.side.hide()
        page.left.connect(self.begin)
        page.finished.connect(self._on_finished)
        page.hand_over_wanted.connect(self._on_finished)
        return page

    def _doing(self) -> str:
        """Return the title of the present step."""
        return step_title(self._look, self.player.session.step) if self.player is not None else ""

    def _on_finished(self, _end: object) -> None:
        """There is nothing behind a trial run but to keep it."""
        target = self.name.edit if self._keep.isVisible() else self._again
        target.setFocus()

    def _on_stepped(self) -> None:
        if self.player is None:
            return
        session = self.player.session
        if not session.is_busy:
            self.question.put_away()
        self.path.show_run(session.scene, session.state)
        can_keep = self._can_keep(session.state)
        self._keep.setVisible(can_keep)
        self._say("trial.keep.ready" if can_keep else "trial.keep.hint")
        if can_keep and not self.name.text:
            self.name.set_text(step_title(self._look, session.step))

    def _can_keep(self, state: RunState) -> bool:
        is_end = isinstance(self._wizards[state.wizard].steps.get(state.step), Outcome)
        return state.phase is Phase.FINISHED and is_end and state.step != self._nowhere

    def _on_keep(self) -> None:
        if self.player is None or not self._can_keep(self.player.session.state):
            return
        if not self.name.text:
            self.name.set_error(self._look.text("case.name.missing"))
            self.name.setFocus()
            return
        scene, state = self.player.session.scene, self.player.session.state
        case = recorded_case(scene, state, self.name.text)
        if not run_case(self._wizards, self._walked, case).is_as_said:
            self._say("trial.keep.cannot", tone="amb")
            return
        self.kept.emit(case)
        self.name.set_text("")
        self._keep.hide()
        self._say("trial.kept", tone="grn")

    def _say(self, code: str, *, tone: str = "t2") -> None:
        self.said.setText(self._look.text(code))
        set_tone(self.said, tone)

    def _put(self, widget: QWidget) -> None:
        """Show another page and let the one before go."""
        before, self._shown = self._shown, widget
        self._stage.addWidget(widget)
        self._stage.setCurrentWidget(widget)
        if before is not None:
            self._stage.removeWidget(before)
            before.deleteLater()


def _words(look: Look) -> Wording:
    """Return the heading of the end that stands in for what is missing; only its reader sees it."""
    text = look.text("trial.nowhere")
    return Wording(text, text)
