"""What the machine found out, on an employee's page: what is new at once, what was seen before behind a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.domain.wizard.run import RunState, Source
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.buttons import Button
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.wizard.parts import facts_card, framed
from desktop.ui.wizard.words import Line, Mark, facts

_SHOWN = 3


class FactsView(QWidget):
    """Shows `news` and offers `seen`; `dispute` is called with the step of a fact that is not true."""

    def __init__(
        self, look: Look, news: tuple[Line, ...], seen: tuple[Line, ...], dispute: Callable[[str], object]
    ) -> None:  # fmt: skip
        super().__init__()
        lines = column(spacing=8)
        self._short = framed(lines)
        self._whole = facts_card(look, (*news, *seen), dispute)
        if news:
            lines.addWidget(facts_card(look, news, dispute))
        if seen:
            code = "wizard.more_facts" if news else "wizard.seen_facts"
            more = Button(look, look.texts.plural(code, len(seen)), kind="link", clicked=self.unfold)
            lines.addLayout(row(more, None))
        self.setLayout(column(self._short, self._whole, spacing=0))
        self._whole.hide()

    def unfold(self) -> None:
        """Show everything that was checked, in the place of what was shown."""
        self._short.hide()
        self._whole.show()
        doubt = self._whole.findChild(QAbstractButton)
        if doubt is not None:
            doubt.setFocus(Qt.FocusReason.OtherFocusReason)


def split_facts(look: Look, scene: Scene, state: RunState) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return what is new since the last page somebody saw, problems first, and everything else."""
    fresh = _fresh_places(state)
    found = facts(look, scene, state)
    news = [one for one in found if (one.wizard, one.step) in fresh]
    problems = [one for one in news if one.mark is Mark.WARN]
    others = [one for one in news if one.mark is not Mark.WARN]
    room = max(0, _SHOWN - len(problems))
    shown = (*problems, *others[len(others) - room :]) if room < len(others) else (*problems, *others)
    return shown, tuple(one for one in found if one not in shown)


def _fresh_places(state: RunState) -> set[tuple[str, str]]:
    """Return the steps that answered themselves since a person did one."""
    found: set[tuple[str, str]] = set()
    for record in reversed(state.path):
        if record.source is not Source.AUTO:
            break
        found.add((record.wizard, record.step))
    return found
