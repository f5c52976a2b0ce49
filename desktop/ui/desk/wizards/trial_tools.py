"""What a trial run does instead of acting: it asks the author what would have come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame

from desktop.base.clock import Clock
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Answer
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.case_words import finding_title
from desktop.ui.wizard.tools import WizardTools

_TRIES = (Try.DONE, Try.FAILED, Try.CANNOT)
_STATES = (FindingState.ABSENT, FindingState.PRESENT, FindingState.UNKNOWN)


class TrialQuestion(QFrame):
    """A strip above the player that asks how an action or a check would have gone; hidden while there is nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "surface")
        self._title = plain_label(look, weight=BOLD, wrap=True)
        self._text = plain_label(look, size="meta", tone="t2", wrap=True)
        self._buttons = row(spacing=8)
        self.buttons: list[Button] = []
        self._doing: Callable[[], str] | None = None
        words = column(self._title, self._text, 4, self._buttons, spacing=2)
        line = row(
            column(IconLabel(look.theme, "hand-palm", "acc", size=20), None),
            words,
            spacing=10,
            margins=(20, 12, 20, 12),
        )
        line.setStretch(1, 1)
        self.setLayout(column(pane(line, edge="bottom"), spacing=0))
        self.hide()

    def tools(self, clock: Clock, doing: Callable[[], str] | None = None) -> WizardTools:
        """Return what a player is given; with `doing`, the title of the present step, actions count as possible.

        Without it they are done by hand.
        """
        self._doing = doing
        return WizardTools(
            clock=clock,
            verify=self._verify,
            perform=self._perform,
            open_page=lambda _page: True,
            can_perform=lambda _action: doing is not None,
            is_here=doing is not None,
        )

    def put_away(self) -> None:
        """Ask no longer: the run went on without an answer."""
        clear(self._buttons)
        self.buttons = []
        self.hide()

    def _verify(self, finding: str, done: Callable[[Finding], None]) -> None:
        def answered(state: FindingState) -> None:
            done(Finding(finding, state, Severity.WARN))

        title = self._look.text("trial.verify", finding=finding_title(self._look, finding))
        choices = [(self._look.text(f"trial.verify.{one.value}"), one) for one in _STATES]
        self._ask(title, choices, answered)

    def _perform(self, action: str, _answers: Mapping[str, Answer], _agreed: str, done: Callable[[Deed], None]) -> None:
        def answered(result: Try) -> None:
            done(Deed(result))

        title = self._doing() if self._doing is not None else action
        choices = [(self._look.text(f"trial.perform.{one.value}"), one) for one in _TRIES]
        self._ask(self._look.text("trial.perform", action=title), choices, answered)

    def _ask(self, title: str, choices: Sequence[tuple[str, Any]], answered: Callable[[Any], None]) -> None:
        self.put_away()
        self._title.setText(title)
        self._text.setText(self._look.text("trial.nothing_done"))
        for label, value in choices:
            button = Button(
                self._look, label, small=True, clicked=lambda chosen=value: self._on_chosen(chosen, answered)
            )
            self._buttons.addWidget(button)
            self.buttons.append(button)
        self._buttons.addStretch(1)
        self.show()
        show_all(self._buttons)
        self.buttons[0].setFocus()
        announce(self, title)

    def _on_chosen(self, value: object, answered: Callable[[Any], None]) -> None:
        self.put_away()
        answered(value)
