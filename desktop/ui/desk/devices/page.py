"""The page of devices: list and filters on the left, the chosen device beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QListView, QSplitter, QStackedWidget, QWidget

from desktop.base.changes import Changes, Subject
from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.decisions import approving, revoking
from desktop.ui.desk.devices.device_list import DEVICE, DeviceDelegate, DeviceListModel
from desktop.ui.desk.devices.device_view import DeviceView
from desktop.ui.desk.devices.health import FILTERS, MARKS, Health, count_by_health, health_of
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.questions import ask

if TYPE_CHECKING:
    from desktop.services.devices import DevicePage
    from desktop.services.work import Work

LIST_WIDTH = 262


class DevicesPage(QWidget):
    """Reads the devices when it opens and whenever one of them changed."""

    checklist_wanted = Signal(str, str)
    """The ids of a device and of the wizard to start on it."""
    invite_wanted = Signal()

    def __init__(
        self, context: DeskContext, wizards: Callable[[], Mapping[str, object]] = dict, parent: QWidget | None = None
    ) -> None:
        """Offer the checklists that `wizards` knows by id, as soon as a finding leads to one."""
        super().__init__(parent)
        self._context, self._wizards = context, wizards
        self._all: tuple[DeviceRow, ...] = ()
        self._filter: Health | None = None
        self._wanted = ""
        self.model = DeviceListModel(context.look)
        self.list = self._make_list(context.look)
        self.detail = QStackedWidget()
        self._nothing = EmptyState(context.look, icon_name="laptop", ground="surface2")
        self.detail.addWidget(self._nothing)
        splitter = QSplitter()
        splitter.addWidget(self._left(context.look))
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([context.look.theme.px(LIST_WIDTH), 900])
        self.setLayout(column(splitter, spacing=0))
        self.setFocusProxy(self.list)
        self.list.setFocus()  # whoever comes from another page lands on the list
        self.detail.setProperty("ground", "surface2")
        context.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self._context.read(_list_devices, owner=self, done=self._on_devices)

    def open_device(self, device_id: str) -> None:
        """Show a device, whatever the filter was."""
        self._wanted = device_id
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
        return view

    def _left(self, look: Look) -> QFrame:
        self._count = plain_label(look, "", size="body", tone="t3")
        title = plain_label(look, look.text("devices.title"), size="pane", weight=BOLD)
        self._invite = Button(look, look.text("device.invite"), icon_name="plus", small=True, kind="flat")
        self._invite.clicked.connect(self.invite_wanted)
        self._filters = QHBoxLayout()
        self._filters.setSpacing(4)
        head = column(
            row(title, self._count, None, self._invite, spacing=8), self._filters, spacing=8, margins=(14, 10, 10, 8)
        )
        whole = column(pane(head, edge="bottom"), self.list, spacing=0)
        whole.setStretch(1, 1)
        frame = pane(whole, ground="surface")
        frame.setMinimumWidth(look.theme.px(LIST_WIDTH))
        return frame

    def _on_devices(self, devices: tuple[DeviceRow, ...]) -> None:
        self._all = devices
        self._count.setText(str(len(devices)))
        self._show_filters()
        self._show_list()

    def _show_filters(self) -> None:
        clear(self._filters)
        look, counts = self._context.look, count_by_health(self._all)
        group = QButtonGroup(self)
        shown = [one for one in FILTERS if counts[one]]
        if self._filter not in (None, *shown):
            self._filter = None
        for health in (None, *shown):
            button = self._filter_button(look, health, counts)
            button.setCheckable(True)
            button.setChecked(health is self._filter)
            button.clicked.connect(lambda _on=False, picked=health: self._set_filter(picked))
            group.addButton(button)
            self._filters.addWidget(button)
        self._filters.addStretch(1)

    def _filter_button(self, look: Look, health: Health | None, counts: dict[Health, int]) -> Button:
        if health is None:
            return Button(look, look.text("devices.filter.all"), kind="flat", small=True)
        mark = MARKS[health]
        button = Button(look, str(counts[health]), kind="flat", small=True)
        button.setIcon(icon(look.theme, mark.icon, mark.tone, filled=True))
        words = look.texts.plural(f"devices.filter.{health.value}", counts[health])
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button

    def _set_filter(self, health: Health | None) -> None:
        self._filter = health
        self._show_filters()
        self._show_list()

    def _show_list(self) -> None:
        fits = tuple(one for one in self._all if self._filter in (None, health_of(one)))
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
        self._context.read(lambda work: _show_device(work, device_id, language), owner=self, done=self._on_device)

    def _on_device(self, page: DevicePage) -> None:
        if page.row.id != self._wanted:
            return  # somebody went on in the meantime
        view = DeviceView(self._context.look, page, wizards=self._wizards().keys())
        view.checklist_wanted.connect(self._on_checklist)
        view.approve_wanted.connect(lambda: self._context.do(approving(page.row.id), owner=self))
        view.revoke_wanted.connect(lambda: self._revoke(page.row))
        view.ticket_wanted.connect(self._on_ticket)
        before = self.view
        self.detail.addWidget(view)
        self.detail.setCurrentWidget(view)
        if before is not None:
            self.detail.removeWidget(before)
            before.deleteLater()
        if page.snapshot is not None:
            snapshot_id = page.snapshot.id
            self._context.read(lambda work: _read_snapshot(work, snapshot_id), owner=view, done=view.show_snapshot)

    def _on_checklist(self, wizard: str) -> None:
        self.checklist_wanted.emit(self._wanted, wizard)

    def _on_ticket(self, ticket: str) -> None:
        self._context.bus.navigated.emit("ticket", ticket)

    def _revoke(self, device: DeviceRow) -> None:
        if device.status == "waiting" or ask(self, self._context.look, "device.revoke", name=device.name):
            self._context.do(revoking(device.id), owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches(Subject.DEVICE, Subject.SNAPSHOT, Subject.PERSON, Subject.MAILBOX):
            return
        self.reload()
        if self.view is not None and self._wanted in changes.ids(Subject.DEVICE):
            self._read(self._wanted)


def _list_devices(work: Work) -> tuple[DeviceRow, ...]:
    from desktop.services.devices import list_devices  # loads SQLAlchemy

    return list_devices(work)


def _show_device(work: Work, device_id: str, language: str) -> DevicePage:
    from desktop.services.devices import show_device  # loads SQLAlchemy

    return show_device(work, device_id, language=language)


def _read_snapshot(work: Work, snapshot_id: str) -> Snapshot:
    from desktop.services.devices import read_snapshot  # loads SQLAlchemy

    return read_snapshot(work, snapshot_id)
