"""The pages of a hand-over as they will be printed, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.texts import LANGUAGES
from desktop.ui.common.buttons import ChoiceButton, IconButton
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.pdf import PAGE, Sheet


class Page(QWidget):
    """One page, as large as the room allows; the arrow and page keys turn it."""

    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sheet: Sheet | None = None
        self.index = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(look.text("handover.preview"))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another state of the pages, on the same page where there still is one."""
        self._sheet = sheet
        self.turn_to(self.index)

    def turn_to(self, index: int) -> None:
        """Show a page."""
        last = self._sheet.pages - 1 if self._sheet else 0
        self.index = max(0, min(index, last))
        self.turned.emit(self.index)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the width of the mock-up."""
        return QSize(self._look.theme.px(400), self._look.theme.px(540))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page."""
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: -1,
        }
        if event.key() in steps:
            self.turn_to(self.index + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, white in both schemes because it is paper."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(self.width() - 8.0, (self.height() - 8.0) * PAGE.width() / PAGE.height())
        place = QRectF((self.width() - width) / 2, 4, width, width * PAGE.height() / PAGE.width())
        if self._sheet is not None and width > 20:
            ratio = self.devicePixelRatioF()
            image = self._sheet.page_image(self.index, round(width), ratio)
            painter.drawImage(place.topLeft(), image)
        painter.setPen(QPen(self._look.theme.color("line2"), 1))
        painter.drawRect(place)
        if self.hasFocus():
            draw_ring(self._look, painter, place, 2)
        painter.end()


class Preview(QWidget):
    """The page with its heading: which page, turning, and the language of the pages."""

    language_chosen = Signal(str)

    def __init__(self, look: Look, language: str) -> None:
        super().__init__()
        self._look = look
        self.page = Page(look)
        self._where = plain_label(look, size="meta", tone="t3")
        labels = [(one, look.text(f"handover.language.{one}")) for one in LANGUAGES]
        self.language = ChoiceButton(look, look.text("handover.language"), labels, value=language, small=True)
        self.language.chosen.connect(self.language_chosen)
        self._back = IconButton(look, "caret-left", look.text("handover.page_back"), small=True, clicked=self._on_back)
        self._next = IconButton(look, "caret-right", look.text("handover.page_next"), small=True, clicked=self._on_next)
        title = plain_label(look, look.text("handover.preview"), weight=BOLD)
        heading = row(title, self._where, None, self._back, self._next, self.language, spacing=8)
        self.setLayout(column(heading, self.page, spacing=12))
        self.page.turned.connect(self._on_turned)
        self._pages = 1

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another state of the pages."""
        self._pages = sheet.pages
        self.page.show_sheet(sheet)

    def _on_turned(self, index: int) -> None:
        self._where.setText(self._look.text("handover.page", page=index + 1, pages=self._pages))
        self._back.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < self._pages)

    def _on_back(self) -> None:
        self.page.turn_to(self.page.index - 1)

    def _on_next(self) -> None:
        self.page.turn_to(self.page.index + 1)
