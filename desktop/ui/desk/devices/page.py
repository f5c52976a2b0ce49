"""The page of devices: list and filters on the left, the chosen device beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSplitter, QStackedWidget, QWidget

from desktop.base.changes import Changes, Subject
from desktop.domain.rows import DeviceRow
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices import reading
from desktop.ui.desk.devices.decisions import approving, revoking
from desktop.ui.desk.devices.device_actions import DeviceActions
from desktop.ui.desk.devices.device_list import DEVICE, DeviceDelegate, DeviceListModel
from desktop.ui.desk.devices.device_view import DeviceView
from desktop.ui.desk.devices.filter_chips import FilterChips
from desktop.ui.desk.devices.health import Health, count_by_health, health_of, worst_first
from desktop.ui.desk.devices.reading import DeviceDetail
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.questions import ask

if TYPE_CHECKING:
    from desktop.domain.asking import AskRow
    from desktop.services.devices import DevicePage

LIST_WIDTH = 262
_NARROW = 720
"""Width in logical pixels at 100 % below which list and device take turns."""


class DevicesPage(QWidget):
    """Reads the devices when it opens and whenever one of them changed."""

    checklist_wanted = Signal(str, str)
    """The ids of a device and of the wizard to start on it."""
    invite_wanted = Signal()
    inventory_wanted = Signal()

    def __init__(
        self, context: DeskContext, wizards: Callable[[], Mapping[str, object]] = dict, parent: QWidget | None = None
    ) -> None:
        """Offer the checklists that `wizards` knows by id, as soon as a finding leads to one."""
        super().__init__(parent)
        self._context, self._wizards = context, wizards
        self.device_actions = DeviceActions(context, self)
        self._all: tuple[DeviceRow, ...] = ()
        self._filter: Health | None = None
        self._wanted = ""
        self._is_reading = False
        self.model = DeviceListModel(context.look)
        self.list = self._make_list(context.look)
        self.detail = QStackedWidget()
        self._nothing = EmptyState(context.look, icon_name="laptop", ground="surface2")
        self.detail.addWidget(self._nothing)
        splitter = QSplitter()
        self._side = self._left(context.look)
        splitter.addWidget(self._side)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([context.look.theme.px(LIST_WIDTH), 900])
        self.setLayout(column(splitter, spacing=0))
        self.setMinimumWidth(context.look.theme.px(LIST_WIDTH))  # else list and device side by side were the least
        self.setFocusProxy(self.list)
        self.list.setFocus()  # whoever comes from another page lands on the list
        self.detail.setProperty("ground", "surface2")
        context.bus.changed.connect(self._on_changed)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let list and device take turns where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < self._context.look.theme.px(_NARROW)
        self._side.setVisible(not is_narrow or not self._is_reading)
        self.detail.setVisible(not is_narrow or self._is_reading)
        if self.view is not None:
            self.view.head.back.setVisible(is_narrow)

    def _read_on(self, *, is_reading: bool) -> None:
        """Turn to the device, or back to the list; where both are seen nothing moves."""
        self._is_reading = is_reading
        self._fit()
        if not is_reading:
            self.list.setFocus()

    def _on_opened(self) -> None:
        self._read_on(is_reading=True)

    def reload(self) -> None:
        """Read the list anew."""
        self._context.read(reading.list_devices, owner=self, done=self._on_devices)

    def open_device(self, device_id: str) -> None:
        """Show a device, whatever the filter was."""
        self._wanted = device_id
        self._read_on(is_reading=True)
        if self.model.row_of(device_id) < 0:
            self._set_filter(None)
        self._select(device_id)

    @property
    def view(self) -> DeviceView | None:
        """Return the device that is shown."""
        shown = self.detail.currentWidget()
        return shown if isinstance(shown, DeviceView) else None

    def _make_list(self, look: Look) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(DeviceDelegate(look))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setAccessibleName(look.text("devices.list.name"))
        view.selectionModel().currentChanged.connect(self._on_current)
        view.activated.connect(self._on_opened)
        view.clicked.connect(self._on_opened)
        return view

    def _left(self, look: Look) -> QFrame:
        self._count = plain_label(look, "", size="body", tone="t3")
        title = plain_label(look, look.text("devices.title"), size="pane", weight=BOLD)
        invite = IconButton(look, "plus", look.text("devices.empty.invite"), small=True)
        invite.clicked.connect(self.invite_wanted)
        table = IconButton(look, "table", look.text("devices.inventory"), small=True)
        table.clicked.connect(self.inventory_wanted)
        self.chips = FilterChips(look)
        self.chips.picked.connect(self._set_filter)
        head = column(
            row(title, self._count, None, table, invite, spacing=8), self.chips, spacing=8, margins=(14, 10, 10, 8)
        )
        whole = column(pane(head, edge="bottom"), self.list, spacing=0)
        whole.setStretch(1, 1)
        frame = pane(whole, ground="surface")
        frame.setMinimumWidth(look.theme.px(LIST_WIDTH))
        return frame

    def _on_devices(self, devices: tuple[DeviceRow, ...]) -> None:
        self._all = worst_first(self._context.look, devices)
        self._count.setText(str(len(devices)))
        self._show_filters()
        self._show_list()

    def _show_filters(self) -> None:
        look, counts = self._context.look, count_by_health(self._context.look, self._all)
        if self._filter is not None and not counts[self._filter]:
            self._filter = None
        self.chips.show_counts(counts, self._filter, width=look.theme.px(LIST_WIDTH) - 24)

    def _set_filter(self, health: Health | None) -> None:
        self._filter = health
        self._show_filters()
        self._show_list()

    def _show_list(self) -> None:
        fits = tuple(one for one in self._all if self._filter in (None, health_of(self._context.look, one)))
        self.model.show_devices(fits)
        look = self._context.look
        if not self._all:
            invite = Button(look, look.text("devices.empty.invite"), kind="primary", clicked=self.invite_wanted.emit)
            self._nothing.say(look.text("devices.empty.title"), look.text("devices.empty.text"), buttons=(invite,))
            self.detail.setCurrentWidget(self._nothing)
            return
        self._nothing.say(look.text("devices.pick.title"), look.text("devices.pick.text"))
        if fits:
            self._select(self._wanted if self.model.row_of(self._wanted) >= 0 else fits[0].id)

    def _select(self, device_id: str) -> None:
        place = self.model.row_of(device_id)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place, 0))

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        device = current.data(DEVICE) if current.isValid() else None
        if isinstance(device, DeviceRow):
            self._wanted = device.id
            self._read(device.id)

    def _read(self, device_id: str) -> None:
        language = self._context.look.texts.language
        self._context.read(reading.showing(device_id, language), owner=self, done=self._on_device)

    def _on_device(self, found: tuple[DevicePage, AskRow | None]) -> None:
        page, ask = found
        if page.row.id != self._wanted:
            return  # somebody went on in the meantime
        before = self.view
        view = self._make_view(page, ask)
        self.detail.addWidget(view)
        self.detail.setCurrentWidget(view)
        tab = ""
        if before is not None:
            tab = before.tabs.key if before.page.row.id == page.row.id else ""
            self.detail.removeWidget(before)
            before.deleteLater()
        view.tabs.show_key(tab)
        self._fit()
        if page.snapshot is not None:
            done = partial(self._on_detail, view, tab)
            self._context.read(reading.detailing(page.row.id, page.snapshot.id), owner=view, done=done)

    def _make_view(self, page: DevicePage, ask: AskRow | None) -> DeviceView:
        device, actions = page.row.id, self.device_actions
        view = DeviceView(self._context.look, page, ask=ask, wizards=self._wizards().keys())
        view.back_wanted.connect(lambda: self._read_on(is_reading=False))
        view.checklist_wanted.connect(self._on_checklist)
        view.approve_wanted.connect(lambda: self._context.do(approving(device), owner=self))
        view.revoke_wanted.connect(lambda: self._revoke(page.row))
        view.ticket_wanted.connect(self._on_ticket)
        view.ask_wanted.connect(lambda: actions.ask(view))
        view.withdraw_wanted.connect(actions.withdraw)
        view.report_wanted.connect(lambda: actions.report(view))
        view.compare_wanted.connect(lambda: actions.compare(device))
        view.explanation_wanted.connect(partial(self._on_explanation, view))
        view.asset_wanted.connect(lambda: actions.edit_asset(device))
        view.pin_wanted.connect(partial(actions.pin, device))
        return view

    def _on_explanation(self, view: DeviceView, finding: str) -> None:
        snapshot = view.page.snapshot
        if snapshot is not None:
            texts, device = self._context.look.texts, view.page.row.name
            lines = reading.explaining(snapshot.id, finding, texts)
            self._context.read(lines, owner=view, done=partial(view.show_explanation, finding))
            said = reading.witnessing(device, finding, texts)
            self._context.read(said, owner=view, done=partial(view.show_witness, finding))

    def _on_detail(self, view: DeviceView, tab: str, detail: DeviceDetail) -> None:
        """Fill the tabs that waited for it, and go on with the one that somebody looked at."""
        view.show_detail(detail)
        view.tabs.show_key(tab)

    def _on_checklist(self, wizard: str) -> None:
        self.checklist_wanted.emit(self._wanted, wizard)

    def _on_ticket(self, ticket: str) -> None:
        self._context.bus.navigated.emit("ticket", ticket)

    def _revoke(self, device: DeviceRow) -> None:
        if device.status == "waiting" or ask(self, self._context.look, "device.revoke", name=device.name):
            self._context.do(revoking(device.id), owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.LIBRARY) and self.view is not None:  # its findings offer other checklists
            self._read(self._wanted)
        if not changes.touches(Subject.DEVICE, Subject.SNAPSHOT, Subject.PERSON, Subject.MAILBOX):
            return
        self.reload()
        if self.view is not None and self._wanted in changes.ids(Subject.DEVICE):
            self._read(self._wanted)
