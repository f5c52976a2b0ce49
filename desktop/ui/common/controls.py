"""Small parts of all windows: cards, banners, chips, progress, segments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QLabel, QLayout, QSizePolicy, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look

_BANNER_ICONS = {"acc": "info", "amb": "warning", "red": "warning-circle", "grn": "check-circle", "vio": "info"}


class Card(QFrame):
    """A white area with a thin line around; `layout` gives it its content."""

    def __init__(self, layout: QLayout | None = None) -> None:
        super().__init__()
        self.setProperty("card", True)
        if layout is not None:
            self.setLayout(layout)


class Chip(QLabel):
    """A word on a coloured ground; `tone` is acc, grn, amb, red, vio, plain or outline."""

    def __init__(self, look: Look, text: str, tone: str = "plain") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", tone)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.dress(self, "caption", MEDIUM)

    def set_chip(self, text: str, tone: str) -> None:
        """Show another word on another ground."""
        self.setText(text)
        set_tone(self, tone, property_name="chip")


class MarkChip(QFrame):
    """A chip whose icon says by its shape what its colour says: "▲ 2 Hinweise"."""

    def __init__(self, look: Look, text: str, tone: str, icon_name: str) -> None:
        super().__init__()
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        label = plain_label(look, text, size="caption", weight=MEDIUM, tone=tone)
        mark = IconLabel(look.theme, icon_name, tone, size=14, filled=True)
        self.setLayout(row(mark, label, spacing=4))


class Banner(QFrame):
    """A message across a page: tone (acc, amb, red, grn, vio), title, text and buttons; hidden by `hide()`."""

    def __init__(
        self,
        look: Look,
        title: str,
        text: str = "",
        *,
        tone: str = "acc",
        icon_name: str = "",
        buttons: Sequence[Button] = (),
    ) -> None:
        super().__init__()
        self.setProperty("banner", tone)
        self._icon = IconLabel(look.theme, icon_name or _BANNER_ICONS[tone], tone, size=20, filled=not icon_name)
        self._title = plain_label(look, title, weight=BOLD, wrap=True)
        self._text = plain_label(look, text, size="meta", tone="t2", wrap=True)
        self._buttons = row(spacing=8)
        words = column(self._title, self._text, self._buttons, spacing=3)
        icon_column = column(self._icon, None)
        line = row(icon_column, words, spacing=10, margins=(12, 10, 12, 10))
        line.setStretch(1, 1)
        self.setLayout(line)
        self._text.setVisible(bool(text))  # before it has a place here it would open a window of its own
        self.set_buttons(buttons)

    def set_text(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def set_buttons(self, buttons: Sequence[Button]) -> None:
        """Offer other buttons."""
        clear(self._buttons)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._buttons.setContentsMargins(0, 5 if buttons else 0, 0, 0)


class ProgressSegments(QWidget):
    """How far a sequence of pages has come, as bars; the accessible name says it in words."""

    def __init__(self, look: Look, count: int, *, name: str = "") -> None:
        super().__init__()
        self._look, self._count, self._at, self._name = look, count, 0, name
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def set_at(self, at: int, *, count: int | None = None) -> None:
        """Fill the first `at` bars."""
        self._at, self._count = at, count or self._count
        self.setAccessibleName(f"{self._name} {at}/{self._count}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one bar per page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 6
        width = (self.width() - gap * (self._count - 1)) / max(1, self._count)
        for index in range(self._count):
            painter.setBrush(self._look.theme.color("acc" if index < self._at else "line"))
            painter.drawRoundedRect(QRectF(index * (width + gap), 0, width, self.height()), 2, 2)
        painter.end()


class SegmentedControl(QFrame):
    """Two or three values side by side, one of them in force."""

    chosen = Signal(str)
    """The value that the user picked; setting it by code stays silent."""

    def __init__(self, look: Look, name: str, choices: Sequence[tuple[str, str, str]], *, value: str = "") -> None:
        """Offer `choices` of value, label and icon name (may be empty); `name` is the accessible name."""
        super().__init__()
        self.setProperty("segments", True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        line: QBoxLayout = row(spacing=0, margins=(0, 0, 0, 0))
        for one, label, icon_name in choices:
            button = Button(look, label, icon_name=icon_name, small=True)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, picked=one: self.chosen.emit(picked))
            group.addButton(button)
            line.addWidget(button)
            self._buttons[one] = button
        self.setLayout(line)
        self.set_value(value or choices[0][0])

    @property
    def value(self) -> str:
        """Return the value in force."""
        return next(one for one, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Put a value in force."""
        self._buttons[value].setChecked(True)

    def button(self, value: str) -> Button:
        """Return the button of a value, for focus and tests."""
        return self._buttons[value]
