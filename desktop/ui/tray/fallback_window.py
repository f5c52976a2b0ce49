"""E13: the same actions in a small window, where the desktop shows no tray icons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.client.overview import Overview
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Chip
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.keys import is_enter
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.parts import PhoneLine, lines_card


class ActionRow(QAbstractButton):
    """One action with icon, title, hint and perhaps a chip."""

    def __init__(self, look: Look, icon_name: str, title: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hint = plain_label(look, size="meta", tone="t3", wrap=True)
        self.chip = Chip(look, "", "acc")
        self.chip.hide()
        words = column(plain_label(look, title, size="reading", weight=BOLD), self._hint, spacing=1)
        caret = IconLabel(look.theme, "caret-right", "t3")
        line = row(
            IconLabel(look.theme, icon_name, size=18), words, self.chip, caret, spacing=14, margins=(16, 10, 14, 10)
        )
        line.setStretch(1, 1)
        self._line = line
        self.setLayout(line)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_hint(self, words: str) -> None:
        """Say something below the title."""
        self._hint.setText(words)
        self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what a click does."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for the room of the words."""
        return self._line.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect().adjusted(1, 0, -1, 0), self._look.theme.color("hover"))
        if self.hasFocus():
            draw_ring(self._look, painter, self.rect().toRectF().adjusted(2, 2, -2, -2), 6)
        painter.end()


class FallbackWindow(QWidget):
    """What the tray menu offers, as a window."""

    help_wanted = Signal()
    requests_wanted = Signal()
    check_wanted = Signal()
    diagnosis_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        text = look.text
        self.setWindowTitle(text("tray.title"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(440, 480)
        self.ask = Button(look, text("tray.ask"), icon_name="chat-text", kind="primary", clicked=self.help_wanted.emit)
        self.ask.setSizePolicy(self.ask.sizePolicy().Policy.Expanding, self.ask.sizePolicy().Policy.Fixed)
        self.ask.setProperty("tall", True)
        self.mine = ActionRow(look, "list-bullets", text("tray.requests"))
        self.mine.clicked.connect(self.requests_wanted.emit)
        self.diagnosis = ActionRow(look, "shield-check", text("tray.diagnosis.asked"))
        self.diagnosis.set_hint(text("tray.diagnosis.asked_hint"))
        self.diagnosis.clicked.connect(self.diagnosis_wanted.emit)
        self._asked = lines_card((self.diagnosis,))
        self._asked.hide()
        self.check = ActionRow(look, "first-aid-kit", text("tray.check"))
        self.check.set_hint(text("tray.check_hint"))
        self.check.clicked.connect(self.check_wanted.emit)
        self._connection = plain_label(look, size="meta", tone="t2", wrap=True)
        self.phone = PhoneLine(look, margin=0)
        card = lines_card((self.mine, self.check))
        why = plain_label(look, text("tray.fallback.why"), size="meta", tone="t3", wrap=True)
        inner = column(
            self.ask, 6, self._asked, card, 6, self._connection, self.phone, None, spacing=6, margins=(25, 20, 25, 12)
        )
        layout = column(pane(inner), pane(row(why, margins=(25, 12, 25, 12)), ground="surface2", edge="top"), spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_overview(self, overview: Overview, connection: str) -> None:
        """Show what is new and how this PC is connected."""
        texts = self._look.texts
        self.mine.set_hint(texts.plural("tray.requests.open", overview.open_requests))
        self.mine.chip.setVisible(overview.news > 0)
        self.mine.chip.set_chip(texts.plural("tray.news", overview.news), "acc")
        self._asked.setVisible(overview.asks > 0)
        self._connection.setText(connection)
        self.phone.set_phone(overview.help_phone)
