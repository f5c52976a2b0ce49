"""The line under the menu bar: new ticket, call, the search field, the mailbox and who sits here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from desktop.ui.common.avatar import Avatar
from desktop.ui.common.buttons import Button
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tooltip
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.menus import search_keys

_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class SearchField(QLineEdit):
    """The field everything is found with; arrows and Enter are handed to the results below it."""

    key_pressed = Signal(object)
    """A Qt.Key that belongs to the results."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setPlaceholderText(look.text("search.placeholder"))
        self.setAccessibleName(look.text("search.name"))
        self.setMaxLength(200)
        self.setMinimumWidth(240)
        self.setMaximumWidth(520)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = IconLabel(look.theme, "magnifying-glass", "t3")  # an action would bring `QIcon` along
        self._glass.setParent(self)
        look.theme.dress(self)
        self._keys = plain_label(look, search_keys(), size="caption", tone="t2")
        self._keys.setProperty("key", True)
        self._keys.setParent(self)
        self.textChanged.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        self._keys.setVisible(not text)
        self._fit_margins()

    def _fit_margins(self) -> None:
        left, right = self._glass.width() + 11, 0 if self.text() else self._keys.width() + 6
        self.setTextMargins(left, 0, right, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass at the left end, and the hint of the keys at the right one."""
        super().resizeEvent(event)
        self._keys.adjustSize()
        self._fit_margins()
        self._glass.move(8, (self.height() - self._glass.height()) // 2)
        self._keys.move(self.width() - self._keys.width() - 11, (self.height() - self._keys.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys of the results on."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.key_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell when the keyboard goes elsewhere."""
        self.left.emit()
        super().focusOutEvent(event)


class Toolbar(QFrame):
    """Tells by `command_wanted` which declared command a button stands for."""

    command_wanted = Signal(str)

    def __init__(self, look: Look, me: str = "") -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "win")
        self.setProperty("edge", "bottom")
        self.new = self._button("ticket.new", "toolbar.new", "plus")
        self.call = self._button("ticket.call", "toolbar.call", "phone")
        self.search = SearchField(look)
        self.mailbox = Button(look, look.text("mailbox.waiting"), icon_name="arrows-clockwise", kind="flat")
        self.mailbox.clicked.connect(lambda: self.command_wanted.emit("mailbox.check"))
        self.avatar = Avatar(look, me or "?", tone="acc")
        self.set_me(me)
        line = row(self.new, self.call, None, self.search, None, self.mailbox, self.avatar, margins=(12, 7, 12, 8))
        line.setStretchFactor(self.search, 3)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def go_to_search(self) -> None:
        """Put the cursor into the search field, ready to type over what stands there."""
        self.search.setFocus()
        self.search.selectAll()

    def set_me(self, name: str) -> None:
        """Show who sits here."""
        self.avatar.set_name(name)
        set_tooltip(self.avatar, one_line(name, 80))
        self.avatar.setVisible(bool(name))

    def show_mailbox(self, text: str, icon_name: str, token: str) -> None:
        """Show how the mailbox is."""
        self.mailbox.set_icon(icon_name, token)
        self.mailbox.set_text(text)

    def _button(self, command: str, code: str, icon_name: str) -> Button:
        button = Button(self._look, self._look.text(code), icon_name=icon_name)
        button.clicked.connect(lambda: self.command_wanted.emit(command))
        return button
