"""One line of the settings: title and hint on the left, its control on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.folding import folded
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look

SECTIONS = (
    ("personal", "user"),
    ("company", "buildings"),
    ("inbox", "folder-open"),
    ("diagnosis", "first-aid-kit"),
    ("findings", "gauge"),
    ("data", "database"),
    ("keys", "keyboard"),
)
"""The sections in their order, each with its icon."""


class Line(QFrame):
    """A line of the card; one that is not the first has a line of separation above."""

    def fits(self, query: str) -> bool:
        """Tell whether a search shows it."""
        return bool(query)

    def set_first(self, *, is_first: bool) -> None:
        """Draw the separation above, except on the first one of a card."""
        self.setProperty("edge", "" if is_first else "top")
        self.style().unpolish(self)
        self.style().polish(self)


class Entry(Line):
    """A setting by its key; the texts are `setting.<key>.title` and `.hint`."""

    def __init__(self, look: Look, section: str, key: str, control: QWidget, *, below: QWidget | None = None) -> None:
        super().__init__()
        self.section, self.key, self.control = section, key, control
        self.title = look.text(f"setting.{key}.title")
        hint = look.text(f"setting.{key}.hint")
        self._words = folded(f"{self.title} {hint}")
        label = plain_label(look, self.title, weight=MEDIUM, wrap=True)
        label.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(self.title)
        control.setAccessibleDescription(hint)
        self._hint = hint
        self._fault = plain_label(look, "", size="meta", tone="red", wrap=True)
        self._fault.hide()
        words = column(label, plain_label(look, hint, size="meta", tone="t3", wrap=True), self._fault, spacing=2)
        line: QHBoxLayout = row(words, control, spacing=16)
        line.setStretch(0, 1)
        if isinstance(control, QLabel):  # only shown, and perhaps a long path
            line.setStretch(1, 1)
            control.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole: QVBoxLayout = column(line, spacing=8, margins=(18, 12, 18, 12))
        if below is not None:
            whole.addWidget(below)
        self.setLayout(whole)

    def fits(self, query: str) -> bool:
        """Tell whether title or hint contain all words of `query`."""
        return all(word in self._words for word in folded(query).split())

    def set_error(self, text: str) -> None:
        """Say why a value was not saved; an empty text takes it back."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.control.setAccessibleDescription(text or self._hint)
        set_tone(self.control, "true" if text else "false", property_name="faulty")

    @property
    def fault(self) -> str:
        """Return why the value was not saved."""
        return self._fault.text()


class EntryCard(Card):
    """The entries of a section or of a search, one below the other."""

    def __init__(self) -> None:
        super().__init__(column(spacing=0))

    def show_entries(self, entries: Sequence[Line]) -> None:
        """Show these entries and let go of the others without deleting them."""
        layout = self.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
        self.add_entries(entries)
        self.setVisible(bool(entries))

    def add_entries(self, entries: Sequence[Line]) -> None:
        """Show these entries below those that are there."""
        layout = self.layout()
        if layout is None:
            return
        for one in entries:
            one.set_first(is_first=layout.count() == 0)
            layout.addWidget(one)
            one.show()
        self.show()
