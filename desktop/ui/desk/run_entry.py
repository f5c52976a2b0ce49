"""A checklist in the conversation: one line that unfolds into its steps, and is renewed in place while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.entries import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.ui.desk.wizards.story import Story, StoryStep


class _Head(QWidget):
    """The line of a run: a click anywhere on it folds."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class RunEntry(Entry):
    """A run with its steps behind it; `folded` names the run that somebody opened or closed."""

    folded = Signal(str)

    def __init__(self, look: Look, story: Story, at: datetime, *, is_open: bool = False) -> None:
        super().__init__(look, "")
        self.is_open = is_open
        self._story, self._at = story, at
        self._mark = IconLabel(look.theme, story.icon, story.tone, filled=story.is_filled)
        self._text = ElidedLabel(look, size="meta", tone="t2")
        self._caret = IconLabel(look.theme, "caret-down", "t3")
        time = plain_label(look, look.formats.moment(at), size="meta", tone="t3")
        line = row(self._mark, self._text, self._caret, time, margins=(9, 3, 3, 3))
        line.setStretch(1, 1)
        head = _Head()
        head.setLayout(line)
        head.setCursor(Qt.CursorShape.PointingHandCursor)
        head.clicked.connect(self.turn)
        self._body = QFrame()
        self._body.setProperty("message", "in")
        self._steps = QVBoxLayout(self._body)
        self._steps.setContentsMargins(13, 9, 13, 11)
        self._steps.setSpacing(9)
        self.setLayout(column(head, row(self._body, margins=(35, 2, 3, 3)), spacing=0))
        self.show_story(story)

    @property
    def run(self) -> str:
        """Return the id of the run."""
        return self._story.run

    def show_story(self, story: Story) -> None:
        """Show how far the run is now, folded or not as it was."""
        self._story = story
        self._mark.set_icon(story.icon, story.tone, filled=story.is_filled)
        self._text.set_text(story.said)
        self._show_fold()

    def turn(self) -> None:
        """Fold or unfold the steps."""
        self.is_open = not self.is_open
        self._show_fold()
        announce(self, self._look.text("checklist.story.unfolded" if self.is_open else "checklist.story.folded"))
        self.folded.emit(self._story.run)

    def _show_fold(self) -> None:
        state = self._look.text("checklist.story.unfolded" if self.is_open else "checklist.story.folded")
        self.setAccessibleName(f"{self._story.said}, {self._look.formats.moment(self._at)}, {state}")
        self.setAccessibleDescription(self._look.text("checklist.story.keys"))
        self._caret.set_icon("caret-up" if self.is_open else "caret-down", "t3")
        clear(self._steps)
        self._body.setVisible(self.is_open)
        if self.is_open:
            self._fill()

    def _fill(self) -> None:
        if not self._story.steps:
            none = self._look.text("checklist.story.nothing")
            self._steps.addWidget(plain_label(self._look, none, size="meta", tone="t3", wrap=True))
        for one in self._story.steps:
            self._steps.addWidget(_StepLine(self._look, one))
        show_all(self._steps)


class _StepLine(QWidget):
    """One step: its mark, its title, what came out, what was measured and noted, who and when."""

    def __init__(self, look: Look, step: StoryStep) -> None:
        super().__init__()
        from desktop.ui.wizard.parts import MARKS

        name, tone, is_filled = MARKS.get(step.mark, ("circle", "t3", False))
        head = row(plain_label(look, step.title, weight=MEDIUM, wrap=True), spacing=8)
        head.setStretch(0, 1)
        if step.by:
            head.addWidget(plain_label(look, step.by, size="meta", tone="t3"), 0, Qt.AlignmentFlag.AlignTop)
        words = column(head, spacing=1)
        if step.result:
            words.addWidget(plain_label(look, step.result, size="meta", tone="t2", wrap=True, selectable=True))
        if step.evidence:
            said = look.text("checklist.story.evidence", text=step.evidence)
            words.addWidget(plain_label(look, said, size="meta", tone="t3", wrap=True, selectable=True))
        if step.note:
            said = look.text("checklist.story.note", text=step.note)
            words.addWidget(plain_label(look, said, size="meta", tone="t2", wrap=True, selectable=True))
        line = row(column(2, IconLabel(look.theme, name, tone, filled=is_filled), None, spacing=0), words, spacing=9)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setAccessibleName(", ".join(one for one in (step.title, step.result, step.by) if one))
