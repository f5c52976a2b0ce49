"""The tray menu: text only, native on macOS, by D-Bus on Linux; so no widgets and no icons in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.base.texts import Texts

if TYPE_CHECKING:  # read after the icon is there
    from desktop.client.overview import Overview


class TrayMenu(QObject):
    """Holds the actions; `menu` is handed to the tray icon."""

    help_wanted = Signal()
    requests_wanted = Signal()
    screenshot_wanted = Signal()
    check_wanted = Signal()
    diagnosis_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, texts: Texts, *, may_quit: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.menu = QMenu()
        self.menu.setAccessibleName(texts.text("tray.title"))
        self.state = self._add("", None)
        self.state.setEnabled(False)
        self.menu.addSeparator()
        self.ask = self._add(texts.text("tray.menu.ask"), self.help_wanted)
        self.menu.setDefaultAction(self.ask)
        self.mine = self._add("", self.requests_wanted)
        self.diagnosis = self._add(texts.text("tray.menu.diagnosis"), self.diagnosis_wanted)
        self.diagnosis.setVisible(False)
        self.shot = self._add(texts.text("tray.menu.screenshot"), self.screenshot_wanted)
        self.menu.addSeparator()
        self.check = self._add(texts.text("tray.check"), self.check_wanted)
        self.phone = self._add("", None)
        self.phone.setEnabled(False)
        self.menu.addSeparator()
        self.settings = self._add(texts.text("tray.menu.settings"), self.settings_wanted)
        self.leave = self._add(texts.text("tray.menu.quit"), self.quit_wanted)
        if sys.platform == "darwin":  # elsewhere a tray menu has no keys, and key sequences cost a start 11 ms
            self.leave.setShortcut(QKeySequence.StandardKey.Quit)
        self.leave.setVisible(may_quit)
        self.show_news(0)

    def show_overview(self, overview: Overview, connection: str) -> None:
        """Show connection, new answers and the phone line."""
        self.state.setText(connection)
        self.phone.setText(self._texts.text("tray.menu.phone", phone=overview.help_phone))
        self.phone.setVisible(bool(overview.help_phone))
        is_enrolled = bool(overview.admission)
        self.shot.setEnabled(is_enrolled)
        self.mine.setEnabled(is_enrolled)
        self.diagnosis.setVisible(overview.asks > 0)
        self.show_news(overview.news)

    def show_news(self, count: int) -> None:
        """Put the number of new answers behind "My requests"."""
        title = self._texts.text("tray.requests")
        self.mine.setText(f"{title}\t{self._texts.plural('tray.news', count)}" if count else title)

    def _add(self, words: str, signal: object) -> QAction:
        action = self.menu.addAction(words)
        if signal is not None:
            action.triggered.connect(lambda: signal.emit())  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownLambdaType]
        return action
