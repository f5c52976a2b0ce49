"""Labelled fields with a hint and an error beside them: label and field know each other, so screen readers do too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import Item, column, row
from desktop.ui.common.look import Look

_LINE, _ALL = 2, 100  # the place of the widget in the layout of a field, and the share of the room for one that grows


class Field(QWidget):
    """A widget under its label; `set_error` puts a sentence below it and marks the widget."""

    def __init__(
        self, look: Look, label: str, widget: QWidget, *, hint: str = "", beside: tuple[Item, ...] = ()
    ) -> None:
        super().__init__()
        self.widget = widget
        self._hint_text = hint
        self._label = plain_label(look, label, size="meta", weight=BOLD)
        self._label.setBuddy(widget)
        self._hint = plain_label(look, hint, size="meta", tone="t3", wrap=True)
        self._mark = IconLabel(look.theme, "warning-circle", "red", size=14, filled=True)
        self._error = plain_label(look, "", size="meta", tone="red", wrap=True)
        fault = row(self._mark, self._error, spacing=6)
        fault.setStretch(1, 1)
        line = row(widget, *beside, spacing=8)
        if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            line.addStretch(1)
        else:
            line.setStretch(0, 1)
        self.setLayout(column(self._label, 2, line, fault, self._hint, None, spacing=4))
        widget.setAccessibleName(label)
        self.setFocusProxy(widget)
        self.set_error("")  # hides what says nothing: before the layout it would open a window of its own

    def set_error(self, text: str) -> None:
        """Say what is wrong with the field; an empty text says nothing is."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._mark.setVisible(bool(text))
        self._hint.setVisible(bool(self._hint_text) and not text)
        self._told().setAccessibleDescription(text or self._hint_text)
        set_tone(self._told(), "true" if text else "false", property_name="faulty")

    def _told(self) -> QWidget:
        """Return what has the keyboard when somebody is in this field: a part of it where it has several."""
        return self.widget.focusProxy() or self.widget

    def set_hint(self, text: str) -> None:
        """Show another hint."""
        self._hint_text = text
        self._hint.setText(text)
        self._hint.setVisible(bool(text) and not self._error.text())
        self._told().setAccessibleDescription(self._error.text() or text)

    @property
    def error(self) -> str:
        """Return the sentence that is shown."""
        return self._error.text()


class TextField(Field):
    """One line of text."""

    edited = Signal(str)
    """What the user typed, without the spaces around it."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        text: str = "",
        hint: str = "",
        placeholder: str = "",
        is_secret: bool = False,
        limit: int = 500,
        beside: tuple[Item, ...] = (),
    ) -> None:
        self.edit = QLineEdit(text)
        self.edit.setMaxLength(limit)
        self.edit.setPlaceholderText(placeholder)
        if is_secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        look.theme.dress(self.edit)
        super().__init__(look, label, self.edit, hint=hint, beside=beside)
        self.edit.textEdited.connect(self._on_edited)

    @property
    def text(self) -> str:
        """Return what stands in the field, without the spaces around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text into the field; `edited` stays silent."""
        self.edit.setText(text)
        self.set_error("")

    def _on_edited(self) -> None:
        self.set_error("")
        self.edited.emit(self.text)


class NotesField(Field):
    """Several lines of text; Tab leaves the field."""

    def __init__(self, look: Look, label: str, *, lines: int = 4, placeholder: str = "") -> None:
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        look.theme.dress(self.edit)
        self.edit.setMinimumHeight(self.edit.fontMetrics().lineSpacing() * lines + 18)
        super().__init__(look, label, self.edit)
        whole = self.layout()
        if isinstance(whole, QBoxLayout):
            whole.setStretch(_LINE, _ALL)

    @property
    def text(self) -> str:
        """Return what stands in the field."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Put a text into the field."""
        self.edit.setPlainText(text)
