"""A searchable table of plain words: a Qt model over tuples, sorted by what stands behind the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.ui.common.labels import tooltip_text
from desktop.ui.common.look import Look

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole + 1
ROW = 34  # logical pixels, as UI.md has it for tables


class Cell(NamedTuple):
    """What is shown, by what it is sorted (the words where empty), and its colour token."""

    text: str
    sort: str | float | None = None
    tone: str = ""


class Column(NamedTuple):
    """A column's title, its share of the width (0: as wide as its words), and whether it holds numbers."""

    title: str
    stretch: int = 0
    is_number: bool = False


class FactTableModel(QAbstractTableModel):
    """Rows as they were given; for people who listen, the first cell of a row says the whole row."""

    def __init__(self, look: Look, columns: Sequence[Column]) -> None:
        super().__init__()
        self._look, self._columns = look, tuple(columns)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title and on which side it stands."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the sorting value, the colour or the sentence of a cell."""
        if not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(cell.text)
        if role == SORT:
            return cell.text.casefold() if cell.sort is None else cell.sort
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            return self._look.theme.color(cell.tone)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and not index.column():
            return ", ".join(one.text for one in self.rows[index.row()] if one.text)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._columns[column].is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class FactTable(QTableView):
    """Shows a `FactTableModel`; rows are picked whole, Tab leaves the table."""

    def __init__(self, look: Look, columns: Sequence[Column], *, name: str) -> None:
        super().__init__()
        self._look = look
        self.rows = FactTableModel(look, columns)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.rows)
        self.found.setSortRole(SORT)
        self.found.setFilterKeyColumn(-1)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.found)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        look.theme.dress(self)
        look.theme.dress(self.horizontalHeader(), "meta")
        self._lay_out(columns)

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows, sorted as before."""
        self.rows.show_rows(rows)

    def search(self, words: str) -> int:
        """Show the rows that contain `words` somewhere; returns how many there are."""
        self.found.setFilterFixedString(words)
        return self.found.rowCount()

    def _lay_out(self, columns: Sequence[Column]) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(self._look.theme.px(64))
        head.setStretchLastSection(not any(one.stretch for one in columns))
        for place, one in enumerate(columns):
            wide = QHeaderView.ResizeMode.Stretch if one.stretch else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(place, wide)
        self.verticalHeader().setDefaultSectionSize(self._look.theme.px(ROW))
