"""E09 and E10: it has arrived, it is on its way, or it waits here because the company's folder cannot be reached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.client.rows import RequestRow, Stage
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner, Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.tray.connection import is_about_folder
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, heading, hint, lines_card
from desktop.ui.tray.tools import Tools


class SentPage(Page):
    """The receipt; it changes by itself when the request arrives."""

    requests_wanted = Signal()
    done_wanted = Signal()
    add_wanted = Signal(str)
    retry_wanted = Signal()
    enrol_wanted = Signal()
    """The company's folder has moved and there is a new invitation."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.look)
        self._tools = tools
        self.request: RequestRow | None = None
        self.problem: AppError | None = None
        self._content = QVBoxLayout()
        self._content.setSpacing(10)
        self.notice = Notice(tools.look)
        self.body.addSpacing(14)
        self.body.addLayout(self._content)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        text = self.look.text
        self._more = Button(self.look, text("tray.sent.more"), clicked=self._on_more)
        self._mine = Button(self.look, text("tray.requests"), clicked=self.requests_wanted.emit)
        self.done = Button(self.look, text("tray.done"), kind="primary", clicked=self.done_wanted.emit)
        self._kept = plain_label(self.look, text("tray.queued.kept"), size="meta", tone="t3", wrap=True)
        self._kept.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_footer(self._more, self._kept, None, self._mine, self.done)
        self._footer.setStretchFactor(self._kept, 100)  # one line where there is room

    @property
    def is_waiting(self) -> bool:
        """Tell whether the request lies here because the folder cannot be used."""
        return (
            self.request is not None
            and self.problem is not None
            and self.request.stage
            in (
                Stage.STORED,
                Stage.SEALED,
            )
        )

    def show_request(self, request: RequestRow, problem: AppError | None) -> None:
        """Show how far a request has come; `problem` says why the folder could not be used, if so."""
        if request == self.request and (problem and problem.code) == (self.problem and self.problem.code):
            return
        if self.request is None or self.request.id != request.id:
            self.notice.clear()
        had_keyboard = self.area.isAncestorOf(self.focusWidget())
        self.request, self.problem = request, problem
        clear(self._content)
        self._fill_waiting(request) if self.is_waiting else self._fill_sent(request)
        self._more.setVisible(not self.is_waiting)
        self._mine.setVisible(not self.is_waiting)
        self._kept.setVisible(self.is_waiting)
        if had_keyboard:
            show_all(self._content)
            self.focus_first()  # what had it is gone; whoever listens hears how far the request has come

    def _fill_sent(self, request: RequestRow) -> None:
        text = self.look.text
        if request.stage is Stage.REFUSED:
            self._add_head("warning-circle", "red", text("tray.notify.rejected.title"))
            self._content.addWidget(hint(self.look, text("tray.sent.rejected"), centered=True))
            return
        arrived = request.stage is Stage.ACKNOWLEDGED
        title = text("tray.sent.arrived" if arrived else "tray.sent.on_its_way")
        name = request.ticket or request.reference
        code = "tray.sent.ticket" if request.ticket else "tray.sent.reference"
        self._add_head("check-circle" if arrived else "paper-plane-tilt", "grn" if arrived else "acc", title)
        self._content.addWidget(hint(self.look, text(code, name=name), centered=True))
        self._content.addSpacing(8)
        self._content.addWidget(self._way(request, arrived=arrived))
        self._content.addWidget(Banner(self.look, text("tray.sent.may_close"), icon_name="info"))

    def _way(self, request: RequestRow, *, arrived: bool) -> Card:
        look, text = self.look, self.look.text
        sent = text("tray.sent.step.sent", moment=look.formats.moment(request.created_at))
        reference = text("tray.sent.step.sent_hint", reference=request.reference)
        if request.assignee:
            cares = text("tray.sent.step.cares", name=request.assignee)
        else:
            cares = text("tray.sent.step.arrived_hint" if arrived else "tray.sent.step.waiting_hint")
        lines = (
            self._step(sent, reference, is_done=True),
            self._step(text("tray.sent.step.arrived"), cares, is_done=arrived),
            self._step(
                text("tray.sent.step.answered" if request.is_answered else "tray.sent.step.answer"),
                text("tray.sent.step.answer_hint"),
                is_done=request.is_answered,
            ),
            self._step(text("tray.sent.step.confirm"), text("tray.sent.step.confirm_hint"), is_done=False),
        )
        caption = plain_label(look, text("tray.sent.next"), size="meta", weight=BOLD, tone="t3")
        return Card(column(caption, *lines, spacing=12, margins=(18, 14, 18, 16)))

    def _step(self, title: str, words: str, *, is_done: bool) -> QWidget:
        look = self.look
        name, tone = ("check-circle", "grn") if is_done else ("circle", "t3")
        mark = column(IconLabel(look.theme, name, tone, size=18, filled=is_done), None)
        mark.setContentsMargins(0, 1, 0, 0)
        lines = column(
            plain_label(look, title, size="reading", weight=MEDIUM, wrap=True),
            plain_label(look, words, size="meta", tone="t3", wrap=True),
            spacing=0,
        )
        line = row(mark, lines, spacing=12)
        line.setStretch(1, 1)
        box = QWidget()
        box.setLayout(line)
        return box

    def _fill_waiting(self, request: RequestRow) -> None:
        look, text = self.look, self.look.text
        is_away = self.problem is None or is_about_folder(self.problem)
        self._add_head("clock", "amb", text("tray.queued.heading" if is_away else "tray.queued.stuck"))
        self._content.addWidget(
            hint(look, text("tray.queued.hint" if is_away else "tray.queued.stuck_hint"), centered=True)
        )
        self._content.addSpacing(8)
        now = Button(look, text("tray.queued.now"), icon_name="arrows-clockwise", small=True)
        now.clicked.connect(self.retry_wanted.emit)
        why = self.look.texts.error(self.problem).what if self.problem else ""
        if is_away:
            obstacle = self._line("folder-simple", text("tray.queued.folder"), why, "amb")
        else:
            obstacle = self._line("key", text("tray.queued.obstacle"), why, "amb")
        rows: Sequence[QWidget] = (
            self._line("file-text", request.title, text("tray.queued.waits", reference=request.reference), "t3", now),
            obstacle,
        )
        self._content.addWidget(lines_card(rows))
        self._content.addSpacing(6)
        self._content.addWidget(plain_label(look, text("tray.queued.other_way"), weight=BOLD))
        save = Button(look, text("tray.queued.save"), icon_name="floppy-disk", clicked=self._on_save)
        self._content.addLayout(row(save, None))
        moved = Button(look, text("tray.queued.moved"), icon_name="folder-open", clicked=self.enrol_wanted.emit)
        self._content.addLayout(row(moved, None))

    def _line(self, icon_name: str, title: str, words: str, tone: str, button: Button | None = None) -> QWidget:
        look = self.look
        lines = column(
            ElidedLabel(look, title, weight=MEDIUM),
            plain_label(look, words, size="meta", tone=tone, wrap=True),
            spacing=1,
        )
        line = row(
            IconLabel(look.theme, icon_name), lines, *([button] if button else []), spacing=12, margins=(14, 10, 14, 10)
        )
        line.setStretch(1, 1)
        box = QWidget()
        box.setLayout(line)
        return box

    def _add_head(self, icon_name: str, tone: str, title: str) -> None:
        mark = IconLabel(self.look.theme, icon_name, tone, size=44, filled=True)
        self._content.addLayout(row(None, mark, None))
        self._content.addWidget(heading(self.look, title, centered=True))

    def _on_more(self) -> None:
        if self.request is not None:
            self.add_wanted.emit(self.request.id)

    def _on_save(self) -> None:
        if self.request is None:
            return
        name = self.look.text("tray.queued.file_name", reference=self.request.reference)
        chosen, _ = QFileDialog.getSaveFileName(self, self.look.text("tray.queued.save"), name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the sealed request to a file, for a stick or a mail."""
        if self.request is None:
            return
        request_id, tools = self.request.id, self._tools

        def save() -> None:
            from desktop.client.export import save_sealed

            save_sealed(tools.client, tools.open_post(), request_id, path)

        tools.slow(save, owner=self, done=lambda _: self._on_saved(path), failed=self.notice.show_error)

    def _on_saved(self, path: Path) -> None:
        self.notice.say(self.look.text("tray.queued.saved", name=path.name))
