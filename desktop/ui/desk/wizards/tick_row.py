"""One item of a list: its mark and words, what helps with it folded below, and what else can be done to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QWidget

from desktop.domain.wizard.definition import Item
from desktop.domain.wizard.ticks import TickList, TickState
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.tick_box import TickBox
from desktop.ui.desk.wizards.tick_words import heading, note_line, spoken, status
from desktop.ui.wizard.parts import framed, numbered_lines
from desktop.ui.wizard.words import quoted, say

_NOTE = 500  # characters


class TickRow(Card):
    """Shows an item; every press is a wish of the page, drawn when it has been saved."""

    wanted = Signal(str, object)
    """The item and the `TickState` it shall have; why it is not needed is asked by the page."""
    noted = Signal(str, str)
    reply_wanted = Signal(str)
    moved = Signal(str, int)

    def __init__(self, look: Look, item: Item) -> None:
        super().__init__()
        self.item, self._look = item, look
        self.state = TickState.OPEN
        self._can_change = True
        self._noted = ""
        self.note: QLineEdit | None = None
        """Where a note is written, once the item was unfolded."""
        self.box = TickBox(look)
        self.box.clicked.connect(self._on_pressed)
        self.box.moved.connect(partial(self.moved.emit, item.id))
        self.box.folded.connect(self.fold)
        self.box.turned.connect(lambda: self.fold(self.is_unfolded))
        self.box.left_out.connect(self._on_left_out)
        self.box.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.box.customContextMenuRequested.connect(self._on_menu_at)
        self._caret = IconButton(look, "caret-right", "", small=True, clicked=lambda: self.fold(self.is_unfolded))
        self._more = IconButton(look, "dots-three", look.text("ticks.more", item=heading(look, item)), small=True)
        self._more.clicked.connect(self._on_menu)
        head = row(self.box, self._caret, self._more, spacing=2, margins=(0, 0, 10, 0))
        head.setStretch(0, 1)
        self._details: QWidget | None = None
        self._lines = column(head, spacing=0)
        self.setLayout(self._lines)
        self._name_caret(is_folded=True)

    def _build_details(self) -> QWidget:
        """Build what is folded away only when somebody looks: a list has hundreds of such pieces."""
        look, item = self._look, self.item
        self.note = QLineEdit(self._noted)
        self.note.setMaxLength(_NOTE)
        self.note.setReadOnly(not self._can_change)
        self.note.setPlaceholderText(look.text("ticks.note_hint"))
        self.note.setAccessibleName(look.text("ticks.note_of", item=heading(look, item)))
        self.note.setProperty("tall", True)
        look.theme.dress(self.note, "body")
        self.note.editingFinished.connect(self.keep_note)
        label = plain_label(look, look.text("ticks.note"), size="meta", weight=BOLD)
        label.setBuddy(self.note)
        indent = 14 + look.theme.px(22) + 12
        layout = column(spacing=10, margins=(indent, 0, 16, 14))
        for one in (self._words(), numbered_lines(look, item), self._phone()):
            if one is not None:
                layout.addWidget(one)
        layout.addWidget(framed(column(label, self.note, spacing=4)))
        return framed(layout)

    def _words(self) -> QLabel | None:
        """Return the whole text where the heading is only its short title."""
        text = "" if self.item.title.is_empty else say(self._look, self.item.text)
        return plain_label(self._look, text, size="reading", tone="t2", wrap=True) if text else None

    def _phone(self) -> QWidget | None:
        look, sentence = self._look, say(self._look, self.item.phone)
        if not sentence:
            return None
        send = Button(look, look.text("wizard.as_reply"), icon_name="paper-plane-right", small=True)
        send.clicked.connect(lambda: self.reply_wanted.emit(sentence))
        words = column(
            plain_label(look, look.text("wizard.say_on_phone"), size="meta", weight=BOLD, tone="t2"),
            plain_label(look, quoted(look, sentence), size="reading", wrap=True, selectable=True),
            row(send, None, margins=(0, 5, 0, 0)),
            spacing=3,
        )
        mark = column(IconLabel(look.theme, "phone", "acc", size=20), None)
        line = row(mark, words, spacing=14, margins=(14, 12, 12, 14))
        line.setStretch(1, 1)
        box = QFrame()
        box.setProperty("card", "quiet")
        box.setLayout(line)
        return box

    @property
    def is_unfolded(self) -> bool:
        """Tell whether what belongs to the item is shown."""
        return self._details is not None and not self._details.isHidden()

    def fold(self, is_folded: bool) -> None:
        """Hide or show lines, phone sentence and note."""
        if self._details is None and not is_folded:
            self._details = self._build_details()
            self._lines.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(not is_folded)
        self._name_caret(is_folded=is_folded)

    def _name_caret(self, *, is_folded: bool) -> None:
        self._caret.set_icon("caret-right" if is_folded else "caret-down")
        code = "ticks.unfold" if is_folded else "ticks.fold"
        name = self._look.text(code, item=heading(self._look, self.item))
        self._caret.setAccessibleName(name)
        self._caret.setToolTip("")

    def show_item(self, ticks: TickList, *, can_change: bool) -> None:
        """Show the item as it is now; a note that is being written stays."""
        look, item = self._look, self.item
        self.state = ticks.state(item.id)
        lines = [one for one in (status(look, ticks, item), note_line(look, ticks, item)) if one]
        self.box.show_item(self.state, heading(look, item), "\n".join(lines), spoken(look, ticks, item))
        self._can_change = can_change
        self._more.setEnabled(can_change)
        written = ticks.notes[item.id].text if item.id in ticks.notes else ""
        if self.note is not None:
            self.note.setReadOnly(not can_change)
            if self.note.text().strip() == self._noted:
                self.note.setText(written)
        self._noted = written

    def keep_note(self) -> None:
        """Save what was written beside the item."""
        text = self._noted if self.note is None else self.note.text().strip()
        if text != self._noted:
            self.noted.emit(self.item.id, text)

    def write_note(self) -> None:
        """Put the keyboard into the note."""
        self.fold(False)
        if self.note is not None:
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self) -> QMenu:
        """Return what else can be done to the item."""
        look = self._look
        menu = QMenu(self)
        if not self._can_change:
            return menu
        if self.state is not TickState.NOT_NEEDED:
            menu.addAction(look.text("ticks.leave_out")).triggered.connect(self._on_left_out)
        if self.state is not TickState.OPEN:
            menu.addAction(look.text("ticks.reopen")).triggered.connect(self._on_reopened)
        menu.addAction(look.text("ticks.write_note")).triggered.connect(self.write_note)
        return menu

    def _on_menu(self) -> None:
        self._open_menu(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _on_menu_at(self, place: QPoint) -> None:
        self._open_menu(self.box.mapToGlobal(place))

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_pressed(self) -> None:
        if self._can_change:
            self.wanted.emit(self.item.id, TickState.DONE if self.state is TickState.OPEN else TickState.OPEN)

    def _on_left_out(self) -> None:
        if self._can_change and self.state is not TickState.NOT_NEEDED:
            self.wanted.emit(self.item.id, TickState.NOT_NEEDED)

    def _on_reopened(self) -> None:
        self.wanted.emit(self.item.id, TickState.OPEN)
