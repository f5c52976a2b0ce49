"""One of many names: typed in part, offered in a list, and never anything that is none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from desktop.ui.common.look import Look
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.fields import Field


class PickField(Field):
    """Shows the label of a value; `chosen` gets the value, an empty one where the field may be cleared."""

    def __init__(
        self,
        look: Look,
        label: str,
        choices: Mapping[str, str],
        value: str,
        chosen: Callable[[str], object],
        *,
        hint: str = "",
        may_be_empty: bool = True,
    ) -> None:
        """Offer `choices` of value and label; a value that is none of them is shown as it is, with an error."""
        self._look, self._choices, self._chosen, self._may_be_empty = look, dict(choices), chosen, may_be_empty
        self.value = value
        self.edit = QLineEdit(self._choices.get(value, value))
        self.edit.setCursorPosition(0)  # the beginning says what it is, not the id at the end
        self.edit.setPlaceholderText(look.text("editor.pick"))
        self.edit.setClearButtonEnabled(may_be_empty)
        look.theme.dress(self.edit)
        completer = QCompleter(sorted(self._choices.values(), key=str.casefold), self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        on_text(completer.activated, lambda _text: self._take())
        popup = QListView()
        popup.setProperty("popup", True)
        look.theme.dress(popup)
        completer.setPopup(popup)
        self.edit.setCompleter(completer)
        super().__init__(look, label, self.edit, hint=hint)
        self.edit.editingFinished.connect(self._take)
        if value and value not in self._choices:
            self.set_error(look.text("editor.pick.unknown"))

    def _take(self) -> None:
        text = self.edit.text().strip()
        found = next((one for one, label in self._choices.items() if text in (label, one)), None)
        if found is None and not text and self._may_be_empty:
            found = ""
        if found is None:
            is_old = text == self._choices.get(self.value, self.value)
            self.set_error("" if is_old and self.value in self._choices else self._look.text("editor.pick.unknown"))
            return
        self.set_error("")
        self.edit.setText(self._choices.get(found, ""))
        self.edit.setCursorPosition(0)
        if found != self.value:
            self.value = found
            self._chosen(found)
