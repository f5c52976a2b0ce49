"""One group on the consent page: what it is, a way to look at it, and a switch where it can be left out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch


class ConsentRow(QWidget):
    """One group: what it is, a way to look at it, and a switch where it can be left out."""

    look_wanted = Signal(str)

    def __init__(self, look: Look, group: str, *, icon_name: str, title: str, words: str, is_on: bool | None) -> None:
        super().__init__()
        self.group = group
        self.hint = plain_label(look, words, size="meta", tone="t3", wrap=True)
        view = Button(look, look.text("tray.consent.look"), kind="link")
        view.setAccessibleName(look.text("tray.consent.look_at", group=title))
        view.clicked.connect(lambda: self.look_wanted.emit(self.group))
        self.view = view
        self.switch: Switch | None = None
        words_column = column(plain_label(look, title, weight=MEDIUM, wrap=True), self.hint, spacing=1)
        items: list[QWidget] = [view]
        if is_on is None:
            items.append(plain_label(look, look.text("tray.consent.always"), size="meta", tone="t2"))
        else:
            self.switch = Switch(look, "", checked=is_on)
            self.switch.setAccessibleName(title)
            self.switch.setAccessibleDescription(words)
            items.append(self.switch)
        line = row(IconLabel(look.theme, icon_name), words_column, *items, spacing=12, margins=(14, 8, 14, 8))
        line.setStretch(1, 1)
        self.setLayout(line)

    @property
    def is_on(self) -> bool:
        """Tell whether this group is sent."""
        return self.switch is None or self.switch.isChecked()
