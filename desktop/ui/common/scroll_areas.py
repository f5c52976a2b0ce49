"""Scroll areas that never clip what they show at the side; `layouts.scrolling` makes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class _WideArea(QScrollArea):
    """Never narrower than what it shows: clipped at the side, a button could not be reached."""

    def minimumSizeHint(self) -> QSize:
        """Ask for the least width of the content and the bar beside it."""
        content = self.widget()
        least = content.minimumSizeHint().width() if content is not None else 0
        return QSize(least + self.verticalScrollBar().sizeHint().width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew where the content needs another width."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def make_area(content: QWidget, *, keeps_width: bool) -> QScrollArea:
    """Return an area as `layouts.scrolling` describes it."""
    area = _WideArea() if keeps_width else QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
