"""One request as a conversation: what I wrote on the right, what the IT wrote on the left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.client.rows import ChatMessage, Conversation, Stage
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import ElidedLabel, plain_label, reading_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.tray.rating import SolvedCard

_WIDEST = 420
_NEWEST = 50  # messages; the older ones come at a click
_LONG_WORD = re.compile(r"\S{40}(?=\S)")  # a bubble is narrower than a page: let long words break earlier


class Chat(QWidget):
    """Heading, messages and the question whether it is solved."""

    answered = Signal(bool, int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.conversation: Conversation | None = None
        self._title = ElidedLabel(look, size="pane", weight=BOLD)
        self._about = plain_label(look, size="meta", tone="t2", wrap=True)
        self._messages = QVBoxLayout()
        self._messages.setSpacing(10)
        self.solved = SolvedCard(look)
        self.solved.answered.connect(self.answered.emit)
        self.solved.grown.connect(lambda: QTimer.singleShot(0, self, self._show_newest))
        content = column(self._messages, 6, self.solved, None, spacing=0, margins=(20, 14, 20, 14))
        inner = pane(content, ground="surface")
        self.area = scrolling(inner)
        self.area.setAccessibleName(look.text("tray.chat.messages"))
        head = pane(column(self._title, self._about, spacing=4, margins=(20, 14, 20, 12)), edge="bottom")
        layout = column(head, self.area, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_conversation(self, conversation: Conversation) -> None:
        """Show a request; the newest message comes into view."""
        if conversation == self.conversation:
            return
        self.conversation = conversation
        request = conversation.request
        self._title.set_text(one_line(request.title))
        self._about.setText(self._about_words(conversation))
        self._fill(conversation.messages[-_NEWEST:], older=len(conversation.messages) - _NEWEST)
        self.solved.show_request(request)
        QTimer.singleShot(0, self, self._show_newest)

    def _fill(self, messages: Sequence[ChatMessage], *, older: int) -> None:
        clear(self._messages)
        if older > 0:
            words = self._look.texts.plural("tray.chat.older", older)
            self._messages.addLayout(row(None, Button(self._look, words, kind="link", clicked=self._on_older), None))
        for one in messages:
            self._messages.addLayout(self._bubble(one))

    def _on_older(self) -> None:
        if self.conversation is not None:
            self._fill(self.conversation.messages, older=0)

    def _show_newest(self) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _about_words(self, conversation: Conversation) -> str:
        request = conversation.request
        name = request.ticket or request.reference
        since = self._look.formats.moment(request.created_at)
        if request.assignee:
            return self._look.text("tray.chat.about_person", name=name, person=request.assignee, moment=since)
        return self._look.text("tray.chat.about", name=name, moment=since)

    def _bubble(self, message: ChatMessage) -> QHBoxLayout:
        look = self._look
        author = look.text("tray.chat.me") if message.is_mine else one_line(message.author, 80)
        moment = look.formats.moment(message.at)
        top = row(
            plain_label(look, author, size="meta", weight=BOLD),
            plain_label(look, moment, size="meta", tone="t3"),
            *self._stage(message),
            None,
            spacing=8,
        )
        words = reading_label(look, _LONG_WORD.sub("\\g<0>\u200b", message.text))
        words.setMinimumWidth(self._width_of(message.text, words))
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        files = [self._file(one.name, one.size) for one in message.files]
        bubble = QFrame()
        bubble.setProperty("message", "out" if message.is_mine else "in")
        bubble.setLayout(column(top, words, *files, spacing=3, margins=(13, 8, 13, 9)))
        bubble.setMaximumWidth(look.theme.px(_WIDEST))
        bubble.setAccessibleName(look.text("tray.chat.message", author=author, moment=moment))
        return row(None, bubble) if message.is_mine else row(bubble, None)

    def _width_of(self, text: str, label: QLabel) -> int:
        """Return the width the longest line asks for, so that short messages stay small and long ones get the room."""
        metrics = QFontMetrics(label.font())
        longest = max((metrics.horizontalAdvance(line[:200]) for line in text.splitlines()[:50]), default=0)
        return min(longest + 6, self._look.theme.px(_WIDEST) - 30)

    def _stage(self, message: ChatMessage) -> Sequence[QWidget]:
        if message.stage in (None, Stage.ACKNOWLEDGED):
            return ()
        codes = {Stage.DELIVERED: "tray.state.delivered", Stage.REFUSED: "tray.state.refused"}
        code = codes.get(message.stage, "tray.state.queued")
        return (plain_label(self._look, self._look.text(code), size="meta", tone="t3"),)

    def _file(self, name: str, size: int) -> QWidget:
        words = self._look.text("tray.file.name_size", name=name, size=self._look.formats.size(size))
        return plain_label(self._look, words, size="meta", tone="t2", wrap=True)
