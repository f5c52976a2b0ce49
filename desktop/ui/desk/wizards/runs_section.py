"""The checklists of a ticket in its panel: every run with its state, the newest open one with its steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.fonts import BOLD, REGULAR
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.run_words import MARKS, open_text, progress_text, state_text, who_text
from desktop.ui.desk.wizards.sketch import RunSketch, RunStep

_FIRST = 4  # runs that are shown before somebody asks for all


class RunRow(QWidget):
    """One run: `opened` by its button or a click anywhere on it, `put_away` by its small button or Delete."""

    opened = Signal()
    put_away = Signal()

    def __init__(self, look: Look, sketch: RunSketch) -> None:
        super().__init__()
        self._look, self._sketch = look, sketch
        self.link: Button | None = None
        self.away: IconButton | None = None
        name, tone, is_filled = MARKS[sketch.mark]
        words = column(
            self._head(),
            ElidedLabel(look, state_text(look, sketch), size="meta", tone="t2"),
            ElidedLabel(look, who_text(look, sketch), size="meta", tone="t3"),
            spacing=1,
        )
        lead = 7 if self.away is not None else 2  # the small button makes the first line higher
        mark = column(lead, IconLabel(look.theme, name, tone, filled=is_filled), None, spacing=0)
        if sketch.reason:
            words.addWidget(ElidedLabel(look, sketch.reason, size="meta", tone="t2"))
        if sketch.count and not sketch.is_over:
            words.addSpacing(3)
            words.addWidget(self._bar())
        said = open_text(look, sketch)
        if said:
            words.addLayout(row(self._link(said), None))
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = row(mark, words, spacing=9)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setAccessibleName(self._spoken())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the run wherever it was clicked."""
        if self.link is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Delete, as a row of a list."""
        if event.key() == Qt.Key.Key_Delete and self.away is not None:
            self.put_away.emit()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QWidget:
        look, sketch = self._look, self._sketch
        line = row(ElidedLabel(look, sketch.title, weight=BOLD), spacing=4)
        line.setStretch(0, 1)
        if not sketch.is_over and not sketch.is_list and sketch.can_show:
            name = look.text("checklist.away.name", title=sketch.title)
            self.away = IconButton(look, "archive", name, small=True, clicked=self.put_away.emit)
            self.away.set_icon("archive", "t3")
            line.addWidget(self.away)
        head = QWidget()
        head.setLayout(line)
        return head

    def _bar(self) -> QProgressBar:
        return progress_bar(self._look, self._sketch)

    def _link(self, said: str) -> Button:
        self.link = Button(self._look, said, kind="link", clicked=self.opened.emit)
        self.link.setAccessibleName(f"{said}: {self._spoken()}")
        return self.link

    def _spoken(self) -> str:
        look, sketch = self._look, self._sketch
        return ", ".join((sketch.title, state_text(look, sketch), who_text(look, sketch)))


class RunsSection(QWidget):
    """All runs of a ticket; `run_wanted` names the one to go on with or look at, `put_away_wanted` the one to end."""

    run_wanted = Signal(str)
    put_away_wanted = Signal(str)

    def __init__(self, look: Look, sketches: Sequence[RunSketch]) -> None:
        super().__init__()
        self._look, self._sketches = look, tuple(sketches)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)
        self._draw(self._sketches[:_FIRST])

    def _draw(self, shown: Sequence[RunSketch]) -> None:
        clear(self._lines)
        if not self._sketches:
            none = self._look.text("context.no_checklist")
            self._lines.addWidget(plain_label(self._look, none, size="meta", tone="t3", wrap=True))
        for place, sketch in enumerate(shown):
            self._add(sketch)
            if place == 0 and not sketch.is_over and sketch.steps:
                self._lines.addLayout(self._steps(sketch.steps))
        hidden = len(self._sketches) - len(shown)
        if hidden:
            said = self._look.texts.plural("checklist.more_runs", hidden)
            self._lines.addLayout(row(Button(self._look, said, kind="link", clicked=self._on_all), None))
        show_all(self._lines)

    def _add(self, sketch: RunSketch) -> None:
        one = RunRow(self._look, sketch)
        one.opened.connect(lambda: self.run_wanted.emit(sketch.run))
        one.put_away.connect(lambda: self.put_away_wanted.emit(sketch.run))
        self._lines.addWidget(one)

    def _on_all(self) -> None:
        self._draw(self._sketches)

    def _steps(self, steps: Sequence[RunStep]) -> QVBoxLayout:
        look = self._look
        lines = column(spacing=7)
        for step in steps:
            tone = "grn" if step.is_done else "acc" if step.is_current else "t3"
            mark = IconLabel(look.theme, "check-circle" if step.is_done else "circle", tone, filled=step.is_done)
            weight = BOLD if step.is_current else REGULAR
            tones = ("t1" if step.is_current else "t2") if step.is_done or step.is_current else "t3"
            line = row(mark, ElidedLabel(look, step.title, weight=weight, tone=tones), spacing=9)
            line.setStretch(1, 1)
            lines.addLayout(line)
        return lines


def progress_bar(look: Look, sketch: RunSketch) -> QProgressBar:
    """Return how far a run is as a thin bar that says it in words, too."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(6)
    bar.setAccessibleName(look.text("context.checklist"))
    bar.setAccessibleDescription(progress_text(look, sketch))
    bar.setRange(0, max(1, sketch.count))
    bar.setValue(sketch.number)
    return bar
