"""Labels that never take foreign text for markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.common.fonts import REGULAR
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import breakable, one_line, safe_html

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def plain_label(
    look: Look,
    text: str = "",
    *,
    size: str = "body",
    weight: int = REGULAR,
    tone: str = "t1",
    wrap: bool = False,
    selectable: bool = False,
) -> QLabel:
    """Return a label that shows its text letter by letter; sizes as in `fonts.SIZES`, `tone` is a text token."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    shown = breakable(text) if wrap and not selectable else text  # what is copied stays as it is
    label.setText(shown)
    if shown != text:
        label.setAccessibleName(text)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    if selectable:
        label.setTextInteractionFlags(_SELECTABLE)
    look.theme.dress(label, size, weight)
    return label


def reading_label(look: Look, text: str, *, size: str = "reading", limit: int = 8000) -> QLabel:
    """Return a selectable label for long foreign text with the line height of reading, escaped and cut at `limit`."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(safe_html(text, limit))
    label.setWordWrap(True)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setOpenExternalLinks(False)
    look.theme.dress(label, size)
    return label


def set_tone(widget: QWidget, tone: str, *, property_name: str = "tone") -> None:
    """Change a dynamic property that the style sheet looks at, and have the widget dressed anew."""
    if widget.property(property_name) != tone:
        widget.setProperty(property_name, tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows its text letter by letter: Qt takes what looks like markup for markup."""
    widget.setToolTip(tooltip_text(text))


def tooltip_text(text: str) -> str:
    """Return what a tooltip of any kind shows letter by letter: rows of lists and parts of pictures have one too."""
    return _as_tooltip(text) if "<" in text or "&" in text else text


class ElidedLabel(QWidget):
    """One line that ends in "…" where the room ends; the whole text stands in the tooltip and for screen readers."""

    def __init__(
        self, look: Look, text: str = "", *, size: str = "body", weight: int = REGULAR, tone: str = "t1"
    ) -> None:
        super().__init__()
        self._look, self._tone, self._text = look, tone, ""
        look.theme.dress(self, size, weight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text, as one line."""
        self._text = one_line(text)
        self.setAccessibleName(self._text)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(40, QFontMetrics(self.font()).height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text as far as it fits."""
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        if (shown != self._text) != bool(self.toolTip()):
            self.setToolTip(_as_tooltip(self._text) if shown != self._text else "")
        painter = QPainter(self)
        painter.setPen(self._look.theme.color(self._tone if self.isEnabled() else "t3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def _as_tooltip(text: str) -> str:
    return safe_html(text, 300, line_height=120)
