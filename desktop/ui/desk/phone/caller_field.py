"""Who is calling: found by a few letters of name, department or extension, or simply a new name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QListView, QStackedWidget

from desktop.domain.folding import folded
from desktop.domain.rows import PersonRow
from desktop.ui.common.avatar import Avatar
from desktop.ui.common.buttons import IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

SHOWN = 8


class CallerField(QStackedWidget):
    """A search field that turns into the chosen person."""

    left = Signal()
    """Whoever calls has been named; the keyboard can go on."""
    changed = Signal()
    """Somebody else was chosen, or nobody any more."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._people: tuple[PersonRow, ...] = ()
        self._found: list[PersonRow] = []
        self.person: PersonRow | None = None
        self.is_new = False
        """Whether the typed name was confirmed as somebody nobody knows yet."""
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(look.text("phone.caller.placeholder"))
        self.edit.setAccessibleName(look.text("phone.caller"))
        self.edit.setMaxLength(120)
        look.theme.dress(self.edit)
        self._lines = QStringListModel(self)
        self._completer = QCompleter(self._lines, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(SHOWN)
        self._completer.setWidget(self.edit)
        self.list = QListView()
        self._completer.setPopup(self.list)
        look.theme.dress(self.list)
        self._completer.activated.connect(self._on_picked)
        self.edit.textEdited.connect(self._on_typed)
        self.edit.returnPressed.connect(self._on_return)
        self.addWidget(self.edit)
        self.addWidget(self._chosen_line(look))
        self.setFixedHeight(look.theme.px(34))
        self.setFocusProxy(self.edit)

    @property
    def typed(self) -> str:
        """Return the typed name where nobody was chosen."""
        return "" if self.person else " ".join(self.edit.text().split())

    def set_people(self, people: Sequence[PersonRow]) -> None:
        """Say who can be found; what is typed already is looked up now."""
        self._people = tuple(people)
        if self.person is None and self.edit.hasFocus() and self.typed:
            self._on_typed(self.edit.text())

    def choose(self, person: PersonRow | None) -> None:
        """Show the chosen person, or the search field for nobody."""
        self.person = person
        if person is not None:
            self._avatar.set_name(person.name)
            self._name.setText(one_line(person.name, 60))
            self._about.set_text(self.about(person))
            self._clear.setAccessibleDescription(one_line(person.name))
        else:
            self.edit.clear()
        self.setCurrentIndex(0 if person is None else 1)
        self.setFocusProxy(self.edit if person is None else self._clear)
        if person is None:
            self.edit.setFocus()
        self.changed.emit()

    def about(self, person: PersonRow) -> str:
        """Return department, room and extension in one line."""
        return " · ".join(one_line(one, 60) for one in (person.department, person.room, person.phone) if one)

    def matches(self, text: str) -> list[PersonRow]:
        """Return the people whose name, department or extension has all words of `text`, beginnings of names first."""
        words = folded(text).split()
        if not words:
            return []
        fits = [one for one in self._people if all(word in _searchable(one) for word in words)]
        return sorted(fits, key=lambda one: (not _begins(one, words[0]), one.name))[:SHOWN]

    def _chosen_line(self, look: Look) -> QFrame:
        self._avatar = Avatar(look, "?", size=22)
        self._name = plain_label(look, "", weight=BOLD)
        self._about = ElidedLabel(look, "", tone="t3")
        name = look.text("phone.caller.clear")
        self._clear = IconButton(look, "x", name, small=True, clicked=lambda: self.choose(None))
        frame = QFrame()
        frame.setProperty("card", True)
        line = row(self._avatar, self._name, self._about, self._clear, spacing=8, margins=(9, 0, 3, 0))
        line.setStretch(2, 1)
        frame.setLayout(line)
        return frame

    def _on_typed(self, text: str) -> None:
        self.is_new = False
        self._found = self.matches(text)
        if self._found:
            new = self._look.text("phone.caller.unknown", name=one_line(text, 60))
            self._lines.setStringList([*(self._line(one) for one in self._found), new])
            self._completer.complete()
            self.list.setCurrentIndex(self._lines.index(0, 0))
        else:
            self.list.hide()
        self.changed.emit()

    def _line(self, person: PersonRow) -> str:
        about = self.about(person)
        return f"{one_line(person.name, 60)}  –  {about}" if about else one_line(person.name, 60)

    def _on_picked(self, _line: str) -> None:
        self._take(self.list.currentIndex().row())

    def _on_return(self) -> None:
        """Take the line that is marked, else the first one; the field hears Return before the list does."""
        self._take(self.list.currentIndex().row() if self.list.isVisible() else 0)

    def _take(self, place: int) -> None:
        """Choose the person of a line; the line after all people means somebody new."""
        self.list.hide()
        if 0 <= place < len(self._found) and not self.is_new:
            self.choose(self._found[place])
        else:
            self.is_new = bool(self.typed)
            self.left.emit()

    def focus_search(self) -> None:
        """Put the keyboard where the name is typed."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _searchable(person: PersonRow) -> str:
    return folded(f"{person.name} {person.department} {person.phone} {person.room}")


def _begins(person: PersonRow, word: str) -> bool:
    return any(one.startswith(word) for one in folded(person.name).split())
