"""What the pages of the help window share: heading, scrolling body, phone line and footer, always at the same place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import ProgressSegments
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look

MARGIN = 28
STEPS = 4
HEADING = "heading"


class PhoneLine(QWidget):
    """The way to a person that is always there; without a known number it still says whom to call."""

    def __init__(self, look: Look, phone: str = "", *, margin: int = MARGIN) -> None:
        super().__init__()
        self._look = look
        self._words = plain_label(look, tone="t2")
        self._number = plain_label(look, weight=BOLD, selectable=True)
        line = row(IconLabel(look.theme, "phone", "t2"), self._words, self._number, None, spacing=8)
        line.setContentsMargins(margin, 10, margin, 12)
        self.setLayout(line)
        self.set_phone(phone)

    def set_phone(self, phone: str) -> None:
        """Show another number."""
        self._words.setText(self._look.text("tray.phone.urgent" if phone else "tray.phone.unknown"))
        self._number.setText(phone)
        self._number.setVisible(bool(phone))


class Page(QWidget):
    """One page of the help window; `body` takes its content and scrolls where the window is small."""

    def __init__(self, look: Look, *, step: int = 0) -> None:
        super().__init__()
        self.look = look
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.progress = ProgressSegments(look, STEPS, name=look.text("tray.step"))
        self.progress.set_at(step)
        if not step:
            self.progress.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(MARGIN, 20, MARGIN, 8)
        self.body.setSpacing(8)
        self.area: QScrollArea = scrolling(pane(self.body, ground="surface"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.phone_line = PhoneLine(look)
        self._footer = row(spacing=8, margins=(MARGIN - 12, 12, MARGIN, 12))
        self._footer_pane: QFrame = pane(self._footer, ground="surface2", edge="top")
        self._footer_pane.hide()
        top = row(self.progress, margins=(MARGIN, 14, MARGIN, 0)) if step else row()
        self.setLayout(column(top, self.area, self.phone_line, self._footer_pane, spacing=0))

    def set_footer(self, *items: QWidget | int | None) -> None:
        """Put the page's buttons at the bottom; None takes the room left over."""
        for item in items:
            if item is None:
                self._footer.addStretch(1)
            elif isinstance(item, int):
                self._footer.addSpacing(item)
            else:
                item.setProperty("tall", isinstance(item, Button))
                self._footer.addWidget(item)
        self._footer_pane.show()

    def back_button(self) -> Button:
        """Return the button that leads one page back."""
        return Button(self.look, self.look.text("tray.back"), icon_name="arrow-left", kind="flat")

    def focus_first(self) -> None:
        """Put the keyboard on the heading when the page comes into view, so that screen readers begin there."""
        for label in self.findChildren(QLabel, HEADING):
            if not label.isHidden():
                label.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.phone_line.set_phone(phone)


def heading(look: Look, text: str, *, centered: bool = False) -> QLabel:
    """Return a page's heading."""
    label = plain_label(look, text, size="step", weight=BOLD, wrap=True)
    label.setObjectName(HEADING)
    label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    label.setAccessibleName(text)
    if centered:
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def hint(look: Look, text: str, *, centered: bool = False) -> QLabel:
    """Return the sentence below a heading."""
    label = plain_label(look, text, size="reading", tone="t2", wrap=True)
    if centered:
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def field_label(look: Look, text: str, buddy: QWidget) -> QLabel:
    """Return the label of a field, tied to it for keyboard and screen readers."""
    label = plain_label(look, text.replace("&", "&&"), weight=BOLD)
    label.setBuddy(buddy)
    if not buddy.accessibleName():
        buddy.setAccessibleName(text)
    return label


def lines_card(rows: Sequence[QWidget]) -> QFrame:
    """Return a card of rows with thin lines between them."""
    card = QFrame()
    card.setProperty("card", True)
    layout = column(spacing=0, margins=(1, 1, 1, 1))
    for place, one in enumerate(rows):
        if place:
            line = QFrame()
            line.setFixedHeight(1)
            line.setProperty("edge", "top")
            layout.addWidget(line)
        layout.addWidget(one)
    card.setLayout(layout)
    return card
