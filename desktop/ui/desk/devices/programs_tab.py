"""What is installed on a PC: a table to search, what starts by itself, and which programs are the standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.snapshot import ProbeStatus, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fact_table import Cell, Column, FactTable
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.change_words import day_words
from desktop.ui.desk.empty_state import EmptyState

_COLUMNS = (("name", 1), ("version", 0), ("publisher", 0), ("installed_on", 0), ("source", 0))
_WORDS = 120  # characters of a name that are shown


class ProgramsTab(QWidget):
    """Shows the `software` of a snapshot; `ask_wanted` where it was not sent."""

    ask_wanted = Signal()

    def __init__(self, look: Look, snapshot: Snapshot) -> None:
        super().__init__()
        self._look = look
        self.table: FactTable | None = None
        result = snapshot.probes.get("software")
        rows = _rows(result.facts.get("programs")) if result else []
        if not rows:
            self.setLayout(column(self._nothing(result.status if result else None), spacing=0))
            return
        self.search = self._make_search()
        self.table = self._make_table(rows)
        self._count = plain_label(look, look.texts.plural("device.programs.count", len(rows)), size="meta", tone="t3")
        head = row(self.search, self._count, None, spacing=10)
        card = Card(column(self.table, margins=(4, 4, 4, 4)))
        whole = column(head, card, spacing=10, margins=(24, 16, 24, 24))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _nothing(self, status: ProbeStatus | None) -> EmptyState:
        """Say why there is no list: withheld at the PC, not asked for, or not possible there."""
        look, empty = self._look, EmptyState(self._look, icon_name="squares-four", ground="surface2")
        withheld, silent = ProbeStatus.WITHHELD, (ProbeStatus.UNSUPPORTED, ProbeStatus.DENIED, ProbeStatus.ERROR)
        part = "withheld" if status is withheld else "silent" if status in silent else "missing"
        ask = Button(look, look.text("device.ask"), icon_name="arrows-clockwise", clicked=self.ask_wanted.emit)
        empty.say(look.text(f"device.programs.{part}.title"), look.text(f"device.programs.{part}.text"), buttons=(ask,))
        return empty

    def _make_search(self) -> QLineEdit:
        look, field = self._look, QLineEdit()
        field.setPlaceholderText(look.text("device.programs.search"))
        field.setAccessibleName(look.text("device.programs.search"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(look.theme.px(280))
        look.theme.dress(field)
        field.textChanged.connect(self._on_search)
        return field

    def _make_table(self, rows: list[Mapping[str, Any]]) -> FactTable:
        look = self._look
        titles = [Column(look.text(f"probe.software.field.{name}"), stretch=stretch) for name, stretch in _COLUMNS]
        table = FactTable(look, titles, name=look.text("device.programs.name"))
        table.show_rows([tuple(self._cell(one, name) for name, _ in _COLUMNS) for one in rows])
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        return table

    def _cell(self, program: Mapping[str, Any], name: str) -> Cell:
        value = one_line(str(program.get(name) or ""), _WORDS)
        if name == "installed_on":
            return Cell(day_words(self._look, value), value)
        code = f"device.programs.source.{value}"
        return Cell(self._look.text(code) if name == "source" and self._look.texts.has(code) else value)

    def _on_search(self, words: str) -> None:
        if self.table is None:
            return
        count = self.table.search(words.strip())
        code = "device.programs.found" if words.strip() else "device.programs.count"
        self._count.setText(self._look.texts.plural(code, count))
        announce(self.table, self._count.text())


def _rows(found: object) -> list[Mapping[str, Any]]:
    rows = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("Mapping[str, Any]", one) for one in rows if isinstance(one, dict)]
