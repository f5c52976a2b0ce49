"""A line above the pages while this PC waits for its company's answer, was refused, or cannot send by its own fault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.base.errors import AppError
from desktop.client.overview import Overview
from desktop.ui.common.buttons import Button
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.tray.connection import is_about_folder


class StandingBanner(QFrame):
    """Hidden as soon as the PC is let in and nothing on it stands in the way."""

    enrol_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "surface2")
        self.setProperty("edge", "bottom")
        self._icon = IconLabel(look.theme, "hourglass", "amb")
        self._words = plain_label(look, size="meta", tone="t2", wrap=True)
        self._again = Button(look, look.text("tray.standing.again"), small=True, clicked=self.enrol_wanted.emit)
        line = row(self._icon, self._words, self._again, spacing=10, margins=(28, 8, 28, 8))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_overview(self, overview: Overview, problem: AppError | None) -> None:
        """Show whether the PC waits, was refused, or what on it keeps messages from going out."""
        refused = overview.admission == "refused"
        if overview.admission and not refused and problem is not None and not is_about_folder(problem):
            self._show_problem(problem)
            return
        self.setVisible(refused or overview.admission == "waiting")
        self._again.setVisible(refused)
        self._icon.set_icon("prohibit" if refused else "hourglass", "red" if refused else "amb")
        code = "tray.standing.refused" if refused else "tray.standing.waiting"
        self._words.setText(self._look.text(code, company=overview.company))

    def _show_problem(self, problem: AppError) -> None:
        text = self._look.texts.error(problem)
        self._icon.set_icon("warning-circle", "amb")
        self._words.setText(" ".join(one for one in (text.what, text.do) if one))
        self._again.hide()
        self.show()
