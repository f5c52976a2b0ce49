"""E11: my requests. The list on the left, the conversation on the right, an answer at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QStackedLayout, QWidget

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError
from desktop.client import conversation as talk
from desktop.client.drafts import attach, detach, discard_draft, files_of, load_draft, save_draft
from desktop.client.files import read_file
from desktop.client.rows import Conversation, Draft, RequestRow
from desktop.client.status import list_requests, open_request
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.tray.attachments import FileRow
from desktop.ui.tray.chat import Chat
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.mark import MarkLabel, mark_icon
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import PhoneLine, heading, hint
from desktop.ui.tray.place import keep_place, put_in_place
from desktop.ui.tray.request_list import RequestList
from desktop.ui.tray.tools import Tools

_SAVE_AFTER = 1000
_PLACE = "requests"


@dataclass(frozen=True, slots=True)
class _Opened:
    conversation: Conversation
    draft: Draft


class RequestsWindow(QWidget):
    """Everything I ever asked, and the conversation about it."""

    help_wanted = Signal()
    changed = Signal(object)
    """`Changes`: something was written or read here."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        look, text = tools.look, tools.look.text
        self.setWindowTitle(text("tray.requests"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(800, 720)
        put_in_place(self, tools, _PLACE)
        self._current = ""
        self._is_sending = self._is_answering = False
        self.list = RequestList(look)
        self.list.request_chosen.connect(self.open)
        self.chat = Chat(look)
        self.chat.answered.connect(self._on_answered)
        self.notice = Notice(look)
        self.files = FileRow(look)
        self.files.remove_wanted.connect(self._on_remove)
        self.text = self._text_field()
        self.phone = PhoneLine(look, margin=20)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER)
        self._timer.timeout.connect(self._save_draft)
        self._build()
        self.list.setFocus()

    @property
    def current(self) -> str:
        """Return the id of the request in view."""
        return self._current

    def reload(self, wanted: str = "") -> None:
        """Read list and conversation again; `wanted` is the request to open."""
        if wanted and wanted != self._current:
            self._leave()
            self._current = wanted
        self._tools.store(lambda: list_requests(self._tools.client), owner=self, done=self._on_rows)

    def apply(self, changes: Changes) -> None:
        """Read again where a request changed."""
        if changes.touches(Subject.REQUEST):
            self.reload()

    def open(self, request_id: str) -> None:
        """Open a request; that counts as having read it."""
        if request_id != self._current:
            self._leave()
        self._current = request_id
        client = self._tools.client

        def read() -> _Opened:
            opened = _Opened(open_request(client, request_id), load_draft(client, request_id))
            if opened.conversation.request.has_news:
                talk.mark_seen(client, request_id)
            return opened

        self._tools.store(read, owner=self, done=self._on_opened, failed=self.notice.show_error)

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.phone.set_phone(phone)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed."""
        self._leave()
        self._current = ""  # opened again, it begins with what is new
        keep_place(self, self._tools, _PLACE)
        super().closeEvent(event)

    def _text_field(self) -> QPlainTextEdit:
        text = self._tools.look.text
        field = QPlainTextEdit()
        field.setPlaceholderText(text("tray.chat.write"))
        field.setAccessibleName(text("tray.chat.write_name"))
        field.setTabChangesFocus(True)
        field.setFixedHeight(self._tools.look.theme.px(64))
        self._tools.look.theme.dress(field, "reading")
        field.textChanged.connect(self._on_typed)
        return field

    def _build(self) -> None:
        look, text = self._tools.look, self._tools.look.text
        ask = Button(look, text("tray.ask"), icon_name="plus", kind="primary", clicked=self.help_wanted.emit)
        ask.setSizePolicy(ask.sizePolicy().Policy.Expanding, ask.sizePolicy().Policy.Fixed)
        left = column(row(ask, margins=(14, 12, 14, 12)), self.list, spacing=0)
        side = pane(left, ground="surface", edge="right")
        side.setFixedWidth(look.theme.px(258))
        pick = IconButton(look, "paperclip", text("tray.describe.file"), clicked=self._on_pick)
        self.send = IconButton(look, "paper-plane-tilt", text("tray.chat.send"), clicked=self._on_send)
        writing = row(self.text, column(self.send, pick, None, spacing=2), spacing=6)
        writing.setStretch(0, 1)
        composer = pane(
            column(self.files, writing, self.notice, spacing=6, margins=(20, 12, 16, 10)), ground="surface", edge="top"
        )
        chat = QWidget()
        talk_column = column(self.chat, composer, self.phone, spacing=0)
        talk_column.setStretch(0, 1)
        chat.setLayout(talk_column)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty())
        self._pages.addWidget(chat)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(side)
        both.addLayout(self._pages, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_send)
        close_by_escape(self)

    def _empty(self) -> QWidget:
        look, text = self._tools.look, self._tools.look.text
        page = QWidget()
        inner = column(
            None,
            row(None, MarkLabel(44), None),
            heading(look, text("tray.requests.empty"), centered=True),
            hint(look, text("tray.requests.empty_hint"), centered=True),
            None,
            plain_label(look, ""),
            spacing=12,
            margins=(32, 32, 32, 32),
        )
        page.setLayout(inner)
        return page

    def _on_rows(self, rows: Sequence[RequestRow]) -> None:
        if rows and self._current not in [one.id for one in rows]:
            self._current = next((one for one in rows if one.has_news), rows[0]).id
        self.list.show_rows(rows, self._current)
        self._pages.setCurrentIndex(1 if rows else 0)
        if rows:
            self.open(self._current)

    def _on_opened(self, opened: _Opened) -> None:
        request = opened.conversation.request
        if request.id != self._current:
            return
        is_same = self.chat.conversation is not None and self.chat.conversation.request.id == request.id
        self.chat.show_conversation(opened.conversation)
        if not is_same:
            self._show_draft(opened.draft)
        if request.has_news:
            self.changed.emit(Changes.of(Subject.REQUEST, request.id))

    def _show_draft(self, draft: Draft) -> None:
        self.text.setPlainText(str(draft.document.get("text", "")))
        self.files.show_files(draft.files)
        self.notice.clear()
        self._timer.stop()

    def _on_typed(self) -> None:
        if not self._timer.isActive():  # else whoever types without a rest would never have a draft
            self._timer.start()

    def _leave(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._save_draft()

    def _save_draft(self) -> None:
        text, request, client = self.text.toPlainText(), self._current, self._tools.client
        if not request:
            return
        if text.strip() or self.files.files:
            self._tools.store(lambda: save_draft(client, request, {"text": text}), owner=self)
        else:
            self._tools.store(lambda: discard_draft(client, request), owner=self)

    def _on_send(self) -> None:
        text, request, client = self.text.toPlainText(), self._current, self._tools.client
        if self._is_sending or not request or not (text.strip() or self.files.files):
            self.text.setFocus()
            return
        self._timer.stop()
        self._set_sending(is_sending=True)
        self._tools.store(
            lambda: talk.reply(client, request, text, files=files_of(client, request)),
            owner=self,
            done=lambda done: self._on_sent(text, done),
            failed=self._on_failed,
        )

    def _set_sending(self, *, is_sending: bool) -> None:
        """Let one reply go out at a time, however often the keys are pressed."""
        self._is_sending = is_sending
        self.send.setEnabled(not is_sending)

    def _on_sent(self, sent: str, done: Done[str]) -> None:
        self._set_sending(is_sending=False)
        if self.text.toPlainText() == sent:  # else something was typed since the reply went out
            self.text.clear()
            self._timer.stop()
        self.files.show_files(())
        self.notice.clear()
        self.changed.emit(done.changes)

    def _on_failed(self, error: AppError) -> None:
        self._set_sending(is_sending=False)
        self.notice.show_error(error)

    def _on_answered(self, is_solved: bool, rating: int, comment: str) -> None:  # Qt hands signals over by position
        if self._is_answering:
            return
        self._is_answering = True
        request, client = self._current, self._tools.client
        command = talk.Rate(request, solved=is_solved, rating=rating, comment=comment)
        self._tools.store(
            lambda: talk.rate(client, command), owner=self, done=self._on_rated, failed=self._on_not_rated
        )
        if not is_solved:
            self.text.setFocus()

    def _on_rated(self, done: Done[str]) -> None:
        self._is_answering = False
        self.changed.emit(done.changes)

    def _on_not_rated(self, error: AppError) -> None:
        self._is_answering = False
        self.notice.show_error(error)

    def _on_pick(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self._tools.look.text("tray.describe.pick"))
        self.add_paths([Path(one) for one in names])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and attach them to the reply that is being written, on the lane."""
        self.notice.clear()
        request, client = self._current, self._tools.client
        for path in paths:
            self._tools.store(
                lambda path=path: attach(client, request, read_file(path)),
                owner=self,
                done=self.files.add,
                failed=self.notice.show_error,
            )

    def _on_remove(self, file_id: str) -> None:
        self._tools.store(lambda: detach(self._tools.client, file_id), owner=self)
