"""The way a trial run has taken: each step with the exit it took, who took it, and how many steps people had to do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard.engine import human_steps
from desktop.domain.wizard.run import RunState, Source, step_of
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.step_words import step_title, way_text


class TrialPath(QWidget):
    """Drawn anew after every step."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._count = plain_label(look, size="meta", tone="t2", wrap=True)
        self._rows = column(spacing=8)
        title = plain_label(look, look.text("trial.path"), size="meta", weight=BOLD)
        self.setLayout(column(title, self._count, 4, self._rows, spacing=4))

    def show_run(self, scene: Scene, state: RunState) -> None:
        """Show the steps taken and the present one."""
        clear(self._rows)
        look = self._look
        self._count.setText(look.texts.plural("trial.count", human_steps(state), all=len(state.path)))
        for record in state.path:
            step = step_of(scene.wizards, record.wizard, record.step)
            if step is None:
                continue
            is_auto = record.source is Source.AUTO
            text = look.text("trial.jumped") if record.exit == "jump" else way_text(look, step, record.exit)
            self._add("lightning" if is_auto else "check", step_title(look, step), text, is_auto=is_auto)
        present = scene.step(state)
        icon = "check-circle" if state.phase.is_over else "caret-right"
        self._add(icon, step_title(look, present), look.text("trial.over" if state.phase.is_over else "trial.here"))
        show_all(self._rows)

    def _add(self, icon: str, title: str, text: str, *, is_auto: bool = False) -> None:
        look = self._look
        mark = IconLabel(look.theme, icon, "grn" if is_auto else "acc", size=15)
        mark.setAccessibleName(look.text("trial.by_machine" if is_auto else "trial.by_person"))
        words = column(
            plain_label(look, title, weight=MEDIUM, wrap=True),
            plain_label(look, text, size="meta", tone="t2", wrap=True),
            spacing=1,
        )
        holder = QWidget()
        line = row(column(mark, None), words, spacing=8)
        line.setStretch(1, 1)
        holder.setLayout(line)
        self._rows.addWidget(holder)
