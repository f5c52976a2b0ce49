"""A person as initials in a circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.common.fonts import BOLD
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line


class Avatar(QWidget):
    """A person's initials in a circle; screen readers skip it, the name stands beside it."""

    def __init__(self, look: Look, name: str, *, tone: str = "grn", size: int = 28) -> None:
        super().__init__()
        self._look, self._tone, self._size = look, tone, size
        self.initials = initials(name)
        self._fit()
        look.theme.changed.connect(self._fit)

    def set_name(self, name: str) -> None:
        """Show somebody else's initials."""
        self.initials = initials(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and letters."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._tone}bg"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(theme.color(self._tone))
        painter.setFont(theme.font(max(10, round(self._size * 0.38)), BOLD))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.initials)
        painter.end()

    def _fit(self) -> None:
        side = self._look.theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = [one for one in one_line(name, 120).replace("-", " ").split() if one[0].isalnum()]
    if not words:
        return "?"
    last = one_line(name, 120).split()[-1] if len(words) > 1 else ""
    return (words[0][0] + (last[:1] if last[:1].isalnum() else "")).upper()
