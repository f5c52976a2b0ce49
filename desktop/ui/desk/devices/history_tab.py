"""How a PC went on: its numbers over time and its diagnoses, any two of which can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.rows import SnapshotRow
from desktop.domain.snapshot import FindingState, Severity
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fact_table import Cell, Column, FactTable
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.devices.finding_words import finding_words
from desktop.ui.desk.devices.reading import DeviceDetail
from desktop.ui.desk.devices.series_card import SeriesCard

_COLUMNS = (("taken", 0), ("findings", 1), ("baseline", 0))


class HistoryTab(QWidget):
    """Signals what somebody wants with the picked diagnosis."""

    compare_wanted = Signal()
    pin_wanted = Signal(str)
    """The id of the snapshot to compare with from now on, empty for the last healthy one."""

    def __init__(self, look: Look, snapshots: Sequence[SnapshotRow], detail: DeviceDetail) -> None:
        super().__init__()
        self._look, self._snapshots = look, tuple(snapshots)
        self._pinned, self._basis = _basis(detail)
        parts: list[QWidget] = [SeriesCard(look, detail.series)] if detail.series else []
        self.table = self._make_table()
        self.pin = Button(look, look.text("device.history.pin"), icon_name="push-pin", small=True, clicked=self._on_pin)
        compare = Button(
            look, look.text("device.compare"), icon_name="columns", small=True, clicked=self.compare_wanted.emit
        )
        head = row(
            plain_label(look, look.text("device.history.title"), size="reading", weight=BOLD), None, self.pin, compare,
            spacing=8, margins=(16, 10, 12, 8),
        )  # fmt: skip
        hint = plain_label(look, look.text("device.history.kept"), size="meta", tone="t3", wrap=True)
        card = Card(column(head, self.table, row(hint, margins=(16, 8, 16, 10)), spacing=0))
        whole = column(*parts, card, spacing=12, margins=(24, 16, 24, 24))
        whole.setStretch(whole.count() - 1, 1)
        self.setLayout(whole)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.selectionModel().select(
            self.table.found.index(0, 0),
            QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows,
        )

    @property
    def picked(self) -> str:
        """Return the id of the diagnosis that is picked, empty where none is."""
        rows = self.table.selectionModel().selectedRows()
        return self._snapshots[self.table.found.mapToSource(rows[0]).row()].id if rows else ""

    def _make_table(self) -> FactTable:
        look = self._look
        columns = [Column(look.text(f"device.history.{name}"), stretch) for name, stretch in _COLUMNS]
        table = FactTable(look, columns, name=look.text("device.history.title"))
        table.show_rows([self._cells(one) for one in self._snapshots])
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        return table

    def _cells(self, one: SnapshotRow) -> tuple[Cell, ...]:
        look = self._look
        present = [each for each in one.findings if each.state is FindingState.PRESENT]
        worse = [each for each in present if each.severity is not Severity.INFO]
        said = ", ".join(finding_words(look, each, "title") for each in worse)
        words = said or look.text("device.compare.well")
        tone = "red" if any(each.severity in (Severity.ERROR, Severity.CRITICAL) for each in worse) else "amb"
        mark = self._mark(one.id)
        return (
            Cell(look.formats.date_time(one.taken_at), one.taken_at.timestamp()),
            Cell(words, float(len(worse)), tone if worse else "grn"),
            Cell(mark, tone="acc"),
        )

    def _mark(self, snapshot_id: str) -> str:
        if snapshot_id == self._pinned:
            return self._look.text("device.history.pinned")
        return self._look.text("device.history.healthy") if snapshot_id == self._basis else ""

    def _on_selection(self) -> None:
        is_pinned = bool(self.picked) and self.picked == self._pinned
        self.pin.set_text(self._look.text("device.history.unpin" if is_pinned else "device.history.pin"))
        self.pin.setEnabled(bool(self.picked))

    def _on_pin(self) -> None:
        self.pin_wanted.emit("" if self.picked == self._pinned else self.picked)


def _basis(detail: DeviceDetail) -> tuple[str, str]:
    """Return the pinned snapshot's id and that of the healthy one that is compared with; empty where there is none."""
    found = detail.comparison
    if found is None:
        return "", ""
    is_pinned, is_healthy = found.basis.value == "pinned", found.basis.value == "healthy"
    return (found.before_id if is_pinned else "", found.before_id if is_healthy else "")
