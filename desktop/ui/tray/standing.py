"""A line above the pages while this PC waits for its company's answer, or was refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.client.overview import Overview
from desktop.ui.common.buttons import Button
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look


class StandingBanner(QFrame):
    """Hidden as soon as the PC is let in."""

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

    def show_overview(self, overview: Overview) -> None:
        """Show whether the PC waits or was refused."""
        refused = overview.admission == "refused"
        self.setVisible(refused or overview.admission == "waiting")
        self._again.setVisible(refused)
        self._icon.set_icon("prohibit" if refused else "hourglass", "red" if refused else "amb")
        code = "tray.standing.refused" if refused else "tray.standing.waiting"
        self._words.setText(self._look.text(code, company=overview.company))
