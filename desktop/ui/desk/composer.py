"""Where answers and notes are written: two texts per ticket, kept safe every second while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit, QSizePolicy

from desktop.domain.rows import TicketPage
from desktop.domain.ticket import StateType
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import MAX_TEXT, one_line
from desktop.ui.desk.menus import keys_text

DRAFT_DELAY = 1000
"""Milliseconds until a change is saved, whether the typing goes on or rests: a crash takes no more than that."""

REPLY, NOTE = "reply", "note"
_AFTER = (StateType.OPEN, StateType.WAITING, StateType.SOLVED)


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsent text of a ticket."""

    ticket: str
    text: str
    is_note: bool


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the user wants to send; `after` counts for replies only."""

    ticket: str
    text: str
    is_note: bool
    after: StateType
    files: tuple[Path, ...]

    @property
    def kind(self) -> str:
        """Return which of the two texts it is."""
        return NOTE if self.is_note else REPLY


class _Editor(QPlainTextEdit):
    """A text field of at most `MAX_TEXT` characters that lets Tab go on and Ctrl+Enter send."""

    send_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Grow with the text from two to eight lines."""
        line = self.fontMetrics().lineSpacing()
        lines = min(max(self.document().blockCount(), 2), 8)
        return QSize(200, line * lines + 22)

    def changeEvent(self, event: QEvent) -> None:
        """Write the placeholder as large as the text: Qt paints it with the font of the viewport."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.viewport().setFont(self.font())

    def event(self, event: QEvent) -> bool:
        """Leave the key for "redo" to the window, whose undo it is, while there is nothing to redo here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_redo = event.matches(QKeySequence.StandardKey.Redo)
            if is_redo and not self.document().isRedoAvailable():
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send_wanted.emit()
        else:
            super().keyPressEvent(event)


class Composer(QFrame):
    """Answer or internal note, attachments, what comes after, send."""

    draft_changed = Signal(object)
    """A `Draft` to be kept."""
    send_wanted = Signal(object)
    """An `Outgoing`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ticket = ""
        self._texts = {REPLY: "", NOTE: ""}
        self._saved = dict(self._texts)
        self._files: dict[str, tuple[Path, ...]] = {}
        self._sending: set[tuple[str, str]] = set()
        self._wanted_kind = ""
        self._person = ""
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self._timer.timeout.connect(self.flush)
        self._make_parts()
        top = row(self.kind, self._to, self._file_names, self._drop, self._attach, spacing=10)
        self._after_label = plain_label(look, look.text("composer.after"), size="meta", tone="t3")
        self._after_label.setBuddy(self.after)
        bottom = row(self._state, None, self._after_label, self.after, self.send, spacing=8)
        self.setLayout(column(top, self.editor, bottom, spacing=8, margins=(18, 10, 18, 11)))

    @property
    def is_note(self) -> bool:
        """Tell whether a note is being written."""
        return self.kind.value == NOTE

    @property
    def files(self) -> tuple[Path, ...]:
        """Return what was picked to go along."""
        return self._files.get(self._ticket, ())

    def show_ticket(self, page: TicketPage) -> None:
        """Show the drafts of a ticket; the text of the same ticket stays as it stands."""
        self._person = one_line(page.person.name, 60) if page.person else ""
        if page.row.id != self._ticket:
            if self._ticket:
                self.leave()
            self._take_up(page)
        self._fit_kind()

    def _take_up(self, page: TicketPage) -> None:
        early, wanted = self.editor.toPlainText(), self._wanted_kind
        self._ticket, self._wanted_kind = page.row.id, ""
        self._texts = {REPLY: page.reply_draft, NOTE: page.note_draft}
        self._saved = dict(self._texts)
        usual = NOTE if page.note_draft and not page.reply_draft else REPLY
        self.kind.set_value(wanted or (self.kind.value if early else usual))
        self._texts[self.kind.value] = _below(self._texts[self.kind.value], early)
        self._load_text()
        self._show_files()
        self._set_state("draft_kept" if page.reply_draft or page.note_draft else "")
        self.after.set_value(StateType.OPEN.value)
        if early:
            self.editor.moveCursor(QTextCursor.MoveOperation.End)
            self._timer.start()

    def leave(self) -> None:
        """Keep the drafts of the ticket that is left; what is typed before the next one is there will be that one's."""
        self.flush()
        self._ticket, self._wanted_kind = "", ""
        self._texts = {REPLY: "", NOTE: ""}
        self._saved = dict(self._texts)
        self._load_text()
        self._show_files()
        self._set_state("")

    def write(self, kind: str) -> None:
        """Start writing an answer or a note."""
        if not self._ticket:
            self._wanted_kind = kind
        self._switch(kind)
        self.editor.setFocus()

    def propose(self, kind: str, text: str) -> None:
        """Start writing with a text that somebody else put together, below what stands there already."""
        self._switch(kind)
        before = self.editor.toPlainText()
        if text not in before:
            self.editor.setPlainText(_below(before, text))
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.editor.setFocus()

    def text_of(self, kind: str) -> str:
        """Return what is being written as an answer or as a note."""
        return (self.editor.toPlainText() if kind == self.kind.value else self._texts[kind]).strip()

    def forget(self, ticket: str, kind: str) -> None:
        """Drop a text that has gone another way than by "send"."""
        if ticket == self._ticket:
            self._texts[kind] = self._saved[kind] = ""
            if kind == self.kind.value:
                self._timer.stop()
                self._load_text()
                self._set_state("")

    def flush(self) -> None:
        """Hand the draft over now, where it changed since the last time."""
        self._timer.stop()
        self._texts[self.kind.value] = self.editor.toPlainText()
        for kind, text in self._texts.items():
            if self._ticket and text != self._saved[kind]:
                self._saved[kind] = text
                self.draft_changed.emit(Draft(self._ticket, text, kind == NOTE))

    def mark_saved(self, ticket: str) -> None:
        """Say that the draft is safe."""
        if ticket == self._ticket and self.editor.toPlainText().strip():
            self._set_state("draft_saved")

    def mark_unsaved(self, draft: Draft) -> None:
        """Note that a draft could not be kept: the next occasion tries again, not only the next letter."""
        if draft.ticket == self._ticket:
            self._saved[NOTE if draft.is_note else REPLY] = ""

    def set_sent(self, outgoing: Outgoing) -> None:
        """Forget the text that has been sent, wherever one is by now."""
        self.set_unsent(outgoing)
        self._files.pop(outgoing.ticket, None)
        self.forget(outgoing.ticket, outgoing.kind)
        self._show_files()

    def set_unsent(self, outgoing: Outgoing) -> None:
        """Unlock the text that was to be sent."""
        self._sending.discard((outgoing.ticket, outgoing.kind))
        self._fit_lock()

    def _fit_lock(self) -> None:
        """Lock the text that is on its way out; its draft is on the disk until it has arrived."""
        is_locked = (self._ticket, self.kind.value) in self._sending
        self.editor.setReadOnly(is_locked)
        self.send.setEnabled(not is_locked and bool(self.editor.toPlainText().strip()))

    def _make_parts(self) -> None:
        look = self._look
        choices = (
            (REPLY, look.text("composer.reply"), "arrow-bend-up-left"),
            (NOTE, look.text("composer.note"), "note"),
        )
        self.kind = SegmentedControl(look, look.text("composer.kind"), choices, value=REPLY)
        self.kind.chosen.connect(self._switch)
        self._shown_kind = REPLY
        self._to = ElidedLabel(look, size="meta", tone="t3")
        self._file_names = ElidedLabel(look, size="meta", tone="t2")
        self._file_names.hide()
        self._drop = IconButton(look, "x", look.text("composer.drop_files"), small=True)
        self._drop.clicked.connect(lambda: self._set_files(()))
        self._drop.hide()
        self._attach = IconButton(look, "paperclip", look.text("composer.attach"), small=True)
        self._attach.clicked.connect(self._on_attach)
        self.editor = _Editor()
        look.theme.dress(self.editor, "reading")
        self.editor.textChanged.connect(self._on_text)
        self.editor.send_wanted.connect(self._on_send)
        self._state = plain_label(look, size="meta", tone="t3")
        after = [(one.value, look.text(f"composer.after.{one.value}")) for one in _AFTER]
        self.after = ChoiceButton(look, look.text("composer.after"), after, value="open", kind="normal", small=True)
        self.send = Button(look, look.text("composer.send"), icon_name="paper-plane-tilt", kind="primary", small=True)
        self.send.setToolTip(keys_text("Ctrl+Return"))
        self.send.clicked.connect(self._on_send)
        self.send.setEnabled(False)

    def _switch(self, kind: str) -> None:
        self._texts[self._shown_kind] = self.editor.toPlainText()
        self.kind.set_value(kind)
        self._load_text()
        self._fit_kind()

    def _load_text(self) -> None:
        self._shown_kind = self.kind.value
        self.editor.blockSignals(True)
        self.editor.setPlainText(self._texts[self._shown_kind])
        self.editor.blockSignals(False)
        self._on_size()
        self._fit_lock()

    def _fit_kind(self) -> None:
        look = self._look
        note = self.is_note
        to = "composer.only_it" if note else ("composer.to" if self._person else "composer.to_nobody")
        stay = bool(self.files) and not note  # a reply carries its text only
        self._to.set_text(look.text("composer.files_stay") if stay else look.text(to, name=self._person))
        hint = look.text("composer.note_hint" if note else "composer.reply_hint")
        self.editor.setPlaceholderText(hint)
        self.editor.setAccessibleName(look.text("composer.note") if note else look.text(to, name=self._person))
        self.after.setVisible(not note)
        self._after_label.setVisible(not note)
        self.send.set_text(look.text("composer.save_note" if note else "composer.send"))

    def _on_text(self) -> None:
        text = self.editor.toPlainText()
        if len(text) > MAX_TEXT:
            self.editor.setPlainText(text[:MAX_TEXT])
            return
        self._texts[self.kind.value] = text
        self.send.setEnabled(bool(text.strip()))
        self._set_state("")
        self._on_size()
        if not self._timer.isActive():  # else whoever types without a rest would never have a draft
            self._timer.start()

    def _on_size(self) -> None:
        self.editor.updateGeometry()

    def _on_attach(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, self._look.text("composer.attach"))
        self._set_files((*self.files, *(Path(one) for one in names)))

    def _set_files(self, files: tuple[Path, ...]) -> None:
        self._files[self._ticket] = files
        self._show_files()

    def _show_files(self) -> None:
        files = self.files
        self._file_names.set_text(", ".join(one.name for one in files))
        self._file_names.setVisible(bool(files))
        self._drop.setVisible(bool(files))
        self._fit_kind()

    def _on_send(self) -> None:
        text = self.editor.toPlainText().strip()
        if not text or not self._ticket or not self.send.isEnabled():
            return
        self.flush()  # sending drops the draft; saved after it, it would come back
        self._sending.add((self._ticket, self.kind.value))
        self._fit_lock()
        after = StateType(self.after.value)
        self.send_wanted.emit(Outgoing(self._ticket, text, self.is_note, after, self.files))

    def _set_state(self, state: str) -> None:
        self._state.setText(self._look.text(f"composer.{state}") if state else "")


def _below(before: str, text: str) -> str:
    """Return `text` below what stands there already."""
    return f"{before.rstrip()}\n\n{text}" if before.strip() and text else before or text
