"""Icons for what takes a `QIcon`: actions, menus and lists."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from desktop.ui.common.icons import draw_icon
from desktop.ui.common.theme import Theme


class _TokenIcon(QIconEngine):
    """Draws a glyph in a token's present colour; disabled ones in the colour of hints."""

    def __init__(self, theme: Theme, name: str, token: str, *, filled: bool) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._filled = theme, name, token, filled

    def clone(self) -> QIconEngine:
        return _TokenIcon(self._theme, self._name, self._token, filled=self._filled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "t3" if mode is QIcon.Mode.Disabled else self._token
        draw_icon(painter, QRectF(rect), self._name, self._theme.color(token), filled=self._filled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # The size is logical: size x scale pixels are wanted, or everything blurs at 125 and 150 %.
        pixmap = QPixmap(round(size.width() * scale), round(size.height() * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def make_icon(theme: Theme, name: str, token: str, *, filled: bool) -> QIcon:
    """Return a glyph as an icon; called by `icons.icon`."""
    return QIcon(_TokenIcon(theme, name, token, filled=filled))
