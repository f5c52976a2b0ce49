"""E06: describe it: text, files, screenshot, how much it hinders, when and where the employee is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.client.drafts import NEW_REQUEST, attach, detach
from desktop.client.files import read_file
from desktop.client.rows import DraftFile, NewFile
from desktop.domain.payloads import MAX_TEXT
from desktop.domain.ticket import Urgency
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.labels import set_tone
from desktop.ui.common.layouts import row
from desktop.ui.tray.attachments import FileRow
from desktop.ui.tray.draft import RequestDraft
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, field_label, heading, hint
from desktop.ui.tray.radio_card import RadioCard
from desktop.ui.tray.tools import Tools

_SAVE_AFTER = 1000  # milliseconds after a change, whether the typing goes on or rests
_REACHABLE = ("", "morning", "noon", "afternoon", "tomorrow")


class DescribePage(Page):
    """The page where the employee says what is wrong; every change is saved a second later."""

    back_wanted = Signal()
    next_wanted = Signal()
    screenshot_wanted = Signal()
    changed = Signal()
    """The draft is worth saving."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.look, step=3)
        self._tools = tools
        look = tools.look
        self.text = self._text_field()
        self.files = FileRow(look)
        self.files.remove_wanted.connect(self._on_remove)
        self.notice = Notice(look)
        self.urgencies = {one: self._urgency(one) for one in Urgency}
        choices = [(one, look.text(f"tray.reachable.{one or 'any'}")) for one in _REACHABLE]
        self.reachable = ChoiceButton(look, look.text("tray.describe.reachable"), choices)
        self.phone = QLineEdit()
        self.phone.setMaxLength(60)
        self.phone.setPlaceholderText(look.text("tray.describe.phone"))
        self.phone.setAccessibleName(look.text("tray.describe.phone"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER)
        self._timer.timeout.connect(self.changed.emit)
        self._build()
        self._wire()

    def show_draft(self, draft: RequestDraft, files: Sequence[DraftFile]) -> None:
        """Fill the page from a draft."""
        self.text.setPlainText(draft.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # what the search took along is gone on with
        self.urgencies[Urgency(draft.urgency)].setChecked(True)
        self.reachable.set_value(draft.reachable if draft.reachable in _REACHABLE else "")
        self.phone.setText(draft.phone)
        self.files.show_files(files)
        self.notice.clear()
        self._mark_text("")
        self._timer.stop()

    def taken_into(self, draft: RequestDraft) -> RequestDraft:
        """Return the draft with what stands on this page."""
        urgency = next(one for one, card in self.urgencies.items() if card.isChecked())
        return replace(
            draft,
            text=self.text.toPlainText(),
            urgency=urgency.value,
            reachable=self.reachable.value,
            phone=self.phone.text().strip(),
        )

    def reachable_words(self) -> str:
        """Return the chosen time as the IT reads it."""
        return self.reachable.text().strip() if self.reachable.value else ""

    def flush(self) -> None:
        """Save at once what was typed a moment ago."""
        if self._timer.isActive():
            self._timer.stop()
            self.changed.emit()

    def focus_first(self) -> None:
        """Begin in the text."""
        self.text.setFocus()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and attach them to the draft, on the lane."""
        self.notice.clear()
        for path in paths:
            self._tools.store(
                lambda path=path: attach(self._tools.client, NEW_REQUEST, read_file(path)),
                owner=self,
                done=self._on_attached,
                failed=self._on_failed,
            )

    def add_file(self, file: NewFile) -> None:
        """Attach a file that is in memory, as a screenshot is."""
        self.notice.clear()
        self._tools.store(
            lambda: attach(self._tools.client, NEW_REQUEST, file),
            owner=self,
            done=self._on_attached,
            failed=self._on_failed,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self.add_paths([Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()])

    def _text_field(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setAcceptDrops(False)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        field.setFixedHeight(self.look.theme.px(92))
        self.look.theme.dress(field, "reading")
        return field

    def _urgency(self, urgency: Urgency) -> RadioCard:
        text = self.look.text
        code = f"tray.urgency.{urgency.value}"
        card = RadioCard(self.look, text(f"{code}.title"), text(f"{code}.hint"))
        card.setMinimumHeight(self.look.theme.px(56))
        card.setChecked(urgency is Urgency.LIMITED)
        return card

    def _build(self) -> None:
        look, text = self.look, self.look.text
        shot = Button(look, text("tray.describe.screenshot"), icon_name="camera", small=True)
        shot.clicked.connect(self.screenshot_wanted.emit)
        pick = Button(look, text("tray.describe.file"), icon_name="paperclip", small=True, clicked=self._on_pick)
        cards = QWidget()
        box = QVBoxLayout(cards)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for card in self.urgencies.values():
            box.addWidget(card)
        cards.setAccessibleName(text("tray.describe.urgency"))
        self.body.addWidget(heading(look, text("tray.describe.heading")))
        self.body.addWidget(hint(look, text("tray.describe.hint")))
        self.body.addSpacing(4)
        self.body.addWidget(field_label(look, text("tray.describe.text"), self.text))
        self.body.addWidget(self.text)
        self.body.addWidget(self.notice)
        self.body.addLayout(row(shot, pick, None))
        self.body.addWidget(self.files)
        self.body.addSpacing(4)
        self.body.addWidget(field_label(look, text("tray.describe.urgency"), self.urgencies[Urgency.LIMITED]))
        self.body.addWidget(cards)
        self.body.addSpacing(4)
        self.body.addWidget(field_label(look, text("tray.describe.reachable"), self.reachable))
        reach = row(self.reachable, self.phone)
        reach.setStretch(1, 1)
        self.body.addLayout(reach)
        self.body.addStretch(1)
        back = self.back_button()
        back.clicked.connect(self.back_wanted.emit)
        self.next = Button(look, text("tray.next"), icon_name="arrow-right", kind="primary", clicked=self._on_next)
        self.set_footer(back, None, self.next)

    def _wire(self) -> None:
        self.setAcceptDrops(True)
        self.text.textChanged.connect(self._on_touched)
        self.text.textChanged.connect(lambda: self._mark_text(""))
        self.phone.textChanged.connect(self._on_touched)
        self.reachable.chosen.connect(self._on_touched)
        for card in self.urgencies.values():
            card.clicked.connect(self._on_touched)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_next)

    def _on_touched(self, *_: object) -> None:
        if not self._timer.isActive():  # else whoever types without a rest would never have a draft
            self._timer.start()

    def _on_pick(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.look.text("tray.describe.pick"))
        self.add_paths([Path(one) for one in names])

    def _on_attached(self, file: DraftFile) -> None:
        self.files.add(file)
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.area.ensureWidgetVisible(self.notice)

    def _on_remove(self, file_id: str) -> None:
        self._tools.store(lambda: detach(self._tools.client, file_id), owner=self)
        self.changed.emit()

    def _on_next(self) -> None:
        typed = self.text.toPlainText()
        if typed.strip() and len(typed) <= MAX_TEXT:
            self.notice.clear()
            self._mark_text("")
            self.next_wanted.emit()
            return
        code = "request.too_long" if typed.strip() else "request.empty"
        error = AppError(code, parameters={"limit": MAX_TEXT})
        self.notice.show_error(error)
        self._mark_text(self.look.texts.error(error).what)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_text(self, fault: str) -> None:
        """Mark the field that has to be mended, for those who see and for those who listen."""
        self.text.setAccessibleDescription(fault)
        set_tone(self.text, "true" if fault else "false", property_name="faulty")
