"""The versions of a checklist: who published what when, what differs between any two, and back to an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QWidget

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard_rows import VersionRow, VersionState
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Banner, Card, Chip
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.compare_words import Differences, Entry, Group

Load: TypeAlias = Callable[[int, Callable[[Wizard | None], None]], None]
"""`load(number, done)` reads a published version without blocking; None where it is no readable checklist."""

DRAFT, BUILTIN = "draft", "builtin"
_LIST_WIDTH = 270
_NOTE = 300  # characters of a note
_TONES = {VersionState.PUBLISHED: "grn", VersionState.EARLIER: "plain", VersionState.WITHDRAWN: "amb"}


@dataclass(frozen=True, slots=True)
class Editions:
    """All states of a checklist: the draft, the published versions, and the shipped file; None where there is none."""

    title: str
    draft: Wizard | None
    builtin: Wizard | None
    versions: tuple[VersionRow, ...]


class VersionsDialog(QDialog):
    """Compares the newest two first; what a version holds is read when it is wanted."""

    restore_wanted = Signal(int)
    """An earlier version shall become the draft; the dialog has closed."""

    def __init__(self, look: Look, editions: Editions, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._editions, self._load = look, editions, load
        self._read: dict[str, Wizard | None] = {DRAFT: editions.draft, BUILTIN: editions.builtin}
        self._awaited: set[str] = set()
        self.setWindowTitle(look.text("versions.title", name=one_line(editions.title, 80)))
        keys = self._keys()
        names = [(one, self._name(one)) for one in keys]
        self.older = ChoiceButton(look, look.text("versions.from"), names, value=keys[min(1, len(keys) - 1)])
        self.newer = ChoiceButton(look, look.text("versions.to"), names, value=keys[0])
        self.older.chosen.connect(self._compare)
        self.newer.chosen.connect(self._compare)
        self.shown: list[Group] = []
        self._found = column(spacing=10, margins=(20, 14, 20, 16))
        found = QWidget()
        found.setLayout(self._found)
        right = column(self._pickers(), scrolling(found), spacing=0)
        right.setStretch(1, 1)
        middle = row(self._list(), pane(right), spacing=0)
        middle.setStretch(1, 1)
        whole = column(middle, self._footer(), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(940), look.theme.px(640))
        self._compare()
        self.older.setFocus()

    def _keys(self) -> list[str]:
        """Return what can be compared, the newest first; the shipped file comes last, whenever it came."""
        editions = self._editions
        numbers = sorted((one.number for one in editions.versions), reverse=True)
        ends = [BUILTIN] if editions.builtin is not None else []
        return [*([DRAFT] if editions.draft is not None else []), *map(str, numbers), *ends] or [DRAFT]

    def _name(self, key: str) -> str:
        if key in (DRAFT, BUILTIN):
            return self._look.text(f"versions.{key}")
        return self._look.text("versions.number", number=key)

    def _pickers(self) -> QWidget:
        look = self._look
        older = plain_label(look, look.text("versions.from"), size="meta", tone="t2")
        newer = plain_label(look, look.text("versions.to"), size="meta", tone="t2")
        older.setBuddy(self.older)
        newer.setBuddy(self.newer)
        line = row(older, self.older, 8, newer, self.newer, None, spacing=8, margins=(20, 12, 20, 12))
        return pane(line, ground="surface", edge="bottom")

    def _list(self) -> QWidget:
        look = self._look
        rows = column(spacing=8, margins=(14, 14, 14, 14))
        rows.addWidget(plain_label(look, look.text("versions.published"), size="meta", weight=BOLD))
        for one in sorted(self._editions.versions, key=lambda row: -row.number):
            rows.addWidget(self._version(one))
        if not self._editions.versions:
            rows.addWidget(plain_label(look, look.text("versions.none"), tone="t2", wrap=True))
        rows.addStretch(1)
        inner = QWidget()
        inner.setLayout(rows)
        area = scrolling(inner)
        area.setFixedWidth(look.theme.px(_LIST_WIDTH))
        frame = pane(column(area, spacing=0), ground="side", edge="right")
        frame.setFixedWidth(look.theme.px(_LIST_WIDTH))
        return frame

    def _version(self, one: VersionRow) -> QFrame:
        look, name = self._look, self._name(str(one.number))
        chip = Chip(look, look.text(f"versions.state.{one.state.value}"), _TONES[one.state])
        who = one_line(one.actor, 60)
        about = look.text("versions.about", moment=look.formats.moment(one.created_at), who=who)
        lines = column(
            row(plain_label(look, name, weight=MEDIUM), None, chip),
            plain_label(look, about, size="meta", tone="t2", wrap=True),
            spacing=3, margins=(12, 10, 12, 10),
        )  # fmt: skip
        if note := one_line(one.note, _NOTE):
            lines.addWidget(plain_label(look, note, wrap=True))
        if one.state is not VersionState.PUBLISHED:
            button = Button(
                look, look.text("versions.restore"), kind="link", clicked=partial(self._on_restore, one.number)
            )
            button.setAccessibleName(look.text("versions.restore.named", name=name))
            lines.addLayout(row(button, None))
        return Card(lines)

    def _footer(self) -> QWidget:
        look = self._look
        close = Button(look, look.text("dialog.close"), kind="primary", clicked=self.accept)
        hint = plain_label(look, look.text("versions.restore.hint"), size="meta", tone="t3", wrap=True)
        line = row(hint, close, spacing=12, margins=(20, 12, 20, 12))
        line.setStretch(0, 1)
        return pane(line, ground="surface2", edge="top")

    def _on_restore(self, number: int) -> None:
        self.accept()
        self.restore_wanted.emit(number)

    def _compare(self, _chosen: str = "") -> None:
        """Read what is not there yet, each once; show what differs when both are there."""
        chosen = (self.older.value, self.newer.value)
        for key in chosen:
            if key not in self._read and key not in self._awaited:
                self._awaited.add(key)
                self._load(int(key), partial(self._on_read, key))
        if all(one in self._read for one in chosen):
            self._show(*(self._read[one] for one in chosen))

    def _on_read(self, key: str, wizard: Wizard | None) -> None:
        if not shiboken6.isValid(self):  # it was closed in the meantime
            return
        self._read[key] = wizard
        if key in (self.older.value, self.newer.value):
            self._compare()

    def _show(self, old: Wizard | None, new: Wizard | None) -> None:
        clear(self._found)
        look = self._look
        self.shown = []
        if old is None or new is None:
            self._found.addWidget(Banner(look, look.text("versions.unreadable"), tone="amb"))
        else:
            self.shown = Differences(look, old, new).groups()
            count = sum(len(one.entries) for one in self.shown)
            said = look.texts.plural("versions.count", count) if count else look.text(self._nothing())
            self._found.addWidget(plain_label(look, said, weight=BOLD, wrap=True))
            for group in self.shown:
                self._found.addWidget(self._group(group))
            announce(self, said)
        self._found.addStretch(1)
        show_all(self._found)

    def _nothing(self) -> str:
        """Return what to say where nothing differs: with a single version there is nothing to compare yet."""
        return "versions.only_one" if len(self._keys()) == 1 else "versions.same"

    def _group(self, group: Group) -> QFrame:
        look = self._look
        lines = column(plain_label(look, group.title, weight=MEDIUM, wrap=True), spacing=8, margins=(14, 12, 14, 12))
        for entry in group.entries:
            lines.addLayout(column(*self._entry(entry), spacing=2))
        return Card(lines)

    def _entry(self, entry: Entry) -> Sequence[QWidget]:
        """Return what is said of one difference: signs tell before and after, not the colour alone."""
        look = self._look
        if not entry.before and not entry.after:
            return [plain_label(look, entry.label, tone="t2", wrap=True)]
        nothing = look.text("versions.nothing")
        return [
            plain_label(look, entry.label, size="meta", tone="t2", wrap=True),
            self._side("versions.before", entry.before or nothing, "red"),
            self._side("versions.after", entry.after or nothing, "grn"),
        ]

    def _side(self, code: str, text: str, tone: str) -> QLabel:
        label = plain_label(self._look, self._look.text(code, text=text), tone=tone, wrap=True, selectable=True)
        label.setAccessibleName(self._look.text(f"{code}.said", text=text))
        return label
