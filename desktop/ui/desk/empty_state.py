"""What stands where there is nothing: a drawing, what it means, and what one could do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look


class EmptyState(QFrame):
    """A quiet page: drawing or icon, title, text, buttons in the middle of the room."""

    def __init__(self, look: Look, *, icon_name: str = "", ground: str = "surface") -> None:
        """Show `icon_name`, or the empty tray with its tick where it is empty."""
        super().__init__()
        self.setProperty("ground", ground)
        self._look = look
        mark: QWidget = IconLabel(look.theme, icon_name, "t3", size=32) if icon_name else _EmptyTray(look)
        self._title = plain_label(look, size="title", weight=BOLD)
        self._text = plain_label(look, size="reading", tone="t2", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setFixedWidth(look.theme.px(380))
        self._buttons = row(spacing=8)
        inner = column(spacing=6, margins=(24, 24, 24, 24))
        inner.addStretch(1)
        for one in (mark, 12, self._title, self._text, 10, self._buttons, 14):
            if isinstance(one, int):
                inner.addSpacing(one)
            elif isinstance(one, QWidget):
                inner.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
            else:
                inner.addLayout(one)
        inner.addStretch(1)
        self.setLayout(inner)

    def say(self, title: str, text: str = "", *, buttons: Sequence[Button] = ()) -> None:
        """Show words and buttons; the ones before go away."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._text.setMinimumHeight(self._text.heightForWidth(self._text.width()))  # a layout forgets wrapped lines
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)


class _EmptyTray(QWidget):
    """A tray with a tick above."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(QSize(100, 72))
        look.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, opening and tick."""
        color = self._look.theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line2"), 1.5))
        painter.setBrush(color("surface2"))
        painter.drawRoundedRect(QRectF(1, 1, 98, 68), 8, 8)
        opening = QPainterPath(QPointF(1, 43))
        opening.lineTo(26, 43)
        opening.quadTo(30, 58, 41, 58)
        opening.lineTo(59, 58)
        opening.quadTo(70, 58, 74, 43)
        opening.lineTo(99, 43)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(opening)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("grnbg"))
        painter.drawEllipse(QPointF(50, 22), 15, 15)
        painter.setPen(QPen(color("grn"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(43, 22), QPointF(48, 27), QPointF(57, 17)])
        painter.end()
