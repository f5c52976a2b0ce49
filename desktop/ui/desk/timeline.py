"""The conversation of a ticket: real widgets, the newest fifty first, one stop for the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.history import Wizards
from desktop.domain.rows import (
    AttachmentRow,
    EventRow,
    MessageRow,
    PersonRow,
    SnapshotRow,
    TicketPage,
    WizardRunRow,
)
from desktop.ui.common.buttons import Button
from desktop.ui.common.keys import is_enter
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.entries import Entry, EventEntry, MessageEntry, is_shown
from desktop.ui.desk.run_entry import RunEntry

if TYPE_CHECKING:
    from desktop.ui.desk.wizards.story import Story

PAGE = 50
"""Entries shown at first and with each "Ältere anzeigen"."""

_NEAR = 40  # pixels from the end at which somebody still reads the newest entry

Line = MessageRow | EventRow | WizardRunRow


def _moment(line: Line) -> tuple[datetime, int]:
    """Sort by time; within the same moment a ticket is made, then somebody speaks, then things happen."""
    if isinstance(line, WizardRunRow):
        return line.started_at, 2
    if isinstance(line, MessageRow):
        return line.at, 1
    return line.at, 0 if line.kind == "created" else 2


def _lines_of(page: TicketPage) -> tuple[Line, ...]:
    """Return everything in the order of time; a run stands for all that was written down about it."""
    runs = {one.id for one in page.runs}
    named = {one.wizard for one in page.runs}

    def is_told_by_run(event: EventRow) -> bool:
        run = event.detail.get("run")
        return run in runs if run else event.kind.startswith("wizard_") and event.detail.get("wizard") in named

    events = (one for one in page.events if is_shown(one) and not is_told_by_run(one))
    return tuple(sorted(chain(page.messages, events, page.runs), key=_moment))


def _begins_like(lines: tuple[Line, ...], before: tuple[Line, ...]) -> bool:
    """Tell whether only something was added, or a run went on: both are shown without drawing all anew."""
    return len(lines) >= len(before) and all(
        old == new or (isinstance(old, WizardRunRow) and isinstance(new, WizardRunRow) and old.id == new.id)
        for old, new in zip(before, lines, strict=False)
    )


def _has_own_words(lines: tuple[Line, ...]) -> bool:
    """Tell whether one of us has said something: whoever writes wants to see it."""
    return any(isinstance(one, MessageRow) and one.is_ours for one in lines)


class Timeline(QScrollArea):
    """Shows messages and events in the order of time; up and down go from entry to entry."""

    def __init__(self, look: Look, open_attachment: Callable[[AttachmentRow], None], wizards: Wizards = dict) -> None:
        """Show with `look`; `wizards` gives the checklists of the history their titles."""
        super().__init__()
        self._look, self._open_attachment, self._wizards = look, open_attachment, wizards
        self._ticket = ""
        self._lines: tuple[Line, ...] = ()
        self._shown = PAGE
        self._entries: list[Entry] = []
        self._current = -1
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(look.text("timeline.name"))
        self._older = Button(look, look.text("timeline.older"), icon_name="caret-up", kind="flat", small=True)
        self._older.clicked.connect(self._on_older)
        self._older_line = row(None, self._older, None)
        self._list = column(spacing=7)
        content = QWidget()
        content.setProperty("ground", "surface2")
        content.setLayout(column(self._older_line, self._list, None, spacing=4, margins=(14, 12, 16, 12)))
        content.installEventFilter(self)
        self.setWidget(content)
        self._stays_down = True
        self._person: PersonRow | None = None
        self._snapshot: SnapshotRow | None = None
        self._unfolded: set[str] = set()
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the widgets that are shown, oldest first."""
        return tuple(self._entries)

    def show_ticket(self, page: TicketPage) -> None:
        """Show a conversation; where it only grew, only the new entries are added."""
        lines = _lines_of(page)
        is_same = page.row.id == self._ticket
        self._person, self._snapshot = page.person, page.snapshot
        if is_same and lines == self._lines:
            return
        is_longer = is_same and _begins_like(lines, self._lines) and bool(self._lines)
        grown = is_longer and len(lines) - len(self._lines) <= PAGE
        goes_down = not is_same or self._is_down() or _has_own_words(lines[len(self._lines) :])
        before, self._lines, self._ticket = self._lines, lines, page.row.id
        if grown:
            self._renew(before)
            for one in lines[len(before) :]:
                self._add(one)
        else:
            self._shown = self._shown if is_same else PAGE
            self._rebuild()
        self._stays_down = goes_down
        QTimer.singleShot(0, self, self._go_down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the newest entry while the widgets find their heights."""
        if event.type() is QEvent.Type.Resize and self._stays_down:
            QTimer.singleShot(0, self, self._go_down)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from entry to entry."""
        current = self._entries[self._current] if self._current >= 0 else None
        if isinstance(current, RunEntry) and (is_enter(event) or event.key() == Qt.Key.Key_Space):
            current.turn()
            self.setAccessibleDescription(current.accessibleName())
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.NoModifier or not self._entries:
            super().keyPressEvent(event)
            return
        self._stays_down = False
        start = len(self._entries) if self._current < 0 else self._current
        self._set_current(min(max(start + step, 0), len(self._entries) - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away with the focus."""
        super().focusOutEvent(event)
        self._set_current(-1)

    def _set_current(self, place: int) -> None:
        for index, entry in enumerate(self._entries):
            entry.set_current(index == place)
        self._current = place
        if place >= 0:
            self.ensureWidgetVisible(self._entries[place], 0, 12)
            self.setAccessibleDescription(self._entries[place].accessibleName())

    def _rebuild(self) -> None:
        clear(self._list)
        self._entries = []
        self._current = -1
        for one in self._lines[-self._shown :]:
            self._add(one)
        hidden = max(0, len(self._lines) - self._shown)
        self._older.setVisible(hidden > 0)
        if hidden:
            self._older.set_text(self._look.texts.plural("timeline.older_count", hidden))

    def _add(self, line: Line) -> None:
        entry = self._entry(line)
        self._entries.append(entry)
        self._list.addWidget(entry)

    def _entry(self, line: Line) -> Entry:
        if isinstance(line, WizardRunRow):
            entry = RunEntry(self._look, self._story(line), line.started_at, is_open=line.id in self._unfolded)
            entry.folded.connect(self._on_folded)
            return entry
        if isinstance(line, MessageRow):
            return MessageEntry(self._look, line, self._open_attachment, department=self._department_of(line))
        return EventEntry(self._look, line, self._wizards)

    def _story(self, run: WizardRunRow) -> Story:
        from desktop.ui.desk.wizards.story import story_of  # reads checklists, which most tickets do not have

        return story_of(self._look, run, self._wizards(), self._snapshot)

    def _renew(self, before: tuple[Line, ...]) -> None:
        """Show anew what goes on: the runs that are not as they were."""
        pairs = zip(before, self._lines, strict=False)
        moved = {new.id: new for old, new in pairs if isinstance(new, WizardRunRow) and new != old}
        for entry in self._entries:
            if isinstance(entry, RunEntry) and entry.run in moved:
                entry.show_story(self._story(moved[entry.run]))

    def _on_folded(self, run: str) -> None:
        self._stays_down = False
        self._unfolded ^= {run}

    def _department_of(self, message: MessageRow) -> str:
        is_theirs = self._person is not None and self._person.name == message.author
        return self._person.department if self._person is not None and is_theirs else ""

    def _on_older(self) -> None:
        self._shown += PAGE
        self._stays_down = False
        self._rebuild()

    def _on_scrolled(self) -> None:
        """Once the reader scrolls, by wheel, bar or key, stay where they are."""
        self._stays_down = False

    def _is_down(self) -> bool:
        bar = self.verticalScrollBar()
        return self._stays_down or bar.value() >= bar.maximum() - _NEAR

    def _go_down(self) -> None:
        if self._stays_down:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())
