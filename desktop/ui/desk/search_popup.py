"""What the search field finds: commands, tickets, people, devices, each under its heading, walked with arrows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.base.errors import AppError
from desktop.ui.common.icons import icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.commands import COMMANDS
from desktop.ui.desk.toolbar import SearchField

if TYPE_CHECKING:
    from desktop.domain.rows import SearchHit

DELAY = 120
"""Milliseconds of rest after which the store is asked."""

_KINDS = {"ticket": "ticket", "message": "chat-text", "person": "user", "device": "laptop"}
_MAX_COMMANDS = 4
_TARGET = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Target:
    """Where a result leads: a kind of page and an id, or a command."""

    kind: str
    id: str


Ask: TypeAlias = "Callable[[str, Callable[[Sequence[SearchHit]], None], Callable[[AppError], None]], None]"
"""Asks the store for a text; answers on the main thread."""


class SearchPopup(QFrame):
    """Hangs below the search field while that has the keyboard."""

    chosen = Signal(object)
    """A `Target`."""

    def __init__(self, look: Look, field: SearchField, host: QWidget, ask: Ask) -> None:
        super().__init__(host)
        self._host = host
        self._look, self._field, self._ask = look, field, ask
        self._allowed: Callable[[str], bool] = lambda _command: True
        self._before: QWidget | None = None
        self.setProperty("card", True)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(look.text("search.results"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._on_clicked)
        look.theme.dress(self.list)
        self.list.setIconSize(QSize(look.theme.px(18), look.theme.px(18)))
        foot = plain_label(look, look.text("search.keys"), size="meta", tone="t3")
        self._foot = pane(column(foot, margins=(14, 7, 14, 7)), ground="surface2", edge="top")
        self.setLayout(column(self.list, self._foot, spacing=0, margins=(1, 6, 1, 1)))
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._on_rest)
        field.textEdited.connect(self._on_edited)
        field.key_pressed.connect(self._on_key)
        field.left.connect(self.hide)
        host.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()
        if field.text():  # typed before the popup was there
            self._timer.start()

    def allow(self, is_allowed: Callable[[str], bool]) -> None:
        """Say which commands may be offered."""
        self._allowed = is_allowed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return where the results lead, in their order."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(one for one in (item.data(_TARGET) for item in items) if isinstance(one, Target))

    def _on_edited(self, _text: str) -> None:
        self._timer.start()

    def _on_rest(self) -> None:
        text = self._field.text().strip()
        if not text:
            self.hide()
            return
        if text.startswith(">"):
            self._show(text, ())
        else:
            self._ask(text, lambda hits: self._on_found(text, hits), lambda error: self._on_failed(text, error))

    def _on_found(self, text: str, hits: Sequence[SearchHit]) -> None:
        if self._is_waited_for(text):
            self._show(text, hits)

    def _is_waited_for(self, text: str) -> bool:
        return text == self._field.text().strip() and self._field.hasFocus()

    def _on_failed(self, text: str, error: AppError) -> None:
        if not self._is_waited_for(text):
            return
        self.list.clear()
        self._head(self._look.texts.error(error).what)
        self._open()

    def _show(self, text: str, hits: Sequence[SearchHit]) -> None:
        self.list.clear()
        commands = self._commands(text.lstrip("> ").casefold(), limit=30 if text.startswith(">") else _MAX_COMMANDS)
        if commands:
            self._head(self._look.text("search.group.command"))
        for command, title in commands.items():
            self._row(title, "", "play", Target("command", command))
        for kind, mark in _KINDS.items():
            found = [one for one in hits if one.kind == kind]
            if found:
                self._head(self._look.text(f"search.group.{kind}"))
            for one in found:
                self._row(one_line(one.title, 140), _context(one), mark, Target(kind, one.id))
        if not self.targets:
            self._head(self._look.text("search.nothing", text=one_line(text, 60)))
            self._row(self._look.text("search.new_ticket"), "", "plus", Target("command", "ticket.new"))
        self._go(1)
        self._open()

    def _commands(self, text: str, *, limit: int) -> Mapping[str, str]:
        named = ((one.id, self._look.text(f"command.{one.id}")) for one in COMMANDS if self._allowed(one.id))
        fitting = [(name, title) for name, title in named if text and text in title.casefold()]
        return dict(fitting[:limit])

    def _head(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._look.theme.font("caption", 600))
        item.setForeground(self._look.theme.color("t3"))
        item.setSizeHint(QSize(100, self._look.theme.px(28)))
        self.list.addItem(item)

    def _row(self, title: str, context: str, mark: str, target: Target) -> None:
        item = QListWidgetItem(icon(self._look.theme, mark), f"{title}   {context}".rstrip())
        item.setSizeHint(QSize(100, self._look.theme.px(38)))
        item.setForeground(self._look.theme.color("t1"))
        item.setData(_TARGET, target)
        self.list.addItem(item)

    def _on_key(self, key: Qt.Key) -> None:
        if key is Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if key is Qt.Key.Key_Up else 1)
        elif self.isVisible() and self.list.currentRow() >= 0:
            self._choose(self.list.currentItem())
        else:
            self._timer.stop()
            self._on_rest()

    def _go(self, step: int) -> None:
        place = self.list.currentRow() + step
        while 0 <= place < self.list.count():
            item = self.list.item(place)
            if item.data(_TARGET) is not None:
                self.list.setCurrentItem(item)
                self._field.setAccessibleDescription(item.text())
                return
            place += step

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        target = item.data(_TARGET)
        if isinstance(target, Target):
            self._leave()
            self.chosen.emit(target)

    def _leave(self) -> None:
        self._timer.stop()
        self.hide()
        self._field.clear()
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self._field.clearFocus()

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Remember where the keyboard was before it came to the field: Esc gives it back."""
        if now is self._field:
            self._before = before

    def _open(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        host = self._host
        width = min(max(self._field.width(), 640), host.width() - 32)
        rows = sum(self.list.sizeHintForRow(place) for place in range(self.list.count()))
        height = min(rows + self._foot.sizeHint().height() + 16, host.height() - 120)
        start = self._field.mapTo(host, QPoint(0, self._field.height() + 4))
        left = min(max(16, start.x() + (self._field.width() - width) // 2), host.width() - width - 16)
        self.setGeometry(left, start.y(), width, height)


def _context(hit: SearchHit) -> str:
    words = one_line(hit.context.replace("\x01", "").replace("\x02", ""), 90)
    number = hit.id if hit.kind == "ticket" and hit.id.startswith("A-") else ""
    parts = [one for one in (number, "" if words == one_line(hit.title, 90) else words) if one]
    return "·  " + "  ·  ".join(parts) if parts else ""
