"""The inventory: all devices as a table with the questions of an administrator, to search, sort, write and export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from desktop.base.changes import Changes, Subject
from desktop.domain.fleet import FleetFilter, FleetRow
from desktop.ui.common.buttons import Button, ChoiceButton, MenuButton
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fact_table import FactTable
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices import reading
from desktop.ui.desk.devices.device_actions import DeviceActions
from desktop.ui.desk.devices.inventory_export import FORMATS, InventoryExport
from desktop.ui.desk.devices.inventory_words import columns, inventory_cells

if TYPE_CHECKING:
    from desktop.services.fleet import FleetList

_PAUSE_MS = 150  # after the last key, as in the search over everything


class InventoryPage(QWidget):
    """Reads when it opens and whenever a device changed."""

    device_wanted = Signal(str)
    """The id of a device to show."""
    left = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.look
        self._context, self._rows = context, tuple[FleetRow, ...]()
        self.device_actions = DeviceActions(context, self)
        self.filter = ChoiceButton(look, look.text("fleet.filter"), small=True)
        self.filter.chosen.connect(self.reload)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.reload)
        self.search = self._make_search(look)
        self.table = FactTable(look, columns(look), name=look.text("fleet.title"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.activated.connect(self._on_activated)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._count = plain_label(look, "", size="body", tone="t3")
        self.edit = Button(
            look, look.text("device.asset"), icon_name="pencil-simple", small=True, clicked=self._on_edit
        )
        self.open = Button(look, look.text("fleet.open"), icon_name="monitor", small=True, clicked=self._on_open)
        self.export = InventoryExport(context)
        whole = column(self._head(look), self.export, self._body(), spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.table)
        self._add_actions(look)
        context.bus.changed.connect(self._on_changed)
        self.reload()

    @property
    def shown(self) -> tuple[FleetRow, ...]:
        """Return the devices of the question and the words."""
        return self._rows

    @property
    def picked(self) -> FleetRow | None:
        """Return the device whose row is picked."""
        rows = self.table.selectionModel().selectedRows()
        return self._rows[self.table.found.mapToSource(rows[0]).row()] if rows else None

    def reload(self) -> None:
        """Read what fits the question and the words."""
        only = FleetFilter(self.filter.value) if self.filter.value else None
        done = reading.listing_fleet(only, self.search.text())
        self._context.read(done, owner=self, done=self._on_fleet)

    def _make_search(self, look: Look) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(look.text("fleet.search"))
        field.setAccessibleName(look.text("fleet.search"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(look.theme.px(240))
        look.theme.dress(field)
        field.textChanged.connect(self._pause.start)
        return field

    def _head(self, look: Look) -> QWidget:
        back = Button(look, look.text("fleet.back"), icon_name="arrow-left", kind="flat", small=True)
        back.clicked.connect(self.left)
        title = plain_label(look, look.text("fleet.title"), size="pane", weight=BOLD)
        menu = QMenu(self)
        for one in FORMATS:
            action = menu.addAction(look.text(f"fleet.export.{one}"))
            action.triggered.connect(partial(self._on_export, one))
        export = MenuButton(look, look.text("fleet.export"), menu, icon_name="export", small=True)
        lines = column(
            row(back, title, self._count, None, self.open, self.edit, export, spacing=10),
            row(self.search, self.filter, None, spacing=10),
            spacing=10, margins=(20, 12, 20, 12),
        )  # fmt: skip
        return pane(lines, ground="surface", edge="bottom")

    def _body(self) -> QWidget:
        holder = pane(
            column(Card(column(self.table, margins=(4, 4, 4, 4))), margins=(20, 16, 20, 20)), ground="surface2"
        )
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self._on_selection()
        return holder

    def _add_actions(self, look: Look) -> None:
        for code, doer in (("fleet.open", self._on_open), ("device.asset", self._on_edit)):
            action = QAction(look.text(code), self.table)
            action.triggered.connect(doer)
            self.table.addAction(action)

    def _on_fleet(self, found: FleetList) -> None:
        look, picked = self._context.look, self.picked
        self._rows = found.rows
        self.table.show_rows([inventory_cells(look, one) for one in found.rows])
        self._count.setText(look.texts.plural("fleet.count", len(found.rows)))
        choices = [("", look.text("fleet.filter.all", count=found.total))]
        asked = [one for one in FleetFilter if found.counts[one] or one.value == self.filter.value]
        choices += [(one.value, _question(look, one, found.counts[one])) for one in asked]
        self.filter.set_choices(choices, value=self.filter.value)
        self._pick(picked.device.id if picked else "")
        announce(self.table, self._count.text())

    def _pick(self, device_id: str) -> None:
        for place, one in enumerate(self._rows):
            if one.device.id == device_id:
                self.table.selectRow(self.table.found.mapFromSource(self.table.rows.index(place, 0)).row())

    def _on_selection(self) -> None:
        for one in (self.open, self.edit):
            one.setEnabled(self.picked is not None)

    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_open()

    def _on_open(self) -> None:
        if self.picked is not None:
            self.device_wanted.emit(self.picked.device.id)

    def _on_edit(self) -> None:
        if self.picked is not None:
            self.device_actions.edit_asset(self.picked.device.id)

    def _on_export(self, kind: str) -> None:
        """Write what is seen: the devices of the question and the words."""
        self.export.ask(kind, self._rows)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.DEVICE, Subject.SNAPSHOT, Subject.PERSON):
            self.reload()


def _question(look: Look, one: FleetFilter, count: int) -> str:
    return look.text("fleet.choice", name=look.text(f"fleet.filter.{one.value}"), count=count)
